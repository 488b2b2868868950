import assert from 'node:assert/strict';

export interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** CRC-32 bit by bit, as the PNG specification defines it: another way than the code that is tested. */
function crcOf(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = ((crc ^ (byte >> bit)) & 1) === 1;
      crc = isOdd ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
  return ~crc >>> 0;
}

/** The chunks of a PNG, every one with its checksum looked at. */
export function chunksOf(png: Uint8Array): Chunk[] {
  assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Chunk[] = [];
  let at = 8;
  while (at < png.length) {
    const length = view.getUint32(at);
    const body = png.subarray(at + 4, at + 8 + length);
    assert.equal(view.getUint32(at + 8 + length), crcOf(body), 'the checksum of a chunk');
    chunks.push({ type: Buffer.from(body.subarray(0, 4)).toString('latin1'), data: body.subarray(4) });
    at += 12 + length;
  }
  assert.equal(at, png.length);
  return chunks;
}

/** The texts of a PNG in UTF-8, by their keywords. */
export function textsOf(png: Uint8Array): Record<string, string> {
  const texts = chunksOf(png).filter(({ type }) => type === 'iTXt');
  return Object.fromEntries(
    texts.map(({ data }) => {
      const end = data.indexOf(0);
      const [compressed, method, language, translated] = data.subarray(end + 1, end + 5);
      assert.deepEqual([compressed, method, language, translated], [0, 0, 0, 0]);
      const text = new TextDecoder('utf-8', { fatal: true }).decode(data.subarray(end + 5));
      return [Buffer.from(data.subarray(0, end)).toString('latin1'), text];
    }),
  );
}

/** Width and height, in pixels. */
export function sizeOf(png: Uint8Array): [number, number] {
  const [header] = chunksOf(png);
  const view = new DataView(header.data.buffer, header.data.byteOffset);
  return [view.getUint32(0), view.getUint32(4)];
}
