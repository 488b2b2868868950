import { activations, type HiddenActivation } from './activations';
import type { Matrix, Table } from './matrix';
import { zeroParameters, type Network, type Parameters } from './network';
import { alignInPairs, oppositeColumns } from './oppositePairs';
import type { Random } from './random';

export const initializations = ['auto', 'smallRandom', 'xavier', 'he', 'zeros'] as const;
export type Initialization = (typeof initializations)[number];

/** Whether the units are flat, or nearly, on one side: there they hardly learn. */
const isRectifier = (hidden: HiddenActivation): boolean => hidden === 'relu' || hidden === 'leakyRelu';

/** Units of one hidden layer that small numbers suffice for: many small ones all begin alike, and may lie flat for long. */
const FEW_UNITS = 8;

/**
 * What `auto` stands for: He for the ReLUs at any depth, as small numbers leave most of them behind; for the others
 * small numbers up to one hidden layer of a few units, and beyond that a scale that keeps signals alive.
 */
export function resolveInitialization(
  initialization: Initialization,
  hiddenLayers: readonly number[],
  hidden: HiddenActivation,
): Exclude<Initialization, 'auto'> {
  if (initialization !== 'auto') return initialization;
  if (hiddenLayers.length === 0) return 'smallRandom';
  if (isRectifier(hidden)) return 'he';
  const [units] = hiddenLayers;
  return hiddenLayers.length === 1 && units <= FEW_UNITS ? 'smallRandom' : 'xavier';
}

/**
 * Initial parameters: W[l] normal with a standard deviation of `scale` (smallRandom), √(1/n[l−1])
 * (xavier), √(2/n[l−1]) (he: He et al. 2015) or 0 (zeros: every unit of a layer then stays like its
 * neighbours); every b[l] is 0. Under he the units of ReLUs come in opposite pairs, see {@link alignInPairs}.
 */
export function initialize(
  network: Network,
  initialization: Initialization,
  scale: number,
  { normal }: Random,
): Parameters {
  const parameters = zeroParameters(network);
  const hiddenLayers = network.sizes.length - 2;
  const method = resolveInitialization(initialization, network.sizes.slice(1, -1), network.hidden);
  if (method === 'zeros') return parameters;
  const inPairs = method === 'he' && hiddenLayers > 0 && isRectifier(network.hidden);
  parameters.forEach(({ W }, l) => {
    const deviation =
      method === 'smallRandom' ? scale : Math.sqrt((method === 'he' ? 2 : 1) / Math.max(1, W.cols));
    for (let k = 0; k < W.data.length; k++) W.data[k] = normal() * deviation;
    if (inPairs && l < hiddenLayers) alignInPairs(W);
    else if (inPairs) oppositeColumns(W);
  });
  return parameters;
}

/** Examples that are looked at for dead units: one that is dead in all of these hardly learns from the others. */
const MOST_LOOKED_AT = 100;

/**
 * Turns the ReLUs round that would begin flat in every example, by the opposite weights: where features are not
 * centred, a unit can be 0 everywhere, and then it stays so. X is (nx, m), `examples` those that are trained on; biases
 * are taken for 0.
 */
export function turnDeadUnits(
  network: Network,
  parameters: Parameters,
  X: Table,
  examples: Int32Array,
): void {
  if (!isRectifier(network.hidden)) return;
  const { g } = activations[network.hidden];
  const hidden = parameters.slice(0, -1);
  const apart = Math.max(1, Math.ceil(examples.length / MOST_LOOKED_AT));
  let inputs = Array.from(
    examples.filter((_, k) => k % apart === 0),
    (j) => Float64Array.from({ length: X.rows }, (_, i) => X.data[i * X.cols + j]),
  );
  hidden.forEach(({ W }, l) => {
    for (let unit = 0; unit < W.rows; unit++) {
      if (inputs.every((a) => weightedSum(W, unit, a) < 0)) turnRound(W, unit);
    }
    if (l < hidden.length - 1) {
      inputs = inputs.map((a) =>
        Float64Array.from({ length: W.rows }, (_, unit) => g(weightedSum(W, unit, a))),
      );
    }
  });
}

function weightedSum({ cols, data }: Matrix, unit: number, a: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < cols; k++) sum += data[unit * cols + k] * a[k];
  return sum;
}

function turnRound({ cols, data }: Matrix, unit: number): void {
  for (let k = unit * cols; k < (unit + 1) * cols; k++) data[k] = -data[k];
}
