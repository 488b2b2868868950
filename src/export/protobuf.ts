// The wire format of protocol buffers, as much of it as an ONNX file needs.

/** A field of a message: its number, and a whole number, a text, bytes, or a message of fields. */
export type Field = readonly [number: number, value: number | string | Uint8Array | readonly Field[]];

const VARINT = 0;
const BYTES = 2;

/** A message as bytes. Whole numbers may be negative, and are then int64; texts are UTF-8. */
export function message(fields: readonly Field[]): Uint8Array {
  const parts = fields.flatMap(([number, value]): Uint8Array[] => {
    if (typeof value === 'number') return [varint(number * 8 + VARINT), varint(value)];
    const bytes =
      typeof value === 'string'
        ? new TextEncoder().encode(value)
        : value instanceof Uint8Array
          ? value
          : message(value);
    return [varint(number * 8 + BYTES), varint(bytes.length), bytes];
  });
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Seven bits a byte, the lowest first; a byte that is not the last has its highest bit set. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
