import type { Exported } from './exported';

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/**
 * The weights of a model as a safetensors file, as wide as they were saved: `layers.0.weight`, (n[l], n[l−1]), and
 * `layers.0.bias`, as PyTorch's Linear has them; beside them features to check by and what these come to, in float64.
 */
export function safetensorsModel(exported: Exported): Uint8Array {
  const { parameters, check, weightsAre, head, labels, hidden, output, scale } = exported;
  const weights = parameters.flatMap(({ W, b }, l): Tensor[] => [
    { name: `layers.${l}.weight`, shape: [W.rows, W.cols], data: W.data },
    { name: `layers.${l}.bias`, shape: [b.length], data: b },
  ]);
  const rows = check.rows.length;
  const checks: Tensor[] = [
    { name: 'check.features', shape: [rows, check.features.length / rows], data: check.features },
    { name: 'check.outputs', shape: [rows, check.outputs[0].length], data: check.outputs.flat() },
  ];
  const metadata = {
    ...{ format: 'pt', description: head.join('\n'), hidden, output },
    ...{ labels: JSON.stringify(labels), scale: JSON.stringify(scale) },
  };
  let at = 0;
  const entries = [
    ...weights.map((tensor) => [tensor, weightsAre] as const),
    ...checks.map((t) => [t, 'double'] as const),
  ];
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const [{ name, shape, data }, precision] of entries) {
    const end = at + data.length * BYTES[precision];
    header[name] = { dtype: precision === 'single' ? 'F32' : 'F64', shape, data_offsets: [at, end] };
    at = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // What follows the header stands at a multiple of eight.
  const size = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + size + at).fill(0x20, 8, 8 + size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(size), true);
  bytes.set(json, 8);
  let to = 8 + size;
  for (const [{ data }, precision] of entries) {
    for (let k = 0; k < data.length; k++, to += BYTES[precision]) {
      if (precision === 'single') view.setFloat32(to, data[k], true);
      else view.setFloat64(to, data[k], true);
    }
  }
  return bytes;
}

const BYTES = { single: 4, double: 8 } as const;
