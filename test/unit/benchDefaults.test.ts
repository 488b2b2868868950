import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface Difference {
  readonly mean: number;
  readonly error: number;
}
interface Run {
  readonly seed: number;
  readonly rows: number;
  readonly features: number;
  readonly classes: number;
  readonly guess: number;
  readonly line: number;
  readonly lineSampled: boolean;
  readonly automatic: number;
  readonly theirLine: number;
  readonly mlp: number;
  readonly hgb: number;
  readonly epochs: number;
  readonly seconds: number;
  readonly diverged: boolean;
  readonly find?: number;
  readonly sizes?: readonly number[];
  readonly findSeconds?: number;
}
interface Runs {
  readonly table: { readonly name: string; readonly half: 'choose' | 'judge' };
  readonly runs: readonly Run[];
}
interface Text {
  difference(these: readonly number[], those: readonly number[]): Difference;
  isAsGood(difference: Difference): boolean;
  isBelow(difference: Difference): boolean;
  digits(value: number): string;
  summary(tables: readonly Runs[]): string[];
  tableLines(half: 'choose' | 'judge', tables: readonly Runs[]): string[];
}

const load = async <T>(name: string) => (await import(pathToFileURL(path.resolve('bench', name)).href)) as T;

describe('what is said of the automatic settings beside others', () => {
  let text: Text;
  before(async () => {
    text = await load<Text>('defaultsText.mjs');
  });

  const run: Run = {
    ...{ seed: 1, rows: 500, features: 4, classes: 2, guess: 0.5, line: 0.8, automatic: 0.8 },
    ...{ theirLine: 0.8, lineSampled: false, mlp: 0.8, hgb: 0.8, epochs: 90, seconds: 0.5, diverged: false },
  };
  const runs = (name: string, half: 'choose' | 'judge', ...changes: Partial<Run>[]): Runs => ({
    table: { name, half },
    runs: changes.map((change, k) => ({ ...run, seed: k + 1, ...change })),
  });

  it('is a mean over seeds, each beside the other of its own seed, and its standard error', () => {
    const { mean, error } = text.difference([0.9, 0.5, 0.7], [0.8, 0.3, 0.4]);
    assert.ok(Math.abs(mean - 0.2) < 1e-12);
    // Differences of .1, .2 and .3: a deviation of .1, by the root of three.
    assert.ok(Math.abs(error - 0.1 / Math.sqrt(3)) < 1e-12);
  });

  it('is as good where it is lower by no more than 0.005 or one standard error', () => {
    const cases: [number, number, boolean][] = [
      [0.1, 0.2, true],
      [-0.005, 0, true],
      [-0.006, 0.001, false],
      [-0.006, 0.006, true],
    ];
    for (const [mean, error, expected] of cases)
      assert.equal(text.isAsGood({ mean, error }), expected, `${mean} ± ${error}`);
  });

  it('is below where it is lower by more than 0.01 and by more than one standard error', () => {
    const cases: [number, number, boolean][] = [
      [-0.02, 0.01, true],
      [-0.02, 0.03, false],
      [-0.009, 0, false],
      [0.02, 0, false],
    ];
    for (const [mean, error, expected] of cases)
      assert.equal(text.isBelow({ mean, error }), expected, `${mean} ± ${error}`);
  });

  it('writes no zero with a sign', () => {
    assert.deepEqual([-0.0004, 0.0004, -0.0126].map(text.digits), ['0.000', '0.000', '−0.013']);
  });

  it('counts each half for itself, and names where it is below the line', () => {
    const tables = [
      runs('good', 'choose', {}, {}),
      runs('bad', 'choose', { automatic: 0.7 }, { automatic: 0.71 }),
      runs('fair', 'judge', { mlp: 0.9 }, { mlp: 0.9 }),
    ];
    const lines = text.summary(tables).filter((line) => line.startsWith('- '));
    assert.deepEqual(lines, [
      '- as good as the straight line in 1 of 2, as the MLP in 1 of 2, as the boosted trees in 1 of 2',
      '- below the line in 1: bad (−0.095 ± 0.005)',
      '- as good as the straight line in 1 of 1, as the MLP in 0 of 1, as the boosted trees in 1 of 1',
      '- below the line in 0',
    ]);
  });

  it('says how far our line is from theirs, apart where it knew a sample alone, and of trainings that diverged', () => {
    const said = text
      .summary([
        runs('one', 'choose', {}, { theirLine: 0.81, diverged: true }),
        runs('many rows', 'judge', { theirLine: 0.825, lineSampled: true }),
      ])
      .join('\n');
    assert.match(said, /in 2 trainings the scores differ by at most 0\.010 \(choose, one, seed 2\)/);
    assert.match(said, /In 1 more .* a sample .* differ by at most 0\.025 \(judge, many rows, seed 1\)/);
    assert.match(said, /\*\*Trainings that diverged: 1\.\*\*/);
  });

  it('marks in the table of a half where the network is worse', () => {
    const tables = [
      runs('good', 'choose', {}, {}),
      runs('bad', 'choose', { automatic: 0.7, mlp: 0.7 }, { automatic: 0.7, mlp: 0.7 }),
      runs('behind', 'choose', { mlp: 0.9 }, { mlp: 0.9 }),
      runs('other', 'judge', {}, {}),
    ];
    const rows = text.tableLines('choose', tables).filter((line) => /^\| \w+ \| 500/.test(line));
    assert.deepEqual(
      rows.map((row) => row.split('|').map((cell) => cell.trim())).map((cells) => [cells[1], cells.at(-2)]),
      [
        ['good', ''],
        ['bad', '**below the line**'],
        ['behind', 'not as good as the MLP'],
      ],
    );
  });

  it('puts what the search finds beside the line and the best of the others, on its own seeds', async () => {
    const { findLines } = await load<{ findLines(tables: readonly Runs[], candidates: number): string[] }>(
      'defaultsFind.mjs',
    );
    const found = { find: 0.9, sizes: [4, 32, 1], findSeconds: 2 };
    const poor = { find: 0.7, sizes: [4, 1], findSeconds: 1 };
    const lines = findLines(
      [
        runs('good', 'choose', { ...found, hgb: 0.85 }, { ...found, hgb: 0.95 }, { hgb: 0.1 }),
        runs('poor', 'choose', poor, poor),
        runs('other', 'judge', found),
      ],
      20,
    );
    const text = lines.join('\n');
    assert.match(text, /`find --candidates 20`/);
    assert.match(text, /\| good +\| 0\.900 \| 0\.800 \| \+0\.100 ± 0\.000 \| HGB 0\.900 \| 0\.000 ± 0\.050 /);
    assert.match(
      text,
      /as good as the best of the three in 1 of 2\n- below the line in 1: poor \(−0\.100 ± 0\.000\)/,
    );
    assert.match(text, /\| poor .* \| line \| 1\.0 \|/);
  });
});

describe('bench/DEFAULTS.md', () => {
  it('has a row for each of the made tables, in their order, and one for what the search finds', async () => {
    const { TABLES } = await load<{ TABLES: readonly { readonly name: string }[] }>('tables.mjs');
    const [automatic, find = ''] = readFileSync('bench/DEFAULTS.md', 'utf8').split('## Find a Good Network');
    for (const part of [automatic, find]) {
      assert.deepEqual(
        [...part.matchAll(/^\| ((?:classes|number): .*?) +\|/gm)].map(([, name]) => name),
        TABLES.map(({ name }) => name),
      );
    }
  });

  it('has what is promised of both halves: as good as the line everywhere, as the MLP on three quarters', () => {
    const [automatic, find = ''] = readFileSync('bench/DEFAULTS.md', 'utf8').split('## Find a Good Network');
    const asGood = [...automatic.matchAll(/straight line in (\d+) of 36, as the MLP in (\d+) of 36/g)];
    assert.equal(asGood.length, 2);
    for (const [, line, mlp] of asGood)
      assert.ok(Number(line) === 36 && Number(mlp) >= 27, `${line}, ${mlp}`);
    assert.equal([...automatic.matchAll(/^- below the line in 0$/gm)].length, 2);
    const best = [...find.matchAll(/as good as the best of the three in (\d+) of 36/g)];
    assert.equal(best.length, 2);
    for (const [, count] of best) assert.ok(Number(count) >= 18, count);
    const wall = [...find.matchAll(/^\| ([\d,]+) × 20 .*?\| +([\d.]+) \| +0\.\d+ \| +0\.\d+ \|$/gm)];
    assert.deepEqual(
      wall.map(([, rows, seconds]) => [rows, Number(seconds) <= (rows === '100,000' ? 10 : 60)]),
      [
        ['100,000', true],
        ['1,000,000', true],
      ],
    );
  });
});
