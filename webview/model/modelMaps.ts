import { forward, forwardPass } from '../../src/core/equations';
import { matrix, type Matrix } from '../../src/core/matrix';
import { unflatten, type Parameters } from '../../src/core/network';
import type { ModelView } from '../../src/protocol/modelPage';
import type { UnitMap } from './diagram';

/** Cells of a map, across and up. */
const SIDE = 48;

/** The weights of a model in layers; none where they were too many to be sent. */
export const layersOf = ({ network, weights }: ModelView): Parameters =>
  weights.length === 0 ? [] : unflatten(network, weights);

/** Each unit over the ranges of one or two numbers, layer by layer, the inputs first. */
export interface ModelMaps {
  readonly rows: number;
  readonly cols: number;
  readonly maps: readonly (readonly UnitMap[])[];
  /** The answers, (outputs, rows · cols). */
  readonly output: Matrix;
}

/** Null where the network takes more than two numbers, or what is no plain number. */
export function modelMaps(model: ModelView): ModelMaps | null {
  const { network, ranges } = model;
  const layers = layersOf(model);
  if (!ranges || layers.length === 0) return null;
  const rows = ranges.length === 2 ? SIDE : 1;
  const X = matrix(ranges.length, rows * SIDE);
  for (let at = 0; at < X.cols; at++) {
    const [[left, right], up] = ranges;
    X.data[at] = left + ((right - left) * ((at % SIDE) + 0.5)) / SIDE;
    // The first row is the top one.
    if (up) X.data[X.cols + at] = up[1] - ((up[1] - up[0]) * (Math.floor(at / SIDE) + 0.5)) / rows;
  }
  const pass = forwardPass(network, X);
  forward(pass, layers);
  const L = network.sizes.length - 1;
  const isBounded = network.hidden === 'tanh' || network.hidden === 'sigmoid';
  const maps = pass.A.map((A, l) =>
    Array.from({ length: A.rows }, (_, unit): UnitMap => {
      const values = A.data.slice(unit * A.cols, (unit + 1) * A.cols);
      if (l === L && network.output !== 'linear')
        return { kind: 'probability', values, of: unit, alone: network.output === 'sigmoid' };
      const limit =
        l > 0 && l < L && isBounded ? 1 : A.data.reduce((most, a) => Math.max(most, Math.abs(a)), 0);
      return { kind: 'number', values, limit };
    }),
  );
  return { rows, cols: SIDE, maps, output: pass.A[L] };
}
