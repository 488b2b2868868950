/** Where a weight or a bias stands among all parameters, in the order of `flatten`. */
import type { Network } from './network';

/** One parameter: of unit `unit` of layer `layer`, its bias, or its weight for what unit `input` of the layer before gives it. */
export interface ParameterPlace {
  /** From 1. */
  readonly layer: number;
  /** From 0. */
  readonly unit: number;
  /** From 0; null: the bias. */
  readonly input: number | null;
}

/** Whether the network has such a parameter. */
export function hasParameter(
  { sizes }: Pick<Network, 'sizes'>,
  { layer, unit, input }: ParameterPlace,
): boolean {
  const isThere = layer >= 1 && isBelow(unit, sizes[layer] ?? 0);
  return isThere && (input === null || isBelow(input, sizes[layer - 1]));
}

/** The index of a parameter. Throws RangeError when the network has no such one. */
export function parameterIndex({ sizes }: Pick<Network, 'sizes'>, place: ParameterPlace): number {
  const { layer, unit, input } = place;
  if (!hasParameter({ sizes }, place)) {
    throw new RangeError(`a ${sizes.join('-')} network has no ${parameterName(place)}`);
  }
  const [inputs, units] = [sizes[layer - 1], sizes[layer]];
  const first = firstOf(sizes, layer);
  return input === null ? first + units * inputs + unit : first + unit * inputs + input;
}

/** The indices of all that a unit learns: its weights and its bias. */
export function unitIndices({ sizes }: Pick<Network, 'sizes'>, layer: number, unit: number): number[] {
  const inputs = sizes[layer - 1] ?? 0;
  const bias = parameterIndex({ sizes }, { layer, unit, input: null });
  const first = firstOf(sizes, layer) + unit * inputs;
  return [...Array.from({ length: inputs }, (_, k) => first + k), bias];
}

/** The parameter with an index; null where there is none. */
export function parameterPlace({ sizes }: Pick<Network, 'sizes'>, index: number): ParameterPlace | null {
  let left = index;
  if (!Number.isInteger(index) || index < 0) return null;
  for (let layer = 1; layer < sizes.length; layer++) {
    const [inputs, units] = [sizes[layer - 1], sizes[layer]];
    const weights = inputs * units;
    if (left < weights) return { layer, unit: Math.floor(left / inputs), input: left % inputs };
    if (left < weights + units) return { layer, unit: left - weights, input: null };
    left -= weights + units;
  }
  return null;
}

/** `W[1](2,3)` or `b[1](2)`, rows and columns from 1. */
export const parameterName = ({ layer, unit, input }: ParameterPlace): string =>
  input === null ? `b[${layer}](${unit + 1})` : `W[${layer}](${unit + 1},${input + 1})`;

const isBelow = (k: number, count: number) => Number.isInteger(k) && k >= 0 && k < count;

const firstOf = (sizes: readonly number[], layer: number): number =>
  sizes.slice(1, layer).reduce((sum, n, l) => sum + n * (sizes[l] + 1), 0);
