import { LONGEST_RECORD } from './limits';
import { asUtf8, type Encoding } from './encoding';
import type { Header } from './header';
import { passedOver, type Part, type Plan } from './part';
import { BackslashEscapes } from './quotedCells';
import { respelled } from './respelling';
import { RowReader } from './rows';
import { Tokens, type LineEnds } from './tokens';

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

/** What a record that has no end is told with. */
export const TOO_LONG = { megabytes: LONGEST_RECORD / 0x10_0000 };

/** Passes through one file in one encoding, the first of them with what other threads have read meanwhile. */
export class Passes {
  /** The line ends that the last pass has met. */
  lineEnds: LineEnds = { lf: 0, crlf: 0, cr: 0 };
  private passes = 0;

  constructor(
    private readonly chunks: Chunks,
    private readonly encoding: Encoding,
    private readonly reading: Reading,
  ) {}

  /** Goes through the whole file once. */
  over(plan: Plan): RowReader {
    const rows = new RowReader(plan);
    const tokens = new Tokens(plan.dialect.syntax, rows.problems, passedOver(plan));
    this.lineEnds = tokens.lineEnds;
    const { ahead = [] } = this.reading;
    // Other threads read their parts once: as the first pass reads its own. Of few rows, the columns are the most work.
    // Nor do they know on which line of the file they are, or what stood before a separator.
    const pays = plan.maxRows === 0 && plan.leftOut.size === 0 && plan.capacity > plan.dialect.width;
    const { respelling, syntax } = plan.dialect;
    const usable = this.passes++ === 0 && this.encoding === 'utf-8' && pays && !respelling ? ahead : [];
    let from = usable.length > 0 ? usable[0].from : Infinity;
    let started = false;
    const utf8 = asUtf8(upTo(this.chunks(), from), this.encoding);
    const bytes = respelling ? respelled(utf8, respelling, syntax.quote) : utf8;
    let more = this.take(rows, tokens, bytes, () => {
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
