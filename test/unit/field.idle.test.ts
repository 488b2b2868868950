import { noticesOf } from '../../src/session/notice';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { readDataset } from '../../src/data/dataset';
import { idleSettings } from '../../src/data/idleSettings';
import { textOf } from '../../src/host/text';
import { noticeText } from '../../src/host/trainingText';
import { settingKeys, type SettingKey, type Settings } from '../../src/settings/settings';
import { fieldFile } from '../field/reading';
import { FieldResults } from '../field/results';
import { TestWorld } from './sessionWorld';
import { course } from './course';

const results = new FieldResults('idle settings');
const CLI = path.join('out', 'programs', 'cli.js');

/** A table of two features; `label` makes the last column. */
const table = (rows: number, label: (i: number) => string, header = 'a,b,label') =>
  [header, ...Array.from({ length: rows }, (_, i) => `${(i * 37) % 101},${(i * 61) % 97},${label(i)}`)].join(
    '\n',
  );
const classes = (rows: number) => table(rows, (i) => (i % 2 ? 'yes' : 'no'));
const numbers = (rows: number) => table(rows, (i) => String(i / 7), 'a,b,price');

/** What is said of what a person has set, without the name of the setting's group. */
function said(text: string, set: Partial<Settings>, hasOwnParameters = false): string[] {
  const settings = { ...course, ...set };
  const { train, test, task, partsBy } = readDataset(text, settings);
  const facts = {
    ...{ isRegression: task === 'regression', trainRows: train.length, testRows: test.length, partsBy },
    hasOwnParameters,
  };
  return idleSettings(settings, {}, Object.keys(set) as SettingKey[], facts).map(textOf);
}

describe('a setting that was set and cannot act', () => {
  after(() => results.print());

  const cases: [what: string, text: () => string, set: Partial<Settings>, ...expected: string[]][] = [
    [
      'T5-thirty-rows.csv',
      () => fieldFile('T5-thirty-rows.csv'),
      { 'training.earlyStopping.patience': 50 },
      'neuronLens.training.earlyStopping.patience has no effect: there is no test part, and it goes by the test cost.',
    ],
    [
      'T5-thirty-rows.csv, a share to test on',
      () => fieldFile('T5-thirty-rows.csv'),
      { 'training.testFraction': 0.3 },
      'neuronLens.training.testFraction has no effect: below 50 rows all are trained on.',
    ],
    [
      'early stopping where nothing is to be tested on',
      () => classes(100),
      {
        'training.testFraction': 0,
        'training.earlyStopping.patience': 5,
        'training.earlyStopping.minDelta': 0.1,
      },
      'neuronLens.training.earlyStopping.patience has no effect: there is no test part, and it goes by the test cost.',
      'neuronLens.training.earlyStopping.minDelta has no effect: there is no test part, and it goes by the test cost.',
    ],
    [
      'more patience than epochs',
      () => classes(100),
      { 'training.earlyStopping.patience': 500, 'training.epochs': 500 },
      'neuronLens.training.earlyStopping.patience has no effect: there are only 500 epochs.',
    ],
    [
      'a least improvement without patience',
      () => classes(100),
      { 'training.earlyStopping.minDelta': 0.01 },
      'neuronLens.training.earlyStopping.minDelta has no effect: nothing is stopped early, as neuronLens.training.earlyStopping.patience is 0.',
    ],
    [
      'momentum under Adam',
      () => classes(100),
      { 'training.optimizer': 'adam', 'training.momentum': 0.5 },
      'neuronLens.training.momentum has no effect: the optimizer is adam, and it acts under momentum and nesterov only.',
    ],
    [
      'momentum under gradient descent',
      () => classes(100),
      { 'training.momentum': 0.5 },
      'neuronLens.training.momentum has no effect: the optimizer is gradientDescent, and it acts under momentum and nesterov only.',
    ],
    [
      'class weights for a number',
      () => numbers(100),
      { 'training.classWeights': 'balanced' },
      'neuronLens.training.classWeights has no effect: the target is a number, and has no classes.',
    ],
    [
      'decay and step without a schedule',
      () => classes(100),
      { 'training.learningRateDecay': 0.1, 'training.learningRateStep': 10 },
      'neuronLens.training.learningRateDecay has no effect: the learning rate stays constant, as neuronLens.training.learningRateSchedule has it.',
      'neuronLens.training.learningRateStep has no effect: neuronLens.training.learningRateSchedule is constant, and it acts under step only.',
    ],
    [
      'a step under the schedule inverse',
      () => classes(100),
      { 'training.learningRateSchedule': 'inverse', 'training.learningRateStep': 10 },
      'neuronLens.training.learningRateStep has no effect: neuronLens.training.learningRateSchedule is inverse, and it acts under step only.',
    ],
    [
      'a schedule without decay',
      () => classes(100),
      { 'training.learningRateSchedule': 'exponential', 'training.learningRateDecay': 0 },
      'neuronLens.training.learningRateSchedule has no effect: neuronLens.training.learningRateDecay is 0.',
    ],
    [
      'a first step behind the end',
      () => classes(100),
      { 'training.learningRateSchedule': 'step', 'training.learningRateStep': 100, 'training.epochs': 100 },
      'neuronLens.training.learningRateSchedule has no effect: the first step would come after 100 epochs, and there are 100.',
      'neuronLens.training.learningRateStep has no effect: the first step would come after 100 epochs, and there are 100.',
    ],
    [
      'a mini-batch of more than there is to train on',
      () => classes(100),
      { 'training.batchSize': 81 },
      'neuronLens.training.batchSize has no effect: only 80 rows are trained on, and all of them are in one batch.',
    ],
    [
      'a scale of initial weights under he',
      () => classes(100),
      { 'model.initialization': 'he', 'model.initializationScale': 0.5 },
      'neuronLens.model.initializationScale has no effect: the weights start by he, and it acts under smallRandom only.',
    ],
    [
      'a scale of initial weights under auto, with ReLUs',
      () => classes(100),
      { 'model.hiddenActivation': 'relu', 'model.initializationScale': 0.5 },
      'neuronLens.model.initializationScale has no effect: the weights start by he, and it acts under smallRandom only.',
    ],
    [
      'an activation without hidden layers',
      () => classes(100),
      { 'model.hiddenLayers': [], 'model.hiddenActivation': 'relu' },
      'neuronLens.model.hiddenActivation has no effect: there are no hidden layers.',
    ],
    [
      'a way to split without a column',
      () => classes(100),
      { 'data.splitBy': 'order' },
      'neuronLens.data.splitBy has no effect: neuronLens.data.splitColumn names no column.',
    ],
    [
      'a share to test on beside a column that says it',
      () =>
        classes(100)
          .replace('a,b,label', 'a,b,label,set')
          .replaceAll(/(yes|no)$/gm, '$1,train')
          .replace('no,train', 'no,test'),
      { 'data.splitColumn': 'set', 'data.target': 'label', 'training.testFraction': 0.5 },
      'neuronLens.training.testFraction has no effect: the words in “set” say what is tested on.',
    ],
    [
      'a column to split by of one value',
      () => classes(100),
      { 'data.splitColumn': 'label', 'data.target': 'a', 'training.testFraction': 0.2 },
      'neuronLens.training.testFraction has no effect: “label”, the column to split by, gives no test part of about that share.',
    ],
    [
      'threads of the reference engine',
      () => classes(100),
      { 'training.engine': 'reference', 'training.threads': 4 },
      'neuronLens.training.threads has no effect: the reference engine trains on one thread.',
    ],
  ];
  for (const [what, text, set, ...expected] of cases)
    it(`is named: ${what}`, () => {
      const found = said(text(), set);
      results.add(what, `${found.length} named`, `${expected.length} named`);
      assert.deepEqual(found, expected);
    });

  it('is named where the weights are given', () => {
    assert.deepEqual(said(classes(100), { 'model.initialization': 'zeros' }, true), [
      'neuronLens.model.initialization has no effect: the weights start as they were given.',
    ]);
  });

  it('is not named where it acts, or asks for nothing', () => {
    const acting: Partial<Settings>[] = [
      { 'training.earlyStopping.patience': 50, 'training.earlyStopping.minDelta': 0.001 },
      { 'training.earlyStopping.patience': 0, 'training.earlyStopping.minDelta': 0 },
      { 'training.optimizer': 'momentum', 'training.momentum': 0.5 },
      { 'training.optimizer': 'nesterov', 'training.momentum': 0.5 },
      { 'training.classWeights': 'balanced' },
      {
        'training.learningRateSchedule': 'step',
        'training.learningRateStep': 10,
        'training.learningRateDecay': 0.5,
      },
      { 'training.learningRateSchedule': 'inverse', 'training.learningRateDecay': 0.5 },
      { 'training.batchSize': 80 },
      { 'training.batchSize': 0 },
      { 'model.initializationScale': 0.5 },
      { 'model.hiddenActivation': 'relu' },
      { 'training.testFraction': 0 },
      { 'training.testFraction': 0.3 },
      { 'training.threads': 4 },
      { 'data.splitBy': 'groups', 'data.splitColumn': 'a' },
      { 'data.splitBy': 'auto' },
    ];
    for (const set of acting) assert.deepEqual(said(classes(100), set), [], JSON.stringify(set));
    assert.deepEqual(said(numbers(100), { 'training.classWeights': 'none' }), []);
  });

  it('is not named where nobody has set it, and no default is ever idle', () => {
    const settings = { ...course, 'training.optimizer': 'adam' as const, 'training.momentum': 0.5 };
    const facts = { isRegression: true, trainRows: 10, testRows: 0 };
    assert.deepEqual(idleSettings(settings, {}, ['training.optimizer'], facts), []);
    const all = said(classes(100), Object.fromEntries(settingKeys.map((key) => [key, course[key]])));
    // What acts under one choice only is idle under another, also where it is written down as the default.
    assert.deepEqual(
      all.map((each) => each.replace(/ has no effect.*/, '')),
      ['training.learningRateDecay', 'training.learningRateStep', 'training.momentum'].map(
        (key) => `neuronLens.${key}`,
      ),
    );
  });

  it('is told by the Lens', async () => {
    const world = new TestWorld();
    const set: Partial<Settings> = {
      'training.optimizer': 'adam',
      'training.momentum': 0.5,
      'training.epochs': 3,
    };
    const session = await world.finished('file:///w/xor.csv', set);
    const texts = noticesOf(session).map(noticeText);
    assert.deepEqual(
      texts.filter((each) => each.includes('has no effect')),
      [
        'neuronLens.training.momentum has no effect: the optimizer is adam, and it acts under momentum and nesterov only.',
      ],
    );
  });

  it('is told by the command line, in text and in JSON', () => {
    const args = [
      'train',
      'test/field/T5-thirty-rows.csv',
      '--early-stopping-patience',
      '5',
      '--epochs',
      '10',
    ];
    const run = (...more: string[]) =>
      spawnSync(process.execPath, [CLI, ...args, ...more], { encoding: 'utf8' });
    const sentence =
      '--early-stopping-patience has no effect: there is no test part, and it goes by the test cost.';
    assert.ok(run().stdout.split('\n').includes(sentence));
    const [dataset] = run('--json').stdout.split('\n');
    assert.deepEqual((JSON.parse(dataset) as { idleSettings: unknown }).idleSettings, [
      { option: 'early-stopping-patience', message: sentence },
    ]);
  });
});

describe('a column that is listed in vain', () => {
  const text = table(100, (i) => `${i % 2 ? 'yes' : 'no'},1,note ${i % 30}`, 'a,b,label,same,note');
  const found = (set: Partial<Settings>) =>
    readDataset(text, { ...course, 'data.target': 'label', ...set })
      .notices.filter(({ code }) => code === 'listed-in-vain')
      .map(textOf);

  it('is named, with what it is', () => {
    assert.deepEqual(found({ 'data.ignoredColumns': ['label', 'b'] }), [
      'neuronLens.data.ignoredColumns names “label” in vain: it is the target.',
    ]);
    assert.deepEqual(
      found({
        'data.ignoredColumns': ['b'],
        'data.splitColumn': 'note',
        'data.includedColumns': ['a', 'b', 'label', 'same', 'note'],
      }),
      [
        'it is a feature anyway',
        'it is ignored',
        'it is the target',
        'it has no two different values',
        'it is the column to split by',
      ].map(
        (why, k) =>
          `neuronLens.data.includedColumns names “${['a', 'b', 'label', 'same', 'note'][k]}” in vain: ${why}.`,
      ),
    );
  });

  it('is not named where the list decides', () => {
    assert.deepEqual(found({ 'data.ignoredColumns': ['a'], 'data.includedColumns': ['note'] }), []);
  });
});
