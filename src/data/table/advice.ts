import type { Settings } from '../../settings/settings';
import { adviseAnswers } from './answerDigits';
import { adviseDates } from './dateAdvice';
import { adviseMissing } from './missingAdvice';
import type { KnownColumn } from './known';
import type { ProblemMessages } from '../message';
import type { ProblemCode, Spot } from '../problems';
import { timesInNumbers } from '../csv/digitTimes';
import type { ReadTable } from '../csv/read';
import { classesIn } from './cellValues';
import { countedParts } from './countedParts';
import { comesInGroups } from './groups';
import { findLeaks, givesAway, missingGivesAway, MOST_SEARCHED } from './leakage';
import { footerRows } from './footerRows';
import { hasHeavyTail } from './heavyTails';
import { adviseLayout, adviseNotes } from './layoutAdvice';
import { placeholdersOf, writtenAs } from './placeholders';
import { repeatedRows } from './repeatedRows';
import type { Target } from './target';
import { summaryRows, type SummaryRows } from './summaryRows';
import { textCounts } from './textCounts';
import { twoUnits } from './twoUnits';
import { wordsForMissing } from './missingWords';
import { isCompact, wildRows } from './wildValues';
import { mixedYears } from './yearAdvice';

/** Fewer rows than this say little, and what they seem to show may be chance. */
const FEW_ROWS = 20;
/** A class with less than this share of what it would have among equals is rare. */
const RARE_SHARE = 0.2;

/** Features beyond this train badly unless they are standardised. */
const UNLIKE = 100;

/** `quick`: what costs next to nothing, for a look at the head of a file. */
export type Depth = 'quick' | 'full';
export type AdviceSettings = Pick<
  Settings,
  'data.missingValues' | 'data.standardize' | 'data.transform' | 'training.classWeights'
>;

/**
 * Adds to a table's problems what a person should know of its columns before anything is trained on them. `chosen` is
 * the column to predict, even where it cannot be and `target` is null.
 */
export function advise(
  table: ReadTable,
  columns: readonly KnownColumn[],
  chosen: number,
  target: Target | null,
  settings: AdviceSettings,
  depth: Depth,
): void {
  const { problems, rows, namePlaces } = table;
  const classOf =
    target && target.task !== 'regression' ? classesIn(columns[target.index], target.classes) : null;
  const alone = new Set<number>();
  const noted = adviseNotes(table, columns);
  adviseLayout(table, columns, noted);
  const summaries = adviseSummaries(table, columns, noted);
  adviseMissing(table, columns, chosen, settings['data.missingValues']);
  columns.forEach((column, index) => {
    const { role, typed } = column;
    const { name, list } = column.read;
    const { type, evidence } = typed;
    const isTarget = index === chosen;
    const add = <C extends ProblemCode>(code: C, args: ProblemMessages[C]) =>
      problems.add(code, namePlaces[index], args);
    if (role === 'ignored' || (role === 'split' && !isTarget)) return;
    if (type === 'number' && !adviseAnswers(table, column)) {
      const isMeasure = isTarget ? target?.task === 'regression' : role === 'feature';
      const isScaled = !isTarget && settings['data.standardize'] && settings['data.transform'] === 'auto';
      const hasTail = adviseNumbers(table, column, summaries, depth === 'full' && isMeasure, isScaled);
      if (hasTail) add('heavy-tail', { column: name });
    }
    adviseDates(column, namePlaces[index], table);
    if (table.header && role === 'feature' && isUnnamed(name, index, namePlaces[index]))
      add('unnamed-column', { column: name });
    if (evidence.code === 'given-or-empty') add('ticked-column', { column: name, ...evidence.args, rows });
    if (list && evidence.code !== 'chosen-type' && type !== 'constant') {
      const { example: text, answers, areNumbers } = list;
      if (type !== 'list') add('may-be-list', { column: name, text, areNumbers });
      else if (!isTarget) add('list-column', { column: name, text, answers: answers.length, areNumbers });
    }
    adviseWords(table, column, isTarget);
    if (isTarget && target && target.task !== 'regression') adviseLostClass(table, column);
    if (isTarget) return;
    if (type === 'constant') add('constant-column', { column: name, evidence });
    else if (role === 'leftOut' && type === 'identifier')
      add('identifier-column', { column: name, evidence });
    else if (role === 'leftOut') add('free-text', { column: name, evidence });
    else if (type === 'identifier') add('identifier-feature', { column: name, evidence });
    if (target && rows >= FEW_ROWS && givesAway(column, columns[target.index], target, classOf)) {
      // Whose rows are all of one class says more of how they were gathered than of the target.
      const isWhose = column.read.holds === 'texts' && comesInGroups(column, rows);
      const args = { column: name, target: columns[target.index].read.name };
      if (!isWhose) add('leakage', args);
      else if (role === 'feature') add('group-gives-away', args);
      alone.add(index);
    } else if (classOf && target && role === 'feature' && rows >= FEW_ROWS) {
      const k = missingGivesAway(column, classOf);
      const args = { column: name, target: columns[target.index].read.name };
      if (k >= 0) add('leakage-missing', { ...args, text: target.classes[k] });
    }
  });
  if (target && depth === 'full' && rows >= FEW_ROWS) adviseLeaks(table, columns, target, classOf, alone);
  if (target)
    adviseTarget(table, columns[target.index], target, settings['training.classWeights'] === 'balanced');
  if (!settings['data.standardize']) adviseScales(table, columns, chosen);
  if (rows > 0 && rows < FEW_ROWS) {
    problems.add('too-few-rows', [table.lines[0], 1, 2], { rows });
  }
  const repeated = repeatedRows(columns, rows, table.lost);
  if (repeated.count > 0) {
    problems.add('duplicate-rows', [table.lines[repeated.first], 1, 2], { rows: repeated.count });
  }
}

/**
 * Names the numbers of a column that seem to be none: placeholders, years of two digits among four and, where it is a
 * measure, values far from all others. Says whether it has a heavy tail, where that matters.
 */
function adviseNumbers(
  { problems, lines, rows }: ReadTable,
  { read, typed }: KnownColumn,
  summaries: ReadonlySet<number>,
  isMeasure: boolean,
  tailMatters: boolean,
): boolean {
  const { name, missing } = read;
  const years = typed.evidence.code === 'chosen-type' ? null : mixedYears(read);
  const placeholders = years?.wraps ? null : placeholdersOf(read, typed);
  if (placeholders) {
    const { texts, count, first, isBelow } = placeholders;
    const args = { column: name, texts, count, rows: rows - missing, ...(isBelow && { isBelow }) };
    problems.add('placeholder-value', [lines[first], 1, 2], args, { rows: first });
  }
  if (years) {
    const { row, ...found } = years;
    const args = { column: name, text: writtenAs(read, read.numbers[row]), ...found };
    problems.add('mixed-years', [lines[row], 1, 2], args, { rows: row });
  }
  const parts = typed.evidence.code === 'chosen-type' ? null : countedParts(read);
  // As times of day they are named by themselves.
  if (parts && !(parts.parts === 'seconds' && timesInNumbers(read))) {
    const text = writtenAs(read, read.numbers[parts.row]);
    problems.add('counted-parts', [lines[parts.row], 1, 2], { column: name, text, parts: parts.parts });
  }
  const units = typed.evidence.code === 'chosen-type' ? null : twoUnits(read);
  if (units) {
    const [small, large] = units.rows;
    const [row, other] = small > large ? [small, large] : [large, small];
    const [text, like] = [row, other].map((each) => writtenAs(read, read.numbers[each]));
    const args = { column: name, text, like, likeLine: lines[other], units: units.units };
    problems.add('two-units', [lines[row], 1, 2], args, { rows: row });
  }
  if (!isMeasure || years || units) return false;
  const away = new Set(placeholders?.values);
  const values = placeholders ? typed.values.map((value) => (away.has(value) ? NaN : value)) : typed.values;
  if (isCompact(values)) return false;
  const wild = wildRows(values);
  for (const row of wild) {
    // What sums up others is far from them, and has been named.
    if (summaries.has(row)) continue;
    const text = writtenAs(read, values[row]);
    problems.add('wild-value', [lines[row], 1, 2], { column: name, text }, { rows: row });
  }
  return tailMatters && wild.length === 0 && hasHeavyTail(values);
}

/** Whether a column has the name that is given to those without one, and nothing in the header; the first is that of rows. */
const isUnnamed = (name: string, index: number, [, column, endColumn]: Spot): boolean =>
  index > 0 && name === `column ${index + 1}` && endColumn - column <= 1;

/** Columns of a group that are named. */
const MOST_NAMED = 12;

/** Names the features that are the target in another form, or make it up together; `alone` have been named. */
function adviseLeaks(
  { problems, namePlaces }: ReadTable,
  columns: readonly KnownColumn[],
  target: Target,
  classOf: Int32Array | null,
  alone: ReadonlySet<number>,
): void {
  const open = columns.flatMap(({ role }, index) =>
    role === 'feature' && index !== target.index && !alone.has(index) ? [index] : [],
  );
  const leaks = findLeaks(columns, target, classOf, open);
  if (!leaks) {
    const args = { features: open.length, most: MOST_SEARCHED };
    problems.add('leakage-not-sought', namePlaces[target.index], args);
    return;
  }
  const { name } = columns[target.index].read;
  for (const { how, columns: found } of leaks) {
    const names = found.map((k) => columns[k].read.name);
    const place = namePlaces[found[0]];
    if (how === 'sum' || how === 'classes') {
      const shown = names.slice(0, MOST_NAMED);
      const args = { columns: shown, more: names.length - shown.length, target: name, how };
      problems.add('leakage-together', place, args);
    } else problems.add('leakage-copy', place, { column: names[0], target: name, how });
  }
}

/** Lines that are named, and can be left out at once. */
const MOST_LINES = 500;

/** The rows of both, in their order. */
function joined(one: SummaryRows | null, other: SummaryRows | null): SummaryRows | null {
  if (!one || !other) return one ?? other;
  return {
    rows: [...new Set([...one.rows, ...other.rows])].sort((a, b) => a - b),
    texts: [...new Set([...one.texts, ...other.texts])],
  };
}

/** Names the rows that sum up others, and returns them. */
function adviseSummaries(
  table: ReadTable,
  columns: readonly KnownColumn[],
  noted: ReadonlySet<number>,
): ReadonlySet<number> {
  const { lines, problems } = table;
  let { rows } = table;
  while (noted.has(rows - 1)) rows--;
  const found = joined(summaryRows(table, columns), footerRows(table, columns, rows));
  if (!found) return new Set();
  const [first] = found.rows;
  const named = found.rows.slice(0, MOST_LINES).map((row) => lines[row]);
  const texts = found.texts.slice(0, MOST_NAMED);
  const isLast = first === table.rows - 1;
  const args = { texts, lines: named, more: found.rows.length - named.length, isLast };
  problems.add('total-row', [lines[first], 1, 2], args, { rows: first });
  return new Set(found.rows);
}

/** Names the words of a column of names that may stand for a missing value. */
function adviseWords(
  { problems, lines, rows }: ReadTable,
  { read, typed, role }: KnownColumn,
  isTarget: boolean,
): void {
  const areNames = typed.type === 'category' || (typed.type === 'text' && (isTarget || role === 'feature'));
  const found = areNames ? wordsForMissing(read) : null;
  if (!found) return;
  const { texts, count, first } = found;
  const args = { column: read.name, texts, count, rows: rows - read.missing };
  problems.add('word-for-missing', [lines[first], 1, 2], args, { rows: first });
}

/** Names the word for a missing value that is as common as a class of the target, of which the rows are left out. */
function adviseLostClass({ problems, lines, rows }: ReadTable, { read, typed }: KnownColumn): void {
  const { name, answer } = read;
  if (!answer || answer.isKept || read.holds !== 'texts' || typed.type === 'constant') return;
  const { text, count, row } = answer;
  if (2 * count * (typed.distinct + 1) < rows) return;
  problems.add('lost-class', [lines[row], 1, 2], { column: name, text, count, rows }, { rows: row });
}

/** Names the features that are out of scale, where nothing scales them. */
function adviseScales(
  { problems, namePlaces }: ReadTable,
  columns: readonly KnownColumn[],
  chosen: number,
): void {
  const spreads = columns.map(({ role, typed }, index) => {
    if (index === chosen || role !== 'feature' || typed.type !== 'number') return NaN;
    let largest = 0;
    for (const value of typed.values) if (Math.abs(value) > largest) largest = Math.abs(value);
    return largest;
  });
  spreads.forEach((spread, index) => {
    const { name } = columns[index].read;
    if (spread > UNLIKE) {
      problems.add('unscaled-features', namePlaces[index], { column: name, largest: spread });
    }
  });
}

function adviseTarget(
  { problems, namePlaces }: ReadTable,
  column: KnownColumn,
  target: Target,
  isBalanced: boolean,
): void {
  const place = namePlaces[target.index];
  const { name } = column.read;
  if (target.isTaskInDoubt) {
    const as = target.task === 'regression' ? 'number' : 'classes';
    problems.add('doubtful-task', place, { column: name, distinct: column.typed.distinct, as });
  }
  const counts = target.task === 'regression' ? null : textCounts(column);
  if (!counts || isBalanced) return;
  const present = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [rarest, count] = [...counts].reduce((least, each) => (each[1] < least[1] ? each : least));
  if (count < (RARE_SHARE * present) / counts.size) {
    problems.add('class-imbalance', place, { target: name, text: rarest, count, rows: present });
  }
}
