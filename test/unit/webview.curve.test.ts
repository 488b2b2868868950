import assert from 'node:assert/strict';
import { curvePoint, History, MOST_POINTS, type CurvePoint } from '../../src/core/history';
import { layerPoint } from '../../src/core/layerCurve';
import type { Measure } from '../../src/core/trainer';
import { onScreen } from '../../webview/pictures/curveData';
import {
  curveNumbers,
  curveOf,
  isEdge,
  linesOf,
  spansPowersOfTen,
  baselineLines,
} from '../../webview/model/curve';
import { layerLines, layerNumbers, ratePoints } from '../../webview/model/layerLines';
import type { Palette } from '../../webview/ui/theme';

const palette = {
  ...{ train: 'black', test: 'blue', ghost: 'grey', trainBand: 'pale black', testBand: 'pale blue' },
} as unknown as Palette;

const measure = (epoch: number, trainCost: number, testCost: number | null = null): Measure => ({
  ...{ epoch, trainCost, testCost, trainScore: 0.5, testScore: testCost === null ? null : 0.5 },
});

/** A curve that was thinned to every second epoch: the spikes stand at odd ones. */
function thinned(testCost: (epoch: number) => number | null): readonly CurvePoint[] {
  const history = new History();
  for (let epoch = 0; epoch <= MOST_POINTS; epoch++) {
    history.push(measure(epoch, epoch === 7 ? 9 : 1, testCost(epoch)));
  }
  assert.equal(history.interval, 2);
  return history.points;
}
const withTest = thinned((epoch) => (epoch === 9 ? 0.5 : 2));
const withoutTest = thinned(() => null);

describe('what the cost chart draws', () => {
  it('is a line each for training, test and the run before, while no point was thinned', () => {
    const curve = [measure(0, 3, 4), measure(1, 2, 3)].map(curvePoint);
    const lines = linesOf(curve, [measure(0, 5)], palette);
    assert.deepEqual(
      lines.map(({ label, data }) => [label, data]),
      [
        [
          'Training',
          [
            { x: 0, y: 3 },
            { x: 1, y: 2 },
          ],
        ],
        [
          'Test',
          [
            { x: 0, y: 4 },
            { x: 1, y: 3 },
          ],
        ],
        ['Run before', [{ x: 0, y: 5 }]],
      ],
    );
    assert.ok(!lines.some(isEdge));
  });

  it('has bands behind the lines, from the lowest to the highest cost between two points', () => {
    const lines = linesOf(withTest, [measure(0, 5)], palette);
    const edges = lines.slice(3);
    assert.deepEqual(lines.map(isEdge), [false, false, false, true, true, true, true]);
    const at = (epoch: number) => edges.map(({ data }) => data.find(({ x }) => x === epoch)?.y);
    assert.deepEqual(at(8), [1, 9, 2, 2], 'a spike of the training cost at epoch 7');
    assert.deepEqual(at(10), [1, 1, 0.5, 2], 'a dip of the test cost at epoch 9');
    assert.deepEqual(
      edges.map(({ fill, borderWidth, backgroundColor }) => [fill, borderWidth, backgroundColor]),
      [
        ...[
          [undefined, 0, 'pale black'],
          ['-1', 0, 'pale black'],
        ],
        ...[
          [undefined, 0, 'pale blue'],
          ['-1', 0, 'pale blue'],
        ],
      ],
      'each is filled down to the edge before it',
    );
  });

  it('has one band where there is no test set', () => {
    const lines = linesOf(withoutTest, [], palette);
    assert.deepEqual(lines.map(isEdge), [false, true, true]);
  });

  it('is the score of both sets where that is chosen, without bands', () => {
    const lines = linesOf(withTest, [], palette, 'score');
    assert.deepEqual(
      lines.map(({ label, data }) => [label, data[3].y]),
      [
        ['Training', 0.5],
        ['Test', 0.5],
      ],
    );
  });

  it('has what a straight line and guessing get, of the test part where there is one, as soon as that is known', () => {
    const scores = { trainCost: 0.6, testCost: 0.7, trainScore: 0.8, testScore: 0.75 };
    const guess = { trainCost: 0.9, testCost: 1, trainScore: 0.5, testScore: 0.4 };
    const baselines = { guess, line: scores, lineRows: 3, lineIsBest: true };
    const none = { testCost: null, testScore: null };
    const untested = { ...baselines, line: { ...scores, ...none }, guess: { ...guess, ...none } };
    const drawn = (of: typeof baselines | typeof untested | null, which: 'cost' | 'score') =>
      baselineLines(of, which, 'grey', { from: 0, to: 20 }).map(({ data }) => data.map(({ x, y }) => [x, y]));
    const level = (y: number) => [[0, y], [20, y]]; // prettier-ignore
    assert.deepEqual(drawn(baselines, 'cost'), [level(0.7), level(1)]);
    assert.deepEqual(drawn(baselines, 'score'), [level(0.75), level(0.4)]);
    assert.deepEqual(drawn(untested, 'cost'), [level(0.6), level(0.9)]);
    assert.deepEqual(drawn(untested, 'score'), [level(0.8), level(0.5)]);
    assert.deepEqual(drawn(null, 'cost'), []);
  });

  it('is spaced by powers of ten once the costs span more than one', () => {
    const spans = (...costs: number[]) =>
      spansPowersOfTen(costs.map((cost, epoch) => curvePoint(measure(epoch, cost))));
    assert.equal(spans(0.69, 0.2, 0.07), false);
    assert.equal(spans(0.69, 0.2, 0.06), true);
    assert.equal(spans(0.69, 0), false, '0 stands on no logarithmic scale');
    assert.equal(spans(), false);
  });

  it('ends at the state of now', () => {
    const points = [curvePoint(measure(0, 3))];
    assert.deepEqual(curveOf(points, measure(5, 2)), [...points, curvePoint(measure(5, 2))]);
    assert.equal(curveOf(points, measure(0, 3)), points);
    assert.equal(curveOf(points, null), points);
  });
});

describe('the numbers of the cost chart', () => {
  it('are epoch, costs and scores, while every point is a row', () => {
    assert.deepEqual(curveNumbers([measure(0, 3, 4), measure(1, 2)].map(curvePoint)), {
      columns: ['Epoch', 'Training', 'Test', 'Training score', 'Test score'],
      rows: [
        [0, 3, 4, 0.5, 0.5],
        [1, 2, '', 0.5, ''],
      ],
    });
  });

  it('lose no spike, neither of points that were thinned nor of those between two rows', () => {
    const { columns, rows } = curveNumbers(withTest);
    assert.deepEqual(columns.slice(3, -2), [
      ...['Training, lowest', 'Training, highest', 'Test, lowest', 'Test, highest'],
    ]);
    assert.ok(rows.length <= 52, `${rows.length} rows`);
    assert.equal(rows.at(-1)?.[0], 2000);
    assert.deepEqual(rows[0].slice(3, -2), [1, 1, 2, 2]);
    assert.deepEqual(rows[1].slice(3, -2), [1, 9, 0.5, 2]);
    assert.deepEqual(rows[2].slice(3, -2), [1, 1, 2, 2]);

    const spike = Array.from({ length: 500 }, (_, epoch) => curvePoint(measure(epoch, epoch === 13 ? 8 : 1)));
    const between = curveNumbers(spike);
    assert.deepEqual(between.columns.slice(3, -2), ['Training, lowest', 'Training, highest']);
    assert.deepEqual(between.rows[2].slice(0, -2), [20, 1, '', 1, 8]);
    assert.equal(curveNumbers(spike, 'whole').rows.length, 500, 'a file has them all');
  });
});

describe('what the chart draws of the layers', () => {
  const colours = {
    ...palette,
    classes: [
      [1, 2, 3],
      [4, 5, 6],
    ],
  } as unknown as Palette;
  const norms = (first: number, second: number) => ({ gradient: [first, second], update: [NaN, first / 10] });
  const points = [layerPoint(0, norms(1, 2)), layerPoint(1, norms(3, 4))];

  it('is a line for each layer, by colour and dashes, without what is not known', () => {
    const lines = layerLines(points, 'gradient', colours);
    assert.deepEqual(
      lines.map(({ label, data }) => [label, data.map(({ x, y }) => [x, y])]),
      [
        [
          '‖dW[1]‖',
          [
            [0, 1],
            [1, 3],
          ],
        ],
        [
          '‖dW[2]‖',
          [
            [0, 2],
            [1, 4],
          ],
        ],
      ],
    );
    assert.notDeepEqual(lines[0].borderDash, lines[1].borderDash);
    assert.deepEqual(layerLines(points, 'update', colours)[0].data, []);
  });

  it('has bands behind the lines once points were thinned', () => {
    const thinner = [points[0], { ...points[1], highest: norms(9, 4) }];
    const lines = layerLines(thinner, 'gradient', colours);
    assert.deepEqual(lines.map(isEdge), [false, false, true, true, true, true]);
    assert.deepEqual(lines[3].data.at(-1), { x: 1, y: 9 });
    const { columns, rows } = layerNumbers(thinner, 'gradient', 'whole');
    assert.equal(rows[1][columns.indexOf('‖dW[1]‖, highest')], 9);
    assert.deepEqual(layerNumbers(points, 'update', 'whole').rows[0], [0, '', 0.1]);
  });

  it('has a step of the learning rate at the epoch of the edit, wherever the points are', () => {
    const rule = { schedule: 'constant', decay: 0, every: 1 } as const;
    const rules = [
      { ...rule, epoch: 0, rate: 1 },
      { ...rule, epoch: 7, rate: 0.1 },
    ];
    assert.deepEqual(
      ratePoints(rules, [0, 5, 10]).map(({ x, y }) => [x, y]),
      [
        [0, 1],
        [5, 1],
        [7, 0.1],
        [10, 0.1],
      ],
    );
    assert.deepEqual(ratePoints([], [0, 5]), []);
  });
});

describe('the points that the screen has room for', () => {
  const curve = (count: number): CurvePoint[] =>
    Array.from({ length: count }, (_, epoch) =>
      curvePoint(measure(epoch, epoch === 777 ? 9 : 1 / (epoch + 1))),
    );
  const epochs = (points: readonly CurvePoint[]) => points.map(({ epoch }) => epoch);

  it('are all points, where there are no more', () => {
    const points = curve(500);
    assert.equal(onScreen(points, { from: 0, to: 500 }), points);
  });

  it('are thinned evenly else, to the last one, and lose no spike', () => {
    const shown = onScreen(curve(2000), { from: 0, to: 2000 });
    assert.ok(shown.length <= 601);
    assert.equal(shown.at(-1)?.epoch, 1999);
    assert.equal(Math.max(...shown.map(({ highestTrainCost }) => highestTrainCost)), 9);
  });

  it('stay where they are when one more comes', () => {
    const [before, after] = [1990, 1991].map((count) =>
      epochs(onScreen(curve(count), { from: 0, to: count })).slice(0, -1),
    );
    assert.deepEqual(after.slice(0, before.length), before);
  });

  it('are those of a part, each of them again, with the next on both sides', () => {
    assert.deepEqual(epochs(onScreen(curve(2000), { from: 100, to: 103 })), [99, 100, 101, 102, 103, 104]);
    assert.deepEqual(epochs(onScreen(curve(20), { from: 17, to: 40 })), [16, 17, 18, 19]);
  });
});
