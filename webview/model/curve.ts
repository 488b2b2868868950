import type { ChartDataset } from 'chart.js';
import type { Baselines, Scores } from '../../src/core/baselines';
import { curvePoint, thinned, type CurvePoint } from '../../src/core/history';
import type { Measure } from '../../src/core/trainer';
import type { Extent, NumberTable } from '../pictures/picture';
import type { Palette } from '../ui/theme';
import type { EpochWindow } from './epochWindow';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export type CurveLine = ChartDataset<'line', Point[]>;

/** Bands lie behind the lines. */
const BEHIND = 1;
const MOST_ROWS = 50;

/** The points of the curve, and the state of now. */
export function curveOf(points: readonly CurvePoint[], now: Measure | null): readonly CurvePoint[] {
  return now && now.epoch > (points.at(-1)?.epoch ?? -1) ? [...points, curvePoint(now)] : points;
}

/** The curve of another run. */
export interface Overlay {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly CurvePoint[];
}

/** Of the curves of other runs, which colour alone does not tell apart for everyone. */
const DASHES = [
  ...[
    [8, 2, 2, 2],
    [10, 4],
    [4, 3],
  ],
  ...[
    [2, 5],
    [14, 3, 1, 3],
    [6, 2, 2, 2, 7, 2],
  ],
];

/** Costs that span more than this are drawn on a logarithmic scale, unless somebody chose. */
const SPAN = 10;

/** Whether the costs of a curve are told apart better by powers of ten: else the end of it is a line along the axis. */
export const spansPowersOfTen = (curve: readonly CurvePoint[]): boolean =>
  spans(curve.map(({ trainCost }) => trainCost));

/** Whether values, all above 0, span more than a power of ten. */
export function spans(values: readonly number[]): boolean {
  let [low, high] = [Infinity, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > 0 && high / low > SPAN;
}

/** What the chart draws: training and test, the training of the run before, and the bands behind them. */
export function linesOf(
  curve: readonly CurvePoint[],
  ghost: readonly Measure[],
  { train, test, ghost: faint, trainBand, testBand }: Palette,
  which: 'cost' | 'score' = 'cost',
  overlays: readonly Overlay[] = [],
): CurveLine[] {
  const isCost = which === 'cost';
  const ofTraining = ({ trainCost, trainScore }: Measure) => (isCost ? trainCost : trainScore);
  const training = curve.map((point) => ({ x: point.epoch, y: ofTraining(point) }));
  const ofTest = pointsOf(curve, ({ testCost, testScore }) => (isCost ? testCost : testScore));
  const before = ghost.map((point) => ({ x: point.epoch, y: ofTraining(point) }));
  const lines = [
    line('Training', train, [], training),
    ...(ofTest.length > 0 ? [line('Test', test, [6, 3], ofTest)] : []),
    ...(before.length > 0 ? [line('Run before', faint, [2, 3], before)] : []),
    ...overlays.map(({ name, colour, points }, k) =>
      line(
        name,
        colour,
        DASHES[k % DASHES.length],
        points.map((point) => ({ x: point.epoch, y: ofTraining(point) })),
      ),
    ),
  ];
  if (!isCost || !hasBand(curve)) return lines;
  return [
    ...lines,
    ...band(
      trainBand,
      pointsOf(curve, ({ lowestTrainCost }) => lowestTrainCost),
      pointsOf(curve, ({ highestTrainCost }) => highestTrainCost),
    ),
    ...band(
      testBand,
      pointsOf(curve, ({ lowestTestCost }) => lowestTestCost),
      pointsOf(curve, ({ highestTestCost }) => highestTestCost),
    ),
  ];
}

/** Whether a line is the edge of a band, which neither legend nor tooltip name. */
export const isEdge = ({ order }: { readonly order?: number | undefined }): boolean => order === BEHIND;

/** Whether costs between the points of the curve were lower or higher than at them. */
export const hasBand = (curve: readonly CurvePoint[]): boolean =>
  curve.some(
    ({ lowestTrainCost, highestTrainCost, lowestTestCost, highestTestCost }) =>
      lowestTrainCost < highestTrainCost || (lowestTestCost ?? 0) < (highestTestCost ?? 0),
  );

/**
 * About 50 points of the curve as a table, or all; where there are more, or where some were thinned, with the lowest
 * and the highest costs since the row before.
 */
export function curveNumbers(curve: readonly CurvePoint[], extent: Extent = 'shown'): NumberTable {
  const step = extent === 'whole' ? 1 : Math.max(1, Math.ceil(curve.length / MOST_ROWS));
  const rows = thinned(curve, (_, isLast, k) => isLast || k % step === 0);
  const withExtremes = hasBand(rows);
  const hasTest = rows.some(({ testCost }) => testCost !== null);
  return {
    columns: [
      ...['Epoch', 'Training', 'Test'],
      ...(withExtremes ? ['Training, lowest', 'Training, highest'] : []),
      ...(withExtremes && hasTest ? ['Test, lowest', 'Test, highest'] : []),
      ...['Training score', 'Test score'],
    ],
    rows: rows.map((point) => [
      ...[point.epoch, point.trainCost, point.testCost ?? ''],
      ...(withExtremes ? [point.lowestTrainCost, point.highestTrainCost] : []),
      ...(withExtremes && hasTest ? [point.lowestTestCost ?? '', point.highestTestCost ?? ''] : []),
      ...[point.trainScore, point.testScore ?? ''],
    ]),
  };
}

function pointsOf(curve: readonly CurvePoint[], cost: (point: CurvePoint) => number | null): Point[] {
  return curve.flatMap((point) => {
    const y = cost(point);
    return y === null ? [] : [{ x: point.epoch, y }];
  });
}

export const line = (label: string, colour: string, dash: number[], data: Point[]): CurveLine => ({
  label,
  data,
  borderColor: colour,
  backgroundColor: colour,
  borderDash: dash,
});

/**
 * What guessing and the straight line have, of the test part where there is one, over all epochs that are shown; nothing
 * before it is known.
 */
export function baselineLines(
  baselines: Baselines | null,
  which: 'cost' | 'score',
  colour: string,
  { from, to }: EpochWindow,
): CurveLine[] {
  if (!baselines) return [];
  const level = (label: string, dash: number[], { trainCost, testCost, trainScore, testScore }: Scores) => {
    const y = which === 'cost' ? (testCost ?? trainCost) : (testScore ?? trainScore);
    return line(
      label,
      colour,
      dash,
      [from, to].map((x) => ({ x, y })),
    );
  };
  return [level('Straight line', [1, 3], baselines.line), level('Guessing', [1, 7], baselines.guess)];
}

/** The area between two lines that are not drawn themselves. */
export function band(colour: string, lowest: Point[], highest: Point[]): CurveLine[] {
  if (lowest.length === 0) return [];
  const edge = (data: Point[]): CurveLine => ({
    ...{ data, borderWidth: 0, borderColor: colour, backgroundColor: colour, order: BEHIND },
  });
  return [edge(lowest), { ...edge(highest), fill: '-1' }];
}
