import type { Syntax } from '../data/csv/cells';
import { decimalComma, read, thousandsByComma } from '../data/csv/amounts';
import type { Model, RowPrediction } from '../runs/model';
import { encoderOf, type Encode } from './encode';
import type { FileHead } from './head';
import { CannotPredict, unquotableText, unwritableText } from './sentences';

/** What a spreadsheet takes for a formula: text that begins so, and is no number. */
const FORMULA = /^[=+\-@\t\r]/;
export const isFormulaLike = (text: string): boolean =>
  text.length > 1 &&
  FORMULA.test(text) &&
  ![read, thousandsByComma, decimalComma].some((style) => Number.isFinite(style(text.trim())));

/** Writes the new cells of a file, as its own are written. */
export class Answers {
  readonly encode: Encode;
  /** Labels that got an apostrophe, so that no spreadsheet runs them. */
  apostrophes = 0;
  private readonly labels: readonly string[];
  private readonly areEscaped: readonly boolean[];
  private readonly columns: number;

  /** Throws CannotPredict where a text of the model cannot be written in the file. */
  constructor(
    model: Model,
    private readonly head: Pick<FileHead, 'dialect' | 'encoding' | 'syntax'>,
  ) {
    this.encode = encoderOf(head.encoding);
    this.areEscaped = model.labels.map(isFormulaLike);
    this.labels = model.labels.map((label, k) => (this.areEscaped[k] ? `'${label}` : label));
    this.columns = 3 + model.labels.length;
    const names = model.transform.columns.map(({ name }) => name);
    for (const text of [...this.labels, ...names, names.join(';')]) this.cells([text], 0);
  }

  /** The names of the new columns; one that is taken gets a number. */
  names(taken: readonly string[], labels: readonly string[]): string[] {
    const known = new Set(taken);
    return ['prediction', ...labels.map((label) => `probability ${label}`), 'outside', 'note'].map((name) => {
      let free = name;
      for (let times = 2; known.has(free); times++) free = `${name} (${times})`;
      known.add(free);
      return free;
    });
  }

  /** The cells of a row with its prediction; `outside`: the columns that are unlike what was trained on. */
  predicted({ outputs, index }: RowPrediction, outside: readonly string[], note: string): string[] {
    const numbers = [...outputs].map((value) => this.number(value));
    if (index >= 0 && this.areEscaped[index]) this.apostrophes++;
    const names = outside.join(';');
    const listed = isFormulaLike(names) ? `'${names}` : names;
    return [...(index < 0 ? numbers : [this.labels[index], ...numbers]), listed, note];
  }

  /** The cells of a row without one. */
  none(note: string): string[] {
    return [...new Array<string>(this.columns - 1).fill(''), note];
  }

  /** Cells as bytes, each with a delimiter before it, behind so many empty ones that the record lacks. */
  cells(texts: readonly string[], lacking: number, syntax: Syntax = this.head.syntax): Uint8Array {
    const delimiter = String.fromCharCode(syntax.delimiter);
    const cells = texts.map((text) => delimiter + this.quoted(text, syntax)).join('');
    const bytes = this.encode((syntax.blanks ? `${delimiter}""` : delimiter).repeat(lacking) + cells);
    if (!bytes) {
      const wrong = texts.find((text) => !this.encode(text)) ?? '';
      throw new CannotPredict(unwritableText(wrong, this.head.encoding));
    }
    return bytes;
  }

  private number(value: number): string {
    const text = String(value);
    return this.head.dialect.decimalMark === ',' ? text.replace('.', ',') : text;
  }

  private quoted(text: string, { delimiter, quote, escape, blanks }: Syntax): string {
    const mark = Number.isNaN(quote) ? '' : String.fromCharCode(quote);
    const needsQuotes =
      /[\r\n]|^\s|\s$/.test(text) ||
      text.includes(String.fromCharCode(delimiter)) ||
      (mark !== '' && text.includes(mark)) ||
      (blanks && (text === '' || /[ \t]/.test(text)));
    if (!needsQuotes) return text;
    if (mark === '') throw new CannotPredict(unquotableText(text));
    const before = escape === 0 ? mark : String.fromCharCode(escape);
    return mark + text.replaceAll(mark, before + mark) + mark;
  }
}
