import type { KnownColumn } from './known';

/**
 * How many rows are the same as an earlier one in every column, and the first of them. `lost`: what tells apart the words
 * of each row that were taken for missing.
 */
export function repeatedRows(
  columns: readonly KnownColumn[],
  rows: number,
  lost: Int32Array | null = null,
): { count: number; first: number } {
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  const hashes = lost ? lost.slice() : new Int32Array(rows);
  const cellsOf = ({ read }: KnownColumn) => (read.holds === 'numbers' ? read.numbers : read.codes);
  for (const column of columns) {
    const cells = cellsOf(column);
    for (let row = 0; row < rows; row++) {
      bits[0] = cells[row];
      const hash = Math.imul(hashes[row] ^ words[0], 0x85ebca6b) ^ Math.imul(words[1], 0xc2b2ae35);
      hashes[row] = (hash << 13) | (hash >>> 19);
    }
  }
  // An open hash table of the rows that are unlike all before; 0 is an empty slot.
  let size = 1;
  while (size < 2 * rows) size *= 2;
  const slots = new Int32Array(size);
  const mask = slots.length - 1;
  const same = (a: number, b: number) =>
    lost?.[a] === lost?.[b] &&
    columns.every((column) => {
      const cells = cellsOf(column);
      return Object.is(cells[a], cells[b]);
    });
  let count = 0;
  let first = -1;
  for (let row = 0; row < rows; row++) {
    const hash = hashes[row];
    for (let slot = (hash ^ (hash >>> 16)) & mask; ; slot = (slot + 1) & mask) {
      const earlier = slots[slot] - 1;
      if (earlier < 0) {
        slots[slot] = row + 1;
        break;
      }
      if (hashes[earlier] === hash && same(earlier, row)) {
        if (count++ === 0) first = row;
        break;
      }
    }
  }
  return { count, first };
}
