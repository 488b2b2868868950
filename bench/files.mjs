// The files that the reading benchmark reads: all of them made here, the same bytes each time.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';

const PIECE = 4e6;
const NUMBERS = 20;

/** A small seeded generator of 32 bits (xorshift32). */
function words(seed) {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x >>> 0;
  };
}

/** Writes a file piece by piece; `fill` is called until it says that there is no more. */
function write(file, fill) {
  const handle = openSync(file, 'w');
  const piece = Buffer.alloc(PIECE);
  try {
    for (let more = true; more;) {
      const { size, done } = fill(piece);
      for (let at = 0; at < size;) at += writeSync(handle, piece, at, size - at);
      more = !done;
    }
  } finally {
    closeSync(handle);
  }
}

/** A number of six decimals such as -1.234567, given in millionths, below ten; returns where it ends. */
function put(bytes, at, millionths) {
  let rest = millionths;
  if (rest < 0) {
    bytes[at++] = 45;
    rest = -rest;
  }
  for (let k = 7; k > 1; k--) {
    bytes[at + k] = 48 + (rest % 10);
    rest = (rest / 10) | 0;
  }
  bytes[at + 1] = 46;
  bytes[at] = 48 + rest;
  return at + 8;
}

/** A header, and rows of `columns` numbers, the last of them 0 or 1 if `label`; returns the sum of all. */
function table(file, rows, columns, seed, label) {
  const next = words(seed);
  const names = Array.from({ length: columns }, (_, c) => (label && c === columns - 1 ? 'label' : `x${c}`));
  const header = Buffer.from(`${names.join(',')}\n`);
  let sum = 0;
  let from = 0;
  let row = 0;
  let column = 0;
  write(file, (piece) => {
    let at = 0;
    if (from < header.length) {
      at = header.copy(piece, 0, from);
      from += at;
      if (from < header.length) return { size: at, done: false };
    }
    while (row < rows && at + 10 < piece.length) {
      if (label && column === columns - 1) {
        const one = next() & 1;
        sum += 1e6 * one;
        piece[at++] = 48 + one;
      } else {
        const millionths = (next() % 4_000_000) - 2_000_000;
        sum += millionths;
        at = put(piece, at, millionths);
      }
      if (++column < columns) piece[at++] = 44;
      else {
        piece[at++] = 10;
        column = 0;
        row++;
      }
    }
    return { size: at, done: row === rows };
  });
  return { rows, columns, sum: sum / 1e6 };
}

/** Rows of twenty numbers and a label: about 192 bytes each. */
export const numbers = (file, rows) => table(file, rows, NUMBERS + 1, 1, true);

/** Many columns of numbers and few rows. */
export const wide = (file, columns, rows) => table(file, rows, columns, 2, false);

/** Rows of numbers, and a class of so many, which the first numbers tell apart. */
export function classes(file, columns, rows, count) {
  const next = words(4);
  const names = Array.from({ length: columns }, (_, c) => `x${c}`);
  const lines = [[...names, 'class'].join(',')];
  for (let row = 0; row < rows; row++) {
    const k = next() % count;
    const cells = names.map((_, c) => ((next() % 2000) / 1000 + (c % count === k ? 1 : 0)).toFixed(3));
    lines.push([...cells, `c${k}`].join(','));
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/** `start`, and then so many bytes of which `byte` makes one out of a random word; they repeat after a piece. */
function monotone(file, size, start, byte) {
  const next = words(3);
  const pattern = Buffer.from(Array.from({ length: PIECE }, (_, k) => byte(next(), k)));
  let left = size;
  let first = true;
  write(file, (piece) => {
    const count = Math.min(left, PIECE);
    pattern.copy(piece, 0, 0, count);
    if (first) Buffer.from(start).copy(piece);
    first = false;
    left -= count;
    return { size: count, done: left === 0 };
  });
}

const LETTERS = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const letter = (word) => LETTERS[word % LETTERS.length];

/** Letters and digits without a line break. */
export const oneLine = (file, size) => monotone(file, size, '', letter);

/** The same in a quote that nothing closes. */
export const oneQuote = (file, size) => monotone(file, size, '"', letter);

/** A table in whose second row a quote opens that nothing closes: all the rows behind it are in it. */
export const openQuote = (file, size) =>
  monotone(file, size, 'a,b\n1,2\n"3,', (word, k) => (k % 20 === 19 ? 10 : k % 20 === 9 ? 44 : letter(word)));

/** Bytes of every kind, and zeros among them. */
export const binary = (file, size) => monotone(file, size, '', (word, k) => (k % 16 === 0 ? 0 : word & 255));
