import { parameterCount, type Network } from '../core/network';
import { arrayOf, fieldsOf, oneOf } from '../data/jsonFields';
import type { Model } from './model';

const PRECISIONS = ['float32', 'float64'] as const;

/** The weights, layer by layer: W in rows, one for each unit, and b. Their decimal text reads back to the same bits. */
export function weightsToJson({ network: { sizes }, weights }: Pick<Model, 'network' | 'weights'>): unknown {
  let at = 0;
  const next = (length: number) => Array.from(weights.subarray(at, (at += length)));
  const layers = sizes.slice(1).map((n, l) => ({
    W: Array.from({ length: n }, () => next(sizes[l])),
    b: next(n),
  }));
  return { precision: weights instanceof Float32Array ? 'float32' : 'float64', layers };
}

/**
 * The inverse of {@link weightsToJson}, for a network. Throws RangeError, with the place, for weights of another shape, and
 * for numbers that are not finite or not of that precision; nothing is allocated before the shape has been compared.
 */
export function weightsFrom(json: unknown, network: Network): Model['weights'] {
  const fields = fieldsOf(json, 'weights', ['precision', 'layers']);
  const precision = oneOf(PRECISIONS, fields['precision'], 'weights.precision');
  const { sizes } = network;
  const layers = arrayOf(fields['layers'], 'weights.layers');
  mustBeAsLong(layers, sizes.length - 1, 'weights.layers');
  const rows = layers.flatMap((layer, l): { at: string; numbers: readonly unknown[] }[] => {
    const at = `weights.layers[${l}]`;
    const { W, b } = fieldsOf(layer, at, ['W', 'b']);
    const rowsOfW = arrayOf(W, `${at}.W`);
    mustBeAsLong(rowsOfW, sizes[l + 1], `${at}.W`);
    const found = rowsOfW.map((row, k) => ({ at: `${at}.W[${k}]`, numbers: arrayOf(row, `${at}.W[${k}]`) }));
    for (const row of found) mustBeAsLong(row.numbers, sizes[l], row.at);
    const biases = { at: `${at}.b`, numbers: arrayOf(b, `${at}.b`) };
    mustBeAsLong(biases.numbers, sizes[l + 1], biases.at);
    return [...found, biases];
  });
  const weights = new (precision === 'float32' ? Float32Array : Float64Array)(parameterCount(network));
  let to = 0;
  for (const { at, numbers } of rows) {
    for (const number of numbers) {
      if (typeof number !== 'number' || !Number.isFinite(number))
        throw new RangeError(`${at}: a weight in it is no number`);
      weights[to] = number;
      if (!Object.is(weights[to++], number)) throw new RangeError(`${at}: a weight in it is no ${precision}`);
    }
  }
  return weights;
}

function mustBeAsLong(list: readonly unknown[], length: number, at: string): void {
  if (list.length !== length)
    throw new RangeError(`${at}: it is ${list.length} long, where the network has ${length}`);
}
