import { startsWith } from './cells';
import { countCells } from './columnBuilder';
import { readHeader, type Header } from './header';
import { LoneCells } from './loneCells';
import { isOfNumbers, OddRows, ragged } from './oddRows';
import { passedOver, type Part, type Plan } from './part';
import { PlainRows } from './plainRows';
import { Problems } from '../problems';
import { isRule } from './rules';
import { numbersAmong, RowStore } from './rowStore';
import { judgeShortHeader } from './shortHeader';
import type { Tokens } from './tokens';

const END_MARK = 26;

/** Takes up records as rows of typed columns. */
export class RowReader {
  readonly problems = new Problems();
  readonly store: RowStore;
  comments = { count: 0, line: 0 };
  /** Lone cells of text at the end: footers if nothing follows. */
  readonly lones = new LoneCells();
  begun = false;
  /** Whether there is nothing but these. */
  onlyLones = true;
  header: Header | null;
  /** Lines of records that were left out, and of those that are to be, from the first on. */
  private readonly leftOut: number[] = [];
  private readonly toLeaveOut: readonly number[];
  private readonly prefixes: readonly Uint8Array[];
  /** Null where the dialect has rows that need a second look. */
  private readonly plainRows: PlainRows | null;
  private readonly odd: OddRows;
  /** Whether the file starts here: lines are those of the file. */
  private readonly isFirst: boolean;

  /** @param header that of the file, for a part that does not start with it */
  constructor(
    private readonly plan: Plan,
    header: Header | null = null,
  ) {
    const { dialect, missing, texts } = plan;
    const { width, surplus, syntax } = dialect;
    this.header = header;
    this.isFirst = header === null;
    const mark = dialect.decimalMark.charCodeAt(0);
    const kept = width - surplus;
    this.prefixes = passedOver(plan).prefixes;
    this.toLeaveOut = [...plan.leftOut].sort((a, b) => a - b);
    const numericColumns = dialect.numeric.flatMap((is, c) => (is && c < kept ? [c] : []));
    this.odd = new OddRows(dialect, missing, numericColumns, this.problems);
    this.store = new RowStore(plan, this.problems);
    if (header) this.store.names = header.texts;
    const isPlain =
      !syntax.blanks &&
      syntax.escape === 0 &&
      width > 1 &&
      surplus === 0 &&
      numericColumns.length > 0 &&
      numbersAmong(missing).size === 0 &&
      texts.size === 0 &&
      !this.prefixes.some(([first]) => isOfNumbers(first, mark));
    this.plainRows = isPlain ? new PlainRows(this.store.columns, numericColumns, mark) : null;
  }

  /** Takes up all whole records there are; false when nothing after them is wanted. */
  take(tokens: Tokens): boolean {
    for (;;) {
      if (this.plainRows && this.header && this.lones.count === 0) this.takePlain(tokens, this.plainRows);
      this.problems.rowsAbove = this.store.rows;
      if (!tokens.next()) return true;
      if (!this.record(tokens)) return false;
    }
  }

  /** All that was taken up, as a part of the file. */
  part({ nextLine, lineEnds }: Tokens): Part {
    const { problems, comments, begun, onlyLones } = this;
    const { count, first } = this.lones;
    const { rows, lines, columns, broken, damaged, foreign } = this.store;
    return {
      rows,
      columns: columns.map(({ numbers, codes, texts, numberTexts, someTexts, respelled, places }) => ({
        ...{ numbers, codes, texts, numberTexts, someTexts, respelled, places },
      })),
      lines,
      problems: { list: problems.list, counts: problems.counts },
      lineCount: nextLine - 1,
      lineEnds,
      ...{ broken, damaged, foreign, comments, lones: { count, first }, begun, onlyLones },
    };
  }

  /** Goes on behind what there is with a later part, whose first line is `line` + 1. */
  append(later: Part, line: number): void {
    this.problems.rowsAbove = this.store.rows;
    if (!later.onlyLones) this.raggedLones();
    const before = this.store.rows;
    this.store.append(later, line);
    this.problems.append(later.problems, line, before);
    if (this.comments.count === 0) this.comments.line = later.comments.line + line;
    this.comments.count += later.comments.count;
    this.lones.append(later.lones, line);
  }

  /** Says what can only be said at the end; `all`: it is that of the file, else more may follow from a line on. */
  finish(nextLine: number, all: boolean): void {
    this.problems.rowsAbove = this.store.rows;
    const { comments, lones, problems, header } = this;
    if (comments.count > 0) {
      problems.add('comments', [comments.line, 1, 2], { lines: comments.count });
    }
    lones.sayAtEnd(problems, ragged(1, this.plan.dialect));
    this.finishLeftOut(nextLine, all);
    if (this.store.rows === 0 && !problems.blocked) {
      problems.add('no-rows', [this.plan.dialect.firstLine, 1, 2], {});
    }
    if (header?.short) this.settleHeader(header, header.short);
  }

  // ------------------------------------------------------------------------------------ records

  /** Records to pass over before the next try for plain rows: the more often there were none, the more. */
  private pause = 0;
  private patience = 0;
  /** How many of the lines to leave out are behind. */
  private passed = 0;

  /** Takes up rows that need no second look, as nearly all do. */
  private takePlain(tokens: Tokens, plainRows: PlainRows): void {
    if (this.pause > 0) {
      this.pause--;
      return;
    }
    const most = this.plan.maxRows === 0 ? Infinity : this.plan.maxRows - 1;
    const { store } = this;
    const before = store.rows;
    // Each of these rows is a line.
    while (this.toLeaveOut[this.passed] < tokens.nextLine) this.passed++;
    const next = this.toLeaveOut[this.passed] ?? Infinity;
    const last = Math.min(most, before + next - tokens.nextLine);
    if (last === before) return;
    while (store.rows < last) {
      if (store.rows === store.capacity) store.grow();
      const limit = Math.min(store.capacity, last);
      store.rows = plainRows.read(tokens, store.lines, store.rows, limit);
      if (store.rows < store.capacity) break;
    }
    if (store.rows > before) {
      this.begun = true;
      this.onlyLones = false;
      this.patience = 0;
    } else {
      this.pause = this.patience;
      this.patience = Math.min(1000, 2 * this.patience + 1);
    }
  }

  /** Takes up the present record; false when nothing after it is wanted. */
  private record(tokens: Tokens): boolean {
    const { dialect, maxRows } = this.plan;
    const { bytes, count } = tokens;
    if (tokens.comment && tokens.line !== dialect.namesAbove?.line) this.comment(tokens.line);
    if (count === 0) return true;
    if (count === 1 && tokens.starts[0] === tokens.ends[0]) return true;
    if (!this.header && tokens.line < dialect.firstLine) {
      // Names on two lines are no preamble.
      const { namesAbove } = dialect;
      const isName = namesAbove?.how === 'two lines' && tokens.line >= namesAbove.line;
      if (!isName && !isBlank(tokens)) this.problems.add('preamble', tokens.cellPlace(0), {});
      return true;
    }
    const isEnd =
      count === 1 && bytes[tokens.starts[0]] === END_MARK && tokens.ends[0] === tokens.starts[0] + 1;
    if (this.header && isEnd) return true;
    this.begun = true;
    if (!this.header) {
      if (dialect.header) tokens.report();
      this.header = readHeader(tokens, dialect, this.problems);
      this.store.names = this.header.texts;
      for (const [c, name] of this.header.names.entries()) {
        this.store.see(name, bytes.subarray(tokens.recordStart, tokens.at), this.header.places[c]);
      }
      for (const c of dialect.marksInDoubt) {
        const { names, places } = this.header;
        const args = { column: names[c], mark: dialect.decimalMark };
        this.problems.add('doubtful-decimals', places[c], args);
      }
      if (dialect.unsplit) {
        this.problems.add(
          'unsplit-lines',
          tokens.place(tokens.starts[0], tokens.ends[count - 1]),
          dialect.unsplit,
        );
      }
      if (dialect.headerInDoubt) {
        this.problems.add('doubtful-header', tokens.place(tokens.starts[0], tokens.ends[count - 1]), {});
      }
      if (dialect.header || isEnd) return true;
    }
    if (tokens.unterminated) {
      tokens.report();
      return false;
    }
    if (tokens.leftOut) {
      this.leftOut.push(tokens.line);
      return true;
    }
    if (isRule(tokens, this.store.rows === 0)) {
      this.problems.add('rule-line', tokens.place(tokens.starts[0], tokens.ends[count - 1]), {});
      return true;
    }
    if (startsWith(bytes, tokens.recordStart, this.prefixes) && this.odd.isWords(tokens)) {
      // As many words as a row has cells, and none of the numbers that a row has.
      this.comment(tokens.line);
      return true;
    }
    const isSecond = this.isFirst && dialect.secondHeaders.includes(tokens.line);
    if (isSecond && this.odd.isSecondHeader(tokens)) {
      this.problems.add('second-header', tokens.place(tokens.starts[0], tokens.ends[count - 1]), {});
      return true;
    }
    // Before anything is said of this record, so that the first rows are named in their order.
    const mayBeFooter = dialect.width > 1 && this.odd.mayBeLone(tokens);
    if (!mayBeFooter) this.raggedLones();
    const verdict = this.odd.judge(tokens, this.header);
    if (verdict !== 'lone') this.raggedLones();
    this.onlyLones &&= verdict === 'lone';
    if (verdict === 'row') this.store.add(tokens);
    else if (verdict === 'lone') this.lones.add(() => tokens.cellPlace(0));
    else if (verdict !== 'nothing') this.store.addTexts(tokens, verdict);
    return maxRows === 0 || this.store.rows < maxRows;
  }

  private finishLeftOut(nextLine: number, all: boolean): void {
    const { leftOut, problems } = this;
    if (leftOut.length > 0) problems.add('rows-left-out', [leftOut[0], 1, 2], { rows: leftOut.length });
    for (const line of this.toLeaveOut) {
      if (leftOut.includes(line) || (!all && line >= nextLine)) continue;
      problems.add('no-row-on-line', [Math.min(line, nextLine - 1), 1, 2], { line });
    }
  }

  private comment(line: number): void {
    if (this.comments.count++ === 0) this.comments.line = line;
  }

  private raggedLones(): void {
    if (this.lones.count > 0) this.lones.sayRagged(this.problems, ragged(1, this.plan.dialect));
  }

  /** With a name fewer than cells, the first column has none: fine when it counts or names the rows. */
  private settleHeader(header: Header, { spot, areQuoted }: NonNullable<Header['short']>): void {
    const { rows, columns } = this.store;
    const last = columns.at(-1);
    if (last && countCells(last, rows).missing === rows) {
      // Every row ends with a delimiter: the names belong one column further left.
      header.names.splice(0, 1);
      header.places.splice(0, 1);
      columns.pop();
      return;
    }
    const { width, syntax } = this.plan.dialect;
    const names = { names: header.texts.slice(1), areQuoted };
    const { is, divided } = judgeShortHeader(names, columns, rows, syntax);
    if (is === 'sure') return;
    this.problems.add(is === 'in doubt' ? 'row-names' : 'header-mismatch', spot, {
      ...{ names: width - 1, cells: width },
      ...(divided !== null && { divided }),
    });
  }
}

/** Whether nothing stands in any cell of the present record. */
const isBlank = ({ count, starts, ends }: Tokens): boolean =>
  starts.subarray(0, count).every((start, c) => start === ends[c]);
