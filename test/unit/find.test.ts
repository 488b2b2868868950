import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseModel } from '../../src/runs/modelFile';
import { searched } from './checkCases';

const CLI = path.join('out', 'programs', 'cli.js');
const PENGUINS = 'samples/penguins.csv';

type Event = Record<string, unknown> & { event: string };

const events = (text: string): Event[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event);

function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

function find(...args: string[]): { candidates: Event[]; checks: Event[]; found: Event } {
  const { code, stdout, stderr } = cli('find', ...args, '--json');
  assert.equal(stderr, '');
  assert.equal(code, 0);
  const all = events(stdout);
  return {
    candidates: all.filter(({ event }) => event === 'candidate'),
    checks: all.filter(({ event }) => event === 'check'),
    found: all[all.length - 1],
  };
}

/** Settings as options of the command line. */
const options = (settings: object): string[] =>
  Object.entries(settings).flatMap(([key, value]) => [
    `--${key
      .slice(key.indexOf('.') + 1)
      .replaceAll('.', '-')
      .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    Array.isArray(value) ? value.join(',') || 'none' : String(value),
  ]);

const withoutSeconds = ({ seconds: _, ...rest }: Event) => rest;

describe('Find a Good Network on the command line', () => {
  let folder = '';
  const write = (name: string, content: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'find-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('tells of each candidate, and finds one of those that were trained on all folds', () => {
    const { candidates, found } = find(PENGUINS, '--candidates', '10');
    assert.equal(candidates.length, 10);
    assert.equal(found.candidates, 10);
    for (const { event, metric, mean, deviation, folds } of candidates) {
      assert.deepEqual([event, metric], ['candidate', 'accuracy']);
      assert.ok(Number(mean) > 0.5 && Number(mean) <= 1 && Number(deviation) >= 0);
      assert.ok([1, 3, 5].includes(Number(folds)));
    }
    assert.equal(found.folds, 5);
    assert.ok(candidates.some(({ settings }) => JSON.stringify(settings) === JSON.stringify(found.settings)));
    assert.ok(Array.isArray(found.interval) && found.baselines !== null);
    const ofCandidate = ['settings', 'metric', 'mean', 'deviation', 'loss', 'folds', 'parameters'];
    assert.deepEqual(Object.keys(candidates[0]), ['event', ...ofCandidate]);
    assert.deepEqual(Object.keys(found), [
      ...['event', ...ofCandidate, 'candidates', 'rows'],
      ...['trainCost', 'testCost', 'trainAccuracy', 'testAccuracy'],
      ...['interval', 'baselines', 'seconds', 'weightsHash'],
    ]);
  });

  it('finds the same on one thread and on three', () => {
    const of = (threads: string) => {
      const { candidates, found } = find(PENGUINS, '--candidates', '6', '--threads', threads);
      return [...candidates, withoutSeconds(found)];
    };
    assert.deepEqual(of('1'), of('3'));
  });

  it('has the weights and scores of a training with the settings that it names', () => {
    const { found } = find(PENGUINS, '--candidates', '8');
    const { stdout } = cli('train', PENGUINS, '--json', ...options(found.settings as object));
    const done = events(stdout).at(-1);
    assert.equal(done?.weightsHash, found.weightsHash);
    assert.equal(done?.testAccuracy, found.testAccuracy);
  });

  it('finds in a time what it finds of as many candidates', () => {
    const { found } = find('samples/moons.csv', '--budget', '2');
    const again = find('samples/moons.csv', '--candidates', String(found.candidates));
    assert.deepEqual(withoutSeconds(again.found), withoutSeconds(found));
  });

  it('never looks at the test part before the end: with other labels there it finds the same', () => {
    const rows = Array.from({ length: 240 }, (_, j) => {
      const [x, y] = [Math.sin(j * 12.9898) * 3, Math.cos(j * 78.233) * 3];
      return { x, y, part: j % 4 === 0 ? 'test' : 'train', label: x * y > 0 ? 'yes' : 'no' };
    });
    const table = (turned: boolean) =>
      `x,y,part,label\n${rows
        .map(({ x, y, part, label }) => {
          const other = label === 'yes' ? 'no' : 'yes';
          return `${x.toFixed(4)},${y.toFixed(4)},${part},${turned && part === 'test' ? other : label}`;
        })
        .join('\n')}\n`;
    const of = (turned: boolean) =>
      find(write(`turned-${turned}.csv`, table(turned)), '--split-column', 'part', '--candidates', '10');
    const [as, turned] = [of(false), of(true)];
    assert.deepEqual(turned.candidates, as.candidates);
    assert.deepEqual(turned.found.settings, as.found.settings);
    assert.equal(turned.found.weightsHash, as.found.weightsHash);
    assert.ok(Math.abs(Number(turned.found.testAccuracy) + Number(as.found.testAccuracy) - 1) < 1e-12);
  });

  it('chooses the straight line where the table is straight, and hidden units where it is not', () => {
    const noise = (j: number) => Math.sin(j * 91.7) * 0.8;
    const tableOf = (y: (a: number, b: number, j: number) => number) =>
      `a,b,y\n${Array.from({ length: 300 }, (_, j) => {
        const [a, b] = [Math.sin(j * 12.9898) * 2, Math.sin(j * 78.233) * 2];
        return `${a.toFixed(4)},${b.toFixed(4)},${y(a, b, j).toFixed(4)}`;
      }).join('\n')}\n`;
    const straight = find(
      write(
        'straight.csv',
        tableOf((a, b, j) => a - b + noise(j)),
      ),
      '--candidates',
      '10',
    ).found;
    assert.deepEqual((straight.settings as Record<string, unknown>)['model.hiddenLayers'], []);
    const product = find(
      write(
        'product.csv',
        tableOf((a, b, j) => a * b + noise(j) / 4),
      ),
      '--candidates',
      '10',
    ).found;
    assert.notDeepEqual((product.settings as Record<string, unknown>)['model.hiddenLayers'], []);
    assert.equal(product.metric, 'r2');
    assert.ok('trainR2' in product && !('trainAccuracy' in product));
    assert.ok(Number(product.testR2) > 0.8, String(product.testR2));
  });

  it('leaves as they are the settings that are named', () => {
    const { candidates, found } = find(
      PENGUINS,
      '--candidates',
      '6',
      '--hidden-layers',
      '3',
      '--epochs',
      '40',
    );
    for (const { settings } of [...candidates, found]) {
      assert.ok(
        !('model.hiddenLayers' in (settings as object)) && !('training.epochs' in (settings as object)),
      );
    }
    // 10 features, 3 units, 1 output.
    assert.ok(candidates.every(({ parameters }) => parameters === 10 * 3 + 3 + 3 + 1));
  });

  it('keeps groups together, and a test part that there is none of open', () => {
    const rows = Array.from(
      { length: 45 },
      (_, j) => `${Math.sin(j)},${Math.cos(3 * j)},g${j % 9},${j % 2 ? 'u' : 'v'}`,
    );
    const file = write('small.csv', `a,b,g,label\n${rows.join('\n')}\n`);
    const { found } = find(
      file,
      '--candidates',
      '4',
      '--split-column',
      'g',
      '--split-by',
      'groups',
      '--test-fraction',
      '0',
    );
    assert.equal(found.testAccuracy, null);
    assert.equal(found.interval, null);
    assert.equal(found.folds, 5);
  });

  it('prints a table with the chosen one, its score beside guessing and a straight line, and its settings as options', () => {
    const { code, stdout } = cli('find', PENGUINS, '--candidates', '4');
    assert.equal(code, 0);
    assert.match(stdout, /^4 candidates compared on 5 folds of the 266 rows to train on$/m);
    assert.match(stdout, /^layers +numbers +score +loss +folds/m);
    assert.match(stdout, /^Chosen, the simplest within one standard error of the best: layers 10–/m);
    assert.match(stdout, /^Test accuracy [\d.]+ .*guessing gives [\d.]+, a straight line [\d.]+/m);
    const settings = /^Settings: (.*)$/m.exec(stdout)?.[1].split(' ') ?? [];
    assert.equal(cli('train', PENGUINS, ...settings).code, 0);
  });

  it('says where the best is at the edge of what was compared, unless that is muted', () => {
    const file = write('edge.csv', searched.raises);
    const limit = ['--candidates', String(searched.candidates)];
    const { checks } = find(file, ...limit);
    const [{ code, severity, message, remedy }] = checks;
    assert.deepEqual([checks.length, code, severity], [1, searched.code, searched.severity]);
    assert.match(String(message), searched.says);
    assert.equal(remedy, 'Try values of --l2 beyond that, too.');
    assert.match(cli('find', file, ...limit).stdout, /^Note \(best-at-the-edge\): The best is /m);
    assert.deepEqual(find(write('nearly.csv', searched.nearly), ...limit).checks, []);
    const muted = [...limit, '--muted-checks', searched.code];
    assert.deepEqual(find(file, ...muted).checks, []);
    assert.doesNotMatch(cli('find', file, ...muted).stdout, /at-the-edge/);
  });

  it('saves what it found, as a training with these settings would', () => {
    const [of, by] = ['found', 'trained'].map((name) => path.join(folder, `${name}.neuron.json`));
    const { code, stdout } = cli('find', PENGUINS, '--candidates', '4', '--save', of, '--json');
    assert.equal(code, 0);
    const [found, saved] = events(stdout).slice(-2);
    assert.deepEqual([found.event, saved.event, saved.file], ['found', 'saved', of]);
    cli('train', PENGUINS, '--save', by, ...options(found.settings as object));
    const weights = (file: string) => parseModel(readFileSync(file)).weights;
    assert.deepEqual(weights(of), weights(by));
    const again = cli('find', PENGUINS, '--candidates', '1', '--save', of);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /found\.neuron\.json/);
  });

  it('ends at Ctrl+C with the best so far, and has not looked at the test part', async () => {
    const child = spawn(process.execPath, [CLI, 'find', PENGUINS, '--json', '--budget', '600']);
    let stdout = '';
    let wasAsked = false;
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      stdout += text;
      // The first heat is over, and so there is something to find.
      if (!wasAsked && stdout.includes('\n')) wasAsked = child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 0);
    const found = events(stdout).at(-1);
    assert.deepEqual([found?.event, found?.cancelled, found?.testAccuracy], ['found', true, null]);
    assert.ok(Number(found?.candidates) >= 1 && Number(found?.mean) > 0.5);
  });

  it('says what is wrong with its own options, and with the table', () => {
    const bad = (...args: string[]) => {
      const { code, stderr } = cli('find', ...args);
      assert.equal(code, 2);
      return stderr;
    };
    assert.match(bad(PENGUINS, '--budget', 'soon'), /--budget: soon is not a number of seconds above 0/);
    assert.match(bad(PENGUINS, '--candidates', '0'), /--candidates: 0 is not a whole number above 0/);
    assert.match(bad(PENGUINS, '--candidates', '3', '--budget', '3'), /one of them at a time/);
    assert.match(bad(PENGUINS, '--folds', '3'), /--folds: only train takes it/);
    assert.match(cli('train', PENGUINS, '--budget', '3').stderr, /--budget: only find takes it/);
    assert.match(bad(path.join(folder, 'none.csv')), /none\.csv: /);
    assert.match(bad(write('header.csv', 'a,b\n')), /header\.csv:/);
  });

  it('finds nothing, and says so, where no candidate can be trained', () => {
    const hopeless = ['--learning-rate', '1000', '--optimizer', 'gradientDescent', '--batch-size', '0'];
    const { code, stdout } = cli(
      'find',
      'samples/cars.csv',
      '--target',
      'Miles_per_Gallon',
      ...hopeless,
      '--candidates',
      '2',
    );
    assert.equal(code, 2);
    assert.match(stdout, /^No candidate could be trained with these settings\.$/m);
  });
});
