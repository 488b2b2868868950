import { createHash } from 'node:crypto';

/** SHA-256 of parameters in the engine's own width, little-endian, in the order of {@link flatten}. */
export function weightsHash(parameters: Float64Array, engine: string): string {
  const width = engine.startsWith('float64') ? 8 : 4;
  const bytes = new DataView(new ArrayBuffer(parameters.length * width));
  parameters.forEach((value, k) => {
    if (width === 8) bytes.setFloat64(k * 8, value, true);
    else bytes.setFloat32(k * 4, value, true);
  });
  return createHash('sha256').update(bytes).digest('hex');
}
