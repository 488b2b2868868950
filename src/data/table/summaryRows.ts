import type { ReadTable } from '../csv/read';
import type { KnownColumn } from './known';
import { digitsBehind, isNear, MOST_DIGITS } from './near';
import { isUnmistakable, summaryWordOf, type SummaryWord } from './summaryWords';

/** Rows that sum up others, in their order, and what they are called. */
export interface SummaryRows {
  readonly rows: readonly number[];
  readonly texts: readonly string[];
}

/** A row that is called like one that sums up others. */
interface Candidate extends SummaryWord {
  readonly row: number;
  readonly text: string;
  /** Those that are called alike stand for the same, or all do not. */
  readonly group: string;
}

/** Columns of numbers that are looked at. */
const MOST_COLUMNS = 60;
/** Different texts that are looked at; beyond them, those of the last rows alone. */
const MOST_TEXTS = 50_000;
const LAST = 1000;
/** Neighbouring candidates up to which a row may reach back, or forward. */
const REACH = 12;
/** A number of so many digits is no sum by chance. */
const MANY_DIGITS = 3;

/**
 * Finds rows that sum up others: called by a word for that, and with the sum or the mean of the rows between two such
 * rows in a column of numbers. A last row may be called so unmistakably that its greatest number is enough; other
 * statistics are believed beside those. Null where there are none.
 */
export function summaryRows(table: ReadTable, columns: readonly KnownColumn[]): SummaryRows | null {
  const { rows } = table;
  const candidates = besideOthers(candidatesIn(table, columns));
  if (rows < 3 || candidates.length === 0 || 2 * candidates.length > rows) return null;
  const numbers = columns
    .filter(({ read, typed }) => read.holds === 'numbers' && typed.type !== 'identifier')
    .slice(0, MOST_COLUMNS)
    .map(({ read }) => sumUp(read.numbers, candidates, rows));
  if (numbers.length === 0) return null;
  const proofs = candidates.map((candidate, k) => proofOf(candidate, k, candidates.length, numbers));
  const groups = new Map<string, number[]>();
  candidates.forEach(({ group }, k) => groups.set(group, [...(groups.get(group) ?? []), k]));
  const found = candidates.map((candidate, k) => {
    const group = groups.get(candidate.group) ?? [];
    if (candidate.gives === 'other') return false;
    if (proofs[k] === 'strong') return 2 * group.filter((g) => proofs[g] === 'strong').length >= group.length;
    if (proofs[k] === 'weak' && candidate.isWhole && candidate.gives === 'sum')
      return group.every((g) => proofs[g] !== 'none') && (group.length > 1 || isUnmistakable(candidate.text));
    const isLast = candidate.row === rows - (candidates.length - k);
    return isLast && group.length === 1 && isUnmistakable(candidate.text) && isGreatest(k, numbers);
  });
  const believed = runsOf(candidates).filter(([from, to]) => {
    const run = candidates.slice(from, to);
    const others = new Set(run.filter(({ gives }) => gives === 'other').map(({ text }) => text));
    const isFooter = to === candidates.length && run.at(-1)?.row === rows - 1 && others.size > 1;
    return found.slice(from, to).includes(true) || (isFooter && areExtremes(candidates, from, to, numbers));
  });
  for (const [from, to] of believed) {
    for (let k = from; k < to; k++) {
      // Each such block has the same statistics once: a wind from the N is no count.
      const group = groups.get(candidates[k].group) ?? [];
      const blocks = group.map((g) => believed.findIndex(([start, end]) => g >= start && g < end));
      const isOnceEach = !blocks.includes(-1) && new Set(blocks).size === blocks.length;
      found[k] ||= candidates[k].isWhole && (candidates[k].gives !== 'other' || isOnceEach);
    }
  }
  const named = candidates.filter((_, k) => found[k]);
  if (named.length === 0) return null;
  return { rows: named.map(({ row }) => row), texts: [...new Set(named.map(({ text }) => text))] };
}

/** The rows with such a word, in their order: among texts, or where one stands among numbers or dates. */
function candidatesIn({ problems, lines }: ReadTable, columns: readonly KnownColumn[]): Candidate[] {
  const byRow = new Map<number, Candidate>();
  const add = (c: number, row: number, text: string, word: SummaryWord) => {
    if (byRow.get(row)?.isWhole === true) return;
    const group = `${c} ${word.isWhole ? text : word.gives}`;
    byRow.set(row, { ...word, row, text, group });
  };
  let left = MOST_TEXTS;
  columns.forEach(({ read }, c) => {
    const { texts } = read.odd ?? read;
    const cells = read.odd?.codes ?? read.codes;
    const rowOf = (k: number) => read.odd?.rows[k] ?? k;
    left -= texts.length;
    const from = left < 0 ? Math.max(0, cells.length - LAST) : 0;
    const looked = from === 0 ? texts.keys() : new Set(cells.subarray(from));
    const words = new Map<number, SummaryWord>();
    for (const code of looked) {
      const word = code < 0 ? null : summaryWordOf(texts[code]);
      if (word) words.set(code, word);
    }
    for (let k = from; words.size > 0 && k < cells.length; k++) {
      const word = words.get(cells[k]);
      if (word) add(c, rowOf(k), texts[cells[k]], word);
    }
  });
  for (const { code, args, line } of problems.list) {
    const word = code === 'text-in-dates' ? summaryWordOf(args.text) : null;
    const row = word ? lines.indexOf(line) : -1;
    if (word && row >= 0 && code === 'text-in-dates') add(-1, row, args.text, word);
  }
  return [...byRow.values()].sort((a, b) => a.row - b.row);
}

/** Those that are not classes: a wind from the N is no count, unless other statistics stand beside it. */
function besideOthers(candidates: readonly Candidate[]): Candidate[] {
  const groups = new Map<string, number[]>();
  candidates.forEach(({ group }, k) => groups.set(group, [...(groups.get(group) ?? []), k]));
  const isBeside = (k: number, other: number) =>
    candidates.at(other)?.row === candidates[k].row + other - k &&
    candidates[other].text !== candidates[k].text;
  return candidates.filter(({ gives, group }) => {
    const all = groups.get(group) ?? [];
    const beside = all.filter((k) => isBeside(k, k - 1) || isBeside(k, k + 1));
    return gives !== 'other' || all.length === 1 || 2 * beside.length >= all.length;
  });
}

/** The numbers of a column at the candidates, and sums of the other rows. */
interface Summed {
  readonly at: readonly number[];
  /** Sum and count of the others before each candidate, and before the end. */
  readonly sums: readonly number[];
  readonly counts: readonly number[];
  readonly least: number;
  readonly most: number;
  /** Digits behind the point. */
  readonly digits: number;
}

function sumUp(numbers: Float64Array, candidates: readonly Candidate[], rows: number): Summed {
  const [sums, counts]: [number[], number[]] = [[], []];
  let [sum, count, least, most, digits, next] = [0, 0, Infinity, -Infinity, 0, 0];
  for (let row = 0; row < rows; row++) {
    if (next < candidates.length && candidates[next].row === row) {
      sums.push(sum);
      counts.push(count);
      next++;
      continue;
    }
    const value = numbers[row];
    if (Number.isNaN(value)) continue;
    sum += value;
    if (count++ < 100) digits = Math.max(digits, digitsBehind(value));
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const at = candidates.map(({ row }) => numbers[row]);
  return { at, sums: [...sums, sum], counts: [...counts, count], least, most, digits };
}

type Proof = 'strong' | 'weak' | 'none';

/** How surely a row has the sums, or the means, of the rows between two candidates. */
function proofOf({ gives, isWhole }: Candidate, k: number, last: number, numbers: readonly Summed[]): Proof {
  if (gives === 'other') return 'none';
  const filled = numbers.filter(({ at }) => !Number.isNaN(at[k]));
  const isBetween = (from: number, to: number): Proof => {
    let [own, all, isLong] = [0, 0, false];
    for (const column of filled) {
      const count = column.counts[to] - (from < 0 ? 0 : column.counts[from]);
      const sum = column.sums[to] - (from < 0 ? 0 : column.sums[from]);
      const value = column.at[k];
      if (count < 2 || value === 0) continue;
      const isSum = isNear(value, sum, column.digits, count);
      const isMean = isNear(value, sum / count, MOST_DIGITS, 1);
      if (isSum || isMean) all++;
      if (gives === 'sum' ? !isSum : !isMean) continue;
      own++;
      isLong ||= String(Math.abs(value)).replace(/^0?\.?0*|\./g, '').length >= MANY_DIGITS;
    }
    if (own === 0) return 'none';
    const areMost = 2 * all >= filled.length;
    if (isLong && (isWhole ? gives === 'sum' || areMost : areMost)) return 'strong';
    return all === filled.length ? (filled.length > 1 ? 'strong' : 'weak') : 'none';
  };
  const proofs = [isBetween(-1, k), isBetween(k, last), isBetween(-1, last)];
  for (let reach = 1; reach <= REACH; reach++) {
    if (k - reach >= 0) proofs.push(isBetween(k - reach, k));
    if (k + reach < last) proofs.push(isBetween(k, k + reach));
  }
  return proofs.includes('strong') ? 'strong' : proofs.includes('weak') ? 'weak' : 'none';
}

/** Whether a row has a number beyond those of all others, or none at all. */
function isGreatest(k: number, numbers: readonly Summed[]): boolean {
  const filled = numbers.filter(({ at }) => !Number.isNaN(at[k]));
  return (
    filled.length === 0 ||
    filled.some(({ at, least, most }) => Math.abs(at[k]) > Math.max(Math.abs(least), Math.abs(most)))
  );
}

/** Whether some of these rows have the least or the greatest number of a column, and none goes beyond all. */
function areExtremes(
  candidates: readonly Candidate[],
  from: number,
  to: number,
  numbers: readonly Summed[],
): boolean {
  return candidates.slice(from, to).some(({ text }, j) => {
    const isOf = (pattern: RegExp, extreme: (column: Summed) => number) =>
      pattern.test(text) &&
      numbers.some((column) => column.counts.length > 0 && column.at[from + j] === extreme(column));
    return isOf(/^min/i, ({ least }) => least) || isOf(/^m[aá]x/i, ({ most }) => most);
  });
}

/** Where candidates stand in neighbouring rows, from one to before another. */
function runsOf(candidates: readonly Candidate[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  candidates.forEach(({ row }, k) => {
    const run = runs.at(-1);
    if (run && candidates[k - 1].row === row - 1) run[1] = k + 1;
    else runs.push([k, k + 1]);
  });
  return runs;
}
