import type { ColumnBuilder } from './columnBuilder';
import { MINUS, parseNumber, PLUS, POWERS, ZERO } from './number';
import { CR, LF, SPACE, TAB } from './cells';
import type { Tokens } from './tokens';

/** As many digits fit 32 bits. */
const MOST_DIGITS = 9;

/**
 * Reads rows whose every cell is a number, empty, or a text that its column has had before, quoted or not, straight
 * into the columns. Any other row is left, with nothing decided, to {@link Tokens}: what is read here is what would be
 * read there.
 */
export class PlainRows {
  private numbers: Float64Array[] = [];
  private readonly isNumeric: Uint8Array;
  /** Columns of which nothing but the number has to be kept. */
  private readonly isPlain: Uint8Array;

  /** @param numericColumns the columns that hold numbers in the head: one of them at least does in a plain row */
  constructor(
    private readonly columns: readonly ColumnBuilder[],
    numericColumns: readonly number[],
    private readonly mark: number,
  ) {
    this.isNumeric = new Uint8Array(columns.length);
    for (const c of numericColumns) this.isNumeric[c] = 1;
    this.isPlain = new Uint8Array(columns.length);
  }

  /** Reads rows from `row` on as long as there are such, up to `limit`; returns how many rows there are then. */
  read(tokens: Tokens, lines: Int32Array, row: number, limit: number): number {
    const { columns, isNumeric, isPlain, mark } = this;
    // Columns that have grown have other arrays.
    if (this.numbers[0] !== columns[0].numbers) this.numbers = columns.map((column) => column.numbers);
    const { numbers } = this;
    const { bytes, syntax } = tokens;
    const { delimiter, quote } = syntax;
    // Whoever stops at line feeds and starts before the last one never looks beyond the bytes.
    const last = bytes.lastIndexOf(LF);
    const width = columns.length;
    let from = tokens.at;
    let line = tokens.nextLine;
    reading: while (row < limit && from <= last) {
      let at = from;
      // A row without a number in a column of numbers may be a header, units or another table.
      let hasNumber = false;
      for (let c = 0; c < width; c++) {
        let byte = bytes[at];
        const start = at;
        // Sign, digits, mark, digits: what most cells are.
        const negative = byte === MINUS;
        if (negative || byte === PLUS) byte = bytes[++at];
        // In 32 bits, which are quicker than float64; what is longer is read again below.
        let mantissa = 0;
        let digit = byte - ZERO;
        let digits = at;
        while (digit >= 0 && digit <= 9) {
          mantissa = (mantissa * 10 + digit) | 0;
          byte = bytes[++at];
          digit = byte - ZERO;
        }
        digits = at - digits;
        let fraction = 0;
        if (byte === mark && mark !== delimiter) {
          byte = bytes[++at];
          digit = byte - ZERO;
          fraction = at;
          while (digit >= 0 && digit <= 9) {
            mantissa = (mantissa * 10 + digit) | 0;
            byte = bytes[++at];
            digit = byte - ZERO;
          }
          fraction = at - fraction;
          digits += fraction;
        }
        let value: number;
        let textStart = start;
        let textEnd = at;
        if (digits > 0 && digits <= MOST_DIGITS && (byte === delimiter || byte === LF || byte === CR)) {
          value = fraction === 0 ? mantissa : mantissa / POWERS[fraction];
          if (negative) value = -value;
        } else {
          // Anything else: find its end, then look again.
          at = start;
          byte = bytes[at];
          let first = start;
          let end: number;
          if (byte === quote) {
            first++;
            at++;
            while ((byte = bytes[at]) !== quote && byte !== LF && byte !== CR) at++;
            if (byte !== quote) break reading;
            end = at;
            byte = bytes[++at];
          } else {
            if ((byte === SPACE || byte === TAB) && byte !== delimiter) break reading;
            while ((byte = bytes[at]) !== delimiter && byte !== LF && byte !== CR) at++;
            end = at;
            if (end > start && (bytes[end - 1] === SPACE || bytes[end - 1] === TAB)) break reading;
          }
          if (byte !== delimiter && byte !== LF && byte !== CR) break reading;
          if (first === end) {
            columns[c].setMissing(row);
            isPlain[c] = 0;
            value = NaN;
          } else {
            value = parseNumber(bytes, first, end, mark);
            if (value - value !== 0) {
              if (!columns[c].setKnownText(row, bytes, first, end)) break reading;
              isPlain[c] = 0;
              value = NaN;
            }
          }
          textStart = first;
          textEnd = end;
        }
        // Only NaN differs from itself: the cell is missing or a text, and has been set.
        if (value === value) {
          numbers[c][row] = value;
          if (isPlain[c] === 0) {
            const column = columns[c];
            column.setNumber(row, value, bytes, textStart, textEnd);
            if (!column.codes && !column.numberTexts) isPlain[c] = 1;
          }
          if (isNumeric[c] === 1) hasNumber = true;
        }
        if (c < width - 1) {
          if (byte !== delimiter) break reading;
          at++;
        }
      }
      if (!hasNumber) break;
      // `at` is behind the last cell.
      if (bytes[at] === LF) {
        tokens.lineEnds.lf++;
        at++;
      } else if (bytes[at] === CR && bytes[at + 1] === LF) {
        tokens.lineEnds.crlf++;
        at += 2;
      } else break;
      lines[row++] = line++;
      from = at;
    }
    tokens.at = from;
    tokens.nextLine = line;
    return row;
  }
}
