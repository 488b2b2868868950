import { cut } from '../core/format';
import { message, type Message, type ProblemMessages } from './message';

/** What can be wrong with a table; each code has one severity. */
export const problemSeverities: { readonly [C in keyof ProblemMessages]: Severity } = {
  'empty-file': 'error',
  'binary-file': 'error',
  'unknown-encoding': 'error',
  'unknown-delimiter': 'error',
  'unknown-quote': 'error',
  'no-rows': 'error',
  'unterminated-quote': 'error',
  'text-after-quote': 'error',
  'inner-quote': 'warning',
  'ragged-row': 'error',
  'mended-row': 'warning',
  'header-mismatch': 'error',
  'doubtful-header': 'warning',
  'doubtful-decimals': 'warning',
  'words-in-numbers': 'error',
  'repeated-header': 'warning',
  preamble: 'information',
  footer: 'warning',
  comments: 'information',
  'rows-left-out': 'information',
  'no-row-on-line': 'warning',
  'duplicate-header': 'warning',
  'zero-bytes': 'error',
  'broken-character': 'warning',
  'guessed-encoding': 'warning',
  'lost-characters': 'warning',
  'suspicious-encoding': 'information',
  'row-too-long': 'error',
  'text-in-numbers': 'warning',
  'no-target': 'error',
  'no-examples': 'error',
  'too-few-rows': 'warning',
  'missing-values': 'information',
  'missing-in-columns': 'information',
  'constant-column': 'information',
  'identifier-column': 'information',
  'identifier-feature': 'warning',
  'unscaled-features': 'information',
  'mixed-decimals': 'warning',
  'mixed-units': 'warning',
  'other-unit': 'warning',
  'doubtful-letter': 'warning',
  'codes-like-numbers': 'information',
  'marked-numbers': 'warning',
  'doubtful-negatives': 'warning',
  'mixed-truths': 'information',
  'mixed-years': 'warning',
  'range-as-date': 'warning',
  'other-calendar': 'warning',
  'note-rows': 'warning',
  'section-rows': 'warning',
  'merged-cells': 'warning',
  'ditto-marks': 'warning',
  'word-is-class': 'information',
  'odd-spelling': 'warning',
  'placeholder-value': 'warning',
  'total-row': 'warning',
  'free-text': 'information',
  'class-imbalance': 'information',
  leakage: 'warning',
  'leakage-missing': 'warning',
  'rows-follow-order': 'warning',
  'rows-in-groups': 'warning',
  'duplicate-rows': 'information',
  'leakage-copy': 'warning',
  'leakage-together': 'warning',
  'leakage-not-sought': 'information',
  'wild-value': 'warning',
  'heavy-tail': 'information',
  'no-table': 'error',
  'no-json-row': 'error',
  'of-many-columns': 'information',
  'text-in-dates': 'warning',
  'counted-dates': 'information',
  'dates-in-numbers': 'warning',
  'times-in-numbers': 'warning',
  'unread-numbers': 'warning',
  'unnamed-column': 'information',
  'doubtful-times': 'information',
  'two-units': 'warning',
  'far-date': 'warning',
  'swapped-dates': 'warning',
  'contrary-dates': 'warning',
  'undecided-dates': 'information',
  'future-dates': 'warning',
  'settled-dates': 'information',
  'names-above': 'information',
  'short-header': 'warning',
  'row-names': 'warning',
  'second-header': 'warning',
  'rule-line': 'information',
  'quote-in-cell': 'warning',
  'unsplit-lines': 'warning',
  'doubtful-task': 'information',
  'ticked-column': 'information',
  'list-column': 'information',
  'may-be-list': 'information',
  'group-gives-away': 'warning',
  'word-for-missing': 'information',
  'lost-class': 'warning',
  'read-as-durations': 'information',
  'read-as-fractions': 'information',
  'other-digits': 'information',
  'units-by-case': 'warning',
  'counted-parts': 'information',
};
/** What is a habit of those who write tables, rather than damage: of many columns it is said once. */
const HABITS: ReadonlySet<string> = new Set<ProblemCode>([
  'doubtful-decimals',
  'placeholder-value',
  'wild-value',
  'heavy-tail',
  'mixed-units',
  ...([
    'text-in-dates',
    'counted-dates',
    'dates-in-numbers',
    'times-in-numbers',
    'far-date',
    'swapped-dates',
    'contrary-dates',
    'undecided-dates',
    'future-dates',
    'settled-dates',
  ] as const),
  ...(['other-unit', 'doubtful-letter', 'codes-like-numbers', 'marked-numbers', 'odd-spelling'] as const),
  ...(['doubtful-negatives', 'mixed-truths', 'mixed-years', 'range-as-date', 'other-calendar'] as const),
  ...(['doubtful-times', 'two-units', 'unread-numbers', 'unnamed-column'] as const),
  ...(['word-for-missing', 'merged-cells', 'ditto-marks'] as const),
  ...(['ticked-column', 'list-column', 'may-be-list'] as const),
  ...(['read-as-durations', 'read-as-fractions', 'other-digits'] as const),
  ...(['units-by-case', 'counted-parts'] as const),
]);
/** The same text among the numbers of many columns is one habit; what differs is named at each cell. */
const keyOfText = ({ code, args }: Message<ProblemCode>): string | null =>
  code === 'text-in-numbers' && 'text' in args ? `${code} ${args.text}` : null;
/** Columns of which a habit is said one by one. */
const MOST_COLUMNS = 5;
/** Habits that are said of one file. */
const MOST_HABITS = 20;
const OF_TRAINING: ReadonlySet<string> = new Set<ProblemCode>([
  ...(['too-few-rows', 'missing-values', 'constant-column', 'identifier-column', 'free-text'] as const),
  ...(['class-imbalance', 'duplicate-rows', 'no-target', 'no-examples', 'missing-in-columns'] as const),
  // Told by whoever has asked for it.
  ...(['rows-follow-order', 'rows-in-groups'] as const),
  'doubtful-task',
]);
/** Whether a problem is one of reading the table, or of what is trained on, not merely advice. */
export const isOfReading = (code: ProblemCode): boolean => !OF_TRAINING.has(code);

/** A place on one line; columns are characters from 1, the end is behind the last. */
export type Spot = [line: number, column: number, endColumn: number];

export type ProblemCode = keyof ProblemMessages;
export type Severity = 'error' | 'warning' | 'information';

/** One thing that is wrong with a table, or that a person should know of how it was read. */
export type Problem<C extends ProblemCode = ProblemCode> = Message<C> & Where;

interface Where {
  readonly severity: Severity;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  /** Rows above it that were read. */
  readonly rows: number;
  /** Where it is about one record, and not on its first line: that line. */
  readonly recordLine?: number;
}

/** The column of the table that a problem is about. */
export const columnOf = ({ args }: Message<ProblemCode>): string | undefined =>
  'column' in args ? args.column : undefined;

/** More of one code than this are only counted. */
export const MOST_OF_A_CODE = 50;

/** Problems in the order in which they were found, and how many there were in all. */
export class Problems {
  readonly list: Problem[] = [];
  /** Rows read so far. */
  rowsAbove = 0;
  readonly counts = new Map<ProblemCode, number>();

  add<C extends ProblemCode>(
    code: C,
    [line, column, endColumn]: Spot,
    args: ProblemMessages[C],
    { rows = this.rowsAbove, recordLine = line }: { rows?: number; recordLine?: number } = {},
  ): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count > MOST_OF_A_CODE) return;
    const where: Where = {
      severity: problemSeverities[code],
      line,
      column,
      endColumn: Math.max(endColumn, column + 1),
      rows,
      ...(recordLine !== line && { recordLine }),
    };
    const problem: Problem = { ...message<ProblemCode>(code, args), ...where };
    this.list.push(problem);
  }

  /** Counts problems that are not listed. */
  count(code: ProblemCode, more: number): void {
    if (more > 0) this.counts.set(code, (this.counts.get(code) ?? 0) + more);
  }

  /** Leaves out what was said of columns that are not used. */
  dismiss(names: readonly string[]): void {
    const shown = new Set(names.map((name) => cut(name)));
    const isDismissed = (problem: Problem) => shown.has(columnOf(problem) ?? '');
    const before = this.list.splice(0);
    this.list.push(...before.filter((problem) => !isDismissed(problem)));
    for (const { code } of before.filter(isDismissed)) {
      const isLast = !this.list.some((problem) => problem.code === code);
      this.counts.set(code, isLast ? 0 : Math.max(0, (this.counts.get(code) ?? 0) - 1));
    }
  }

  /**
   * Says of a habit that more than five columns have, once, of the first of them; and no more than twenty of all. The
   * others are only counted.
   */
  gatherHabits(): void {
    const byCode = new Map<string, Problem[]>();
    for (const problem of this.list) {
      const key = HABITS.has(problem.code) ? problem.code : keyOfText(problem);
      if (key !== null) byCode.set(key, [...(byCode.get(key) ?? []), problem]);
    }
    const left = new Set<Problem>();
    for (const found of byCode.values()) {
      const columns = [...new Set(found.map((problem) => columnOf(problem) ?? ''))];
      const [first, ...others] = found;
      if (columns.length <= MOST_COLUMNS || first.code === 'of-many-columns') continue;
      const { severity, line, column, endColumn, rows, recordLine, ...said } = first;
      const where = {
        severity,
        line,
        column,
        endColumn,
        rows,
        ...(recordLine !== undefined && { recordLine }),
      };
      const named = columns.slice(1, MOST_COLUMNS);
      const args = { columns: named, more: columns.length - 1 - named.length, first: said };
      this.list[this.list.indexOf(first)] = { ...message('of-many-columns', args), ...where };
      for (const other of others) left.add(other);
      const rest = HABITS.has(first.code) ? 0 : (this.counts.get(first.code) ?? 0) - found.length;
      this.counts.set(first.code, Math.max(0, rest));
      this.counts.set('of-many-columns', (this.counts.get('of-many-columns') ?? 0) + 1);
    }
    const isHabit = (problem: Problem) => problem.code === 'of-many-columns' || HABITS.has(problem.code);
    const kept = this.list.filter((problem) => !left.has(problem));
    const surplus = new Set(kept.filter(isHabit).slice(MOST_HABITS));
    this.list.splice(0, Infinity, ...kept.filter((problem) => !surplus.has(problem)));
  }

  /** Takes back some of what was said of a column. */
  takeBack(column: string, isWrong: (problem: Problem) => boolean): void {
    const before = this.list.splice(0);
    for (const problem of before) {
      if (columnOf(problem) !== cut(column) || !isWrong(problem)) this.list.push(problem);
      else this.counts.set(problem.code, Math.max(0, (this.counts.get(problem.code) ?? 0) - 1));
    }
  }

  /** Adds those of a later part of the file, `lines` further down. */
  append({ list, counts }: Pick<Problems, 'list' | 'counts'>, lines: number, rows: number): void {
    for (const problem of list) {
      if (this.list.filter(({ code }) => code === problem.code).length >= MOST_OF_A_CODE) continue;
      const moved = { ...problem, line: problem.line + lines, rows: problem.rows + rows };
      const { recordLine } = problem;
      this.list.push(recordLine === undefined ? moved : { ...moved, recordLine: recordLine + lines });
    }
    for (const [code, count] of counts) this.counts.set(code, (this.counts.get(code) ?? 0) + count);
  }

  /** In the order of the file. */
  inOrder(): Problem[] {
    return [...this.list].sort((a, b) => a.line - b.line || a.column - b.column);
  }

  /** How many there were, the ones that are only counted among them. */
  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  get blocked(): boolean {
    return [...this.counts].some(([code, count]) => count > 0 && problemSeverities[code] === 'error');
  }
}
