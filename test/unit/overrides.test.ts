import assert from 'node:assert/strict';
import { Steps } from '../../src/settings/globs';
import { nearestKey } from '../../src/settings/nearest';
import { overrideProblemText, overridesFor, readOverrides } from '../../src/settings/overrides';
import { datasetKeys } from '../../src/settings/settings';

const of = (raw: unknown, path: string, steps?: Steps) => {
  const { values, problems } = overridesFor(readOverrides(raw), path, steps);
  return { values, problems: problems.map(overrideProblemText) };
};

describe('the map neuronLens.datasets', () => {
  it('says for a file what its globs say; later entries win', () => {
    const map = {
      '*.csv': { 'data.target': 'y', 'training.seed': 2 },
      'data/**': { 'training.seed': 3 },
      'other.csv': { 'training.seed': 4 },
    };
    assert.deepEqual(of(map, 'data/a.csv'), {
      values: { 'data.target': 'y', 'training.seed': 3 },
      problems: [],
    });
    assert.deepEqual(of(map, 'other.csv').values, { 'data.target': 'y', 'training.seed': 4 });
    assert.deepEqual(of(map, 'a.tsv').values, {});
    assert.deepEqual(of(undefined, 'a.csv'), { values: {}, problems: [] });
  });

  it('goes on acting when an entry is typed by half, which is named', () => {
    assert.deepEqual(of({ '': {}, 'a.csv': { 'data.target': 'y' } }, 'a.csv'), {
      values: { 'data.target': 'y' },
      problems: ['neuronLens.datasets: the glob "" is empty; it is ignored'],
    });
    assert.deepEqual(of({ 'b.csv': null, 'c.csv': 5, 'a.csv': { 'data.target': 'y' } }, 'a.csv'), {
      values: { 'data.target': 'y' },
      problems: [
        'neuronLens.datasets: the entry "b.csv" is no map of settings; it is ignored',
        'neuronLens.datasets: the entry "c.csv" is no map of settings; it is ignored',
      ],
    });
    for (const raw of [5, null, 'a', [], true])
      assert.deepEqual(of(raw, 'a.csv').problems, [
        'neuronLens.datasets: expected { "file or glob": { "setting": value } }; it is ignored',
      ]);
  });

  it('names a glob that takes too long to match, and the others act', () => {
    const slow = `${'*a'.repeat(40)}b`;
    const map = { [slow]: { 'training.seed': 9 }, 'aa*.csv': { 'training.seed': 3 } };
    const { values, problems } = of(map, `${'a'.repeat(100)}.csv`, new Steps(1_000_000, 500));
    assert.deepEqual(values, { 'training.seed': 3 });
    assert.equal(problems.length, 1);
    assert.match(
      problems[0],
      /^neuronLens\.datasets: the glob "\*a\*a.* takes too long to match; it is ignored$/,
    );
  });

  it('names a bad glob once and short, and of many the first', () => {
    const { problems } = of(
      Object.fromEntries(Array.from({ length: 100 }, (_, k) => [`${k}`.padEnd(501, 'x'), {}])),
      'a.csv',
    );
    assert.equal(problems.length, 4);
    assert.ok(
      problems.every((problem) => problem.length < 150),
      problems.join('\n'),
    );
    assert.equal(problems[3], 'neuronLens.datasets: and 97 more like these');
  });

  it('names the key that was probably meant, and not all there are', () => {
    const told = (key: string) => of({ 'a.csv': { [key]: 1 } }, 'a.csv').problems;
    const of_ = (key: string) => `neuronLens.datasets: "${key}" for "a.csv"`;
    assert.deepEqual(told('data.traget'), [`${of_('data.traget')} is no setting; did you mean data.target?`]);
    assert.deepEqual(told('learningRate'), [
      `${of_('learningRate')} is no setting; did you mean training.learningRate?`,
    ]);
    assert.deepEqual(told('something else'), [`${of_('something else')} is no setting that a file can have`]);
    assert.deepEqual(told('view.epochsPerSecond'), [
      `${of_('view.epochsPerSecond')} holds for all files and cannot be set for some`,
    ]);
    assert.deepEqual(of({ 'a.csv': { nonsense: 1 } }, 'b.csv').problems, []);
  });

  it('does not take long over 10,000 hostile globs, and says where it ends', () => {
    const hostile = Array.from({ length: 10_000 }, (_, k) => [`${'*a'.repeat(12)}b${k}`, {}] as const);
    const steps = new Steps();
    const overrides = readOverrides(Object.fromEntries([['a*.csv', { 'data.target': 'y' }], ...hostile]));
    const { values, problems } = overridesFor(overrides, `${'a'.repeat(200)}.csv`, steps);
    assert.ok(steps.taken <= steps.most, `${steps.taken} steps`);
    assert.deepEqual(values, { 'data.target': 'y' });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['too-many-globs'],
    );
  });

  it('takes a step for each of 10,000 names of files, and reads all of them', () => {
    const names = Array.from(
      { length: 10_000 },
      (_, k) => [`data/table-${k}.csv`, { 'training.seed': k }] as const,
    );
    const steps = new Steps();
    const { values, problems } = overridesFor(
      readOverrides(Object.fromEntries(names)),
      'data/table-9999.csv',
      steps,
    );
    assert.deepEqual([values, problems], [{ 'training.seed': 9999 }, []]);
    assert.ok(steps.taken < 10_100, `${steps.taken} steps`);
  });

  it('takes settings that are nested 20,000 deep for what they are: no settings', () => {
    let deep: unknown = {};
    for (let level = 0; level < 20_000; level++) deep = level % 2 ? [deep] : { deep };
    for (const raw of [deep, { 'a.csv': deep }, { 'a.csv': { deep } }, { 'a.csv': [deep] }]) {
      const { values, problems } = of(raw, 'a.csv');
      assert.deepEqual(values, {});
      assert.equal(problems.length, 1);
    }
  });

  it('reads no more globs than it can keep', () => {
    const { entries, problems } = readOverrides(
      Object.fromEntries(Array.from({ length: 10_000 }, (_, k) => [`${k}-`.padEnd(400, '*'), {}])),
    );
    assert.ok(entries.length < 1300);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['too-many-globs'],
    );
  });
});

describe('the nearest key', () => {
  it('is found from what is mistyped, or lacks its group', () => {
    const pairs = [
      ['data.ignoredColumn', 'data.ignoredColumns'],
      ['csv.delimeter', 'csv.delimiter'],
      ['neuronLens.data.target', 'data.target'],
      ['Data.Target', 'data.target'],
      ['epoch', 'training.epochs'],
      ['l2', 'training.l2'],
    ];
    for (const [written, key] of pairs) assert.equal(nearestKey(written, datasetKeys), key, written);
  });

  it('is none where nothing is like it, however long', () => {
    for (const written of ['', 'x', 'banana', 'x'.repeat(1e6)])
      assert.equal(nearestKey(written, datasetKeys), undefined);
  });
});
