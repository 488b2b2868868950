import { crc32 } from './pngText';

/** 1980-01-01, the first day that ZIP knows: the same content gives the same bytes. */
const DATE = 0x21;
const VERSION = 20;
/** Names are in UTF-8. */
const FLAGS = 0x800;

/** Files, by their names, as a ZIP in which they stand as they are, not compressed. */
export function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  const encoder = new TextEncoder();
  const [parts, directory]: Uint8Array[][] = [[], []];
  let at = 0;
  for (const [file, text] of Object.entries(files)) {
    const [name, data] = [encoder.encode(file), encoder.encode(text)];
    const fields = [
      ...u16(VERSION, FLAGS, 0, 0, DATE),
      ...u32(crc32(data), data.length, data.length),
      ...u16(name.length, 0),
    ];
    const local = [...u32(0x04034b50), ...fields, ...name];
    const comment = u16(0, 0, 0);
    directory.push(
      Uint8Array.of(...u32(0x02014b50), ...u16(VERSION), ...fields, ...comment, ...u32(0, at), ...name),
    );
    parts.push(Uint8Array.from(local), data);
    at += local.length + data.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = [
    ...u32(0x06054b50),
    ...u16(0, 0, directory.length, directory.length),
    ...u32(size, at),
    ...u16(0),
  ];
  return joined([...parts, ...directory, Uint8Array.from(end)]);
}

const u16 = (...numbers: number[]) => numbers.flatMap((n) => [n & 255, (n >> 8) & 255]);
const u32 = (...numbers: number[]) => numbers.flatMap((n) => [...u16(n & 0xffff), ...u16(n >>> 16)]);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
