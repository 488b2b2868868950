import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readDataset, type Dataset } from '../../src/data/dataset';
import { examples } from '../../src/data/examples';
import type { Settings } from '../../src/settings/settings';
import { saidOf, says } from './sayings';
import { course } from './course';

/** For the reference engine, whose numbers are float64. */
const read = (text: string, changed: Partial<Settings> = {}) =>
  readDataset(text, { ...course, 'training.engine': 'reference', ...changed });
const DROP = { 'data.missingValues': 'dropRows' } as const;
const sample = (name: string) => readFileSync(`samples/${name}.csv`, 'utf8');
const featureNames = ({ features }: Dataset) => features.map(({ name }) => name);
/** Row `name` of X. */
function feature(dataset: Dataset, name: string): number[] {
  const i = featureNames(dataset).indexOf(name);
  assert.ok(i >= 0, `no feature ${name}`);
  return [...dataset.X.data.slice(i * dataset.X.cols, (i + 1) * dataset.X.cols)];
}
const notices = (dataset: Dataset) => saidOf(dataset.notices);
const close = (actual: number, expected: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

describe('missing values', () => {
  it('skip their rows, where the settings say so, which are counted and told with the first line', () => {
    const dataset = read('x,label\n1,a\n,b\n3,a\nNA,b\n5,b\n', DROP);
    assert.deepEqual([dataset.rows, dataset.skippedRows, dataset.X.cols], [5, 2, 3]);
    assert.deepEqual([...dataset.lines], [2, 4, 6]);
    assert.match(notices(dataset), /2 of 5 rows are skipped.*line 3\b/);
  });

  it('in the target skip their rows as well, even when they are the last', () => {
    const dataset = read('x,label\n1,a\n2,b\n3,a\n4,?\n');
    assert.equal(dataset.skippedRows, 1);
    assert.match(notices(dataset), /1 of 4 rows.*line 5\b/);
  });

  it('in an ignored or left-out column skip nothing', () => {
    const text = 'x,note,k,label\n1,,7,a\n2,,7,b\n3,n,,a\n4,n,7,b\n';
    const dataset = read(text, { 'data.ignoredColumns': ['note'] });
    assert.equal(dataset.skippedRows, 0);
    assert.deepEqual(featureNames(dataset), ['x']);
  });

  it('are never read as 0', () => {
    const dataset = read('x,label\n1,a\n,b\n3,a\n5,b\n', { ...DROP, 'data.standardize': false });
    assert.deepEqual(feature(dataset, 'x'), [1, 3, 5]);
  });

  it('that leave fewer than two rows are an error', () => {
    assert.throws(() => read('x,z,label\n1,,a\n2,,b\n3,1,a\n,2,b\n', DROP), says(/Only 1 of 4 rows/));
  });

  it('say nothing when there are none', () => {
    assert.deepEqual(read('x,label\n1,a\n2,b\n').notices, []);
  });
});

describe('missing values that are filled in', () => {
  it('are the mean of the training part, and a feature of their own says where they were', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 7 === 0 ? '' : i},${i % 2 ? 'a' : 'b'}`);
    const dataset = read(`x,label\n${rows.join('\n')}\n`, { 'data.standardize': false });
    assert.deepEqual(featureNames(dataset), ['x', 'x is missing']);
    const known = [...dataset.train].filter((j) => j % 7 !== 0);
    const mean = known.reduce((sum, j) => sum + j, 0) / known.length;
    assert.ok(dataset.test.some((j) => j % 7 === 0) && known.length < dataset.train.length);
    feature(dataset, 'x').forEach((value, j) => close(value, j % 7 === 0 ? mean : j));
    assert.deepEqual(
      feature(dataset, 'x is missing'),
      rows.map((_, i) => Number(i % 7 === 0)),
    );
    assert.equal(dataset.skippedRows, 0);
    assert.match(notices(dataset), /Missing values are filled in.*“x”/);
  });

  it('are the commonest category or truth value', () => {
    const dataset = read('c,ok,x,label\nred,yes,1,a\nblue,no,2,b\n,,3,a\nblue,no,4,b\n');
    assert.deepEqual(feature(dataset, 'c = blue'), [0, 1, 1, 1]);
    assert.deepEqual(feature(dataset, 'c = red'), [1, 0, 0, 0]);
    assert.deepEqual(feature(dataset, 'c is missing'), [0, 0, 1, 0]);
    assert.deepEqual(feature(dataset, 'ok'), [1, 0, 0, 0]);
  });

  it('in the target are not: those rows are skipped', () => {
    const dataset = read('x,label\n1,a\n2,b\n3,a\n4,?\n5,b\n');
    assert.deepEqual([dataset.skippedRows, dataset.X.cols], [1, 4]);
  });

  it('are told apart from rows that are skipped: those miss the target', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i === 3 ? '' : i},${i % 2 ? 'a' : 'b'}`);
    const told = (missing: number) =>
      notices(read(`x,label\n${'1,\n'.repeat(missing)}${rows.join('\n')}\n`)).split('\n');
    const filled = 'Missing values are filled in, by the mean or the commonest value: “x”.';
    const ofMissing = (said: string[]) => said.filter((each) => /missing/i.test(each)).toSorted();
    assert.deepEqual(ofMissing(told(1)), [
      '1 of 61 rows is skipped because the target is missing, the first on line 2.',
      filled,
    ]);
    assert.deepEqual(ofMissing(told(2)), [
      '2 of 62 rows are skipped because the target is missing, the first on line 2.',
      filled,
    ]);
  });

  it('can be refused, with the line of the first', () => {
    const refuse = { 'data.missingValues': 'refuse' } as const;
    assert.throws(
      () => read('x,label\n1,a\n2,b\n,a\n4,b\n', refuse),
      says(/“x” misses a value.*neuronLens\.data\.missingValues/, { line: 4, column: 1, endColumn: 2 }),
    );
    assert.equal(read('x,label\n1,a\n2,b\n4,b\n', refuse).skippedRows, 0);
  });
});

describe('columns that would be left out', () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${100 + 3 * i},word${i % 30},${i % 2 ? 'a' : 'b'}`);
  const text = `user_id,note,label\n${rows.join('\n')}\n`;

  it('can be used all the same: identifiers as they are, of texts the 20 commonest', () => {
    assert.throws(() => read(text), says(/No column is left/));
    const both = read(text, { 'data.includedColumns': ['user_id', 'note'] });
    assert.equal(featureNames(both).length, 21);
    assert.match(notices(both), /“user_id” is used as a feature although it is an identifier/);
  });

  it('are named when the settings use one that is not there', () => {
    const settings = { 'data.includedColumns': ['user_id', 'zz'] };
    assert.match(notices(read(text, settings)), /includedColumns names “zz”/);
  });
});

describe('a split by a column', () => {
  const table = (values: readonly (string | number)[]) =>
    `x,set,label\n${values.map((value, i) => `${i},${value},${i % 2 ? 'a' : 'b'}`).join('\n')}\n`;
  const by = { 'data.splitColumn': 'set', 'data.target': 'label' } as const;

  it('takes words such as train and test as they are, and does not learn from the column', () => {
    const dataset = read(table(['train', 'test', 'Train', 'validation', 'train', 'TEST']), by);
    assert.deepEqual([...dataset.train], [0, 2, 4]);
    assert.deepEqual([...dataset.test], [1, 3, 5]);
    assert.deepEqual(featureNames(dataset), ['x']);
  });

  it('else keeps rows of the same value together, with about the asked share for testing', () => {
    const groups = Array.from({ length: 200 }, (_, i) => i % 23);
    const dataset = read(table(groups), by);
    const trained = new Set([...dataset.train].map((j) => groups[j]));
    assert.ok([...dataset.test].every((j) => !trained.has(groups[j])));
    assert.ok(Math.abs(dataset.test.length - 40) < 10, `${dataset.test.length} rows to test on`);
    assert.deepEqual(read(table(groups), by).test, dataset.test);
    assert.notDeepEqual(read(table(groups), { ...by, 'training.seed': 2 }).test, dataset.test);
  });

  it('is refused where the column is not there, or leaves nothing to train on', () => {
    assert.throws(
      () => read(table(['a', 'b']), { 'data.splitColumn': 'zz' }),
      says(/no column “zz” to split by/),
    );
    assert.throws(() => read(table(['test', 'test', 'test']), by), says(/leaves no row to train on/));
  });
});

describe('X', () => {
  it('is float64 for the reference engine, and that rounded once for the fast one', () => {
    const exact = read(sample('iris'));
    const fast = read(sample('iris'), { 'training.engine': 'simd' });
    assert.ok(exact.X.data instanceof Float64Array && fast.X.data instanceof Float32Array);
    assert.deepEqual(fast.X.data, Float32Array.from(exact.X.data));
    assert.deepEqual(fast.features, exact.features);
  });
});

describe('features', () => {
  it('of categories are one-hot, named column = text, and not standardised', () => {
    const dataset = read('colour,x,label\nred,1,a\nblue,2,b\nred,3,a\ngreen,4,b\n');
    assert.deepEqual(featureNames(dataset), ['colour = blue', 'colour = green', 'colour = red', 'x']);
    assert.deepEqual(feature(dataset, 'colour = red'), [1, 0, 1, 0]);
    assert.deepEqual(feature(dataset, 'colour = blue'), [0, 1, 0, 0]);
    assert.deepEqual(dataset.features[0], { name: 'colour = blue', mean: 0, deviation: 1 });
  });

  it('of booleans are 0 and 1, and not standardised', () => {
    const dataset = read('ok,x,label\nyes,1,a\nno,2,b\nyes,3,a\nno,4,b\n');
    assert.deepEqual(feature(dataset, 'ok'), [1, 0, 1, 0]);
  });

  it('of dates are days, standardised like numbers', () => {
    const text = 'day,label\n1970-01-02,a\n1970-01-04,b\n1970-01-06,a\n';
    assert.deepEqual(feature(read(text, { 'data.standardize': false }), 'day'), [1, 3, 5]);
    assert.equal(read(text).features[0].mean, 3);
  });

  it('leave out free text and constants, and say why', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},name ${i},7,${i % 2 ? 'a' : 'b'}`);
    const dataset = read(`x,name,k,label\n${rows.join('\n')}\n`);
    assert.deepEqual(featureNames(dataset), ['x']);
    assert.match(notices(dataset), /“name” is left out: no two rows have the same text/);
    assert.match(notices(dataset), /“k” is left out: all its values are the same/);
  });

  it('leave out a column without any value, and say why', () => {
    const dataset = read('x,none,label\n1,,a\n2,,b\n3,NA,a\n');
    assert.deepEqual(featureNames(dataset), ['x']);
    assert.equal(dataset.skippedRows, 0);
    assert.match(notices(dataset), /“none” is left out: all its values are missing/);
  });

  it('leave out the columns that the settings ignore, and the target', () => {
    const dataset = read('a,b,c,label\n1,2,3,x\n2,3,5,y\n3,5,7,x\n', { 'data.ignoredColumns': ['b'] });
    assert.deepEqual(featureNames(dataset), ['a', 'c']);
  });

  it('say when the settings ignore a column that is not there', () => {
    assert.match(
      notices(read('x,label\n1,a\n2,b\n', { 'data.ignoredColumns': ['zz'] })),
      /“zz”.*not a column/,
    );
  });

  it('say when a column is read with a decimal comma', () => {
    const dataset = read('x;label\n1,5;a\n2,5;b\n', { 'data.standardize': false });
    assert.deepEqual(feature(dataset, 'x'), [1.5, 2.5]);
    assert.match(notices(dataset), /“x” is read with a decimal comma/);
  });

  it('say when the target is read with a decimal comma', () => {
    const dataset = read('x;y\n1;1,5\n2;2,5\n4;3,5\n');
    assert.equal(dataset.targetScale.mean, 2.5);
    assert.match(notices(dataset), /“y” is read with a decimal comma/);
  });

  it('do not silently make categories of quoted decimal commas between commas', () => {
    const text = 'x,label\n"1,5",a\n"2,5",b\n"3,5",a\n"4,5",b\n';
    let found: string;
    try {
      const dataset = read(text);
      found = [...featureNames(dataset), notices(dataset)].join('\n');
    } catch (error) {
      found = String(error);
    }
    // Read as the number x with a notice, or refused: either says what happened to the comma.
    assert.match(found, /decimal comma/);
  });

  it('can be none: that is an error which says what was left out', () => {
    assert.throws(() => read('k,label\n7,a\n7,b\n'), says(/No column is left.*“k”/));
  });
});

describe('standardising', () => {
  const rows = Array.from({ length: 100 }, (_, i) => ({ x: (i * 37) % 101, label: i % 2 ? 'a' : 'b' }));
  const text = (change: (x: number, i: number) => number = (x) => x) =>
    `x,label\n${rows.map(({ x, label }, i) => `${change(x, i)},${label}`).join('\n')}\n`;

  it('gives the training part mean 0 and deviation 1', () => {
    const { X } = examples(read(text()), read(text()).train);
    const mean = X.data.reduce((sum, value) => sum + value, 0) / X.cols;
    close(mean, 0);
    close(Math.sqrt(X.data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / X.cols), 1);
  });

  it('is fitted on the training part alone, and applied to the test part', () => {
    const dataset = read(text());
    assert.equal(dataset.test.length, 20);
    const train = [...dataset.train].map((j) => rows[j].x);
    const mean = train.reduce((sum, x) => sum + x) / 80;
    const deviation = Math.sqrt(train.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 80);
    close(dataset.features[0].mean, mean);
    close(dataset.features[0].deviation, deviation);
    feature(dataset, 'x').forEach((value, j) => close(value, (rows[j].x - mean) / deviation));
  });

  it('does not notice what the test part holds', () => {
    const before = read(text());
    const isTest = new Set(before.test);
    const after = read(text((x, i) => (isTest.has(i) ? 1e6 * (x + 1) : x)));
    assert.deepEqual(after.test, before.test);
    assert.deepEqual(after.features, before.features);
    assert.deepEqual(examples(after, after.train).X, examples(before, before.train).X);
  });

  it('can be turned off: the numbers are then those of the file', () => {
    const dataset = read(text(), { 'data.standardize': false });
    assert.deepEqual(
      feature(dataset, 'x'),
      rows.map(({ x }) => x),
    );
    assert.deepEqual(dataset.features, [{ name: 'x', mean: 0, deviation: 1 }]);
  });

  it('only centres a feature that does not vary in the rows that are left', () => {
    const dataset = read('x,z,label\n5,1,a\n5,2,b\n5,3,a\n6,,b\n', DROP);
    assert.deepEqual(feature(dataset, 'x'), [0, 0, 0]);
  });

  it('scales a regression target by the training part as well', () => {
    const dataset = read(sample('sine'));
    const raw = sample('sine').trim().split('\n').slice(1).map((row) => Number(row.split(',')[1])); // prettier-ignore
    const train = [...dataset.train].map((j) => raw[j]);
    assert.equal(train.length, 160);
    const mean = train.reduce((sum, y) => sum + y) / train.length;
    close(dataset.targetScale.mean, mean);
    close(
      dataset.targetScale.deviation,
      Math.sqrt(train.reduce((sum, y) => sum + (y - mean) ** 2, 0) / train.length),
    );
  });
});

describe('the parts of a dataset', () => {
  it('are the columns of X and Y with those indices', () => {
    const dataset = read('x,z,label\n1,10,a\n2,20,b\n3,30,a\n4,40,b\n', { 'data.standardize': false });
    const { X, Y } = examples(dataset, Int32Array.of(1, 3));
    assert.deepEqual([...X.data], [2, 4, 20, 40]);
    assert.deepEqual([...Y.data], [1, 1]);
  });

  it('are stratified: each class has its fifth in the test part', () => {
    const { classOf, test, train } = read(sample('iris'));
    assert.deepEqual([train.length, test.length], [120, 30]);
    for (const k of [0, 1, 2]) assert.equal([...test].filter((j) => classOf?.[j] === k).length, 10);
  });

  it('are all the same for the same seed, and others for another', () => {
    assert.deepEqual(read(sample('iris')), read(sample('iris')));
    assert.notDeepEqual(read(sample('iris')).test, read(sample('iris'), { 'training.seed': 2 }).test);
  });

  it('are one when the file has fewer than 50 rows', () => {
    assert.equal(read(sample('xor')).test.length, 0);
    const rows = Array.from({ length: 49 }, (_, i) => `${i},${i % 2 ? 'a' : 'b'}`);
    assert.equal(read(`x,label\n${rows.join('\n')}\n`).test.length, 0);
    assert.equal(read(`x,label\n${[...rows, '49,a'].join('\n')}\n`).test.length, 10);
  });
});

describe('the sample files', () => {
  it('penguins: sex from ten features, 11 of 344 rows skipped', () => {
    const dataset = read(sample('penguins'));
    assert.deepEqual([dataset.rows, dataset.skippedRows, dataset.X.cols], [344, 11, 333]);
    assert.deepEqual([dataset.target, dataset.classes], ['Sex', ['FEMALE', 'MALE']]);
    assert.deepEqual(featureNames(dataset), [
      ...['Species = Adelie', 'Species = Chinstrap', 'Species = Gentoo'],
      ...['Island = Biscoe', 'Island = Dream', 'Island = Torgersen'],
      ...['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'],
    ]);
    assert.match(notices(dataset), /11 of 344 rows.*line 5\b/);
  });

  it('cars: miles per gallon from ten features, the names left out, 8 of 406 rows without a target skipped', () => {
    const dataset = read(sample('cars'), { 'data.target': 'Miles_per_Gallon' });
    assert.deepEqual([dataset.rows, dataset.skippedRows, dataset.task], [406, 8, 'regression']);
    assert.deepEqual(featureNames(dataset), [
      ...[
        'Cylinders',
        'Displacement',
        'Horsepower',
        'Horsepower is missing',
        'Weight_in_lbs',
        'Acceleration',
        'Year',
      ],
      ...['Origin = Europe', 'Origin = Japan', 'Origin = USA'],
    ]);
    assert.match(notices(dataset), /“Name” is left out: .*311 different values/);
  });

  it('are all read with the target a person expects', () => {
    const targets: [name: string, target: string, task: string, output: string, rows: number][] = [
      ['flower', 'petal', 'binary', 'sigmoid', 400],
      ['moons', 'moon', 'binary', 'sigmoid', 300],
      ['circles', 'ring', 'binary', 'sigmoid', 300],
      ['spiral', 'arm', 'multiclass', 'softmax', 300],
      ['iris', 'species', 'multiclass', 'softmax', 150],
      ['sine', 'y', 'regression', 'linear', 200],
      ['xor', 'xor', 'binary', 'sigmoid', 4],
    ];
    for (const [name, ...expected] of targets) {
      const { target, task, output, X } = read(sample(name));
      assert.deepEqual([target, task, output, X.cols], expected, name);
    }
  });
});
