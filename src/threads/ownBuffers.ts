/**
 * Gives each array of numbers in a message a buffer of its own. Those that come from another process are views into the
 * bytes of their message, or into a pool: passed on, each would take all of that along.
 */
export function ownBuffers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) {
    const isWhole = value.byteLength === value.buffer.byteLength;
    return isWhole || value instanceof DataView ? value : (value as Float64Array).slice();
  }
  const parts = value as Record<string, unknown>;
  for (const [key, part] of Object.entries(parts)) {
    if (typeof part === 'object') parts[key] = ownBuffers(part);
  }
  return value;
}
