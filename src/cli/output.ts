import { writeSync } from 'node:fs';
import { cut, visible } from '../core/format';
import { failureOf } from '../data/failure';
import { outputText } from './text';

const STDOUT = 1;
const STDERR = 2;
/** A sentence may hold several texts of a file, each of them cut before. */
const LONGEST_SENTENCE = 2000;
/** Whoever reads a pipe may be slower than what is written: the next try is so many milliseconds later. */
const AGAIN_MS = 5;

/** What reads the output has seen enough, as `head` has: there is nobody to write for. */
export class OutputClosed extends Error {}

/** The output cannot be written whole, as on a full disk. */
export class OutputFailed extends Error {}

/** Of the process, as its output is: whether work goes on that nobody reads the output of. */
let goesOnUnread = false;

/** From now on the work is done to its end also where nobody reads the output any more: it saves something besides. */
export function goOnUnread(): void {
  goesOnUnread = true;
}

/** A text of a file on a line of its own or in a table: cut, and without anything that steers a terminal. */
export const shown = (text: string): string => visible(cut(text));

/** A line on standard output, without anything that steers a terminal. */
export const print = (line: string): void => write(STDOUT, `${visible(cut(line, LONGEST_SENTENCE))}\n`);

/** Lines of our own on standard output. */
export const printLines = (text: string): void => write(STDOUT, text);

/** One line of JSON on standard output, in which texts of a file are cut, all but those in whole sentences. */
export const printJson = (event: object): void => write(STDOUT, jsonLine(event));

/** The same on standard error, where standard output has something else. */
export const printJsonError = (event: object): void => write(STDERR, jsonLine(event));

function jsonLine(event: object): string {
  const json = JSON.stringify(event, (key, value: unknown) => {
    if (typeof value !== 'string') return value;
    return cut(value, key === 'message' ? LONGEST_SENTENCE : undefined);
  });
  return `${json.replace(UNSAFE_IN_JSON, escaped)}\n`;
}

/**
 * What writes the bytes of a table on standard output: as they are, or on a terminal, for which they are text, with
 * nothing in it that steers it.
 */
export function tablePrinter(): (bytes: Uint8Array) => void {
  if (!process.stdout.isTTY) return (bytes) => write(STDOUT, bytes);
  const decoder = new TextDecoder();
  return (bytes) =>
    write(
      STDOUT,
      decoder
        .decode(bytes, { stream: true })
        .split(/(\r?\n|\t)/)
        .map((piece, k) => (k % 2 === 0 ? visible(piece) : piece))
        .join(''),
    );
}

/** Progress on standard error: on a terminal in place of the line before. */
export function printProgress(line: string): void {
  write(STDERR, process.stderr.isTTY ? `\r\x1b[K${visible(line)}` : `${visible(line)}\n`);
}

/** Ends the line of progress on a terminal. */
export function endProgress(): void {
  if (process.stderr.isTTY) write(STDERR, '\n');
}

/** Rows of cells, each column as wide as it must be; the numbers stand on the right. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  for (const row of rows)
    print(
      row
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c])))
        .join('  ')
        .trimEnd(),
    );
}

/** A message on standard error, of several lines where it is a stack trace. What nobody can be told is let go of. */
export function printError(message: string): void {
  const lines = message.split('\n').map((line) => visible(cut(line, LONGEST_SENTENCE)));
  try {
    write(STDERR, `${lines.join('\n')}\n`);
  } catch (error) {
    if (!(error instanceof OutputFailed)) throw error;
  }
}

/** Characters that JSON leaves as they are and a terminal may act on. */
const UNSAFE_IN_JSON = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Writes all of a text or of bytes. Throws OutputClosed when nobody reads the output, OutputFailed when it cannot be
 * written. Progress and messages that nobody reads are let go of: the output is none the less for it.
 */
function write(fd: number, content: string | Uint8Array): void {
  let rest = typeof content === 'string' ? Buffer.from(content) : content;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EPIPE') {
        if (fd === STDERR || goesOnUnread) return;
        throw new OutputClosed();
      }
      if (code !== 'EAGAIN') throw new OutputFailed(outputText(failureOf(error).message));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
    }
  }
}
