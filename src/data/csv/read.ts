import { asUtf8, encodingOf, type Encoding } from './encoding';
import { detect } from './detect';
import type { Dialect } from './dialect';
import { MISSING, type ReadOptions } from './readOptions';
import { headOf, type Head } from './head';
import type { Header } from './header';
import type { ProblemMessages } from '../message';
import { Problems, type ProblemCode, type Spot } from '../problems';
import { resolveColumn, type ReadColumn } from './resolve';
import { passedOver, type Part, type Plan } from './part';
import { RowReader } from './rows';
import { wrongOption } from './wrongOption';
import { LF } from './cells';
import { LONGEST_RECORD } from './byteWindow';
import { BackslashEscapes } from './quotedCells';
import { Tokens, type LineEnds } from './tokens';

/** A table as it was read: typed columns, the line of each row, and everything a person should know of it. */
export interface ReadTable {
  readonly encoding: Encoding;
  readonly lineEnding: 'LF' | 'CRLF' | 'CR' | 'mixed';
  readonly dialect: Dialect | null;
  readonly header: boolean;
  readonly columns: readonly ReadColumn[];
  readonly rows: number;
  /** Physical line on which each row starts, from 1. */
  readonly lines: Int32Array;
  /** Where the name of each column stands; without a header, where the table starts. */
  readonly namePlaces: readonly Spot[];
  readonly problems: Problems;
}

/** A file's bytes, from an offset on, the same each time. Each piece holds only until the next one is asked for. */
export type Chunks = (from?: number) => Iterable<Uint8Array>;

/** Reads a later part of the file at the same time, on another thread. */
export interface Ahead {
  /** Where the part starts: behind a line feed. */
  readonly from: number;
  start(plan: Plan, header: Header): void;
  /** Waits for the part. Null when it is not to be had. */
  take(): Part | null;
}

/** What a reader may know or use besides the bytes. */
export interface Reading {
  /** Bytes in the file. */
  readonly size?: number;
  /** Later parts, in their order, the last one up to the end of the file. */
  readonly ahead?: readonly Ahead[];
  /** Whether the bytes are only the head of the file. */
  readonly headOnly?: boolean;
}

/** Reads a table from bytes that can be gone through several times. Never throws for what the bytes hold. */
export function readTable(chunks: Chunks, options: ReadOptions = {}, reading: Reading = {}): ReadTable {
  const wrong = wrongOption(options);
  if (wrong) return refused(wrong.code, wrong.args);
  const { encoding = 'auto' } = options;
  const found = encoding === 'auto' ? encodingOf(headOf(chunks()).bytes) : new TextDecoder(encoding).encoding;
  if (found === 'binary') return refused('binary-file', {});
  const first = new FileReading(chunks, found, options, reading).read();
  if (first.guess === null) return first.table;
  // No UTF-8, and nothing in the file that speaks for it: what Windows wrote.
  const { table } = new FileReading(chunks, 'windows-1252', options, reading).read();
  table.problems.add('guessed-encoding', first.guess, {});
  return table;
}

/** A table of which only the head is at hand: what there is of it, as if the file ended with its last whole line. */
export function readHead(bytes: Uint8Array, whole: boolean, options: ReadOptions): ReadTable {
  const end = whole ? bytes.length : bytes.lastIndexOf(LF) + 1 || bytes.length;
  return readTable(() => [bytes.subarray(0, end)], options, { headOnly: !whole });
}

function refused<C extends ProblemCode>(code: C, args: ProblemMessages[C]): ReadTable {
  const problems = new Problems();
  problems.add(code, [1, 1, 2], args);
  return {
    ...{ encoding: 'utf-8', lineEnding: 'LF', dialect: null, header: false, columns: [], rows: 0 },
    ...{ lines: new Int32Array(), namePlaces: [], problems },
  };
}

/** One file in one encoding. */
class FileReading {
  private lineEnds: LineEnds = { lf: 0, crlf: 0, cr: 0 };
  private passes = 0;

  constructor(
    private readonly chunks: Chunks,
    private readonly encoding: Encoding,
    private readonly options: ReadOptions,
    private readonly reading: Reading,
  ) {}

  read(): { table: ReadTable; guess: Spot | null } {
    const { encoding, options } = this;
    const head = headOf(asUtf8(this.chunks(), encoding));
    const alone = (table: ReadTable) => ({ table, guess: null });
    if (head.whole && head.bytes.every((byte) => byte <= 32)) {
      return alone(refused('empty-file', {}));
    }
    if (head.bytes.length > LONGEST_RECORD && head.lineEnds === 0) {
      return alone(refused('row-too-long', TOO_LONG));
    }
    let plan: Plan = {
      dialect: detect(head.bytes, head.whole, options),
      skipLines: options.skipLines ?? 0,
      leftOut: new Set(options.leaveOutLines),
      maxRows: options.maxRows ?? 0,
      missing: new Set(options.missingTokens ?? MISSING),
      texts: new Set(),
      capacity: this.expectedRows(head),
    };
    let rows: RowReader;
    try {
      rows = this.pass(plan);
    } catch (error) {
      if (!(error instanceof BackslashEscapes)) throw error;
      const { dialect } = plan;
      plan = { ...plan, dialect: { ...dialect, syntax: { ...dialect.syntax, escape: 92 } } };
      rows = this.pass(plan);
    }
    let columns = resolve(rows, plan);
    const lost = columns.flatMap((column, c) => (column === null ? [c] : []));
    if (lost.length > 0) {
      // Numbers that a column of text turned out to hold have lost their letters: they are read anew.
      plan = { ...plan, texts: new Set(lost), capacity: rows.store.rows };
      rows = this.pass(plan);
      columns = resolve(rows, plan);
    }
    const { problems, header, store } = rows;
    const { broken, foreign } = store;
    const guess =
      broken && !foreign && encoding === 'utf-8' && (options.encoding ?? 'auto') === 'auto' ? broken : null;
    if (broken && !guess) {
      problems.add('broken-character', broken, {});
    }
    const { lf, crlf, cr } = this.lineEnds;
    const kinds = Number(lf > 0) + Number(crlf > 0) + Number(cr > 0);
    return {
      guess,
      table: {
        encoding,
        lineEnding: kinds > 1 ? 'mixed' : crlf > 0 ? 'CRLF' : cr > 0 ? 'CR' : 'LF',
        dialect: plan.dialect,
        header: plan.dialect.header,
        columns: columns.filter((column) => column !== null),
        rows: store.rows,
        lines: store.lines.subarray(0, store.rows),
        namePlaces: header?.places.slice(0, columns.length) ?? [],
        problems,
      },
    };
  }

  /** Rows that the file has if its other lines are as long as those of its head. */
  private expectedRows({ bytes, lineEnds }: Head): number {
    const { size = bytes.length } = this.reading;
    const { maxRows = 0 } = this.options;
    const expected = Math.ceil((1.03 * size * (lineEnds + 1)) / Math.max(1, bytes.length)) + 1;
    return maxRows > 0 ? Math.min(maxRows, expected) : expected;
  }

  /** Goes through the whole file once. */
  private pass(plan: Plan): RowReader {
    const rows = new RowReader(plan);
    const tokens = new Tokens(plan.dialect.syntax, rows.problems, passedOver(plan));
    this.lineEnds = tokens.lineEnds;
    const { ahead = [] } = this.reading;
    // Other threads read their parts once: as the first pass reads its own. Of few rows, the columns are the most work.
    // Nor do they know on which line of the file they are.
    const pays = plan.maxRows === 0 && plan.leftOut.size === 0 && plan.capacity > plan.dialect.width;
    const usable = this.passes++ === 0 && this.encoding === 'utf-8' && pays ? ahead : [];
    let from = usable.length > 0 ? usable[0].from : Infinity;
    let started = false;
    let more = this.take(rows, tokens, asUtf8(upTo(this.chunks(), from), this.encoding), () => {
      if (started || !rows.header) return;
      started = true;
      for (const part of usable) part.start(plan, rows.header);
    });
    if (more && from < Infinity) {
      tokens.join();
      more = rows.take(tokens);
      // Where the part before does not end with a whole row, the later ones are not what they were taken for.
      for (let k = 0; started && more && tokens.empty && k < usable.length; k++) {
        const part = usable[k].take();
        if (!part) break;
        rows.append(part, tokens.nextLine - 1);
        tokens.nextLine += part.lineCount;
        for (const key of ['lf', 'crlf', 'cr'] as const) this.lineEnds[key] += part.lineEnds[key];
        from = k + 1 < usable.length ? usable[k + 1].from : Infinity;
      }
      if (more && from < Infinity) more = this.take(rows, tokens, this.chunks(from));
    }
    if (more) {
      tokens.push(new Uint8Array(), true);
      rows.take(tokens);
    }
    rows.finish(tokens.nextLine, more && this.reading.headOnly !== true);
    return rows;
  }

  /** Takes up rows from chunks; false when no more are wanted. */
  private take(rows: RowReader, tokens: Tokens, chunks: Iterable<Uint8Array>, after?: () => void): boolean {
    for (const chunk of chunks) {
      tokens.push(chunk, false);
      if (!rows.take(tokens)) return false;
      if (tokens.overlong) {
        rows.problems.add('row-too-long', [tokens.nextLine, 1, 2], TOO_LONG);
        return false;
      }
      after?.();
    }
    return true;
  }
}

function* upTo(chunks: Iterable<Uint8Array>, end: number): Generator<Uint8Array> {
  let at = 0;
  for (const chunk of chunks) {
    if (at + chunk.length >= end) {
      yield chunk.subarray(0, end - at);
      return;
    }
    at += chunk.length;
    yield chunk;
  }
}

const TOO_LONG = { megabytes: LONGEST_RECORD / 0x10_0000 };

function resolve({ store, header, problems }: RowReader, plan: Plan): (ReadColumn | null)[] {
  const { columns, rows } = store;
  return columns.map((column, c) => {
    const name = header?.names[c] ?? `column ${c + 1}`;
    const { dialect, missing, texts } = plan;
    return resolveColumn(column, rows, name, missing, dialect.decimalMark, texts.has(c), problems);
  });
}

/** Reads one of the later parts of a file. Null when it does not end with a whole row, or has to be read otherwise. */
export function readPart(
  chunks: Iterable<Uint8Array>,
  last: boolean,
  plan: Plan,
  header: Header,
): Part | null {
  const rows = new RowReader(plan, header);
  const tokens = new Tokens(plan.dialect.syntax, rows.problems, { ...passedOver(plan), skipLines: 0 });
  try {
    for (const chunk of chunks) {
      tokens.push(chunk, false);
      if (!rows.take(tokens) || tokens.overlong) return null;
    }
    if (last) tokens.push(new Uint8Array(), true);
    else tokens.join();
    if (!rows.take(tokens) || !tokens.empty) return null;
  } catch (error) {
    if (error instanceof BackslashEscapes) return null;
    throw error;
  }
  return rows.part(tokens);
}
