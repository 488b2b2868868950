import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, serialize } from '../../src/host/checkpoints';
import type { Saved } from '../../src/host/session';
import { defaults } from '../../src/settings/settings';

const saved = (parameters: Float64Array): Saved => ({
  uri: 'file:///flower.csv',
  settings: { ...defaults, 'training.seed': 3 },
  status: 'paused',
  epochs: 10_000,
  measure: { epoch: 412, trainCost: 0.283, testCost: 0.3, trainScore: 0.9, testScore: 0.88 },
  points: [{ epoch: 0, trainCost: 0.6931471805599453, testCost: null, trainScore: 0.5, testScore: null }],
  marks: [{ epoch: 100, text: 'learning rate 1.2 → 0.5' }],
  parameters,
  state: Float64Array.of(3, 0.5),
  penalty: 0.25,
  diverged: { epoch: 413, layer: 2, learningRate: 9, suggestedRate: null },
  target: 'petal',
  task: 'binary',
  hash: 'abc',
});

describe('a training on disk', () => {
  it('reads back equal, its weights to the last bit', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 60 }), (values) => {
        const before = saved(Float64Array.from(values));
        const after = parse(serialize(before));
        assert.deepEqual(after, before);
      }),
    );
  });

  it('is refused when a weight is not finite', () => {
    assert.throws(() => parse(serialize(saved(Float64Array.of(1, NaN)))), /not finite/);
  });

  it('keeps a test cost that is not finite as missing', () => {
    const before = saved(Float64Array.of(1));
    const after = parse(serialize({ ...before, measure: { ...before.measure, testCost: Infinity } }));
    assert.equal(after.measure.testCost, null);
  });

  it('is refused when it was cut off, or is of another version', () => {
    const text = serialize(saved(Float64Array.of(1, 2, 3)));
    assert.throws(() => parse(text.slice(0, -5)));
    assert.throws(() => parse(text.replace('"version":2', '"version":1')));
  });
});
