import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseModel } from '../../src/runs/modelFile';
import { weightsHash } from '../../src/runs/weightsHash';

const CLI = path.resolve('out', 'programs', 'cli.js');

describe('train --save', () => {
  let folder = '';
  let table = '';
  const at = (name: string) => path.join(folder, name);
  const open = (name = 'm.neuron.json') => parseModel(readFileSync(at(name)));

  function train(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'train', ...args], {
      ...{ encoding: 'utf8', cwd: folder, env: { ...process.env, USER: 'marker-of-the-user' } },
    });
    return { code: status, stdout, stderr };
  }
  const saving = (...args: string[]) => train(table, '--epochs', '30', '--save', 'm.neuron.json', ...args);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-save-'));
    table = at('flower.csv');
    cpSync('samples/flower.csv', table);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('saves what was trained: the weights whose hash is printed, at the epoch that is said', () => {
    const { code, stdout } = saving('--json');
    assert.equal(code, 0);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const [done, saved] = events.slice(-2);
    assert.deepEqual(saved, { event: 'saved', file: 'm.neuron.json', epoch: 30 });
    const model = open();
    assert.equal(model.training.epoch, 30);
    assert.equal(weightsHash(Float64Array.from(model.weights), model.training.engine), done['weightsHash']);
    assert.match(
      train(table, '--epochs', '2', '--save', 'n.neuron.json').stdout,
      /Saved n\.neuron\.json, with the weights of epoch 2\n$/,
    );
  });

  it('replaces a file that is there only with --force, and says so before anything is trained', () => {
    writeFileSync(at('m.neuron.json'), 'mine');
    const { code, stdout, stderr } = saving();
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^m\.neuron\.json: There is such a file already\. --force replaces it\.\n$/);
    assert.equal(readFileSync(at('m.neuron.json'), 'utf8'), 'mine');
    assert.equal(saving('--force').code, 0);
    assert.equal(open().training.epoch, 30);
  });

  it('writes over no file that it reads, whatever that is called, --force or not', () => {
    const before = readFileSync(table, 'utf8');
    writeFileSync(at('initial.json'), '{"W1": [[1, 2]], "b1": [0]}');
    const initial = readFileSync(at('initial.json'), 'utf8');
    linkSync(table, at('hard.neuron.json'));
    symlinkSync(table, at('soft.neuron.json'));
    linkSync(at('initial.json'), at('initial.neuron.json'));
    for (const name of ['hard', 'soft', 'initial']) {
      const { code, stderr } = train(
        ...[table, '--force', '--hidden-layers', 'none', '--initial-parameters', 'initial.json'],
        ...['--save', `${name}.neuron.json`],
      );
      assert.equal(code, 2);
      assert.match(stderr, /It is a file that is read here, and is not written over/);
    }
    assert.equal(readFileSync(table, 'utf8'), before);
    assert.equal(readFileSync(at('initial.json'), 'utf8'), initial);
  });

  it('writes through a link to what it leads to, and leaves nothing else behind', () => {
    writeFileSync(at('real.neuron.json'), 'old');
    symlinkSync('real.neuron.json', at('m.neuron.json'));
    assert.equal(saving('--force').code, 0);
    assert.deepEqual(readdirSync(folder).sort(), ['flower.csv', 'm.neuron.json', 'real.neuron.json']);
    assert.equal(open('real.neuron.json').training.epoch, 30);
    assert.ok(readdirSync(folder, { withFileTypes: true }).some((each) => each.isSymbolicLink()));
  });

  it('refuses, before anything is trained, what cannot become a file of a model', () => {
    mkdirSync(at('folder.neuron.json'));
    const says = (file: string, sentence: RegExp, ...more: string[]) => {
      const { code, stdout, stderr } = train(table, '--save', file, ...more);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, sentence);
    };
    says('folder.neuron.json', /It is no regular file/, '--force');
    says('nowhere/m.neuron.json', /There is no such folder/);
    says('flower.csv', /does not end with \.neuron\.json/);
    says('m.neuron.json', /--weights: "first" is none of best, last/, '--weights', 'first');
    const { status, stderr } = spawnSync(
      process.execPath,
      [CLI, 'check', table, '--save', at('m.neuron.json')],
      {
        encoding: 'utf8',
      },
    );
    assert.equal(status, 2);
    assert.match(stderr, /--save: only train, find and compare take it/);
    assert.match(train(table, '--force').stderr, /--force says how to save: --save FILE is missing/);
  });

  it('saves no model of a training that diverged, and leaves the old one whole', () => {
    writeFileSync(at('m.neuron.json'), 'old');
    const { code, stderr } = train(
      ...[
        table,
        '--save',
        'm.neuron.json',
        '--force',
        '--hidden-activation',
        'linear',
        '--learning-rate',
        '1000',
      ],
      ...['--hidden-layers', '8,8,8', '--initialization', 'he', '--optimizer', 'gradientDescent'],
    );
    assert.equal(code, 1, stderr);
    assert.match(stderr, /It diverged: no model is saved/);
    assert.equal(readFileSync(at('m.neuron.json'), 'utf8'), 'old');
  });

  it('saves the best weights that early stopping saw, or the last that were trained', () => {
    const how = ['--epochs', '300', '--hidden-layers', '32', '--optimizer', 'adam', '--learning-rate', '0.1'];
    const of = (...args: string[]) => {
      const { code, stdout } = train(table, ...how, '--force', '--save', 'm.neuron.json', '--json', ...args);
      assert.equal(code, 0);
      const saved = JSON.parse(stdout.trimEnd().split('\n').pop() ?? '') as { epoch: number };
      const { training } = open();
      assert.equal(training.epoch, saved.epoch);
      assert.equal(training.measure.epoch, saved.epoch);
      return training;
    };
    const patience = ['--early-stopping-patience', '20'];
    const [end, best, last] = [
      of(...patience),
      of(...patience, '--weights', 'best'),
      of(...patience, '--weights', 'last'),
    ];
    assert.deepEqual([end.weightsOf, best.weightsOf, last.weightsOf], ['end', 'best', 'last']);
    assert.equal(best.epoch, end.epoch);
    assert.equal(last.epoch, best.epoch + 20);
    assert.ok((last.measure.testCost ?? 0) > (best.measure.testCost ?? 0));
    assert.equal(of('--early-stopping-patience', '0').epoch, 300);
    const { code, stderr } = train(
      ...[table, ...how, '--early-stopping-patience', '0', '--weights', 'best', '--save', 'none.neuron.json'],
    );
    assert.equal(code, 2);
    assert.match(stderr, /There is no best epoch/);
  });

  it('holds no row, no path, no user and no host', () => {
    const inside = path.join(folder, 'marker-of-the-folder');
    mkdirSync(inside);
    const rows = Array.from(
      { length: 40 },
      (_, k) => `${k},${k % 3},${k === 7 ? 'marker-of-a-row' : `remark ${k * 7919}`}`,
    );
    writeFileSync(path.join(inside, 'marker-of-the-file.csv'), ['x,y,note', ...rows].join('\n'));
    const file = path.join(inside, 'm.neuron.json');
    const { code, stderr } = train(
      path.join(inside, 'marker-of-the-file.csv'),
      ...['--epochs', '5', '--target', 'y', '--save', file],
    );
    assert.equal(code, 0, stderr);
    const saved = readFileSync(file, 'utf8');
    assert.ok(!/marker-of/.test(saved));
    assert.ok(!saved.includes(folder) && !saved.includes(process.cwd()));
  });
});
