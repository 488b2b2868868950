import { inOwnUnit } from '../../src/core/scale';
import { placeOf } from '../model/answers';
import type { LensContext } from '../ui/context';
import { nameOf } from '../ui/examples';
import type { Extent, NumberTable } from './picture';

/** Outputs that a table on the page has use of. */
const MOST_SHOWN = 10;

type Part = Pick<LensContext, 'run'> & {
  readonly models: Pick<LensContext['models'], 'plane' | 'grid' | 'examples'>;
};

/** What the network answers at the points of the map; in a file the examples that are drawn on it as well. */
export function outputNumbers({ run, models }: Part, extent: Extent): NumberTable {
  const plane = models.plane.value;
  const grid = models.grid.value;
  const { dataset, network } = run.view.value;
  if (!plane || !grid || !dataset || !network) return { columns: [], rows: [] };
  const isWhole = extent === 'whole';
  const named = (text: string) => (isWhole ? text : nameOf(text));
  const target = named(dataset.target);
  const isNumber = network.output === 'linear';
  const probability = (k: number) => `P(${target} = ${named(dataset.classes[k] ?? '')})`;
  const outputs = Array.from({ length: network.sizes[network.sizes.length - 1] }, (_, k) =>
    isNumber ? target : probability(network.output === 'softmax' ? k : 1),
  ).slice(0, isWhole ? undefined : MOST_SHOWN);
  const answers = (A: typeof grid.A, j: number) => {
    const { data, cols } = A[A.length - 1];
    const own = (a: number) => (isNumber ? inOwnUnit(a, dataset.targetScale) : a);
    return outputs.map((_, k) => own(data[k * cols + j]));
  };
  const axes = plane.y ? [plane.x, plane.y] : [plane.x];
  const { X } = grid.inputs;
  const points = Array.from({ length: X.cols }, (_, at) => [
    ...axes.map((axis, k) => axis.own(X.data[k * X.cols + at])),
    ...answers(grid.A, at),
  ]);
  const columns = [...axes.map(({ name }) => named(name)), ...(isNumber ? [`predicted ${target}`] : outputs)];
  if (!isWhole) return { columns, rows: points };
  const sample = run.sample.value;
  const pass = models.examples.value;
  const examples = (sample && pass?.inputs.columns) ?? [];
  const rows = Array.from(examples, (example, j) => {
    const place = placeOf(run, plane, example);
    const y = sample?.y[example] ?? NaN;
    return [
      sample?.test[example] === 1 ? 'test' : 'training',
      ...(plane.y ? [place.x, place.y] : [place.x]),
      ...(pass ? answers(pass.A, j) : []),
      sample?.lines[example] ?? '',
      isNumber ? inOwnUnit(y, dataset.targetScale) : (dataset.classes[y] ?? y),
    ];
  });
  return {
    columns: ['of', ...columns, 'line', target],
    rows: [...points.map((point) => ['map', ...point, '', '']), ...rows],
  };
}
