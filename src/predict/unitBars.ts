import { forward, forwardPass } from '../core/equations';
import { matrix } from '../core/matrix';
import { unflatten, type Network } from '../core/network';
import { FLAT, slopeShare } from '../core/verdicts/unitFacts';
import { Predictor, type Model } from '../runs/model';
import type { ShownRow } from './tableLook';

/** How often the activations of a hidden unit lie where, of all rows that are looked at. */
export interface UnitBars {
  /** From 1, as the first hidden layer is. */
  readonly layer: number;
  /** From 0. */
  readonly unit: number;
  readonly from: number;
  readonly to: number;
  readonly bars: Float64Array;
  readonly mean: number;
  /** The share of rows on which no gradient to speak of passes. */
  readonly flat: number;
}

export const BARS = 24;
/** Units of a layer that are shown, as in the picture of the network. */
const MOST_UNITS = 10;
/** Multiplications: a moment's work, and the features of so many rows fit into the memory. */
const MOST_WORK = 20_000_000;
const FEWEST_ROWS = 48;

/** The rows of which activations are computed: fewer where the network is large. */
export function rowsOfUnits({ network, weights }: Model, rows: readonly ShownRow[]): readonly ShownRow[] {
  const most = Math.max(FEWEST_ROWS, Math.floor(MOST_WORK / weights.length));
  if (network.sizes.length < 3 || rows.length === 0) return [];
  const step = Math.max(1, Math.ceil(rows.length / most));
  return rows.filter((_, k) => k % step === 0);
}

/** The activations of the first hidden units of each layer on rows. */
export function unitBars(model: Model, rows: readonly ShownRow[]): readonly UnitBars[] {
  if (rows.length === 0) return [];
  const { network, weights } = model;
  const X = new Predictor(model).features(rows.map(({ values }) => values));
  const { A, Z } = forwardOf(network, Float64Array.from(weights), X, rows.length);
  const layers = network.sizes.map((size, l) => ({ l, size })).slice(1, -1);
  return layers.flatMap(({ l, size }) =>
    Array.from({ length: Math.min(size, MOST_UNITS) }, (_, unit) => {
      const of = (data: Float64Array) => data.subarray(unit * rows.length, (unit + 1) * rows.length);
      return barsOf(network, { layer: l, unit }, of(Z[l].data), of(A[l].data));
    }),
  );
}

function forwardOf(network: Network, weights: Float64Array, X: Float64Array, m: number) {
  const pass = forwardPass(network, matrix(network.sizes[0], m, X));
  forward(pass, unflatten(network, weights));
  return pass;
}

function barsOf(
  { hidden }: Network,
  at: Pick<UnitBars, 'layer' | 'unit'>,
  z: Float64Array,
  a: Float64Array,
): UnitBars {
  let [least, most, sum, flat] = [Infinity, -Infinity, 0, 0];
  a.forEach((value, j) => {
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
    if (slopeShare(hidden, z[j], value) <= FLAT) flat++;
  });
  const isBounded = hidden === 'tanh' || hidden === 'sigmoid';
  const from = isBounded ? (hidden === 'tanh' ? -1 : 0) : least;
  const to = isBounded ? 1 : most;
  const bars = new Float64Array(BARS);
  for (const value of a)
    bars[to > from ? Math.min(BARS - 1, Math.floor(((value - from) / (to - from)) * BARS)) : 0]++;
  return { ...at, from, to, bars, mean: sum / a.length, flat: flat / a.length };
}
