// What the tests of the CSV reader have in common.
import { readTable, type ReadTable } from '../../src/data/csv/read';
import type { ReadOptions } from '../../src/data/csv/readOptions';
import type { Cell } from '../damage/tables';

const encoder = new TextEncoder();

export const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? encoder.encode(content) : content;

export function read(content: string | Uint8Array, options?: ReadOptions): ReadTable {
  const bytes = bytesOf(content);
  return readTable(() => [bytes], options);
}

/** Each column's cells: a number, a text, or null where one is missing. */
export const cells = ({ columns }: ReadTable): Cell[][] =>
  columns.map(({ holds, rows, numbers, codes, texts }) =>
    Array.from({ length: rows }, (_, row) => {
      if (holds === 'numbers') return Number.isNaN(numbers[row]) ? null : numbers[row];
      return codes[row] < 0 ? null : texts[codes[row]];
    }),
  );

/** The problems, as in "ragged-row 3:1". */
export const said = ({ problems }: ReadTable): string[] =>
  problems.list.map(({ code, line, column }) => `${code} ${line}:${column}`);

const QUOTE = 34;

/** Bytes in pieces of these sizes, taken in turns. Each is made unusable before the next one comes. */
export function* inPieces(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, k = 0; at < bytes.length; k++) {
    const size = sizes[k % sizes.length];
    const piece = bytes.slice(at, at + size);
    yield piece;
    piece.fill(QUOTE);
    at += size;
  }
}

/** Physical lines from 1: LF, CR LF and a lone CR each end one. */
export const linesBefore = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;
