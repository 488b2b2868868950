import { CR, LF } from './cells';
import { LONGEST_RECORD } from './limits';

/** Bytes from the start of the file that its dialect is found from. */
export const HEAD = 65536;
/** A head is longer when it would have fewer line ends than this. */
const FEWEST_LINES = 4;
const MOST_HEAD = LONGEST_RECORD + HEAD;

/** The start of a file. */
export interface Head {
  readonly bytes: Uint8Array;
  /** Whether this is all there is. */
  readonly whole: boolean;
  readonly lineEnds: number;
}

/** The first bytes: 64 kB, or a few lines where these are longer. */
export function headOf(chunks: Iterable<Uint8Array>): Head {
  const parts: Uint8Array[] = [];
  let size = 0;
  let lineEnds = 0;
  let whole = true;
  for (const chunk of chunks) {
    if (size >= HEAD && (lineEnds >= FEWEST_LINES || size > LONGEST_RECORD)) {
      whole = false;
      break;
    }
    parts.push(chunk.slice());
    size += chunk.length;
    lineEnds += lineEndsIn(chunk, FEWEST_LINES).count;
  }
  const bytes =
    parts.length === 1 ? parts[0].subarray(0, MOST_HEAD) : new Uint8Array(Math.min(size, MOST_HEAD));
  if (parts.length > 1) {
    let at = 0;
    for (const part of parts) {
      bytes.set(part.subarray(0, bytes.length - at), at);
      at = Math.min(bytes.length, at + part.length);
    }
  }
  const end = Math.max(HEAD, lineEndsIn(bytes, FEWEST_LINES).end);
  const head = bytes.subarray(0, end);
  return { bytes: head, whole: whole && head.length === size, lineEnds: lineEndsIn(head, Infinity).count };
}

/** Counts line ends up to `most`, and tells where the last of them ends: with all bytes when there are fewer. */
function lineEndsIn(bytes: Uint8Array, most: number): { count: number; end: number } {
  const lineEnd = bytes.includes(LF) ? LF : CR;
  let count = 0;
  let end = 0;
  while (count < most) {
    const at = bytes.indexOf(lineEnd, end);
    if (at < 0) return { count, end: bytes.length };
    count++;
    end = at + 1;
  }
  return { count, end };
}
