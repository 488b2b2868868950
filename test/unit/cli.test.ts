import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tableCases } from './checkCasesOfTables';

const CLI = path.join('out', 'programs', 'cli.js');
const FLOWER = 'samples/flower.csv';
const MOONS = 'samples/moons.csv';
const SINE = 'samples/sine.csv';

function run(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  if (error) throw error;
  return { code: status, stdout, stderr };
}

type Event = Record<string, unknown> & { event: string };
interface Events {
  code: number | null;
  dataset: Event;
  costs: Event[];
  checks: Event[];
  done: Event;
  all: Event[];
}

/** Runs `train … --json`: standard output is JSON Lines and nothing else. */
function train(file: string, ...args: string[]): Events {
  const { code, stdout, stderr } = run('train', file, '--json', ...args);
  assert.equal(stderr, '');
  assert.ok(stdout.endsWith('\n'));
  const all = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  const [dataset] = all;
  const done = all[all.length - 1];
  const of = (name: string) => all.filter(({ event }) => event === name);
  return { code, dataset, costs: of('cost'), checks: of('check'), done, all };
}

/** SHA-256 of numbers, little-endian, as wide as the engine has them. */
function hashOf(numbers: readonly number[], engine: string): string {
  const bytes = Buffer.alloc((engine === 'reference' ? 8 : 4) * numbers.length);
  numbers.forEach((value, k) =>
    engine === 'reference' ? bytes.writeDoubleLE(value, 8 * k) : bytes.writeFloatLE(value, 4 * k),
  );
  return createHash('sha256').update(bytes).digest('hex');
}

describe('the command line', () => {
  let folder = '';
  const write = (name: string, content: string | Uint8Array) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  before(() => {
    assert.ok(existsSync(CLI), `${CLI} is missing: build first`);
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-cli-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  describe('help', () => {
    const options = [
      ...['hidden-layers', 'hidden-activation', 'output', 'initialization', 'initialization-scale'],
      ...['learning-rate', 'learning-rate-schedule', 'learning-rate-decay', 'learning-rate-step'],
      'leave-out-lines',
      ...['epochs', 'batch-size', 'optimizer', 'momentum', 'l2', 'l1', 'class-weights'],
      ...['early-stopping-patience', 'early-stopping-min-delta', 'seed', 'test-fraction'],
      ...['engine', 'threads', 'memory-budget', 'target', 'ignored-columns', 'standardize'],
      ...['column-types', 'placeholders', 'merge-spellings', 'transform', 'split-by', 'muted-checks'],
      ...['included-columns', 'missing-values', 'split-column', 'delimiter', 'header', 'decimal-separator'],
      ...['quote', 'comment-prefixes', 'skip-lines', 'missing-tokens', 'encoding', 'max-rows'],
      ...[
        'continue',
        'initial-parameters',
        'report-every',
        'folds',
        'repeats',
        'budget',
        'candidates',
        'json',
        'help',
      ],
      ...[
        'save',
        'save-run',
        'weights',
        'force',
        'out',
        'allow-missing',
        'escape-formulas',
        'format',
        'table',
      ],
      ...['grid', 'try', 'seeds'],
    ];

    it('lists every option, on standard output, with status 0', () => {
      const { code, stdout, stderr } = run('--help');
      assert.deepEqual([code, stderr], [0, '']);
      for (const option of options) assert.match(stdout, new RegExp(`^ +--${option}\\b`, 'm'));
      const listed = [...stdout.matchAll(/^ +--([a-z0-9-]+)/gm)].map(([, name]) => name);
      assert.deepEqual(listed.sort(), [...options].sort());
    });

    it('names the choices, the defaults and the exit statuses', () => {
      const { stdout } = run('train', '--help');
      assert.match(
        stdout,
        /--hidden-activation .*tanh \| sigmoid \| relu \| leakyRelu \| linear.*Default: tanh/,
      );
      assert.match(stdout, /--epochs .*Default: auto/);
      assert.match(stdout, /0 done, 1 diverged, 2 bad/);
    });

    it('is what comes without arguments, with status 2', () => {
      const { code, stdout, stderr } = run();
      assert.equal(code, 2);
      assert.match(stdout + stderr, /Usage: .*train FILE/);
    });
  });

  describe('--json', () => {
    it('prints the events dataset, cost … and done, with exactly these keys', () => {
      const { code, dataset, costs, done, all } = train(MOONS, '--epochs', '25', '--report-every', '10');
      assert.equal(code, 0);
      assert.deepEqual(
        all.map(({ event }) => event),
        ['dataset', 'cost', 'cost', 'cost', 'cost', 'check', 'done'],
      );
      assert.deepEqual(Object.keys(all[5]), ['event', 'code', 'severity', 'message', 'remedy']);
      assert.deepEqual(Object.keys(dataset), [
        'event',
        'rows',
        'features',
        ...['target', 'targetReason', 'task', 'taskReason'],
        'classes',
        'skippedRows',
      ]);
      for (const cost of costs) {
        assert.deepEqual(Object.keys(cost), [
          'event',
          'epoch',
          'trainCost',
          'testCost',
          'trainAccuracy',
          'testAccuracy',
        ]);
      }
      assert.deepEqual(Object.keys(done), [
        ...['event', 'status', 'epochs', 'trainCost', 'testCost', 'trainAccuracy', 'testAccuracy'],
        ...['interval', 'testAuc', 'aucInterval', 'baselines', 'auto'],
        ...['seconds', 'engine', 'lanes', 'weightsHash'],
      ]);
    });

    it('says where the test score lies, with 95 %, and nothing without a test part', () => {
      for (const [file, name] of [
        [MOONS, 'testAccuracy'],
        [SINE, 'testR2'],
      ] as const) {
        const { done } = train(file, '--epochs', '300');
        const [low, high] = done.interval as [number, number];
        const score = Number(done[name]);
        assert.ok(low < score && score < high && high <= 1 && high - low < 0.5, `${low}, ${score}, ${high}`);
        assert.equal(train(file, '--epochs', '5', '--test-fraction', '0').done.interval, null);
      }
    });

    it('says what guessing and a straight line score, by the names of its own scores', () => {
      const scoresOf = (name: string) =>
        ['Cost', name].flatMap((each) => [`train${each}`, `test${each}`]).sort();
      for (const [file, name] of [
        [MOONS, 'Accuracy'],
        [SINE, 'R2'],
      ] as const) {
        const { dataset, done } = train(file, '--epochs', '5');
        const { guess, line, ...fit } = done.baselines as Record<string, Record<string, number>>;
        assert.deepEqual(Object.keys(guess).sort(), scoresOf(name));
        assert.deepEqual(Object.keys(line).sort(), scoresOf(name));
        assert.deepEqual(fit, { lineRows: 0.8 * Number(dataset.rows), lineIsBest: true });
        assert.ok(line[`train${name}`] > guess[`train${name}`]);
        // The line is the same, however long the network is trained.
        assert.deepEqual(train(file, '--epochs', '6').done.baselines, done.baselines);
      }
    });

    it('says of two classes what the area under the ROC curve is, and of numbers nothing', () => {
      const { done } = train(MOONS, '--epochs', '300');
      const [low, high] = done.aucInterval as [number, number];
      const auc = Number(done.testAuc);
      assert.ok(auc > 0.9 && low <= auc && auc <= high && high <= 1, `${low} ${auc} ${high}`);
      assert.equal('testAuc' in train(SINE, '--epochs', '5').done, false);
    });

    it('says why there is no hidden layer, where none was found', () => {
      let seed = 7;
      const next = () => (seed = (Math.imul(seed, 48271) >>> 0) % 2147483647) / 2147483647;
      const line = () => {
        const x = [next(), next(), next()];
        return [...x, x[0] + 2 * next()].join();
      };
      const weak = write('weak.csv', ['a,b,c,y', ...Array.from({ length: 300 }, line)].join('\n'));
      const { done } = train(weak, '--target', 'y');
      assert.deepEqual((done.auto as Record<string, unknown>)['model.hiddenLayers'], []);
      assert.match(
        String(done.autoReason),
        /^no hidden layer, as a network did no better than a straight line/,
      );
      const { stdout } = run('train', weak, '--target', 'y', '--epochs', '3');
      assert.match(stdout, /--hidden-layers none .* \(no hidden layer, as a network did no better/);
      assert.ok(
        !('autoReason' in train(weak, '--target', 'y', '--hidden-layers', '3', '--epochs', '3').done),
      );
      const wide = Array.from({ length: 60 }, () => Array.from({ length: 10 }, next).join());
      assert.match(
        run('train', write('wide.csv', ['a,b,c,d,e,f,g,h,i,y', ...wide].join('\n')), '--epochs', '3').stdout,
        /no hidden layer, with fewer than 10 rows to train on for each feature/,
      );
    });

    it('has R² in place of the accuracies in a regression', () => {
      const { costs, done } = train('samples/sine.csv', '--epochs', '5');
      assert.deepEqual(Object.keys(costs[0]), [
        'event',
        'epoch',
        'trainCost',
        'testCost',
        'trainR2',
        'testR2',
      ]);
      assert.deepEqual(Object.keys(done), [
        ...['event', 'status', 'epochs', 'trainCost', 'testCost', 'trainR2', 'testR2'],
        ...['interval', 'baselines', 'auto', 'seconds'],
        ...['engine', 'lanes', 'weightsHash'],
      ]);
    });

    it('describes the dataset: usable rows, features, target, task, classes and skipped rows', () => {
      assert.deepEqual(train('samples/penguins.csv', '--epochs', '1').dataset, {
        event: 'dataset',
        rows: 333,
        features: [
          ...['Species = Adelie', 'Species = Chinstrap', 'Species = Gentoo'],
          ...['Island = Biscoe', 'Island = Dream', 'Island = Torgersen'],
          ...['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'],
        ],
        target: 'Sex',
        targetReason: 'the last column, which holds classes',
        task: 'binary',
        taskReason: 'as one of two classes, because its values are texts',
        classes: ['FEMALE', 'MALE'],
        skippedRows: 11,
      });
      const { dataset } = train('samples/cars.csv', '--target', 'Miles_per_Gallon', '--epochs', '1');
      assert.deepEqual([dataset['task'], dataset['rows'], dataset['skippedRows']], ['regression', 398, 8]);
    });

    it('tells what the checks find before done, but not what is muted; an unknown code is named', () => {
      const { checks, all } = train('samples/xor.csv');
      assert.deepEqual(
        checks.map(({ code, severity }) => [code, severity]),
        [['cost-stuck', 'information']],
      );
      assert.deepEqual(
        all.slice(-2).map(({ event }) => event),
        ['check', 'done'],
      );
      const muted = train('samples/xor.csv', '--muted-checks', 'cost-stuck,cost-stuk');
      assert.deepEqual(muted.checks, []);
      assert.deepEqual(muted.dataset['idleSettings'], [
        {
          option: 'muted-checks',
          message: '--muted-checks names “cost-stuk” in vain: no check has this code.',
        },
      ]);
    });

    it('says nowhere what flatters the score once that is muted', () => {
      const { raises } = tableCases.find(({ code }) => code === 'rows-in-groups') ?? { raises: [''] };
      const how = ['--hidden-layers', '4', '--optimizer', 'adam', '--learning-rate', '0.02'];
      const file = write('people.csv', raises[0]);
      how.push('--batch-size', '0', '--epochs', '300');
      const { checks, done } = train(file, ...how);
      assert.ok(checks.some(({ code }) => code === 'rows-in-groups'));
      assert.ok('advice' in done);
      const muted = train(file, ...how, '--muted-checks', 'rows-in-groups');
      assert.ok(!muted.checks.some(({ code }) => code === 'rows-in-groups'));
      assert.ok(!('advice' in muted.done));
      assert.match(run('train', file, ...how).stdout, /the same “person” are alike/);
      assert.doesNotMatch(
        run('train', file, ...how, '--muted-checks', 'rows-in-groups').stdout,
        /the same “person” are alike/,
      );
    });

    it('reports epoch 0 before the first update, every N epochs, and the last', () => {
      const { costs } = train(MOONS, '--epochs', '25', '--report-every', '10', '--initialization', 'zeros');
      assert.deepEqual(
        costs.map(({ epoch }) => epoch),
        [0, 10, 20, 25],
      );
      // Zero weights: every probability is ½.
      assert.ok(Math.abs((costs[0]['trainCost'] as number) - Math.LN2) < 1e-7);
      assert.ok(Math.abs((costs[0]['testCost'] as number) - Math.LN2) < 1e-7);
    });

    it('reports every tenth of the epochs when nothing is said', () => {
      const epochs = train(MOONS, '--epochs', '200').costs.map(({ epoch }) => epoch);
      assert.deepEqual(epochs, [0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200]);
    });

    it('ends with the same numbers as the last report', () => {
      const { costs, done } = train(MOONS, '--epochs', '30', '--report-every', '15');
      const last = costs[costs.length - 1];
      assert.deepEqual([done['status'], done['epochs']], ['finished', 30]);
      for (const key of ['trainCost', 'testCost', 'trainAccuracy', 'testAccuracy']) {
        assert.equal(typeof done[key], 'number');
        assert.equal(done[key], last[key]);
      }
      assert.ok((done['trainCost'] as number) < (costs[0]['trainCost'] as number));
      assert.ok((done['seconds'] as number) >= 0);
      assert.match(done['engine'] as string, /^\S+$/);
      assert.match(done['weightsHash'] as string, /^[0-9a-f]{64}$/);
    });

    it('says how many numbers the loops took at a time, which is no part of the hash', () => {
      const doneBy = (engine: string) => train(MOONS, '--epochs', '20', '--engine', engine).done;
      const forced = (lanes: string) => {
        process.env['NEURON_LENS_LANES'] = lanes;
        try {
          return doneBy('simd');
        } finally {
          delete process.env['NEURON_LENS_LANES'];
        }
      };
      const [narrow, wide, measured] = [forced('4'), forced('8'), doneBy('simd')];
      assert.deepEqual([narrow['lanes'], wide['lanes']], [4, 8]);
      assert.ok([4, 8].includes(measured['lanes'] as number));
      for (const { weightsHash } of [wide, measured]) assert.equal(weightsHash, narrow['weightsHash']);
      assert.equal(doneBy('reference')['lanes'], 1);
    });

    it('says null for the test part when there is none', () => {
      const { costs, done } = train('samples/xor.csv', '--epochs', '2');
      for (const event of [...costs, done]) {
        assert.deepEqual([event['testCost'], event['testAccuracy']], [null, null]);
      }
    });
  });

  describe('the flower of the course', () => {
    for (const [engine, bound] of [
      ['simd', 2e-6],
      ['reference', 1e-9],
    ] as const)
      it(`costs what the reference says at every thousandth epoch up to 7,000, to ${bound} (${engine})`, () => {
        const { cost } = JSON.parse(readFileSync('test/fixtures/flower-reference.json', 'utf8')) as {
          cost: Record<string, number>;
        };
        const { code, costs, done } = train(
          FLOWER,
          ...['--standardize', 'false', '--test-fraction', '0', '--report-every', '1000', '--epochs', '7000'],
          ...['--initial-parameters', 'test/fixtures/flower-reference.json', '--engine', engine],
        );
        assert.equal(code, 0);
        assert.deepEqual(
          costs.map(({ epoch }) => epoch),
          [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000],
        );
        for (const event of costs) {
          const expected = cost[event['epoch'] as number];
          const error = Math.abs((event['trainCost'] as number) - expected);
          assert.ok(error <= bound, `epoch ${String(event['epoch'])}: off by ${error}`);
        }
        assert.equal((done['trainCost'] as number).toFixed(5), '0.21750');
      });
  });

  describe('the weights hash', () => {
    const known = 'p,q,label\n1,2,no\n3,-1,yes\n-2,0.5,yes\n0.5,4,yes\n';
    const oneStep = ['--standardize', 'false', '--epochs', '1', '--learning-rate', '0.5'];

    for (const engine of ['simd', 'reference'])
      it(`is the SHA-256 of the final parameters, little-endian, layer by layer, W row-major, then b (${engine})`, () => {
        const file = write('known.csv', known);
        // All sums are of multiples of 1/256, so they are exact in any order.
        const parameters = write(
          'known.json',
          JSON.stringify({
            W1: [[0.5, 0.25], [0.5, 0.25], [0.5, 0.25]], // prettier-ignore
            b1: [0.125, 0.125, 0.125],
            W2: [[1, 1, -2]],
            b2: [0],
          }),
        );
        const { done } = train(
          file,
          ...oneStep,
          ...['--engine', engine],
          ...['--hidden-layers', '3', '--hidden-activation', 'linear', '--initial-parameters', parameters],
        );
        // z2 = a1 (1 + 1 − 2) = 0, so a2 = ½ and dz2 = ½, −½, −½, −½; a1 = 1.125, 1.375, −0.75, 1.375.
        // dW2 = Σ dz2 a1 / 4 = −0.4375/4, db2 = −1/4; dW1 = W2ᵀ (−0.25, −0.75)/4, db1 = W2ᵀ (−1/4).
        assert.equal(
          done['weightsHash'],
          hashOf(
            [
              ...[0.53125, 0.34375, 0.53125, 0.34375, 0.4375, 0.0625],
              ...[0.25, 0.25, -0.125],
              ...[1.0546875, 1.0546875, -1.9453125],
              ...[0.125],
            ],
            engine,
          ),
        );
      });

    for (const engine of ['simd', 'reference'])
      it(`of logistic regression after one step from zero is that of the step done by hand (${engine})`, () => {
        const file = write('known.csv', known);
        const { costs, done } = train(
          file,
          ...oneStep,
          ...['--engine', engine],
          ...['--hidden-layers', 'none', '--initialization', 'zeros'],
        );
        // dW = Σ (½ − y) x / 4 = (−0.25, −0.75)/4, db = −1/4.
        assert.equal(done['weightsHash'], hashOf([0.03125, 0.09375, 0.125], engine));
        assert.equal(costs[0]['trainCost'], engine === 'simd' ? Math.fround(Math.LN2) : Math.LN2);
      });

    it('is the same each time, however often the costs are reported', () => {
      const hash = (...args: string[]) => train(MOONS, '--epochs', '50', ...args).done['weightsHash'];
      const first = hash();
      assert.equal(hash(), first);
      assert.equal(hash('--report-every', '7'), first);
      const { stdout } = run('train', MOONS, '--epochs', '50');
      assert.ok(stdout.includes(first as string), 'the text output has another hash');
    });

    it('is another for each setting that changes what is learnt', () => {
      const hash = (...args: string[]) => train(MOONS, '--epochs', '20', ...args).done['weightsHash'];
      const hashes = [
        hash(),
        hash('--seed', '2'),
        hash('--hidden-layers', '8,8'),
        hash('--hidden-layers', 'none'),
        hash('--hidden-activation', 'relu'),
        hash('--output', 'softmax'),
        hash('--initialization', 'xavier'),
        hash('--initialization-scale', '0.02'),
        hash('--learning-rate', '0.5'),
        hash('--test-fraction', '0.3'),
        hash('--standardize', 'false'),
        hash('--target', 'x2'),
        hash('--ignored-columns', 'x1'),
        hash('--epochs', '21'),
      ];
      assert.equal(new Set(hashes).size, hashes.length);
    });
  });

  describe('the options', () => {
    it('make the network: hidden layers none and 8,8', () => {
      assert.match(run('train', MOONS, '--epochs', '1', '--hidden-layers', 'none').stdout, /layers 2–1\b/);
      assert.match(run('train', MOONS, '--epochs', '1', '--hidden-layers', '8,8').stdout, /layers 2–8–8–1\b/);
      assert.match(run('train', MOONS, '--epochs', '1').stdout, /layers 2–4–1\b/);
    });

    it('choose target and ignored columns', () => {
      const { dataset } = train(MOONS, '--epochs', '1', '--target', 'x2', '--ignored-columns', 'moon');
      assert.deepEqual(
        [dataset['target'], dataset['task'], dataset['features']],
        ['x2', 'regression', ['x1']],
      );
    });

    it('take a file in UTF-16 with semicolons and decimal commas', () => {
      const text = '\uFEFFGröße;label\r\n1,5;a\r\n2,5;b\r\n3,5;a\r\n';
      const file = write('utf16.csv', new Uint8Array(Buffer.from(text, 'utf16le')));
      const { dataset } = train(file, '--epochs', '1');
      assert.deepEqual(
        [dataset['features'], dataset['rows'], dataset['classes']],
        [['Größe'], 3, ['a', 'b']],
      );
    });

    it('start from parameters on their own or under "initial"', () => {
      const parameters = { W1: [[0.5, -0.25]], b1: [1] };
      const plain = write('plain.json', JSON.stringify(parameters));
      const nested = write('nested.json', JSON.stringify({ note: 'x', initial: parameters }));
      const hash = (file: string) =>
        train(MOONS, '--hidden-layers', 'none', '--epochs', '3', '--initial-parameters', file).done[
          'weightsHash'
        ];
      assert.equal(hash(plain), hash(nested));
    });
  });

  describe('a training that diverges', () => {
    const hopeless = [
      '--output',
      'linear',
      '--learning-rate',
      '1000',
      '--target',
      'x2',
      '--ignored-columns',
      'moon',
      '--hidden-layers',
      'none',
    ];

    it('ends with status 1 and its last finite epoch', () => {
      const { code, done, costs } = train(MOONS, ...hopeless);
      assert.deepEqual([code, done['status']], [1, 'diverged']);
      const epochs = done['epochs'] as number;
      assert.ok(epochs > 0 && epochs < 10_000);
      assert.ok(Number.isFinite(done['trainCost']));
      assert.ok(
        costs.every((event) => (event['epoch'] as number) <= epochs && Number.isFinite(event['trainCost'])),
      );
    });

    it('keeps the weights of that epoch: stopping there gives the same hash', () => {
      const { done } = train(MOONS, ...hopeless);
      const stopped = train(MOONS, ...hopeless, '--epochs', String(done['epochs']));
      assert.deepEqual([stopped.code, stopped.done['status']], [0, 'finished']);
      assert.equal(stopped.done['weightsHash'], done['weightsHash']);
      assert.equal(stopped.done['trainCost'], done['trainCost']);
    });

    it('says so in words, and what to do', () => {
      const { code, stdout } = run('train', MOONS, ...hopeless);
      assert.equal(code, 1);
      assert.match(
        stdout,
        /Diverged in epoch \d+, layer 1: .*stable with a learning rate of \d\S*; this one was 1000\./,
      );
    });
  });

  describe('text output', () => {
    it('describes the file, the target, what was skipped and how it ended, with status 0', () => {
      const { code, stdout } = run('train', 'samples/penguins.csv', '--epochs', '10');
      assert.equal(code, 0);
      assert.match(stdout, /344 rows × 7 columns, comma/);
      assert.match(
        stdout,
        /Target Sex \(the last column, which holds classes\), predicted as one of two classes/,
      );
      assert.match(stdout, /11 of 344 rows are skipped/);
      assert.match(stdout, /epoch 10 of 10/);
    });
  });

  describe('bad input and bad usage', () => {
    /** One line on standard error, status 2, nothing of the program's inside. */
    function refused(...args: string[]): string {
      const { code, stdout, stderr } = run(...args);
      assert.equal(code, 2, stderr);
      assert.equal(stdout, '');
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
      assert.doesNotMatch(stderr, /\n\s+at |cli\.js|bug in Neuron Lens/);
      return stderr.trimEnd();
    }

    const badFiles: [what: string, content: string, place: string, message: RegExp][] = [
      ['a quote that is never closed', 'a,label\n1,"x\n2,y\n', '2:3', /never closed/],
      ['text after a closing quote', 'a,label\n1,"x"y\n', '2:6', /after the closing quote/],
      ['a short row', 'a,b,label\n1,2,x\n1,22\n', '3:3', /2 cells/],
      ['a long row', 'a,label\n1,x\n3,y,5\n', '3:5', /3 cells/],
    ];
    for (const [what, content, place, message] of badFiles) {
      it(`is told as file:line:column: message: ${what}`, () => {
        const file = write('bad.csv', content);
        const stderr = refused('train', file);
        assert.ok(stderr.startsWith(`${file}:${place}: `), stderr);
        assert.match(stderr, message);
      });
    }

    const badWithLine: [what: string, content: string | Uint8Array, line: number][] = [
      ['an empty file', '', 1],
      ['a header alone', '\na,b\n', 2],
      ['a binary file', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1), 1],
    ];
    for (const [what, content, line] of badWithLine) {
      it(`is told as file:line…: message: ${what}`, () => {
        const file = write('bad.csv', content);
        const stderr = refused('train', file);
        assert.ok(stderr.startsWith(`${file}:${line}:`), stderr);
      });
    }

    it('is told as file:line:column: message for a target of one class', () => {
      const file = write('bad.csv', 'x,z\n1,a\n2,a\n');
      const stderr = refused('train', file, '--target', 'z');
      assert.ok(stderr.startsWith(`${file}:1:3: `), stderr);
    });

    it('reads on where one cell or name is wrong, and says what and where', () => {
      const rows = Array.from({ length: 30 }, (_, i) => `${i % 7},${(i * 3) % 5}.5,${i % 2 ? 'x' : 'y'}`);
      const file = write('odd.csv', `a,a,label\n${rows.join('\n')}\nfoo,1.5,x\n`);
      const { code, stdout } = run('train', file, '--epochs', '5');
      assert.equal(code, 0);
      assert.match(stdout, /Line 1: “a” is the name of two columns; this one is called “a \(2\)”/);
      assert.match(stdout, /Line 32: “foo” is no number/);
      assert.match(stdout, /Line 32: “foo” is no number/);
      assert.match(stdout, /Missing values are filled in.*“a”/);
    });

    it('names the columns when the target is not among them', () => {
      assert.match(
        refused('train', MOONS, '--target', 'nope'),
        /^samples\/moons\.csv:1:.*“nope”.*x1, x2, moon/,
      );
    });

    it('is a file that is not there, or a folder', () => {
      assert.match(refused('train', 'no/such.csv'), /^no\/such\.csv: .*no such file/);
      assert.match(refused('train', 'samples'), /^samples: .*folder/);
    });

    const usage: [what: string, args: string[], message: RegExp][] = [
      ['no file', ['train'], /train FILE/],
      ['two files', ['train', MOONS, FLOWER], /train FILE/],
      ['another command', ['learn', MOONS], /train FILE/],
      ['an option that does not exist', ['train', MOONS, '--epoch', '5'], /--epoch\b/],
      ['an option without its value', ['train', MOONS, '--epochs'], /--epochs/],
      ['a number that is none', ['train', MOONS, '--epochs', 'many'], /--epochs.*"many"/],
      ['a number out of bounds', ['train', MOONS, '--epochs', '0'], /--epochs.*0 is below 1/],
      ['a number that is not written in decimals', ['train', MOONS, '--epochs', '0x10'], /--epochs.*"0x10"/],
      [
        'a layer that is not written in decimals',
        ['train', MOONS, '--hidden-layers', '4,0b11'],
        /--hidden-layers/,
      ],
      ['a negative number', ['train', MOONS, '--learning-rate=-1'], /--learning-rate.*-1/],
      ['a number that is not whole', ['train', MOONS, '--seed', '1.5'], /--seed.*1\.5/],
      ['an empty number', ['train', MOONS, '--seed', ''], /--seed/],
      ['NaN', ['train', MOONS, '--learning-rate', 'NaN'], /--learning-rate/],
      ['layers that are no numbers', ['train', MOONS, '--hidden-layers', '8,x'], /--hidden-layers/],
      ['layers with a gap', ['train', MOONS, '--hidden-layers', '8,,8'], /--hidden-layers/],
      [
        'too many layers',
        ['train', MOONS, '--hidden-layers', '1,1,1,1,1,1,1'],
        /--hidden-layers.*more than 6/,
      ],
      ['a choice that is none', ['train', MOONS, '--output', 'tanh'], /--output.*sigmoid/],
      [
        'a choice named like a built-in property',
        ['train', MOONS, '--output', 'toString'],
        /--output.*sigmoid/,
      ],
      ['neither true nor false', ['train', MOONS, '--standardize', 'maybe'], /--standardize.*true.*false/],
      ['a report every 0 epochs', ['train', MOONS, '--report-every', '0'], /--report-every/],
      ['a report every 1.5 epochs', ['train', MOONS, '--report-every', '1.5'], /--report-every/],
      ['a report every 0x10 epochs', ['train', MOONS, '--report-every', '0x10'], /--report-every/],
      ['a report every x epochs', ['train', MOONS, '--report-every', 'x'], /--report-every/],
    ];
    for (const [what, args, message] of usage) {
      it(`is told in one line that names the option: ${what}`, () => {
        assert.match(refused(...args), message);
      });
    }

    const parameters: [what: string, content: string | undefined, message: RegExp][] = [
      ['a file that is not there', undefined, /no such file/],
      ['a file that is not JSON', '{"W1": [[1,', /JSON/],
      ['something else than parameters', '[1, 2, 3]', /W1, b1/],
      ['too few numbers', '{"W1": [[1]], "b1": [0]}', /W1 must be 1 × 2/],
      ['a matrix turned on its side', '{"W1": [[1], [2], [3]], "b1": [0]}', /W1 must be 1 × 2/],
      ['a missing bias', '{"W1": [[1, 2]]}', /b1 must be 1/],
      ['a number too big for the computer', '{"W1": [[1, 1e999]], "b1": [0]}', /numbers/],
      ['text in place of a number', '{"W1": [[1, "2"]], "b1": [0]}', /numbers/],
      ['null in place of a number', '{"W1": [[1, null]], "b1": [0]}', /numbers/],
    ];
    for (const [what, content, message] of parameters) {
      it(`is told for --initial-parameters: ${what}`, () => {
        const file = path.join(folder, 'parameters.json');
        if (content === undefined) rmSync(file, { force: true });
        else writeFileSync(file, content);
        const stderr = refused('train', MOONS, '--hidden-layers', 'none', '--initial-parameters', file);
        assert.match(stderr, message);
        assert.ok(stderr.includes(file), stderr);
      });
    }

    it('is told for --initial-parameters: rows of different lengths', () => {
      const file = write('ragged.json', '{"W1": [[1, 2, 3], [4]], "b1": [0, 0], "W2": [[1, 1]], "b2": [0]}');
      assert.match(
        refused('train', MOONS, '--hidden-layers', '2', '--initial-parameters', file),
        /W1 must be 2 × 2/,
      );
    });

    it('is told of the parameters file, not of the CSV, when it is the one that is wrong', () => {
      const file = write('wrong.json', '{"W1": [[1]], "b1": [0]}');
      const stderr = refused('train', MOONS, '--hidden-layers', 'none', '--initial-parameters', file);
      assert.ok(stderr.startsWith(`${file}: `), stderr);
    });
  });
});
