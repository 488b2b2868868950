import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { weightsHash } from '../../src/runs/weightsHash';
import { RunFolder } from '../../src/runs/runFolder';
import type { RunRecord } from '../../src/runs/record';
import { fileOf, uriOf } from './chosenFolder';

const CLI = path.resolve('out', 'programs', 'cli.js');

describe('--save-run', () => {
  let above = '';
  let root = '';
  const at = (...names: string[]) => path.join(root, ...names);
  const train = (...args: string[]) => command('train', ...args);
  function command(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      ...{ encoding: 'utf8', cwd: root, env: { ...process.env, USER: 'marker-of-the-user' } },
    });
    const events = stdout.startsWith('{')
      ? stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>)
      : [];
    return { code: status, stdout, stderr, events };
  }
  /** The runs that a window of the extension finds. */
  async function found(): Promise<RunRecord[]> {
    const window = new RunFolder({
      ...{ root, location: 'runs', uriOf, fileOf, onPassedOver: ({ reason }) => assert.fail(reason) },
      ...{ storage: path.join(above, 'storage'), shared: path.join(above, 'shared') },
    });
    const records: RunRecord[] = [];
    for (const { id } of await window.open()) records.push(await window.read(id));
    await window.close();
    return records;
  }

  beforeEach(() => {
    above = realpathSync(mkdtempSync(path.join(tmpdir(), 'neuron-save-run-')));
    root = path.join(above, 'marker-of-the-folder');
    mkdirSync(at('data'), { recursive: true });
    cpSync('samples/flower.csv', at('data', 'flower.csv'));
  });
  afterEach(() => rmSync(above, { recursive: true, force: true }));

  it('keeps the training as a run that the extension finds, with the weights whose hash is printed', async () => {
    const { code, events, stderr } = train(
      'data/flower.csv',
      '--epochs',
      '30',
      '--seed',
      '7',
      '--save-run',
      'runs',
      '--json',
    );
    assert.equal(code, 0, stderr);
    const [done, saved] = events.slice(-2);
    const [record] = await found();
    assert.deepEqual(saved, { event: 'run', id: record.id, folder: 'runs' });
    assert.equal(weightsHash(record.parameters, record.engine), done['weightsHash']);
    assert.equal(record.uri, uriOf(at('data', 'flower.csv')));
    const { status, epochs, measure, points, given, target, task } = record;
    assert.deepEqual([status, epochs, measure.epoch, target, task], ['finished', 30, 30, 'petal', 'binary']);
    assert.deepEqual([measure.trainCost, points.length], [done['trainCost'], 31]);
    assert.deepEqual([...given].sort(), ['training.epochs', 'training.seed']);
    assert.match(
      train('data/flower.csv', '--epochs', '2', '--save-run', 'runs').stdout,
      /\nSaved the run [\da-f-]{36} in runs\n$/,
    );
    assert.equal((await found()).length, 2);
  });

  it('keeps what find and compare have trained anew, with the settings that were found among its own', async () => {
    const found1 = command(
      ...['find', 'data/flower.csv', '--candidates', '3', '--hidden-activation', 'tanh', '--seed', '7'],
      ...['--save-run', 'runs', '--save', 'm.neuron.json', '--json'],
    );
    assert.equal(found1.code, 0, found1.stderr);
    const [end, run, saved] = found1.events.slice(-3);
    assert.deepEqual([end['event'], run['event'], saved['event']], ['found', 'run', 'saved']);
    const compared = command(
      ...['compare', 'data/flower.csv', '--grid', 'hidden-layers=2,4', '--epochs', '20'],
      ...['--save-run', 'runs', '--json'],
    );
    assert.equal(compared.code, 0, compared.stderr);
    const [adopted, kept] = compared.events.slice(-2);
    assert.deepEqual([adopted['event'], kept['event']], ['compared', 'run']);
    const records = await found();
    assert.equal(records.length, 2);
    for (const [event, { id }] of [
      [end, run],
      [adopted, kept],
    ] as const) {
      const record = records.find((each) => each.id === id);
      assert.ok(record);
      assert.equal(weightsHash(record.parameters, record.engine), event['weightsHash']);
      const own = Object.keys((event['settings'] ?? event['adopted']) as object);
      for (const key of own) assert.ok(record.given.includes(key as never), `${key} is the run's own`);
    }
    const [first] = records.filter((each) => each.id === run['id']);
    assert.ok(first.given.includes('model.hiddenActivation') && first.given.includes('training.seed'));
  });

  it('leaves no run elsewhere, nor without it', () => {
    assert.equal(train('data/flower.csv', '--epochs', '2').code, 0);
    assert.deepEqual(readdirSync(root, { recursive: true }).sort(), [
      'data',
      path.join('data', 'flower.csv'),
    ]);
  });

  it('says where early stopping went back to', async () => {
    const how = ['--epochs', '300', '--hidden-layers', '32', '--optimizer', 'adam', '--learning-rate', '0.1'];
    assert.equal(
      train('data/flower.csv', ...how, '--early-stopping-patience', '20', '--save-run', 'runs').code,
      0,
    );
    const [{ marks, measure, points }] = await found();
    assert.deepEqual(marks, [{ kind: 'stoppedEarly', epoch: measure.epoch, at: measure.epoch + 20 }]);
    assert.equal(points.at(-1)?.epoch, measure.epoch);
  });

  it('of one that goes on from a model says so, and begins where that was', async () => {
    assert.equal(train('data/flower.csv', '--epochs', '5', '--save', 'm.neuron.json').code, 0);
    const { code, stderr } = train(
      'data/flower.csv',
      '--continue',
      'm.neuron.json',
      '--epochs',
      '12',
      '--save-run',
      'runs',
    );
    assert.equal(code, 0, stderr);
    const [{ marks, fromModel, measure, points }] = await found();
    assert.deepEqual(fromModel, { epoch: 5, epochs: 5, sameFile: true });
    assert.deepEqual(marks, [{ kind: 'note', epoch: 0, text: 'goes on from a model, epoch 5' }]);
    assert.deepEqual([points[0].epoch, measure.epoch], [5, 12]);
  });

  it('keeps one that diverged, which says so', async () => {
    const { code } = train(
      ...[
        'data/flower.csv',
        '--hidden-activation',
        'linear',
        '--learning-rate',
        '1000',
        '--save-run',
        'runs',
      ],
      ...['--hidden-layers', '8,8,8', '--initialization', 'he', '--optimizer', 'gradientDescent'],
    );
    assert.equal(code, 1);
    const [{ status, diverged }] = await found();
    assert.equal(status, 'diverged');
    assert.ok(diverged);
  });

  it('refuses, before anything is trained, what no run can be kept of', () => {
    symlinkSync(above, at('out'));
    const says = (sentence: RegExp, file: string, ...args: string[]) => {
      const { code, stdout, stderr } = train(file, ...args);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, sentence);
    };
    cpSync(at('data', 'flower.csv'), path.join(above, 'flower.csv'));
    for (const folder of ['..', 'out', 'out/runs', above])
      says(/has to lie in the folder that the command runs in/, 'data/flower.csv', '--save-run', folder);
    says(/a run names its table from where it lies/, path.join(above, 'flower.csv'), '--save-run', 'runs');
    says(/a run names its table from where it lies/, '-', '--save-run', 'runs');
    says(/weights of its own/, 'data/flower.csv', '--save-run', 'runs', '--initial-parameters', 'i.json');
    const { status, stderr } = spawnSync(
      process.execPath,
      [CLI, 'check', at('data', 'flower.csv'), '--save-run', 'runs'],
      { encoding: 'utf8' },
    );
    assert.equal(status, 2);
    assert.match(stderr, /--save-run: only train, find and compare take it/);
    assert.ok(!readdirSync(above).includes('runs'));
  });

  it('holds no path, no user and no host', () => {
    assert.equal(train(at('data', 'flower.csv'), '--epochs', '2', '--save-run', at('runs')).code, 0);
    for (const name of readdirSync(at('runs'))) {
      const text = readFileSync(at('runs', name), 'utf8');
      assert.ok(!/marker-of/.test(text), name);
      assert.ok(!text.includes(above) && !text.includes(process.cwd()), name);
    }
  });
});
