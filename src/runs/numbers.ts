/** Numbers as float64, little-endian, in base64. */
export function encodeNumbers(values: Float64Array): string {
  const bytes = new DataView(new ArrayBuffer(values.length * 8));
  values.forEach((value, k) => bytes.setFloat64(k * 8, value, true));
  return Buffer.from(bytes.buffer).toString('base64');
}

/** The inverse of {@link encodeNumbers}. Throws RangeError when the text is none of its. */
export function decodeNumbers(text: string): Float64Array {
  const buffer = Buffer.from(text, 'base64');
  if (buffer.byteLength % 8 !== 0 || buffer.toString('base64') !== text) {
    throw new RangeError('its numbers are cut off or garbled');
  }
  const bytes = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  return Float64Array.from({ length: buffer.byteLength / 8 }, (_, k) => bytes.getFloat64(k * 8, true));
}
