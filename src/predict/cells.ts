import { readAmount } from '../data/csv/readAmount';
import { answersIn } from '../data/csv/lists';
import { unwrapped } from '../data/csv/amounts';
import { cellText, ESCAPED, PLAIN, type Syntax } from '../data/csv/cells';
import { days, timeOfDay } from '../data/csv/dates';
import { parseNumber } from '../data/csv/number';
import type { Tokens } from '../data/csv/tokens';
import type { ColumnReading } from '../data/reading';
import type { CellValue } from '../data/rowTransform';
import { keyedIndex, tickIn, truthIn, type Quantity } from '../data/table/cellValues';
import type { ColumnTransform } from '../data/transform';

/** A cell of a file, as it is written. */
export interface Written {
  readonly text: string;
  /** The number that it is as it stands, with such a mark before its fraction; NaN where it is none. */
  number(mark: number): number;
}

/** What a model makes of a cell. `unread`: something stands there that is none of its kind. */
export interface Seen {
  readonly value: CellValue;
  readonly is: 'value' | 'missing' | 'unread';
  /** Whether it is unlike all that was trained on: beyond the range of the numbers, or an unknown category. */
  readonly isOutside: boolean;
}

export type ReadCell = (cell: Written) => Seen;

/** The cell of a record that is looked at; one for all of them. */
export class CellOfRecord implements Written {
  private tokens: Tokens | null = null;
  private c = 0;
  private decoded: string | null = null;

  constructor(private readonly syntax: Syntax) {}

  at(tokens: Tokens, c: number): this {
    this.tokens = tokens;
    this.c = c;
    this.decoded = null;
    return this;
  }

  get text(): string {
    const { tokens, c, syntax } = this;
    if (!tokens) return '';
    return (this.decoded ??= cellText(
      tokens.bytes,
      tokens.starts[c],
      tokens.ends[c],
      tokens.kinds[c],
      syntax,
    ));
  }

  number(mark: number): number {
    const { tokens, c } = this;
    if (!tokens || tokens.kinds[c] === ESCAPED) return NaN;
    const quoted = tokens.kinds[c] === PLAIN ? 0 : 1;
    const [start, end] = [tokens.starts[c] + quoted, tokens.ends[c] - quoted];
    return start < end ? parseNumber(tokens.bytes, start, end, mark) : NaN;
  }
}

const encoder = new TextEncoder();

/** A text as a cell. */
export const writtenAs = (text: string): Written => ({
  text,
  number: (mark) => {
    const bytes = encoder.encode(text);
    return parseNumber(bytes, 0, bytes.length, mark);
  },
});

/** Texts that mean that a cell is missing: in any column, and in this one. */
export interface MissingTexts {
  readonly tokens: ReadonlySet<string>;
  readonly placeholders: readonly string[];
}

const MISSING: Seen = { value: null, is: 'missing', isOutside: false };
const UNREAD: Seen = { value: null, is: 'unread', isOutside: false };
const NOT_GIVEN: Seen = { value: 0, is: 'value', isOutside: false };
const known = (value: CellValue, isOutside = false): Seen => ({ value, is: 'value', isOutside });

/** Texts of which it is remembered what they are. */
const MOST_REMEMBERED = 10_000;

/** How the cells of a column of a model are read, one at a time: by what the model knows alone, whatever stands beside. */
export function cellReader(
  column: ColumnTransform,
  reading: ColumnReading | undefined,
  missing: MissingTexts,
): ReadCell {
  switch (column.kind) {
    case 'number':
    case 'date':
    case 'boolean':
    case 'time':
    case 'ticked':
      return quantityReader(column, reading, missing);
    case 'category': {
      const indexOf = keyedIndex(column.categories, column.isMerged);
      return remembering((text) => {
        const bare = text.startsWith('="') ? unwrapped(text) : text;
        // A category may be called as what is missing elsewhere.
        if (indexOf(bare) !== undefined) return known(bare);
        return isMissing(bare, missing) ? MISSING : known(bare, true);
      });
    }
    case 'list': {
      const answers = new Set(column.answers);
      return remembering((text) => {
        if (isMissing(text, missing)) return MISSING;
        const given = answersIn(text, column.separator);
        return known(
          given,
          given.some((answer) => !answers.has(answer)),
        );
      });
    }
    default:
      return column satisfies never;
  }
}

/** Likewise of numbers, dates, times, booleans and ticks, of a feature or of the target. */
export function quantityReader(
  quantity: Quantity,
  reading: ColumnReading | undefined,
  missing: MissingTexts,
): ReadCell {
  const range = reading?.range ?? null;
  const isOutside = (value: number) => range !== null && (value < range[0] || value > range[1]);
  const numberSeen = (value: number) => (Number.isNaN(value) ? UNREAD : known(value, isOutside(value)));
  switch (quantity.kind) {
    case 'number': {
      const mark = reading?.decimalMark ?? '.';
      const byte = mark.charCodeAt(0);
      const numberIn = (cell: Written) => {
        const plain = cell.number(byte);
        return Number.isFinite(plain) ? plain : readAmount(cell.text, quantity.unit ?? '', mark);
      };
      const away = new Set(
        [...missing.tokens, ...missing.placeholders].map((text) => numberIn(writtenAs(text))),
      );
      const placeholders = new Set(missing.placeholders.map((text) => numberIn(writtenAs(text))));
      return (cell) => {
        const plain = cell.number(byte);
        if (Number.isFinite(plain) && !away.has(plain)) return known(plain, isOutside(plain));
        if (isMissing(cell.text, missing)) return MISSING;
        const value = numberIn(cell);
        if (!Number.isFinite(value)) return UNREAD;
        return placeholders.has(value) ? MISSING : numberSeen(value);
      };
    }
    case 'boolean':
      return remembering((text) => (isMissing(text, missing) ? MISSING : numberSeen(truthIn(text))));
    case 'date':
      return remembering((text) =>
        isMissing(text, missing) ? MISSING : numberSeen(days(text, quantity.format)),
      );
    case 'time':
      return remembering((text) =>
        isMissing(text, missing) ? MISSING : numberSeen(timeOfDay(text, quantity.clock)),
      );
    case 'ticked':
      return remembering((text) => {
        if (isMissing(text, missing)) return NOT_GIVEN;
        const value = tickIn(text, quantity.mark);
        return Number.isNaN(value) ? UNREAD : known(value);
      });
    default:
      return quantity satisfies never;
  }
}

const isMissing = (text: string, { tokens, placeholders }: MissingTexts) =>
  text.trim() === '' || text.includes('\0') || tokens.has(text) || placeholders.includes(text);

/** The same text is the same every time. */
function remembering(read: (text: string) => Seen): ReadCell {
  const remembered = new Map<string, Seen>();
  return ({ text }) => {
    const before = remembered.get(text);
    if (before) return before;
    const seen = read(text);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(text, seen);
    return seen;
  };
}
