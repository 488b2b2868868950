const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, type and checksum of a chunk. */
const AROUND = 12;
/** The first chunk, IHDR, has always this length. */
const HEADER = 13;

/** The remainders of the 256 bytes by the polynomial of CRC-32 (PNG specification, annex D). */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

/** CRC-32 as PNG, gzip and ZIP have it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = REMAINDERS[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/**
 * A PNG with a text in it, as an iTXt chunk in UTF-8 after the header.
 * @param keyword 1 to 79 Latin letters, digits and single spaces
 * Throws RangeError for bytes that are no PNG.
 */
export function withPngText(png: Uint8Array, keyword: string, text: string): Uint8Array {
  if (!SIGNATURE.every((byte, k) => png[k] === byte)) throw new RangeError('it is no PNG');
  // Not compressed, in no language, and the keyword is not translated: two and two zeros.
  const data = new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`);
  const at = SIGNATURE.length + AROUND + HEADER;
  const out = new Uint8Array(png.length + AROUND + data.length);
  out.set(png.subarray(0, at));
  out.set(chunk('iTXt', data), at);
  out.set(png.subarray(at), at + AROUND + data.length);
  return out;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(AROUND + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(new TextEncoder().encode(type), 4);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}
