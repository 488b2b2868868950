import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { decodeLayerPoints, encodeLayerPoints } from '../../src/core/curveNumbers';
import { backward, forward, propagation } from '../../src/core/equations';
import {
  LayerCurve,
  layerPoint,
  MOST_LAYER_POINTS,
  nextLayers,
  wantsLayers,
  type LayerPoint,
} from '../../src/core/layerCurve';
import { selectColumns } from '../../src/core/matrix';
import { unflatten } from '../../src/core/network';
import { rateAt } from '../../src/core/schedule';
import { untilDone } from '../../src/core/trainer';
import type { SettingKey, Settings } from '../../src/settings/settings';
import { rateRules } from '../../src/session/rateRules';
import type { Mark } from '../../src/train/marks';
import type { TrainingRun } from '../../src/train/run';
import { runOn } from './training';
import { course } from './course';

const flower = readFileSync('samples/flower.csv', 'utf8');
const changed = (some: Partial<Settings>): Settings => ({ ...course, ...some });
/** The points of the layers up to an epoch, `most` epochs asked for at a time. */
function layersOf(run: TrainingRun, last: number, most = 1000): LayerPoint[] {
  const points: LayerPoint[] = [];
  while (run.epoch < last) {
    run.step(
      untilDone,
      () => undefined,
      Math.min(most, last - run.epoch),
      (point) => points.push(point),
    );
  }
  return points;
}
const norm = (values: Iterable<number>) => Math.sqrt([...values].reduce((sum, x) => sum + x * x, 0));

describe('the norms of the layers', () => {
  /** ‖dW[l]‖ in float64 at a run's weights, with the penalties. */
  function gradientsAt(run: TrainingRun, l1 = 0, l2 = 0): number[] {
    const { dataset, network } = run;
    const parameters = unflatten(network, run.parameters());
    const p = propagation(network, selectColumns(dataset.X, dataset.train));
    forward(p, parameters);
    backward(p, parameters, selectColumns(dataset.Y, dataset.train));
    return parameters.map(({ W }, k) =>
      norm(p.gradients[k + 1].W.data.map((dw, i) => dw + l2 * W.data[i] + l1 * Math.sign(W.data[i]))),
    );
  }
  const assertNear = (actual: readonly number[], expected: readonly number[]) => {
    assert.equal(actual.length, expected.length);
    actual.forEach((value, k) =>
      assert.ok(Math.abs(value - expected[k]) <= 2e-5 * expected[k] + 1e-8, `${value}, not ${expected[k]}`),
    );
  };

  for (const engine of ['simd', 'reference'] as const) {
    it(`are those of the gradient and of the last change, in the engine ${engine}`, () => {
      const settings = changed({ 'training.engine': engine, 'model.hiddenLayers': [5, 3] });
      const run = runOn(flower, settings);
      const first = gradientsAt(run);
      const points = layersOf(run, 5);
      assert.deepEqual(
        points.map(({ epoch }) => epoch),
        [0, 1, 2, 3, 4, 5],
      );
      assertNear(points[0].gradient, first);
      assert.ok(points[0].update.every(Number.isNaN), 'nothing has changed yet');
      assertNear(points[5].gradient, gradientsAt(run));
      const at = (epoch: number) => {
        const again = runOn(flower, settings);
        layersOf(again, epoch);
        return unflatten(again.network, again.parameters());
      };
      const [before, after] = [at(4), at(5)];
      const ratios = before.map(
        ({ W }, k) => norm(W.data.map((w, i) => after[k].W.data[i] - w)) / norm(W.data),
      );
      assertNear(points[5].update, ratios);
    });

    it(`hold what regularization adds, in the engine ${engine}`, () => {
      const settings = changed({ 'training.engine': engine, 'training.l1': 0.01, 'training.l2': 0.3 });
      const run = runOn(flower, settings);
      const point = layersOf(run, 20).at(-1);
      assertNear(point?.gradient ?? [], gradientsAt(run, 0.01, 0.3));
    });

    it(`are of the last mini-batch where there are some, in the engine ${engine}`, () => {
      const settings = changed({ 'training.engine': engine, 'training.batchSize': 64 });
      const points = layersOf(runOn(flower, settings), 30);
      assert.equal(points[0].epoch, 1, 'before the first there is no gradient');
      // The other engine is the measure: both take the same batches.
      const other = changed({ ...settings, 'training.engine': engine === 'simd' ? 'reference' : 'simd' });
      const expected = layersOf(runOn(flower, other), 30);
      for (const k of [0, 29]) {
        points[k].gradient.forEach((value, l) =>
          assert.ok(Math.abs(value / expected[k].gradient[l] - 1) < 1e-3, `${value}`),
        );
      }
    });
  }

  it('change no bit of a training, and are the same however many epochs are asked for at a time', () => {
    for (const batchSize of [0, 50]) {
      const settings = changed({ 'training.batchSize': batchSize, 'training.l2': 0.001 });
      const [whole, single, without] = [1, 2, 3].map(() => runOn(flower, settings));
      const points = layersOf(whole, 1500, 1500);
      assert.deepEqual(layersOf(single, 1500, 1), points);
      while (without.epoch < 1500) without.step(untilDone, () => undefined, 1500 - without.epoch);
      assert.deepEqual(whole.parameters(), without.parameters());
      assert.deepEqual(whole.history.points, without.history.points);
    }
  });

  it('are unknown where the weights before the epoch are', () => {
    const run = runOn(flower, course);
    layersOf(run, 3);
    run.restore({ epoch: 3, parameters: run.parameters(), state: run.state() }, course);
    const norms = run.norms();
    assert.ok([...norms.gradient, ...norms.update].every(Number.isNaN));
  });
});

describe('the curve of the layers', () => {
  const at = (epoch: number, value: number) => layerPoint(epoch, { gradient: [value], update: [NaN] });

  it('has at most 512 points, and loses no spike of those that were taken', () => {
    const curve = new LayerCurve();
    const taken: number[] = [];
    for (let epoch = 0; epoch <= 1e6; epoch = nextLayers(epoch)) {
      const value = epoch === 4096 ? 99 : epoch === 512 ? -5 : (epoch % 7) / 7;
      taken.push(value);
      curve.add(at(epoch, value));
      assert.ok(curve.points.length <= MOST_LAYER_POINTS);
    }
    assert.ok(taken.length < 5000, `${taken.length} times something was taken`);
    assert.ok(curve.points.length > MOST_LAYER_POINTS / 2 - 2);
    assert.equal(Math.max(...curve.points.map(({ highest }) => highest.gradient[0])), 99);
    assert.equal(Math.min(...curve.points.map(({ lowest }) => lowest.gradient[0])), -5);
  });

  it('wants an epoch by the epoch alone, and the next is the first that is wanted', () => {
    fc.assert(
      fc.property(fc.nat(200_000), (epoch) => {
        let next = epoch + 1;
        while (!wantsLayers(next)) next++;
        assert.equal(nextLayers(epoch), next);
      }),
    );
  });

  it('comes back to the bit as numbers, and goes on', () => {
    const curve = new LayerCurve();
    for (let epoch = 0; epoch < 3000; epoch = nextLayers(epoch)) curve.add(at(epoch, Math.sin(epoch)));
    const again = decodeLayerPoints(encodeLayerPoints(curve.points));
    assert.deepEqual(again, curve.points);
    const rebuilt = new LayerCurve(again);
    for (const each of [curve, rebuilt]) for (let e = 3000; e < 9000; e += 8) each.add(at(e, e));
    assert.deepEqual(rebuilt.points, curve.points);
    assert.deepEqual(decodeLayerPoints(encodeLayerPoints([])), []);
    assert.throws(() => decodeLayerPoints(encodeLayerPoints(again).slice(1)), RangeError);
    assert.throws(() => decodeLayerPoints(Float64Array.of(1, 0.5, 1, 1, 1, 1, 1, 1)), RangeError);
  });
});

describe('what the learning rate followed', () => {
  const edit = (epoch: number, key: SettingKey, before: number | string, after: number | string): Mark => ({
    kind: 'edit',
    epoch,
    changes: [{ key, before, after }],
  });
  const acting = changed({ 'training.learningRate': 0.5 });
  const along = (marks: readonly Mark[], settings = acting) => {
    const rules = rateRules(settings, 1.2, marks);
    return (epoch: number) => rateAt(rules, epoch);
  };

  it('is one rule where nothing was edited, with what auto stands for', () => {
    assert.equal(along([], course)(77), 1.2);
    assert.equal(along([])(0), 0.5);
  });

  it('is what each edit made of it, from its epoch on', () => {
    const rate = along([
      edit(100, 'training.learningRate', 1.2, 0.1),
      edit(150, 'training.l2', 0, 1),
      edit(200, 'training.learningRate', 0.1, 0.5),
    ]);
    assert.deepEqual([0, 99, 100, 199, 200, 5000].map(rate), [1.2, 1.2, 0.1, 0.1, 0.5, 0.5]);
  });

  it('follows the schedule', () => {
    const settings = changed({
      'training.learningRate': 1,
      'training.learningRateSchedule': 'step',
      'training.learningRateDecay': 0.5,
      'training.learningRateStep': 10,
    });
    const rate = along([edit(25, 'training.learningRateSchedule', 'constant', 'step')], settings);
    assert.deepEqual([0, 24, 25, 29, 30].map(rate), [1, 1, 0.25, 0.25, 0.125]);
  });

  it('forgets what was trained beyond the epoch that an early stop went back to', () => {
    const rate = along([
      edit(500, 'training.learningRate', 1.2, 0.5),
      { kind: 'stoppedEarly', epoch: 300, at: 700 },
    ]);
    assert.deepEqual([299, 300, 600].map(rate), [1.2, 0.5, 0.5]);
  });

  it('is not known before what an earlier version kept as a sentence', () => {
    const rate = along([{ kind: 'note', epoch: 40, text: 'learning rate' }]);
    assert.equal(rate(39), NaN);
    assert.equal(rate(40), 0.5);
  });
});
