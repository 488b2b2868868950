import { CR, LF, SPACE, TAB } from './cells';

/**
 * How cells are separated where no single byte of ASCII does it. The bytes are spelt anew, with the byte `to` between
 * the cells, before they are split: lines and columns of what is left stay where they are.
 */
export type Respelling = { readonly to: number } & (
  | { readonly how: 'text'; readonly separator: string }
  /** Two blanks or more, or a tab; a single blank is part of a cell. */
  | { readonly how: 'runs of blanks' }
  /** Characters from the start of the line on that are blank in each line, one between two cells. */
  | { readonly how: 'fixed width'; readonly gaps: readonly number[] }
);

const encoder = new TextEncoder();
const isBlank = (byte: number) => byte === SPACE || byte === TAB;
const isLineEnd = (byte: number) => byte === LF || byte === CR;

/** Bytes of UTF-8 with another byte between the cells. `quote`: NaN where quotes mean nothing. */
export function respelled(
  chunks: Iterable<Uint8Array>,
  respelling: Respelling,
  quote: number,
): Generator<Uint8Array> {
  switch (respelling.how) {
    case 'text':
      return betweenCells(chunks, separatorsOf(respelling.separator, respelling.to), quote);
    case 'runs of blanks':
      return betweenCells(chunks, runsOfBlanks(respelling.to), quote);
    case 'fixed width':
      return inColumns(chunks, respelling.gaps, respelling.to);
    default:
      return respelling satisfies never;
  }
}

/** Bytes of the head, in one piece. */
export function respelledHead(head: Uint8Array, respelling: Respelling, quote: number): Uint8Array {
  const parts = [...respelled([head], respelling, quote)];
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * The length of a separator at an offset, 0 for none, −1 when that cannot be known yet; and what stands for it.
 * Its characters keep their number.
 */
interface Separators {
  find(bytes: Uint8Array, at: number, final: boolean): number;
  write(out: Uint8Array, at: number, length: number): number;
}

function separatorsOf(separator: string, to: number): Separators {
  const own = encoder.encode(separator);
  const characters = separator.length;
  return {
    find: (bytes, at, final) => {
      for (let k = 0; k < own.length; k++) {
        if (at + k >= bytes.length) return final ? 0 : -1;
        if (bytes[at + k] !== own[k]) return 0;
      }
      return own.length;
    },
    write: (out, at) => {
      out[at] = to;
      out.fill(SPACE, at + 1, at + characters);
      return characters;
    },
  };
}

const runsOfBlanks = (to: number): Separators => ({
  find: (bytes, at, final) => {
    if (!isBlank(bytes[at])) return 0;
    let end = at;
    let hasTab = false;
    for (; end < bytes.length && isBlank(bytes[end]); end++) hasTab ||= bytes[end] === TAB;
    if (end === bytes.length) return final ? 0 : -1;
    const isInner = at > 0 && !isLineEnd(bytes[at - 1]) && !isLineEnd(bytes[end]);
    return isInner && (hasTab || end - at > 1) ? end - at : 0;
  },
  write: (out, at, length) => {
    out[at] = to;
    out.fill(SPACE, at + 1, at + length);
    return length;
  },
});

/** Looks for separators outside quoted cells. */
function* betweenCells(
  chunks: Iterable<Uint8Array>,
  separators: Separators,
  quote: number,
): Generator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  let isStart = true;
  let isQuoted = false;
  // A quote that may close its cell, or be the first of two.
  let mayClose = false;
  // The byte before what is left tells whether a line starts there.
  let kept = 0;
  const spell = (bytes: Uint8Array, final: boolean, from: number): Uint8Array => {
    const out = new Uint8Array(bytes.length - from);
    let size = 0;
    let at = from;
    while (at < bytes.length) {
      const byte = bytes[at];
      if (!isQuoted || mayClose) {
        if (mayClose && byte !== quote) isQuoted = mayClose = false;
        if (!isQuoted) {
          const length = separators.find(bytes, at, final);
          if (length < 0) break;
          if (length > 0) {
            size += separators.write(out, size, length);
            at += length;
            isStart = true;
            continue;
          }
          if (byte === quote && isStart) {
            isQuoted = true;
            isStart = false;
          } else if (isLineEnd(byte)) isStart = true;
          else if (!isBlank(byte)) isStart = false;
        } else mayClose = false;
      } else if (byte === quote) mayClose = true;
      out[size++] = byte;
      at++;
    }
    kept = Math.min(at, 1);
    rest = bytes.slice(at - kept);
    return out.subarray(0, size);
  };
  for (const chunk of chunks) {
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    yield spell(bytes, false, kept);
  }
  yield spell(rest, true, kept);
}

/** Puts the byte into the gaps between columns that begin at the same character in each line. */
function* inColumns(
  chunks: Iterable<Uint8Array>,
  gaps: readonly number[],
  to: number,
): Generator<Uint8Array> {
  let character = 0;
  let gap = 0;
  let isEmpty = true;
  for (const chunk of chunks) {
    const out: number[] = [];
    for (const byte of chunk) {
      if (isLineEnd(byte)) {
        // A line may end before its last cells.
        if (!isEmpty) for (; gap < gaps.length; gap++) out.push(to);
        character = gap = 0;
        isEmpty = true;
        out.push(byte);
        continue;
      }
      if ((byte & 0xc0) === 0x80) {
        out.push(byte);
        continue;
      }
      isEmpty &&= isBlank(byte);
      const isGap = gap < gaps.length && character === gaps[gap];
      if (isGap) gap++;
      character++;
      out.push(isGap && byte === SPACE ? to : byte);
    }
    yield Uint8Array.from(out);
  }
  if (!isEmpty && gap < gaps.length) yield new Uint8Array(gaps.length - gap).fill(to);
}
