import { loss } from '../../src/core/equations';
import { matrix, type Matrix } from '../../src/core/matrix';
import type { OutputKind } from '../../src/core/network';
import { rowOf } from '../../src/core/verdicts/unitFacts';
import type { SampleView } from '../store';
import type { ExampleInputs } from './models';
import type { PassResult } from './passes';

/** What the examples of a heatmap are sorted by. */
export const ORDERS = ['target', 'value', 'file', 'loss'] as const;
export type Order = (typeof ORDERS)[number];

/** What a heatmap of units shows. */
export const HEATS = ['A', 'Z'] as const;
export type Heat = (typeof HEATS)[number];

/** The loss of each example of a pass, (m). */
export function lossesOf(
  { Z, inputs: { columns, network } }: PassResult<ExampleInputs>,
  { y }: SampleView,
): Float64Array {
  const last = Z[Z.length - 1];
  const Y = targetsOf(network.output, last.rows, columns, y);
  return Float64Array.from(columns, (_, j) => loss(network.output, last, Y, j));
}

function targetsOf(output: OutputKind, rows: number, columns: readonly number[], y: Float64Array): Matrix {
  const Y = matrix(rows, columns.length);
  columns.forEach((example, j) => {
    if (output === 'softmax') Y.data[y[example] * columns.length + j] = 1;
    else Y.data[j] = y[example];
  });
  return Y;
}

/**
 * In which order the columns of a pass are drawn: its own is that of the target.
 * @param values what the chosen unit gives, of layer `layer`
 */
export function orderOf(
  order: Order,
  pass: PassResult<ExampleInputs>,
  sample: SampleView,
  { layer, unit }: { readonly layer: number; readonly unit: number },
): readonly number[] {
  const places = Array.from(pass.inputs.columns.keys());
  const by = (key: ArrayLike<number>, sign = 1) => places.sort((i, j) => sign * (key[i] - key[j]) || i - j);
  switch (order) {
    case 'target':
      return places;
    case 'value':
      return by(rowOf(pass.A[layer], Math.min(unit, pass.A[layer].rows - 1)));
    case 'file':
      return by(pass.inputs.columns.map((example) => sample.lines[example]));
    case 'loss':
      return by(lossesOf(pass, sample), -1);
    default:
      return order satisfies never;
  }
}
