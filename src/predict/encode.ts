/** The bytes of a text in the encoding of a file; null where it has a character that the encoding does not know. */
export type Encode = (text: string) => Uint8Array | null;

const utf8 = new TextEncoder();

/** What writes texts in an encoding that `TextDecoder` reads. */
export function encoderOf(encoding: string): Encode {
  if (encoding === 'utf-8') return (text) => utf8.encode(text);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const isLittle = encoding === 'utf-16le';
    return (text) => {
      const bytes = new DataView(new ArrayBuffer(2 * text.length));
      for (let k = 0; k < text.length; k++) bytes.setUint16(2 * k, text.charCodeAt(k), isLittle);
      return new Uint8Array(bytes.buffer);
    };
  }
  let known: ReadonlyMap<string, Uint8Array> | null = null;
  return (text) => {
    if (/^[\0-\x7e]*$/.test(text)) return utf8.encode(text);
    known ??= bytesByCharacter(encoding);
    const found: number[] = [];
    for (const character of text) {
      const bytes = known.get(character);
      if (!bytes) return null;
      found.push(...bytes);
    }
    return Uint8Array.from(found);
  };
}

/** Which bytes a decoder reads as each character: one byte, or two of which the first is no ASCII. */
function bytesByCharacter(encoding: string): ReadonlyMap<string, Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const known = new Map<string, Uint8Array>();
  const see = (...bytes: number[]) => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !known.has(text)) known.set(text, Uint8Array.from(bytes));
    } catch {
      // These bytes are none of the encoding.
    }
  };
  for (let first = 0; first < 256; first++) see(first);
  if (!/^(?:shift_jis|euc-jp|gb18030|gbk|big5|euc-kr)$/.test(encoding)) return known;
  for (let first = 0x81; first < 0xff; first++)
    for (let second = 0x40; second < 0xff; second++) see(first, second);
  return known;
}
