import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { hiddenActivations, type HiddenActivation } from '../../src/core/activations';
import { forward, forwardPass } from '../../src/core/equations';
import { cut, full } from '../../src/core/format';
import { curvePoint, type CurvePoint } from '../../src/core/history';
import { matrix, type Matrix } from '../../src/core/matrix';
import { unflatten, type Network, type Parameters } from '../../src/core/network';
import { random } from '../../src/core/random';
import { untilDone } from '../../src/core/trainer';
import { runChecks, runFindings, type RunFacts } from '../../src/core/verdicts/runChecks';
import { unitCheck, unitCodes } from '../../src/core/verdicts/unitChecks';
import { unitFindings, unitVerdicts } from '../../src/core/verdicts/unitVerdicts';
import { remedyCaution, remedyLabel } from '../../src/sentences/remedies';
import { findingText } from '../../src/sentences/runs';
import { evidenceOf, unitFindingText, unitNames, unitWords } from '../../src/sentences/units';
import { message } from '../../src/data/message';
import { sentence } from '../../src/data/sentences';
import type { SettingKey } from '../../src/settings/settings';
import { readValues } from '../../src/settings/values';
import { sampleOf } from '../../src/train/sample';
import { runOn } from './training';
import { course } from './course';

/** 200 examples of three features, standard normal. */
const X = (() => {
  const { normal } = random(4, 'weights');
  return matrix(
    3,
    200,
    Float64Array.from({ length: 600 }, () => normal()),
  );
})();

interface Unit {
  readonly w: readonly number[];
  readonly b?: number;
  readonly out: number;
}

/** A network with one hidden layer of these units and one output. */
function built(
  hidden: HiddenActivation,
  units: readonly Unit[],
): { network: Network; parameters: Parameters } {
  const into = Float64Array.from(units.flatMap(({ w }) => w));
  const out = Float64Array.from(units, (unit) => unit.out);
  return {
    network: { sizes: [3, units.length, 1], hidden, output: 'sigmoid' },
    parameters: [
      { W: matrix(units.length, 3, into), b: Float64Array.from(units, ({ b = 0 }) => b) },
      { W: matrix(1, units.length, out), b: new Float64Array(1) },
    ],
  };
}

function judged({ network, parameters }: { network: Network; parameters: Parameters }, x: Matrix = X) {
  const pass = forwardPass(network, x);
  forward(pass, parameters);
  const verdicts = unitVerdicts(network, parameters, pass);
  return {
    verdicts,
    codes: verdicts.map((layer) => layer.map(({ code }) => code)),
    texts: unitFindings(verdicts).map(unitFindingText),
  };
}

/** A unit of each activation with which nothing is wrong. */
const healthy = (k = 0): Unit => ({
  w: [
    [1.5, 0.4, -0.2],
    [-0.6, 1.3, 0.5],
    [0.2, -0.9, 1.4],
  ][k],
  b: 0.3,
  out: 1 - 0.2 * k,
});
const rowsWith = (holds: (z: number) => boolean, { w, b = 0 }: Unit) =>
  Array.from({ length: X.cols }, (_, j) => w.reduce((z, of, i) => z + of * X.data[i * X.cols + j], b)).filter(
    holds,
  ).length;

describe('the verdicts of units', () => {
  for (const hidden of hiddenActivations.filter((name) => name !== 'linear')) {
    it(`finds nothing wrong with three healthy ${hidden} units`, () => {
      const { codes, texts } = judged(built(hidden, [healthy(0), healthy(1), healthy(2)]));
      assert.deepEqual(codes, [['healthy', 'healthy', 'healthy']]);
      assert.deepEqual(texts, []);
    });
  }

  it('says dead of a ReLU with z ≤ 0 on every row, and of no leaky one', () => {
    const dead = { w: [0.2, 0.1, -0.1], b: -3, out: 1 };
    assert.ok(rowsWith((z) => z > 0, dead) === 0);
    const { codes, texts } = judged(built('relu', [healthy(), dead]));
    assert.deepEqual(codes, [['healthy', 'dead']]);
    assert.deepEqual(texts, ['unit 2 is dead: z ≤ 0 on every row, so that a and the gradient are 0']);
    assert.deepEqual(judged(built('leakyRelu', [healthy(), dead])).codes[0][1], 'unused');
    // One row above 0 is enough to learn from.
    const alive = { ...dead, b: -0.3 };
    assert.ok(rowsWith((z) => z > 0, alive) > 0);
    assert.deepEqual(judged(built('relu', [healthy(), alive])).codes, [['healthy', 'healthy']]);
  });

  it('says saturated with the exact share of rows whose slope is at most 1 % of the largest', () => {
    for (const [hidden, edge] of [
      ['tanh', Math.atanh(Math.sqrt(0.99))],
      ['sigmoid', 2 * Math.atanh(Math.sqrt(0.99))],
    ] as const) {
      const unit = { w: [9, 4, -7], b: 1, out: 1 };
      const rows = rowsWith((z) => Math.abs(z) >= edge, unit);
      const { verdicts, codes, texts } = judged(built(hidden, [healthy(), unit]));
      assert.deepEqual(codes, [['healthy', 'saturated']], hidden);
      assert.equal(verdicts[0][1].facts.flat, rows);
      assert.deepEqual(texts, [
        `unit 2 is saturated on ${Math.round((1000 * rows) / 200) / 10} % of the rows`,
      ]);
    }
  });

  it('says which units are the same, group by group, and which are opposite', () => {
    const [one, two, three] = [healthy(0), healthy(1), healthy(2)];
    const { codes, texts, verdicts } = judged(built('tanh', [one, two, { ...one, out: -0.4 }, three, two]));
    assert.deepEqual(codes, [['same', 'same', 'same', 'healthy', 'same']]);
    assert.deepEqual(texts, [
      'units 1 and 3 are the same: on every row',
      'units 2 and 5 are the same: on every row, and in their weights, so that nothing parts them',
    ]);
    assert.deepEqual(verdicts[0][0].facts.same, [2]);
    assert.equal(unitWords('same').mark(verdicts[0][0].facts), 'same as 3');
    assert.equal(
      unitCheck('same').remedy?.(verdicts[0][0].facts),
      null,
      'its weights out differ: it parts by itself',
    );
    assert.equal(unitCheck('same').remedy?.(verdicts[0][1].facts)?.changes['model.initialization'], 'auto');
    for (const [hidden, opposite] of [
      ['tanh', true],
      ['sigmoid', true],
      ['relu', false],
      ['leakyRelu', false],
    ] as const) {
      const negative = { w: one.w.map((w) => -w), b: -0.3, out: 0.7 };
      const result = judged(built(hidden, [one, negative, two]));
      assert.deepEqual(
        result.codes[0],
        opposite
          ? ['opposite', 'opposite', 'healthy'].map((code) => (code === 'opposite' ? 'same' : code))
          : ['healthy', 'healthy', 'healthy'],
        hidden,
      );
      if (opposite) assert.equal(unitWords('same').mark(result.verdicts[0][1].facts), 'opposite of 1');
    }
  });

  it('tells units apart that differ by a little more than 1 % of their deviation', () => {
    const one = healthy(0);
    const nearly = (by: number) =>
      judged(built('tanh', [one, { ...one, w: [one.w[0], one.w[1] + by, one.w[2]] }])).codes[0];
    assert.deepEqual(nearly(0.005), ['same', 'same']);
    assert.deepEqual(nearly(0.1), ['healthy', 'healthy']);
  });

  it('says of initial weights of zero that all units are the same and that nothing parts them', () => {
    const zero = { w: [0, 0, 0], out: 0 };
    const { texts, verdicts } = judged(built('tanh', [zero, zero, zero, zero]));
    assert.deepEqual(texts, [
      'units 1, 2, 3 and 4 are the same: on every row, and in their weights, so that nothing parts them',
    ]);
    assert.ok(verdicts[0].every(({ codes }) => codes.includes('constant')));
  });

  it('says constant, linear and hardly used', () => {
    const { codes, texts } = judged(
      built('tanh', [
        healthy(0),
        { w: [0, 0, 0], b: 0.4, out: 1 },
        { w: [0.02, 0.05, 0.03], out: 9 },
        { ...healthy(1), out: 0.001 },
      ]),
    );
    assert.deepEqual(codes, [['healthy', 'constant', 'linear', 'unused']]);
    assert.deepEqual(texts.length, 3);
    assert.match(texts[1], /^unit 4 is hardly used: .* varies by 0\.\d % of what the busiest unit adds$/);
    assert.match(texts[2], /^unit 3 is linear: z is so near 0 on 100 % of the rows/);
    const onesided = judged(built('relu', [healthy(0), { w: [0.2, 0.1, 0.1], b: 4, out: 1 }]));
    assert.deepEqual(onesided.codes, [['healthy', 'linear']]);
    assert.match(onesided.texts[0], /z has the same sign on every row/);
  });

  it('names the layer where there are several, and leaves long lists short', () => {
    assert.equal(unitNames([1], 1, 1), 'unit 2');
    assert.equal(unitNames([0, 2], 2, 3), 'units 1 and 3 of layer 2');
    assert.equal(
      unitNames(
        Array.from({ length: 64 }, (_, k) => k),
        1,
        1,
      ),
      'units 1, 2, 3, 4, 5 and 59 more',
    );
  });

  it('has evidence that is exact for each unit, and every check a meaning', () => {
    const { verdicts } = judged(built('tanh', [healthy(0), healthy(1)]));
    const [{ facts }] = verdicts[0];
    const zs = Array.from({ length: X.cols }, (_, j) =>
      healthy().w.reduce((z, w, i) => z + w * X.data[i * X.cols + j], 0.3),
    );
    const near = (x: number, y: number) => assert.ok(Math.abs(x - y) < 1e-12, `${full(x)} is not ${full(y)}`);
    near(facts.z.lowest, Math.min(...zs));
    near(facts.z.highest, Math.max(...zs));
    near(facts.slope, zs.reduce((sum, z) => sum + 1 - Math.tanh(z) ** 2, 0) / zs.length);
    assert.equal(facts.positive, zs.filter((z) => z > 0).length);
    assert.ok(evidenceOf(facts).every(({ name, text, value }) => name && text && Number.isFinite(value)));
    assert.ok(unitCodes.every((code) => unitWords(code).meaning.length > 40));
  });

  it('judges 6 × 64 units on 2,000 rows', () => {
    const network: Network = { sizes: [20, 64, 64, 64, 64, 64, 64, 3], hidden: 'tanh', output: 'softmax' };
    const { normal } = random(1, 'weights');
    const count = network.sizes.slice(1).reduce((sum, n, l) => sum + n * (network.sizes[l] + 1), 0);
    const parameters = unflatten(
      network,
      Float64Array.from({ length: count }, () => 0.2 * normal()),
    );
    const pass = forwardPass(
      network,
      matrix(
        20,
        2000,
        Float64Array.from({ length: 40_000 }, () => normal()),
      ),
    );
    forward(pass, parameters);
    const verdicts = unitVerdicts(network, parameters, pass);
    assert.deepEqual(
      verdicts.map((layer) => layer.length),
      [64, 64, 64, 64, 64, 64],
    );
  });
});

const small: Network = { sizes: [3, 4, 1], hidden: 'tanh', output: 'sigmoid' };
const curveOf = (
  costs: readonly (readonly [epoch: number, train: number, test: number | null])[],
): CurvePoint[] =>
  costs.map(([epoch, trainCost, testCost]) =>
    curvePoint({ epoch, trainCost, testCost, trainScore: 0.5, testScore: testCost && 0.5 }),
  );
const facts = (curve: readonly CurvePoint[], more: Partial<RunFacts> = {}): RunFacts => ({
  ...{ curve, diverged: null, network: small, initialization: 'auto', learningRate: 1.2, patience: 0 },
  ...more,
});
const epochs = (count: number, every = 10) => Array.from({ length: count }, (_, k) => k * every);

describe('the verdicts of a run', () => {
  it('finds nothing where both costs fall', () => {
    assert.deepEqual(
      runFindings(facts(curveOf(epochs(100).map((e) => [e, 0.7 / (1 + e / 100), 0.72 / (1 + e / 100)])))),
      [],
    );
    assert.deepEqual(runFindings(facts([])), []);
  });

  it('says where the test cost was lowest, and offers to stop by it with what that means', () => {
    const test = (e: number) => 0.4 + ((e - 300) / 1000) ** 2;
    const curve = curveOf(epochs(100).map((e) => [e, 0.7 / (1 + e / 100), test(e)]));
    const [finding, ...others] = runFindings(facts(curve));
    assert.deepEqual(others, []);
    assert.equal(
      findingText(finding),
      'The test cost was lowest at epoch 300, 0.4, and has risen since, to 0.8761.',
    );
    assert.deepEqual(finding.remedy?.changes, { 'training.earlyStopping.patience': 20 });
    assert.match(finding.remedy ? remedyCaution(finding.remedy) : '', /no longer a clean one/);
    assert.equal(runFindings(facts(curve, { patience: 50 }))[0].remedy, null, 'it stops by it already');
    // Too soon to say; and a noisy curve that comes back.
    assert.deepEqual(runFindings(facts(curve.slice(0, 32))), []);
    const noisy = curveOf(
      epochs(100).map((e) => [
        e,
        0.7 / (1 + e / 100),
        e === 300 ? 0.35 : e > 300 ? 0.36 + (e % 40) / 100 : 0.5,
      ]),
    );
    assert.deepEqual(runFindings(facts(noisy)), []);
    // The training cost rises with it.
    const both = curveOf(epochs(100).map((e) => [e, 0.95 * test(e), test(e)]));
    assert.ok(!runFindings(facts(both)).some(({ code }) => code === 'test-cost-rising'));
  });

  it('says that the cost has not moved, and offers what may move it', () => {
    const flat = curveOf(epochs(60).map((e) => [e, 0.6931 - e * 1e-8, null]));
    const [finding] = runFindings(facts(flat));
    assert.equal(finding.code, 'cost-stuck');
    assert.equal(
      findingText(finding),
      'The training cost has not moved for 590 epochs: 0.6931, about where it began.',
    );
    assert.deepEqual(finding.remedy?.changes, { 'model.initialization': 'xavier' });
    assert.equal(runFindings(facts(flat, { initialization: 'xavier' }))[0].remedy, null);
    assert.deepEqual(
      runFindings(facts(flat, { initialization: 'xavier', learningRate: 1e-6 }))[0].remedy?.changes,
      { 'training.learningRate': 'auto' },
    );
    const straight = { ...small, sizes: [3, 1] };
    assert.deepEqual(runFindings(facts(flat, { network: straight }))[0].remedy?.changes, {
      'model.hiddenLayers': [4],
    });
    assert.deepEqual(runFindings(facts(flat.slice(0, 20))), [], 'it is early');
    const learnt = curveOf(epochs(200).map((e) => [e, e < 50 ? 0.69 - e / 100 : 0.19, null]));
    assert.deepEqual(runFindings(facts(learnt)), [], 'it stays where it has learnt');
    const thinned: CurvePoint[] = flat.map((point) => ({ ...point, lowestTrainCost: 0.6 }));
    assert.deepEqual(runFindings(facts(thinned)), [], 'it moves between the points of the curve');
  });

  it('has one sentence for a divergence, here and where trainings are told of, and the rate found stable', () => {
    const diverged = { epoch: 12, layer: 2, learningRate: 40, suggestedRate: 1.5 };
    const [finding] = runFindings(facts(curveOf([[0, 0.7, null]]), { diverged }));
    assert.equal(
      findingText(finding),
      sentence(message('diverged', diverged), (key) => key),
    );
    assert.deepEqual(finding.remedy?.changes, { 'training.learningRate': 1.5 });
    const without = { ...diverged, suggestedRate: null };
    assert.equal(runFindings(facts([], { diverged: without }))[0].remedy, null);
  });
});

describe('the verdicts of a rate that is too high', () => {
  const FLOWER_RELU = {
    'training.testFraction': 0,
    'model.hiddenLayers': [8],
    'model.hiddenActivation': 'relu',
  };
  const found = (file: string, raw: Record<string, unknown>) => {
    const { settings } = readValues({ ...course, ...raw });
    const run = runOn(readFileSync(`samples/${file}`, 'utf8'), settings);
    const far = () => run.epochs - run.epoch;
    while (far() > 0 && run.step(untilDone, () => undefined, far()) !== 'diverged');
    return runFindings({
      ...{ curve: run.history.points, diverged: run.diverged, network: run.network, patience: 0 },
      ...{ initialization: settings['model.initialization'], learningRate: run.learningRate },
    });
  };

  it('say that a cost of ReLUs at rate 20 is above where it began, and offer the rate that auto is', () => {
    const [finding] = found('flower.csv', {
      ...{ ...FLOWER_RELU, 'training.learningRate': 20, 'training.epochs': 500 },
    });
    assert.equal(finding.code, 'cost-above-start');
    assert.match(
      findingText(finding),
      /^The training cost is above where it began: 1\.\d+ at first, 1\d+ at its highest, 2\.\d+ now\. The rate is too high\.$/,
    );
    assert.deepEqual(finding.remedy?.changes, { 'training.learningRate': 1.2 });
  });

  it('offer no stop by the test cost for moons at rate 900', () => {
    const findings = found('moons.csv', { 'training.learningRate': 900 });
    assert.equal(findings[0].code, 'cost-above-start');
    assert.ok(!findings.some(({ code }) => code === 'test-cost-rising'));
    assert.deepEqual(findings[0].remedy?.changes, { 'training.learningRate': 1.2 });
  });

  it('say that a cost swings, also where it ends below the first, and offer a tenth', () => {
    const relu = { ...FLOWER_RELU, 'training.learningRate': 2, 'training.epochs': 500 };
    const [finding] = found('flower.csv', relu);
    assert.equal(finding.code, 'cost-swings');
    assert.match(findingText(finding), /rises 1\d times by a quarter or more, between 0\.4\d+ and 0\.6\d+\./);
    assert.deepEqual(finding.remedy?.changes, { 'training.learningRate': 0.2 });
    const circles = { 'training.learningRate': 10, 'training.epochs': 2000 };
    assert.equal(found('circles.csv', circles)[0].code, 'cost-swings');
  });

  it('find swings that were thinned by the extremes alone', () => {
    const curve = curveOf(epochs(200).map((e) => [e, e === 0 ? 0.69 : 0.4, null]));
    assert.deepEqual(runFindings(facts(curve)), []);
    const thinned = curve.map((point) => ({ ...point, lowestTrainCost: 0.3, highestTrainCost: 0.9 }));
    assert.deepEqual(
      runFindings(facts(thinned)).map(({ code }) => code),
      ['cost-swings'],
    );
  });

  it('are quiet on the noise of mini-batches, small bumps of momentum and rates that come down from a peak', () => {
    const quiet: readonly (readonly [string, Record<string, unknown>])[] = [
      ['circles.csv', { 'training.batchSize': 16, 'training.epochs': 1000 }],
      ['circles.csv', { 'training.batchSize': 1, 'training.epochs': 200 }],
      ['spiral.csv', { 'training.batchSize': 1, 'training.epochs': 200 }],
      ['sine.csv', { 'training.optimizer': 'momentum', 'training.epochs': 1000 }],
      ['spiral.csv', { 'training.optimizer': 'nesterov', 'training.epochs': 1000 }],
      ['xor.csv', { 'training.optimizer': 'adam', 'training.learningRate': 0.1, 'training.epochs': 1000 }],
      ['iris.csv', { 'training.learningRate': 10, 'training.epochs': 2000 }],
    ];
    for (const [file, raw] of quiet) {
      const codes = found(file, raw).map(({ code }) => code);
      assert.ok(
        !codes.includes('cost-above-start') && !codes.includes('cost-swings'),
        `${file}: ${codes.join(', ')}`,
      );
    }
    // The first steps lead up before they lead down.
    const peak = curveOf(epochs(40, 1).map((e) => [e, e < 25 ? 0.7 + e / 100 : 0.95 - (e - 25) / 50, null]));
    for (let k = 1; k < peak.length; k++) assert.deepEqual(runFindings(facts(peak.slice(0, k))), []);
  });
});

describe('what the checks offer', () => {
  it('are settings with values that can be used', () => {
    const flat = facts(curveOf(epochs(60).map((e) => [e, 0.6931, null])));
    const rising = { epoch: 624, lowest: 0.4, now: 0.6, wait: 31 };
    const golden = { isRegression: false, column: 'a, b', share: 1, alone: 1, all: 1 };
    const { verdicts } = judged(built('tanh', [healthy(0), healthy(0)]));
    const remedies = [
      runChecks.diverged.remedy?.({ epoch: 1, layer: 1, learningRate: 9, suggestedRate: 0.1 }, flat),
      runChecks['test-cost-rising'].remedy?.(rising, flat),
      runChecks['test-cost-rising'].remedy?.(rising, { ...flat, patienceFound: 20 }),
      runChecks['cost-swings'].remedy?.({ low: 1, high: 2, rises: 9 }, flat),
      ...[small, { ...small, sizes: [3, 1] }].map((network) =>
        runChecks['cost-stuck'].remedy?.({ epochs: 1, cost: 1 }, { ...flat, network }),
      ),
      ...unitCodes.map((code) => unitCheck(code).remedy?.(verdicts[0][0].facts) ?? null),
      runChecks['golden-feature'].remedy?.(golden, flat),
    ].filter((remedy) => !!remedy);
    assert.equal(remedies.length, 9);
    assert.deepEqual(remedies[8].changes, { 'data.ignoredColumns': ['a, b'] });
    assert.equal(remedyLabel(remedies[8]), 'Train without “a, b”');
    // Of a name that was cut on the way nobody knows which column it is.
    const long = { ...golden, column: cut('a'.repeat(5000)) };
    assert.equal(runChecks['golden-feature'].remedy?.(long, flat), null);
    assert.deepEqual(remedies[2].changes, { 'training.earlyStopping.patience': 'auto' });
    assert.equal(remedyCaution(remedies[2]), '', 'no test row is looked at');
    for (const remedy of remedies) {
      const [label, { changes }] = [remedyLabel(remedy), remedy];
      const { settings, problems } = readValues(changes);
      assert.deepEqual(problems, [], label);
      for (const [key, value] of Object.entries(changes))
        assert.deepEqual(settings[key as SettingKey], value, label);
    }
  });
});

describe('the verdicts of the samples, trained with the defaults', () => {
  const expected: Record<string, readonly string[]> = {
    'xor.csv': ['cost-stuck'],
  };
  for (const name of readdirSync('samples').filter((file) => file.endsWith('.csv'))) {
    it(`raise no alarm over a unit of ${name}`, () => {
      const { settings } = readValues({});
      const run = runOn(readFileSync(`samples/${name}`, 'utf8'), settings);
      while (
        run.epoch < run.epochs &&
        run.step(untilDone, () => undefined, run.epochs - run.epoch) === 'epoch'
      );
      const sample = sampleOf(run.dataset, settings['training.seed']);
      const { network } = run;
      const parameters = unflatten(network, run.parameters());
      const { verdicts, texts } = judged(
        { network, parameters },
        matrix(network.sizes[0], sample.count, sample.X),
      );
      const found = runFindings({
        ...{ curve: run.history.points, diverged: run.diverged, network },
        ...{ initialization: settings['model.initialization'], learningRate: run.learningRate, patience: 0 },
      });
      console.log(`      ${[...found.map(findingText), ...texts].join('; ') || 'nothing'}`);
      assert.deepEqual(
        found.map(({ code }) => code),
        expected[name] ?? [],
      );
      const alarms = verdicts.flat().filter(({ code, facts }) => unitCheck(code).weight(facts) === 'warning');
      assert.deepEqual(alarms, []);
    });
  }
});
