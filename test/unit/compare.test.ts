import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseModel } from '../../src/runs/modelFile';

const CLI = path.join('out', 'programs', 'cli.js');
const FLOWER = 'samples/flower.csv';
const SHORT = ['--epochs', '60'];

type Event = Record<string, unknown> & { event: string };
interface Row {
  readonly settings: object;
  readonly score: number;
  readonly deviationOverSeeds: number | null;
  readonly deviationOverFolds: number;
  readonly toBest: { readonly mean: number } | null;
}

const events = (text: string): Event[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event);

function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

function compare(...args: string[]) {
  const { code, stdout, stderr } = cli('compare', ...args, '--json');
  assert.equal(stderr, '');
  assert.equal(code, 0);
  const all = events(stdout);
  const [plan] = all;
  const candidates = all.filter(({ event }) => event === 'candidate');
  const compared = all.find(({ event }) => event === 'compared');
  assert.ok(plan.event === 'plan' && compared);
  const checks = all.filter(({ event }) => event === 'check');
  return { plan, candidates, checks, compared, rows: compared.compared as Row[] };
}

const withoutSeconds = ({ seconds: _, ...rest }: Event) => rest;

describe('settings that are compared on the command line', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'compare-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('are all combinations of a grid and each list, said with their count before', () => {
    const { plan, candidates, rows } = compare(
      ...[FLOWER, ...SHORT, '--grid', 'hidden-layers=2;4,4', '--grid', 'learning-rate=0.3,1.2'],
      ...['--try', 'hidden-layers=none training.l2=0.1', '--seeds', '2'],
    );
    assert.deepEqual(
      rows.map(({ settings }) => settings),
      [
        { 'model.hiddenLayers': [2], 'training.learningRate': 0.3 },
        { 'model.hiddenLayers': [2], 'training.learningRate': 1.2 },
        { 'model.hiddenLayers': [4, 4], 'training.learningRate': 0.3 },
        { 'model.hiddenLayers': [4, 4], 'training.learningRate': 1.2 },
        { 'model.hiddenLayers': [], 'training.l2': 0.1 },
      ],
    );
    assert.deepEqual([plan.settings, plan.seeds, plan.folds, plan.trainings], [5, 2, 5, 50]);
    assert.ok(Number(plan.seconds) > 0);
    for (const { scores } of candidates)
      assert.deepEqual(
        (scores as number[][]).map(({ length }) => length),
        [5, 5],
        'a score for each seed and fold',
      );
    assert.equal(rows.filter(({ toBest }) => toBest === null).length, 1);
  });

  it('come out the same on one thread and on three', () => {
    const of = (threads: string) => {
      const { candidates, compared } = compare(
        ...[FLOWER, ...SHORT, '--grid', 'hidden-layers=2,4', '--seeds', '2', '--threads', threads],
      );
      return [candidates, withoutSeconds(compared)];
    };
    assert.deepEqual(of('1'), of('3'));
  });

  it('share their folds: a seed changes the first weights and the batches, and nothing else', () => {
    const fixed = ['--initialization', 'zeros', '--hidden-layers', 'none', '--batch-size', '0'];
    const { rows } = compare(FLOWER, ...SHORT, ...fixed, '--grid', 'l2=0,0.1', '--seeds', '3');
    assert.deepEqual(
      rows.map(({ deviationOverSeeds }) => deviationOverSeeds),
      [0, 0],
    );
    assert.ok(rows[0].deviationOverFolds > 0);
    const { rows: ofChance } = compare(FLOWER, ...SHORT, '--grid', 'hidden-layers=4', '--seeds', '3');
    assert.ok(Number(ofChance[0].deviationOverSeeds) > 0, 'where there is chance it acts');
    const { rows: ofOne } = compare(FLOWER, ...SHORT, '--grid', 'hidden-layers=4');
    assert.equal(ofOne[0].deviationOverSeeds, null);
  });

  it('are adopted as a training with them has it, to the bit, and can be saved', () => {
    const file = path.join(folder, 'adopted.neuron.json');
    const { compared, checks } = compare(
      ...[FLOWER, '--epochs', '300', '--grid', 'learning-rate=0.3,1.2', '--save', file],
    );
    assert.deepEqual(compared.adopted, { 'training.learningRate': 1.2 });
    assert.deepEqual(compared.atTheEdge, [{ key: 'training.learningRate', edge: 'highest' }]);
    assert.match(String(checks[0]?.message), /: --learning-rate 1\.2 is the highest, /);
    const done = events(
      cli('train', FLOWER, '--epochs', '300', '--learning-rate', '1.2', '--json').stdout,
    ).find(({ event }) => event === 'done');
    assert.equal(compared.weightsHash, done?.weightsHash);
    assert.equal(compared.testAccuracy, done?.testAccuracy);
    assert.equal(parseModel(readFileSync(file)).settings['training.learningRate'], 1.2);
  });

  it('never look at the test part before one is adopted', () => {
    const table = (turned: boolean) =>
      `x,y,part,label\n${Array.from({ length: 200 }, (_, j) => {
        const [x, y] = [Math.sin(j * 12.9898) * 3, Math.cos(j * 78.233) * 3];
        const isTest = j % 4 === 0;
        const isYes = x * y > 0 !== (turned && isTest);
        return `${x.toFixed(4)},${y.toFixed(4)},${isTest ? 'test' : 'train'},${isYes ? 'yes' : 'no'}`;
      }).join('\n')}\n`;
    const of = (turned: boolean) => {
      const file = path.join(folder, `turned-${turned}.csv`);
      writeFileSync(file, table(turned));
      return compare(file, ...SHORT, '--split-column', 'part', '--grid', 'hidden-layers=2,6');
    };
    const [as, turned] = [of(false), of(true)];
    assert.deepEqual(turned.candidates, as.candidates);
    assert.equal(turned.compared.weightsHash, as.compared.weightsHash);
    const sum = Number(turned.compared.testAccuracy) + Number(as.compared.testAccuracy);
    assert.ok(Math.abs(sum - 1) < 1e-12);
  });

  it('end at Ctrl+C with what was compared, the test part not looked at', async () => {
    const long = [FLOWER, '--epochs', '200000', '--grid', 'hidden-layers=2,4,8,16', '--seeds', '5'];
    const child = spawn(process.execPath, [CLI, 'compare', ...long, '--json', '--threads', '1']);
    let stdout = '';
    let wasAsked = false;
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      stdout += text;
      if (!wasAsked && stdout.includes('\n')) wasAsked = child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 0);
    const compared = events(stdout).at(-1);
    assert.deepEqual(
      [compared?.event, compared?.cancelled, compared?.testAccuracy],
      ['compared', true, null],
    );
  });

  it('are refused where they are too many, or not on the same folds, or none', () => {
    const bad = (...args: string[]) => {
      const { code, stderr } = cli('compare', FLOWER, ...args);
      assert.equal(code, 2);
      return stderr;
    };
    const many = Array.from({ length: 101 }, (_, k) => k + 1).join(',');
    assert.match(
      bad('--grid', `epochs=${many}`),
      /101 settings × 1 seed × 5 folds are 505 trainings; at most 500/,
    );
    assert.match(bad('--grid', 'seed=1,2'), /other values of seed are other rows, another split/);
    assert.match(bad('--grid', 'ignored-columns=x1'), /not compared on the same folds/);
    assert.match(bad('--grid', 'depth=1,2'), /--grid: depth is not the name of a setting/);
    assert.match(bad('--grid', 'learning-rate'), /--grid: learning-rate is not key=value/);
    assert.match(bad('--grid', 'l2=0,lots'), /--l2: /);
    assert.match(bad('--grid', 'l2=0', '--seeds', '1.5'), /--seeds: 1\.5 is not a whole number/);
    assert.match(bad(), /--grid KEY=A,B or --try/);
    assert.match(cli('find', FLOWER, '--seeds', '3').stderr, /--seeds: only compare takes it/);
  });

  it('stand in a table for a person', () => {
    const { code, stdout } = cli('compare', FLOWER, ...SHORT, '--grid', 'hidden-layers=2,4', '--seeds', '2');
    assert.equal(code, 0);
    assert.match(stdout, /^2 settings × 2 seeds × 5 folds: 20 trainings, in about \d+ seconds?$/m);
    assert.match(stdout, /^hidden-layers +accuracy +± seeds +± folds +loss +to the best$/m);
    assert.match(stdout, /^Adopted, the simplest within one standard error of the best: --hidden-layers /m);
    assert.match(stdout, /^Test accuracy /m);
  });
});
