import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  clamp,
  clampAll,
  datasetKeys,
  defaults,
  settingKeys,
  type SettingKey,
} from '../../src/settings/settings';

const ok = (key: SettingKey, raw: unknown) => {
  const { value, problem } = clamp(key, raw);
  assert.equal(problem, undefined, `${key} ${JSON.stringify(raw)}: ${problem}`);
  assert.deepEqual(value, raw);
};
const mended = (key: SettingKey, raw: unknown, expected: unknown) => {
  const { value, problem } = clamp(key, raw);
  assert.deepEqual(value, expected, `${key} ${String(raw)}`);
  assert.ok(problem !== undefined, `${key} ${String(raw)} is not told`);
  assert.ok(problem.includes(`neuronLens.${key}`), problem);
  assert.ok(problem.includes(JSON.stringify(expected)), `the value used is not told: ${problem}`);
};

/** The bounds as promised to users. */
const bounds: [key: SettingKey, minimum: number, maximum: number, whole: boolean][] = [
  ['model.initializationScale', 0, 10, false],
  ['training.learningRate', 1e-8, 1000, false],
  ['training.epochs', 1, 10_000_000, true],
  ['training.seed', 0, 2_147_483_647, true],
  ['training.testFraction', 0, 0.9, false],
  ['view.epochsPerSecond', 0, 1_000_000, false],
  ['view.maxFramesPerSecond', 1, 60, false],
];
const choices: [key: SettingKey, values: string[]][] = [
  ['model.hiddenActivation', ['tanh', 'sigmoid', 'relu', 'leakyRelu', 'linear']],
  ['model.output', ['auto', 'sigmoid', 'softmax', 'linear']],
  ['model.initialization', ['auto', 'smallRandom', 'xavier', 'he', 'zeros']],
];

describe('the settings', () => {
  it('have these defaults', () => {
    assert.deepEqual(defaults, {
      'model.hiddenLayers': [4],
      'model.hiddenActivation': 'tanh',
      'model.output': 'auto',
      'model.initialization': 'auto',
      'model.initializationScale': 0.01,
      'training.learningRate': 'auto',
      'training.epochs': 10_000,
      'training.learningRateSchedule': 'constant',
      'training.learningRateDecay': 0.01,
      'training.learningRateStep': 100,
      'training.batchSize': 0,
      'training.optimizer': 'gradientDescent',
      'training.momentum': 0.9,
      'training.l2': 0,
      'training.l1': 0,
      'training.classWeights': 'none',
      'training.earlyStopping.patience': 0,
      'training.earlyStopping.minDelta': 0,
      'training.engine': 'simd',
      'training.threads': 0,
      'training.memoryBudget': 2000,
      'training.seed': 1,
      'training.testFraction': 0.2,
      'data.target': '',
      'data.ignoredColumns': [],
      'data.standardize': true,
      'data.includedColumns': [],
      'data.missingValues': 'impute',
      'data.splitColumn': '',
      'csv.delimiter': 'auto',
      'csv.header': 'auto',
      'csv.decimalSeparator': 'auto',
      'csv.quote': 'auto',
      'csv.commentPrefixes': ['#', '//', '%'],
      'csv.skipLines': 0,
      'csv.missingTokens': [
        ...['NA', 'N/A', 'NaN', 'null', '?', '-', '.'],
        ...['na', 'n/a', 'nan', 'NAN', 'Null', 'NULL', '#N/A', 'None', 'none'],
        ...['<NA>', 'NaT', '[NULL]', '\\N'],
      ],
      'csv.encoding': 'auto',
      'csv.maxRows': 0,
      'codeLens.enabled': true,
      'view.epochsPerSecond': 1000,
      'view.maxFramesPerSecond': 20,
    });
  });

  it('have defaults that are valid', () => {
    for (const key of settingKeys) ok(key, defaults[key]);
    assert.deepEqual(clampAll(defaults), { settings: defaults, problems: [] });
    assert.deepEqual(clampAll({}), { settings: defaults, problems: [] });
  });

  it('can differ from file to file where they are about model, training or data', () => {
    assert.deepEqual(
      datasetKeys,
      settingKeys.filter((key) => !/^(codeLens|view)\./.test(key)),
    );
    assert.equal(datasetKeys.length, 38);
  });
});

describe('a number out of its bounds', () => {
  for (const [key, minimum, maximum, whole] of bounds) {
    it(`becomes the nearest that is allowed, and says so: ${key}`, () => {
      ok(key, minimum);
      ok(key, maximum);
      mended(key, minimum - 1, minimum);
      mended(key, minimum - 1e-9, minimum);
      mended(key, maximum + 1, maximum);
      mended(key, Infinity, maximum);
      mended(key, -Infinity, minimum);
      if (whole) {
        mended(key, 7.4, 7);
        mended(key, 7.6, 8);
      } else {
        const between = minimum + (maximum - minimum) * 0.123;
        ok(key, between);
      }
    });

    it(`that is no number becomes the default, and says so: ${key}`, () => {
      for (const raw of ['12', '', true, null, [], {}, NaN]) mended(key, raw, defaults[key]);
    });
  }

  it('is told with what was given', () => {
    assert.match(clamp('training.epochs', -5).problem ?? '', /-5 is below 1/);
    assert.match(clamp('training.testFraction', 0.95).problem ?? '', /0\.95 is above 0\.9/);
    assert.match(clamp('training.seed', 1.5).problem ?? '', /1\.5 is not a whole number/);
  });
});

describe('the other settings', () => {
  it('take auto as a learning rate, and no other text', () => {
    ok('training.learningRate', 'auto');
    mended('training.learningRate', 'fast', 'auto');
  });

  it('take up to six hidden layers of 1 to 1024 units', () => {
    ok('model.hiddenLayers', []);
    ok('model.hiddenLayers', [1]);
    ok('model.hiddenLayers', [1024, 8, 8, 8, 8, 1]);
    mended('model.hiddenLayers', [0], [1]);
    mended('model.hiddenLayers', [4, -3, 2000], [4, 1, 1024]);
    mended('model.hiddenLayers', [2.6], [3]);
    mended('model.hiddenLayers', [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6]);
    mended('model.hiddenLayers', [4, 'x', 5], [4, 5]);
  });

  it('take nothing but a list for the hidden layers', () => {
    for (const raw of ['4', 4, null, {}, true]) mended('model.hiddenLayers', raw, [4]);
  });

  for (const [key, values] of choices) {
    it(`take one of the choices and nothing else: ${key}`, () => {
      values.forEach((value) => ok(key, value));
      for (const raw of ['', 'TANH', 'none', 1, null, true, [], {}]) mended(key, raw, defaults[key]);
      const { problem } = clamp(key, 'nonsense');
      values.forEach((value) => assert.ok(problem?.includes(value), `${value} is not offered`));
    });

    it(`do not take the name of a built-in property for a choice: ${key}`, () => {
      for (const raw of ['toString', 'constructor', '__proto__', 'hasOwnProperty'])
        mended(key, raw, defaults[key]);
    });
  }

  it('take any text as the target', () => {
    for (const raw of ['', 'label', 'Größe (cm)', '  ']) ok('data.target', raw);
    for (const raw of [5, null, true, ['label']]) mended('data.target', raw, '');
  });

  it('take a list of texts as the ignored columns', () => {
    ok('data.ignoredColumns', []);
    ok('data.ignoredColumns', ['id', 'name']);
    mended('data.ignoredColumns', ['id', 5, null, 'name'], ['id', 'name']);
    for (const raw of ['id', 5, null, {}]) mended('data.ignoredColumns', raw, []);
  });

  it('take true and false, and nothing like them', () => {
    for (const key of ['data.standardize', 'codeLens.enabled'] as const) {
      ok(key, true);
      ok(key, false);
      for (const raw of ['true', 0, 1, null, []]) mended(key, raw, true);
    }
  });
});

describe('clamping', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.double(),
    fc.array(fc.double(), { maxLength: 10 }),
    fc.constantFrom(...choices.flatMap(([, values]) => values), 'toString', '__proto__', ''),
  );

  for (const key of settingKeys) {
    it(`gives a value that is valid, whatever was given: ${key}`, () => {
      fc.assert(
        fc.property(anything, (raw) => {
          const { value, problem } = clamp(key, raw);
          assert.deepEqual(clamp(key, value), { value });
          if (problem === undefined) assert.deepEqual(value, raw);
          const numbers = bounds.find(([each]) => each === key);
          if (numbers && value !== 'auto') {
            assert.ok(typeof value === 'number' && value >= numbers[1] && value <= numbers[2]);
            assert.ok(!numbers[3] || Number.isInteger(value));
          }
          const allowed = choices.find(([each]) => each === key)?.[1];
          if (allowed) assert.ok(allowed.includes(value as string), `${JSON.stringify(value)}`);
        }),
      );
    });
  }

  it('of all settings mends each on its own and tells one problem for each', () => {
    const { settings, problems } = clampAll({
      'training.epochs': 0,
      'model.output': 'nonsense',
      'training.seed': 5,
      'view.maxFramesPerSecond': 200,
    });
    assert.deepEqual(settings, {
      ...defaults,
      'training.epochs': 1,
      'training.seed': 5,
      'view.maxFramesPerSecond': 60,
    });
    assert.equal(problems.length, 3);
    ['training.epochs', 'model.output', 'view.maxFramesPerSecond'].forEach((key) =>
      assert.ok(problems.some((problem) => problem.includes(`neuronLens.${key}:`))),
    );
  });

  it('passes over keys that are no settings', () => {
    assert.deepEqual(clampAll({ 'no.such': 1 } as Record<string, unknown>), {
      settings: defaults,
      problems: [],
    });
  });
});
