/** How a file's bytes stand for characters, found from its head. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | (string & {});

/** Share of zero bytes on one side from which on a file without a mark is UTF-16. */
const UTF_16_SHARE = 0.3;
/** Share of control characters from which on a file is no text. */
const BINARY_SHARE = 0.05;
const HEAD = 4096;

export const UTF_8_MARK = [0xef, 0xbb, 0xbf];

/** The encoding that the first bytes show; `binary` when they are no text at all. UTF-8 when nothing speaks against it. */
export function encodingOf(head: Uint8Array): Encoding | 'binary' {
  if (UTF_8_MARK.every((byte, k) => head[k] === byte)) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const some = head.subarray(0, HEAD);
  let even = 0;
  let odd = 0;
  let controls = 0;
  // Zero bytes at the end are a tail that was lost, not a kind of file.
  const counts = new Uint32Array(128);
  let size = some.length;
  while (size > 0 && some[size - 1] === 0) size--;
  for (let k = 0; k < size; k++) {
    const byte = some[k];
    if (byte === 0) {
      if (k % 2 === 0) even++;
      else odd++;
    }
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27) || byte === 127) {
      controls++;
      counts[byte]++;
    }
  }
  if (odd > UTF_16_SHARE * size && even < odd / 10) return 'utf-16le';
  if (even > UTF_16_SHARE * size && odd < even / 10) return 'utf-16be';
  // One of them, and not zero, may stand between the cells.
  if (counts[0] === 0) controls -= Math.max(...counts);
  return controls > BINARY_SHARE * size && controls > 3 ? 'binary' : 'utf-8';
}

/** Bytes of any encoding as UTF-8, without a byte order mark. Throws RangeError for an encoding nobody knows. */
export function* asUtf8(chunks: Iterable<Uint8Array>, encoding: Encoding): Generator<Uint8Array> {
  if (encoding === 'utf-8') {
    yield* withoutMark(chunks);
    return;
  }
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}

/** The mark may be spread over the first chunks. */
function* withoutMark(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  let start: Uint8Array | null = new Uint8Array();
  for (const chunk of chunks) {
    if (start === null) {
      yield chunk;
      continue;
    }
    const joined: Uint8Array = start.length === 0 ? chunk : concatenated(start, chunk);
    if (joined.length < UTF_8_MARK.length) {
      start = joined.slice();
      continue;
    }
    yield UTF_8_MARK.every((byte, k) => joined[k] === byte) ? joined.subarray(UTF_8_MARK.length) : joined;
    start = null;
  }
  if (start) yield start;
}

export function concatenated(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
