import { syntaxOf, cellText, PLAIN } from './cells';
import type { Dialect } from './dialect';
import { resplit, textsOf, type Header } from './header';
import { parseNumber, POINT } from './number';
import type { ProblemMessages } from '../message';
import type { Problems } from '../problems';
import { splitAmount } from './splitAmount';
import type { Tokens } from './tokens';
import { bareUnit, isKnownUnit } from './unitTable';

const encoder = new TextEncoder();

/** What rows of kinds of values say below a header, in every column. */
const OF_HEADERS = new Set([
  ...['c', 'continuous', 'discrete', 'double', 'float', 'float32', 'float64', 'int', 'int32', 'int64'],
  ...['integer', 'n', 'number', 'numeric', 'object', 'real', 'response', 'str', 'string', 'text', 'unit'],
  ...['units', 'value', 'avg', 'smp', 'tot', 'min', 'max', 'std', 'bool', 'boolean', 'date', 'factor'],
  ...['varchar', 'bigint', 'decimal', 'datetime', 'timestamp', 'categorical', 'nominal', 'ordinal'],
  // Loggers.
  ...['rn', 'deg c', 'deg f', 'volts', 'amps', 'watts'],
]);

/** What is asked, or how a survey calls it. */
const isQuestion = (text: string): boolean => text.endsWith('?') || text.startsWith('{"ImportId"');
const QUESTION_CODE = /^[A-Za-z]{1,5}\d+(?:_\d+)*$/;

/** A bound: >90, ≤ 0.01. */
const BOUND = /^[<>≤≥~≈]=? ?[-+]?[.,]?\d/;

/** Whether a text is a number, or about one, as people write these: −5.2 with the minus of mathematics, ca. 40. */
function isWritten(text: string): boolean {
  const amount = splitAmount(text);
  if (amount === null || amount.unit !== '') return false;
  return amount.mark === '~' || (amount.mark === '' && amount.core.startsWith('-'));
}

/** Below zero as accounts write it, and behind a currency: (4.8) %, ($12), £8.99 net */
const AMOUNT = /^\s*(?:\(\s?\p{Sc}?\s?[\d.,]+\s?\p{Sc}?\)\s?%?$|\p{Sc}\s?\(?[-+]?\d)/u;

/** Why something was not measured. */
const REASONS =
  /^(?:absent|sick|ill|excused|unexcused|late|away|holiday|vacation|leave|withdrawn|dropped|dropout|exempt|incomplete|missed|missing|skipped|cancelled|canceled|closed|offline|fault|error|failed|broken|invalid|pending|refused|unknown|dnf|dns|dsq|dq|inc|abs|ex|krank|entschuldigt|unentschuldigt|abwesend|urlaub|fehlt|malade|excusé|absente?|ausente|enfermo|assente|ziek|afwezig)$/i;

/**
 * What becomes of a record: it is a row, or one with these cells instead, or nothing, or a lone cell of text, which is
 * a footer if nothing follows and else a ragged row.
 */
export type Verdict = 'row' | 'nothing' | 'lone' | readonly string[];

/** How many cells a ragged row has, and how many it should have. */
export const ragged = (cells: number, { header, width }: Dialect): ProblemMessages['ragged-row'] => ({
  cells,
  expected: width,
  like: header ? 'header' : 'first row',
});

/** Whether a number may start with this byte. */
export const isOfNumbers = (byte: number, mark: number): boolean =>
  (byte >= 48 && byte <= 57) || byte === 43 || byte === 45 || byte === mark;

/** Where the record begins that a problem is about. */
const of = ({ line }: Tokens) => ({ recordLine: line });

/** Judges records that are not like the others: they are mended where there is one way to, else they are problems. */
export class OddRows {
  private readonly mark: number;
  /** The first name of the header; empty where a row may be like it. */
  private nameBytes: Uint8Array | null = null;

  /** @param numericColumns the columns that hold numbers in the head */
  constructor(
    private readonly dialect: Dialect,
    private readonly missing: ReadonlySet<string>,
    private readonly numericColumns: readonly number[],
    private readonly problems: Problems,
  ) {
    this.mark = dialect.decimalMark.charCodeAt(0);
  }

  /** Whether a record is one cell of text and no number. */
  mayBeLone({ bytes, starts, ends, kinds, count }: Tokens): boolean {
    if (count !== 1 || kinds[0] !== PLAIN) return false;
    return Number.isNaN(parseNumber(bytes, starts[0], ends[0], this.mark));
  }

  /** Judges the present record, and says what is wrong with it. */
  judge(tokens: Tokens, header: Header | null): Verdict {
    if (tokens.count > this.dialect.width) return this.tooLong(tokens);
    if (tokens.count < this.dialect.width) return this.tooShort(tokens);
    const { numericColumns, dialect } = this;
    const { width, surplus } = dialect;
    for (let c = width - surplus; c < width; c++) {
      const empty = tokens.kinds[c] === PLAIN ? 0 : 2;
      if (tokens.ends[c] - tokens.starts[c] === empty) continue;
      // These columns were empty so far, and are left out.
      this.problems.add(
        'ragged-row',
        tokens.cellPlace(c),
        { ...ragged(c + 1, dialect), expected: width - surplus },
        of(tokens),
      );
      return 'nothing';
    }
    const isOdd =
      numericColumns.length > 0 ? this.isWords(tokens) || this.isHeader(tokens, header) : dialect.header;
    return isOdd ? this.words(tokens, header) : 'row';
  }

  private tooLong(tokens: Tokens): Verdict {
    const { width } = this.dialect;
    let last = tokens.count;
    while (last > width && tokens.starts[last - 1] === tokens.ends[last - 1]) last--;
    if (last > width || this.isShifted(tokens)) {
      this.problems.add(
        'ragged-row',
        tokens.oddQuote ?? tokens.cellPlace(width),
        ragged(tokens.count, this.dialect),
        of(tokens),
      );
      return 'nothing';
    }
    this.problems.add(
      'mended-row',
      tokens.place(tokens.starts[width] - 1),
      { how: 'trailing delimiters' },
      of(tokens),
    );
    return 'row';
  }

  /**
   * Whether a row with empty cells at its end fits the columns better without another one of its empty cells: then
   * that is the one too many, and all behind it would stand in the wrong columns.
   */
  private isShifted(tokens: Tokens): boolean {
    const { width, syntax } = this.dialect;
    const texts = textsOf(tokens, syntax);
    const misfits = this.misfits(texts);
    if (misfits === 0) return false;
    const more = tokens.count - width;
    return texts.some((text, c) => {
      if (c >= width || text !== '') return false;
      const others = [...texts.slice(0, c), ...texts.slice(c + more)];
      return texts.slice(c, c + more).every((each) => each === '') && this.misfits(others) < misfits;
    });
  }

  /** How many cells are not as in the other rows: empty or not, a number or not. */
  private misfits(texts: readonly string[]): number {
    const { filled } = this.dialect;
    const odd = filled.filter((rows, c) => {
      const isEmpty = texts[c] === '' || this.missing.has(texts[c]);
      if (isEmpty ? rows === 'all' : rows === 'none') return true;
      return !isEmpty && this.numericColumns.includes(c) && !this.isNumber(texts[c]);
    });
    return odd.length;
  }

  private isNumber(text: string): boolean {
    const bytes = encoder.encode(text);
    return !Number.isNaN(parseNumber(bytes, 0, bytes.length, this.mark));
  }

  private tooShort(tokens: Tokens): Verdict {
    const { count } = tokens;
    const { width, syntax } = this.dialect;
    const written = tokens.bytes.subarray(tokens.starts[0], tokens.ends[count - 1]);
    if (written.length > 0 && written.every((byte) => byte === 0)) {
      this.problems.add('zero-bytes', tokens.cellPlace(0), { where: 'rows' }, of(tokens));
      return 'nothing';
    }
    for (const delimiter of [',', ';', '\t', '|', ' ']) {
      const other = syntaxOf(delimiter, String.fromCharCode(syntax.quote), syntax.escape);
      if (other.delimiter === syntax.delimiter) continue;
      // There may be millions of such rows. Between blanks, a quoted cell ends by itself.
      if (!written.includes(other.delimiter) && !(other.blanks && written.includes(other.quote))) continue;
      const texts = resplit(tokens, other);
      if (texts.length !== width || !this.fits(texts)) continue;
      const whole = tokens.place(tokens.starts[0], tokens.ends[count - 1]);
      this.problems.add('mended-row', whole, { how: 'other delimiter' }, of(tokens));
      return texts;
    }
    if (this.mayBeLone(tokens)) return 'lone';
    this.problems.add(
      'ragged-row',
      tokens.oddQuote ?? tokens.cellPlace(count - 1),
      ragged(count, this.dialect),
      of(tokens),
    );
    return 'nothing';
  }

  /** Whether the present row has a word in every column of numbers. Nearly every row has not, at the first of them. */
  isWords(tokens: Tokens): boolean {
    const { numericColumns } = this;
    return numericColumns.length > 0 && numericColumns.every((c) => this.isWord(tokens, c));
  }

  /** Whether the present row is the header once more: years and “+/-” among its names are no words. */
  private isHeader(tokens: Tokens, header: Header | null): boolean {
    if (!this.dialect.header || header === null) return false;
    const { bytes, starts, ends, kinds } = tokens;
    // Nearly all rows begin otherwise than the header.
    this.nameBytes ??= this.isPlain(header) ? new Uint8Array() : encoder.encode(header.texts[0] ?? '');
    const { nameBytes } = this;
    const start = starts[0] + Number(kinds[0] !== PLAIN);
    const end = ends[0] - Number(kinds[0] !== PLAIN);
    if (end - start !== nameBytes.length || bytes[start] !== nameBytes[0]) return false;
    return textsOf(tokens, this.dialect.syntax).every((text, c) => text === header.texts[c]);
  }

  /** Whether the names are numbers, as a row may hold them. */
  private isPlain({ texts }: Header): boolean {
    return texts.every((text) => text === '' || this.isNumber(text));
  }

  private isWord(tokens: Tokens, c: number): boolean {
    const start = tokens.starts[c];
    const end = tokens.ends[c];
    if (start === end) return false;
    const byte = tokens.bytes[tokens.kinds[c] === PLAIN ? start : start + 1];
    if (isOfNumbers(byte, this.mark) || byte === POINT) return false;
    const text = cellText(tokens.bytes, start, end, tokens.kinds[c], this.dialect.syntax);
    return text !== '' && !AMOUNT.test(text) && !this.missing.has(text.trim());
  }

  /** Words over columns of numbers: the header once more, units, a second table. */
  private words(tokens: Tokens, header: Header | null): Verdict {
    const texts = textsOf(tokens, this.dialect.syntax);
    const repeats =
      this.dialect.header && header !== null && texts.every((text, c) => text === header.texts[c]);
    if (!repeats && this.numericColumns.length < 2) return 'row';
    const whole = tokens.place(tokens.starts[0], tokens.ends[tokens.count - 1]);
    if (repeats) {
      this.problems.add('repeated-header', whole, {});
      return 'nothing';
    }
    const bare = texts.map((text) =>
      text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text,
    );
    if (texts[0].startsWith("'") && this.fits(bare)) {
      this.problems.add('mended-row', whole, { how: 'apostrophes' }, of(tokens));
      return bare;
    }
    if (this.areValues(texts)) return 'row';
    this.problems.add('words-in-numbers', whole, {}, of(tokens));
    return 'nothing';
  }

  /**
   * Whether the present row, which stands below the header, is more of it: not where its words are values, nor where it
   * might be the header itself.
   */
  isSecondHeader(tokens: Tokens): boolean {
    const { width, syntax } = this.dialect;
    if (tokens.count !== width) return false;
    if (!this.isWords(tokens)) return true;
    const texts = textsOf(tokens, syntax);
    if (this.areValues(texts)) return false;
    const words = this.numericColumns.map((c) => texts[c].trim());
    const kinds = words.filter((word) => isKnownUnit(bareUnit(word)) || OF_HEADERS.has(word.toLowerCase()));
    return (
      2 * kinds.length >= words.length ||
      // Names of columns leave none out.
      texts.some((text) => text === '' || isQuestion(text)) ||
      texts.every((text) => QUESTION_CODE.test(text))
    );
  }

  private areValues(texts: readonly string[]): boolean {
    return this.isOneWord(texts) || this.areReasons(texts) || this.areKnown(texts);
  }

  /** Whether a word of a row is a number after all, a bound, as in >90, or stands beside numbers in other rows too. */
  private areKnown(texts: readonly string[]): boolean {
    const { wordsBeside } = this.dialect;
    return this.numericColumns.some(
      (c) => BOUND.test(texts[c]) || isWritten(texts[c]) || wordsBeside[c]?.includes(texts[c]),
    );
  }

  /** Whether a row says the same of all that is measured, such as `ND` or `offline`: then nothing was, and it is a row. */
  private isOneWord(texts: readonly string[]): boolean {
    const words = new Set(this.numericColumns.map((c) => texts[c].trim()));
    const [word] = words;
    return words.size === 1 && !isKnownUnit(word) && !OF_HEADERS.has(word.toLowerCase());
  }

  /** Whether a row says of each thing why it was not measured, as in `absent,sick,absent`. */
  private areReasons(texts: readonly string[]): boolean {
    return this.numericColumns.every((c) => REASONS.test(texts[c].trim()));
  }

  /** Whether the cells of a mended row are numbers where the columns hold numbers. */
  private fits(texts: readonly string[]): boolean {
    return (
      this.numericColumns.length > 0 &&
      this.numericColumns.every((c) => {
        if (texts[c] === '' || this.missing.has(texts[c])) return true;
        return this.isNumber(texts[c]);
      })
    );
  }
}
