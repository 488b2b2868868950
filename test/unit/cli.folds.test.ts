import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const CLI = path.join('out', 'programs', 'cli.js');

function run(...args: string[]) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [CLI, 'train', ...args], {
    encoding: 'utf8',
  });
  if (error) throw error;
  return { code: status, stdout, stderr };
}

type Event = Record<string, unknown> & { event: string };
interface Folds {
  readonly count: number;
  readonly repeats: number;
  readonly by: string;
  readonly metric: string;
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly scores: readonly (number | null)[];
  readonly baselines: { readonly guess: number; readonly line: number };
}

function events(...args: string[]) {
  const { code, stdout, stderr } = run(...args, '--json');
  assert.equal(stderr, '');
  assert.equal(code, 0);
  const all = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  const done = all[all.length - 1];
  return { folds: all.filter(({ event }) => event === 'fold'), done, found: done.folds as Folds | undefined };
}

/** Rows of a number, a group, a day and a class that follows from the number. */
const table = (rows: number) =>
  [
    'x,person,day,label',
    ...Array.from({ length: rows }, (_, row) =>
      [
        ((row * 37) % 101) / 10,
        `p${row % 12}`,
        1000 + ((row * 7) % rows),
        (row * 37) % 101 > 50 ? 'yes' : 'no',
      ].join(),
    ),
  ].join('\n');

describe('folds on the command line', () => {
  let folder = '';
  const write = (name: string, content: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const plain = ['--target', 'label', '--ignored-columns', 'person,day', '--epochs', '30'];

  before(() => {
    assert.ok(existsSync(CLI), `${CLI} is missing: build first`);
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-folds-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are trained on besides, each fold is told, and done has their mean, deviation and scores', () => {
    const { folds, done, found } = events(write('a.csv', table(120)), ...plain, '--folds', '4');
    assert.equal(folds.length, 4);
    assert.deepEqual(Object.keys(folds[0]), [
      ...['event', 'repeat', 'fold', 'trainRows', 'testRows', 'epochs', 'testAccuracy'],
    ]);
    assert.deepEqual(
      folds.map(({ fold, testRows, trainRows }) => [fold, testRows, trainRows]),
      [1, 2, 3, 4].map((fold) => [fold, 30, 90]),
    );
    assert.ok(found);
    const scores = folds.map(({ testAccuracy }) => Number(testAccuracy));
    assert.deepEqual(found.scores, scores);
    const mean = scores.reduce((sum, value) => sum + value, 0) / 4;
    const squares = scores.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    assert.ok(Math.abs((found.mean ?? NaN) - mean) < 1e-12);
    assert.ok(Math.abs((found.deviation ?? NaN) - Math.sqrt(squares / 3)) < 1e-12);
    assert.deepEqual([found.count, found.repeats, found.by, found.metric], [4, 1, 'chance', 'accuracy']);
    assert.ok(found.baselines.line > found.baselines.guess);
    assert.ok(done.testAccuracy !== null && done.interval !== null);
  });

  it('come again with each repetition, cut and begun otherwise; the same seed gives the same', () => {
    const file = write('b.csv', table(120));
    const asked = [...plain, '--folds', '3', '--repeats', '2'];
    const { folds, found } = events(file, ...asked);
    assert.deepEqual(
      folds.map(({ repeat, fold }) => [repeat, fold]),
      [1, 2].flatMap((repeat) => [1, 2, 3].map((fold) => [repeat, fold])),
    );
    assert.equal(found?.repeats, 2);
    assert.notDeepEqual(found?.scores.slice(0, 3), found?.scores.slice(3));
    assert.deepEqual(events(file, ...asked).found, found);
    assert.deepEqual(events(file, ...asked, '--engine', 'simd', '--threads', '2').found, found);
  });

  it('are by group or in order where the table is split so', () => {
    const file = write('c.csv', table(120));
    const by = (...split: string[]) =>
      events(file, '--target', 'label', '--epochs', '5', '--folds', '3', ...split);
    const groups = by('--split-column', 'person', '--split-by', 'groups');
    assert.equal(groups.found?.by, 'groups');
    assert.deepEqual(
      groups.folds.map(({ testRows }) => testRows),
      [40, 40, 40],
    );
    const order = by('--split-column', 'day', '--split-by', 'order');
    assert.equal(order.found?.by, 'order');
    assert.deepEqual(
      order.folds.map(({ trainRows, testRows }) => [trainRows, testRows]),
      [1, 2, 3].map((fold) => [30 * fold, 30]),
    );
  });

  it('leave out the rows that a column says are tested on', () => {
    const lines = table(100).split('\n');
    const parted = lines.map(
      (line, row) => `${row === 0 ? 'part' : row % 4 === 0 ? 'test' : 'train'},${line}`,
    );
    const { folds } = events(
      write('d.csv', parted.join('\n')),
      ...plain,
      '--split-column',
      'part',
      '--folds',
      '5',
    );
    assert.deepEqual(
      folds.map(({ testRows }) => testRows),
      [15, 15, 15, 15, 15],
    );
  });

  it('are of R² for a number, and say so in a sentence', () => {
    const { stdout } = run('samples/sine.csv', '--epochs', '300', '--folds', '3', '--repeats', '2');
    assert.match(
      stdout,
      /^R² 0\.\d+ ± 0\.\d+ in 3-fold cross-validation, 2 times; guessing gives .*, a straight line 0\.\d+$/m,
    );
    assert.match(stdout, /^repetition 2 of 2, fold 3 of 3: R² 0\.\d+$/m);
  });

  it('say that they were watched, where a number of epochs without gain ends them', () => {
    const file = write('e.csv', table(120));
    const { stdout } = run(file, ...plain, '--folds', '3', '--early-stopping-patience', '4');
    assert.match(stdout, /Each fold was watched .* --early-stopping-patience auto/);
    assert.doesNotMatch(run(file, ...plain, '--folds', '3').stdout, /watched/);
  });

  it('are trained on below 50 rows, where there is no test part, and only there', () => {
    const { found, done, folds } = events(write('f.csv', table(49)), ...plain);
    assert.deepEqual([done.testAccuracy, folds.length, found?.count, found?.by], [null, 5, 5, 'chance']);
    assert.match(
      run(write('f.csv', table(49)), ...plain).stdout,
      /^Too few rows for a test part\. Accuracy \S+ ± \S+ in stratified 5-fold cross-validation; guessing gives/m,
    );
    assert.equal(events(write('g.csv', table(50)), ...plain).found, undefined);
    assert.equal(events(write('f.csv', table(49)), ...plain, '--test-fraction', '0').found, undefined);
  });

  const refused: [string[], RegExp][] = [
    [['--folds', '1'], /--folds: 1 is not a whole number from 2 on/],
    [['--folds', 'x'], /--folds: x is not/],
    [['--folds', '3', '--repeats', '0'], /--repeats: 0 is not a whole number from 1 on/],
    [['--folds', '200'], /--folds: 200 are more than this table allows, 120/],
    [['--folds', '3', '--initial-parameters', 'x.json'], /leave --initial-parameters out/],
  ];
  for (const [args, expected] of refused)
    it(`refuse ${args.join(' ')}`, () => {
      const { code, stderr } = run(write('h.csv', table(120)), ...plain, ...args);
      assert.equal(code, 2);
      assert.match(stderr, expected);
    });
});
