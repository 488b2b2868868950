import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  datasetKeys,
  defaults,
  settingKeys,
  type SettingKey,
  type Settings,
} from '../../src/settings/settings';
import { problemText, readValues, recordedSettings, shownValue } from '../../src/settings/values';

const read = (key: SettingKey, raw: unknown, lastValid?: Settings) => {
  const { settings, problems } = readValues({ [key]: raw }, lastValid);
  return { value: settings[key], problem: problems.map(problemText).at(0) };
};
const ok = (key: SettingKey, raw: unknown) => {
  const { value, problem } = read(key, raw);
  assert.equal(problem, undefined, `${key} ${JSON.stringify(raw)}: ${problem}`);
  assert.deepEqual(value, raw);
};
/** What holds in the stead of a value that cannot be used is the default, and the problem says so. */
const refused = (key: SettingKey, raw: unknown) => {
  const { value, problem } = read(key, raw);
  assert.deepEqual(value, defaults[key], `${key} ${String(raw)}`);
  assert.ok(problem !== undefined, `${key} ${String(raw)} is not told`);
  assert.ok(problem.startsWith(`neuronLens.${key}: `), problem);
  assert.ok(problem.endsWith(`; the default ${shownValue(value)} is used`), problem);
};

/** The bounds as promised to users. */
const bounds: [key: SettingKey, minimum: number, maximum: number, whole: boolean][] = [
  ['model.initializationScale', 0, 100, false],
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
      'model.hiddenLayers': 'auto',
      'model.hiddenActivation': 'tanh',
      'model.output': 'auto',
      'model.initialization': 'auto',
      'model.initializationScale': 0.01,
      'training.learningRate': 'auto',
      'training.epochs': 'auto',
      'training.learningRateSchedule': 'constant',
      'training.learningRateDecay': 0.01,
      'training.learningRateStep': 100,
      'training.batchSize': 'auto',
      'training.optimizer': 'auto',
      'training.momentum': 0.9,
      'training.l2': 'auto',
      'training.l1': 0,
      'training.classWeights': 'none',
      'training.earlyStopping.patience': 'auto',
      'training.earlyStopping.minDelta': 0,
      'training.engine': 'simd',
      'training.threads': 0,
      'training.memoryBudget': 2000,
      'training.seed': 1,
      'training.testFraction': 0.2,
      'data.target': '',
      'data.columnTypes': {},
      'data.mergeSpellings': false,
      'data.mutedChecks': [],
      'data.placeholders': {},
      'data.splitBy': 'auto',
      'data.transform': 'auto',
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
      'csv.leaveOutLines': [],
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
      'runs.location': '',
    });
  });

  it('have defaults that are valid', () => {
    for (const key of settingKeys) ok(key, defaults[key]);
    assert.deepEqual(readValues(defaults), { settings: defaults, problems: [] });
    assert.deepEqual(readValues({}), { settings: defaults, problems: [] });
  });

  it('can differ from file to file where they are about model, training or data', () => {
    assert.deepEqual(
      datasetKeys,
      settingKeys.filter((key) => !/^(codeLens|view|runs)\./.test(key)),
    );
    assert.equal(datasetKeys.length, 45);
  });
});

describe('a number out of its bounds', () => {
  for (const [key, minimum, maximum, whole] of bounds) {
    it(`does not act, least of all as an extreme, and is told: ${key}`, () => {
      ok(key, minimum);
      ok(key, maximum);
      for (const raw of [minimum - 1, minimum - 1e-9, maximum + 1, Infinity, -Infinity]) refused(key, raw);
      if (whole) for (const raw of [7.4, 7.6]) refused(key, raw);
      else ok(key, minimum + (maximum - minimum) * 0.123);
    });

    it(`that is no number becomes the default, and says so: ${key}`, () => {
      for (const raw of ['12', '', true, null, [], {}, NaN]) refused(key, raw);
    });
  }

  it('is told with what was given', () => {
    assert.match(read('training.epochs', -5).problem ?? '', /-5 is below 1/);
    assert.match(read('training.testFraction', 0.95).problem ?? '', /0\.95 is above 0\.9/);
    assert.match(read('training.seed', 1.5).problem ?? '', /1\.5 is not a whole number/);
  });
});

describe('the other settings', () => {
  it('take auto as a learning rate, and no other text', () => {
    ok('training.learningRate', 'auto');
    refused('training.learningRate', 'fast');
  });

  it('take up to six hidden layers of 1 to 1024 units', () => {
    ok('model.hiddenLayers', []);
    ok('model.hiddenLayers', [1]);
    ok('model.hiddenLayers', [1024, 8, 8, 8, 8, 1]);
    refused('model.hiddenLayers', [0]);
    refused('model.hiddenLayers', [4, -3, 2000]);
    refused('model.hiddenLayers', [2.6]);
    refused('model.hiddenLayers', [1e9]);
    refused('model.hiddenLayers', [1, 2, 3, 4, 5, 6, 7]);
    refused('model.hiddenLayers', [4, 'x', 5]);
  });

  it('take nothing but a list for the hidden layers', () => {
    for (const raw of ['4', 4, null, {}, true]) refused('model.hiddenLayers', raw);
  });

  for (const [key, values] of choices) {
    it(`take one of the choices and nothing else: ${key}`, () => {
      values.forEach((value) => ok(key, value));
      for (const raw of ['', 'TANH', 'none', 1, null, true, [], {}]) refused(key, raw);
      const { problem } = read(key, 'nonsense');
      values.forEach((value) => assert.ok(problem?.includes(value), `${value} is not offered`));
    });

    it(`do not take the name of a built-in property for a choice: ${key}`, () => {
      for (const raw of ['toString', 'constructor', '__proto__', 'hasOwnProperty']) refused(key, raw);
    });
  }

  it('take any text as the target', () => {
    for (const raw of ['', 'label', 'Größe (cm)', '  ']) ok('data.target', raw);
    for (const raw of [5, null, true, ['label']]) refused('data.target', raw);
  });

  it('take a list of texts as the ignored columns', () => {
    ok('data.ignoredColumns', []);
    ok('data.ignoredColumns', ['id', 'name']);
    refused('data.ignoredColumns', ['id', 5, null, 'name']);
    for (const raw of ['id', 5, null, {}]) refused('data.ignoredColumns', raw);
  });

  it('take true and false, and nothing like them', () => {
    for (const key of ['data.standardize', 'codeLens.enabled'] as const) {
      ok(key, true);
      ok(key, false);
      for (const raw of ['true', 0, 1, null, []]) refused(key, raw);
    }
  });
});

describe('what is used in the stead of a value that cannot be', () => {
  const before: Settings = { ...defaults, 'training.epochs': 500, 'model.hiddenLayers': [8, 8] };

  it('is the one that was valid last, and the problem says that it stays', () => {
    assert.deepEqual(read('training.epochs', 0, before), {
      value: 500,
      problem: 'neuronLens.training.epochs: 0 is below 1; it stays 500',
    });
    assert.deepEqual(read('model.hiddenLayers', [1e9], before), {
      value: [8, 8],
      problem: 'neuronLens.model.hiddenLayers: 1000000000 is above 1024; it stays [8, 8]',
    });
  });

  it('is the default where nothing was valid before', () => {
    assert.deepEqual(read('training.learningRate', -1), {
      value: 'auto',
      problem: 'neuronLens.training.learningRate: -1 is below 1e-8; the default "auto" is used',
    });
  });

  it('is neither where the key is not given: then the default holds again', () => {
    assert.deepEqual(readValues({}, before), { settings: defaults, problems: [] });
  });

  const anything = fc.oneof(
    fc.jsonValue(),
    fc.double(),
    fc.array(fc.double(), { maxLength: 10 }),
    fc.constantFrom(...choices.flatMap(([, values]) => values), 'toString', '__proto__', ''),
  );

  for (const key of settingKeys) {
    it(`is never anything else, whatever was given: ${key}`, () => {
      fc.assert(
        fc.property(anything, fc.boolean(), (raw, again) => {
          const { value, problem } = read(key, raw, again ? before : undefined);
          if (problem === undefined) assert.deepEqual(value, raw);
          else assert.deepEqual(value, (again ? before : defaults)[key]);
          ok(key, value);
          assert.ok((problem ?? '').length < 400, problem);
        }),
      );
    });
  }

  it('is found for each key on its own, with one problem each', () => {
    const { settings, problems } = readValues({
      'training.epochs': 0,
      'model.output': 'nonsense',
      'training.seed': 5,
      'view.maxFramesPerSecond': 200,
    });
    assert.deepEqual(settings, { ...defaults, 'training.seed': 5 });
    assert.deepEqual(problems.map(problemText), [
      'neuronLens.model.output: "nonsense" is none of auto, sigmoid, softmax, linear; the default "auto" is used',
      'neuronLens.training.epochs: 0 is below 1; the default "auto" is used',
      'neuronLens.view.maxFramesPerSecond: 200 is above 60; the default 20 is used',
    ]);
  });

  it('is data before it is a sentence', () => {
    assert.deepEqual(readValues({ 'training.seed': 1.5 }).problems, [
      {
        key: 'training.seed',
        fault: { code: 'not-whole', number: '1.5' },
        shown: '1.5',
        used: { from: 'default', shown: '1' },
      },
    ]);
  });

  it('passes over keys that are no settings', () => {
    assert.deepEqual(readValues({ 'no.such': 1 } as Record<string, unknown>), {
      settings: defaults,
      problems: [],
    });
  });
});

describe('a value that is shown', () => {
  it('is cut short, however long, nested or many', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 20_000; level++) deep = level % 2 ? [deep] : { deep };
    const values = [
      deep,
      { deep },
      'x'.repeat(1e6),
      Array<string>(1e5).fill('y'),
      [[['z']]],
      null,
      true,
      1e9,
    ];
    for (const value of values) assert.ok(shownValue(value).length <= 60, shownValue(value));
    for (const key of settingKeys) assert.ok(read(key, deep).problem);
  });
});

describe('the settings in a record of ours', () => {
  it('come back as they were', () => {
    const settings: Settings = { ...defaults, 'training.seed': 3, 'data.target': 'y' };
    assert.deepEqual(recordedSettings(JSON.parse(JSON.stringify(settings)) as Settings), settings);
  });

  it('take the default where the record knows no such key', () => {
    assert.deepEqual(recordedSettings({}), defaults);
  });

  it('are refused with a sentence where one of them is no longer valid', () => {
    assert.throws(
      () => recordedSettings({ 'training.epochs': -1 }),
      new RangeError('neuronLens.training.epochs: -1 is below 1.'),
    );
  });
});
