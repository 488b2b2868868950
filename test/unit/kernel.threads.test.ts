import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { matrix } from '../../src/core/matrix';
import { parameterCount, type Network } from '../../src/core/network';
import type { EpochOptions, Optimizer } from '../../src/core/optimizer';
import { random } from '../../src/core/random';
import { untilDone, type Examples } from '../../src/core/trainer';
import { NEXT_SHARD, READY, SCRATCH_SIZE } from '../../src/kernel/assembly/addresses';
import type { Helpers, StartHelpers } from '../../src/kernel/helpers';
import { waitMs } from '../../scripts/patience.json';
import { shards, TooLargeError } from '../../src/kernel/layout';
import { SimdTrainer, type SimdOptions } from '../../src/kernel/simdTrainer';
import { startHelpers as startThreads } from '../../src/threads/pool';
import { plain } from './training';

const HELPER = path.resolve('out', 'programs', 'helper.js');
const start = startThreads(HELPER);

interface Problem {
  readonly name: string;
  readonly network: Network;
  readonly m: number;
  readonly how: EpochOptions;
  readonly optimizer: Optimizer;
  readonly weighted: boolean;
}

/** All large enough that threads are worth it: in each batch, over 400,000 operations. The last has shards of two blocks. */
const problems: readonly Problem[] = [
  {
    name: '6,000 examples of 20-32-1 at once',
    network: { sizes: [20, 32, 1], hidden: 'tanh', output: 'sigmoid' },
    m: 6000,
    how: plain(0.5),
    optimizer: 'gradientDescent',
    weighted: false,
  },
  {
    name: 'batches of 200 from 4,000 of 30-40-3, softmax, adam',
    network: { sizes: [30, 40, 3], hidden: 'sigmoid', output: 'softmax' },
    m: 4000,
    how: { ...plain(0.002), batchSize: 200 },
    optimizer: 'adam',
    weighted: false,
  },
  {
    name: 'batches of 1,000 from 3,001 of 25-17-9-1, weights, l1, nesterov',
    network: { sizes: [25, 17, 9, 1], hidden: 'leakyRelu', output: 'linear' },
    m: 3001,
    how: { ...plain(0.002), l1: 0.001, batchSize: 1000 },
    optimizer: 'nesterov',
    weighted: true,
  },
  {
    name: '700 examples of 3-700-640-1 at once, momentum',
    network: { sizes: [3, 700, 640, 1], hidden: 'relu', output: 'sigmoid' },
    m: 700,
    how: { ...plain(0.01), l2: 0.01 },
    optimizer: 'momentum',
    weighted: true,
  },
];
const [full, batches, , wide] = problems;

function examplesOf({ network, m, weighted }: Problem, count = m, seed = 1): Examples {
  const { normal, below, uniform } = random(seed, 'sample');
  const ny = network.sizes[network.sizes.length - 1];
  const X = matrix(network.sizes[0], count);
  X.data.forEach((_, k) => (X.data[k] = normal()));
  const Y = matrix(ny, count);
  for (let j = 0; j < count; j++) {
    const signal = X.data[j] + 0.5 * normal();
    if (network.output === 'linear') Y.data[j] = signal;
    else if (network.output === 'sigmoid') Y.data[j] = Number(signal > 0);
    else Y.data[(signal > 0 ? 0 : 1 + below(ny - 1)) * count + j] = 1;
  }
  return weighted ? { X, Y, weights: Float64Array.from({ length: count }, () => 0.5 + uniform()) } : { X, Y };
}

const started: SimdTrainer[] = [];
function make(each: Problem, threads: number, options: SimdOptions = {}): SimdTrainer {
  const { network, optimizer } = each;
  const { normal } = random(7, 'weights');
  const initial = Float64Array.from({ length: parameterCount(network) }, () => 0.1 * normal());
  const trainer = new SimdTrainer(network, initial, examplesOf(each), examplesOf(each, 650, 2), {
    optimizer,
    seed: 3,
    threads,
    startHelpers: start,
    ...options,
  });
  started.push(trainer);
  return trainer;
}

/** Everything that a trainer is at a whole epoch. */
const all = (trainer: SimdTrainer) => ({
  epoch: trainer.epoch,
  parameters: trainer.parameters(),
  state: trainer.state(),
  measure: trainer.measure(),
});

/** Trains so many epochs more, and gives how often that was interrupted. */
function train(trainer: SimdTrainer, how: EpochOptions, count: number, shouldYield = untilDone): number {
  let interrupted = 0;
  for (let done = 0; done < count;) {
    const outcome = trainer.advance(how, shouldYield);
    assert.ok(outcome === 'epoch' || outcome === 'more', 'diverged');
    if (outcome === 'epoch') done++;
    else interrupted++;
  }
  return interrupted;
}

/** Blocks this thread until `holds`, as a trainer does that waits for its helpers. */
function blockUntil(what: string, holds: () => boolean): void {
  const word = new Int32Array(new SharedArrayBuffer(4));
  for (const end = performance.now() + waitMs; !holds(); Atomics.wait(word, 0, 0, 1))
    if (performance.now() > end) throw new Error(`waited ${waitMs / 1000} s for ${what}`);
}

/** A child process that runs `code`, which may import from src/: its standard output, or that it had to be ended. */
function runChild(folder: string, code: string, args: string[] = []): string {
  const file = path.join(folder, 'child.cjs');
  const resolveDir = path.resolve('test', 'unit');
  buildSync({
    ...{ stdin: { contents: code, resolveDir, loader: 'ts' }, outfile: file, bundle: true },
    ...{ platform: 'node', target: 'node20', format: 'cjs', loader: { '.wasm': 'binary' } },
    logLevel: 'silent',
  });
  const { stdout, stderr, signal, status } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    timeout: waitMs,
    killSignal: 'SIGKILL',
  });
  if (signal) return `no end after ${waitMs / 1000} s: ${stdout}`;
  return status === 0 ? stdout.trim() : `status ${status}: ${stderr}`;
}

/** What a child needs to train: a problem on threads. */
const CHILD = `
import { untilDone } from '../../src/core/trainer';
import { matrix } from '../../src/core/matrix';
import { READY } from '../../src/kernel/assembly/addresses';
import { SimdTrainer } from '../../src/kernel/simdTrainer';
import { startHelpers } from '../../src/threads/pool';
import { Worker } from 'node:worker_threads';
const how = { learningRate: 0.01, momentum: 0.9, l1: 0, l2: 0, batchSize: 0 };
const network = { sizes: [20, 64, 1], hidden: 'tanh', output: 'sigmoid' } as const;
const m = 6000;
const train = { X: matrix(20, m), Y: matrix(1, m) };
train.X.data.forEach((_, k) => (train.X.data[k] = ((k * 7919) % 1000) / 500 - 1));
train.Y.data.forEach((_, k) => (train.Y.data[k] = k % 2));
const make = (startHelpers, machine = {}) => {
  const initial = new Float64Array(20 * 64 + 64 + 65).fill(0.1);
  return new SimdTrainer(network, initial, train, null, { threads: 3, startHelpers, machine });
};
`;

describe('the threads of the fast engine', () => {
  let folder = '';
  before(() => {
    assert.ok(existsSync(HELPER), `${HELPER} is missing: build first`);
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-threads-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => {
    for (const trainer of started.splice(0)) {
      try {
        trainer.dispose();
      } catch {
        // A test has ended its helpers.
      }
    }
  });

  for (const each of problems) {
    describe(each.name, () => {
      const COUNT = 4;
      let expected: ReturnType<typeof all>[];
      before(() => {
        const trainer = make(each, 1, {});
        expected = [all(trainer)];
        for (let k = 0; k < COUNT; k++) {
          train(trainer, each.how, 1);
          expected.push(all(trainer));
        }
      });

      for (const threads of [2, 3, 5]) {
        it(`ends in the same bits on ${threads} threads as on one`, () => {
          const trainer = make(each, threads);
          train(trainer, each.how, COUNT);
          assert.deepEqual(all(trainer), expected[COUNT]);
        });

        it(`has the same costs in every epoch on ${threads} threads, measured in between`, () => {
          const trainer = make(each, threads);
          for (const after of expected) {
            assert.deepEqual(all(trainer), after);
            if (trainer.epoch < COUNT) train(trainer, each.how, 1);
          }
        });

        it(`ends in the same bits on ${threads} threads with pauses`, async () => {
          const trainer = make(each, threads);
          const { uniform } = random(threads, 'sample');
          while (trainer.epoch < COUNT) {
            const outcome = trainer.advance(each.how, () => uniform() < 0.5);
            // A pause in which messages would be handled, and helpers fall asleep.
            if (outcome === 'more' && uniform() < 0.3) await sleep(1);
          }
          assert.deepEqual(all(trainer), expected[COUNT]);
        });

        it(`rests on ${threads} threads at the last whole epoch, and goes on from there`, async () => {
          const trainer = make(each, threads);
          const { uniform } = random(threads, 'split');
          for (let k = 0; trainer.epoch < COUNT; k++) {
            let outcome = trainer.advance(each.how, () => uniform() < 0.3);
            while (outcome === 'more' && uniform() < 0.5) {
              outcome = trainer.advance(each.how, () => uniform() < 0.3);
            }
            if (k < 40) trainer.rest();
            else train(trainer, each.how, 1);
            assert.equal(trainer.midEpoch, false);
            assert.deepEqual(all(trainer), expected[trainer.epoch]);
            if (k % 4 === 0) await sleep(1);
          }
        });
      }

      it('goes on to the same bits from what another number of threads left', () => {
        const first = make(each, 3);
        train(first, each.how, 2);
        const second = make(each, 2);
        second.advance(each.how, () => true);
        second.restore(2, first.parameters(), first.state());
        train(second, each.how, 2);
        assert.deepEqual(all(second), expected[COUNT]);
      });
    });
  }

  it('are interrupted and cancelled while helpers work on their shards', () => {
    const trainer = make(wide, 3);
    assert.ok(train(trainer, wide.how, 1, () => true) > 0);
    const before = all(trainer);
    for (let calls = 1; calls < 6; calls++) {
      for (let call = 0; call < calls; call++) {
        if (trainer.advance(wide.how, () => true) === 'epoch') return;
      }
      trainer.rest();
      assert.deepEqual(all(trainer), before);
    }
  });

  it('meet in passes of two shards and of sixteen in turn, many times over', () => {
    const how = { ...batches.how, batchSize: 200 };
    const [one, five] = [make(batches, 1), make(batches, 5)];
    for (let k = 0; k < 30; k++) {
      train(one, how, 1);
      train(five, how, 1);
      assert.deepEqual(five.measure(), one.measure());
      // All at once now and then: sixteen shards with gradients.
      if (k % 3 === 0) for (const trainer of [one, five]) train(trainer, { ...how, batchSize: 0 }, 1);
    }
    assert.deepEqual(all(five), all(one));
  });

  it('of two trainers that take turns do not disturb each other', () => {
    const alone = [full, batches].map((each) => {
      const trainer = make(each, 2);
      train(trainer, each.how, 3);
      return all(trainer);
    });
    const together = [make(full, 3), make(batches, 2)];
    const { uniform } = random(1, 'sample');
    while (together.some(({ epoch }) => epoch < 3)) {
      [full, batches].forEach((each, k) => {
        if (together[k].epoch < 3) together[k].advance(each.how, () => uniform() < 0.5);
      });
    }
    assert.deepEqual(together.map(all), alone);
  });

  describe('are started', () => {
    const counting = () => {
      const asked: number[] = [];
      const spy: StartHelpers = (_module, _memory, count) => {
        asked.push(count);
        return { count, now: () => performance.now(), check: () => undefined, dispose: () => undefined };
      };
      return { asked, spy };
    };

    it('one fewer than are wanted, and no more than there are shards', () => {
      for (const [threads, helpers] of [
        [2, 1],
        [5, 4],
        [16, 15],
        [64, 15],
      ]) {
        const { asked, spy } = counting();
        make(full, threads, { startHelpers: spy });
        assert.deepEqual(asked, [helpers]);
      }
      const { asked, spy } = counting();
      make({ ...wide, m: 300 }, 64, { startHelpers: spy });
      assert.deepEqual(asked, [2]);
    });

    it('not at all for one thread, or a small problem', () => {
      const { asked, spy } = counting();
      make(full, 1, { startHelpers: spy });
      make({ ...full, m: 60 }, 8, { startHelpers: spy });
      assert.deepEqual(asked, []);
    });

    it('not when the training would need too much memory, and nothing is allocated then', () => {
      const { asked, spy } = counting();
      const original = WebAssembly.Memory;
      let allocated = 0;
      WebAssembly.Memory = class extends original {
        constructor(...args: ConstructorParameters<typeof original>) {
          allocated++;
          super(...args);
        }
      };
      try {
        // As many examples as no array could hold: they are not looked at.
        const none = new Float64Array();
        const network: Network = { sizes: [50, 100, 1], hidden: 'tanh', output: 'sigmoid' };
        const of = (m: number, rows: number) => ({ rows, cols: m, data: none });
        for (const [m, memoryBudget] of [
          [100_000, 16e6],
          [10_000_000, 2000e6],
          [1e9, undefined],
        ] as const) {
          const attempt = () =>
            new SimdTrainer(network, new Float64Array(5201), { X: of(m, 50), Y: of(m, 1) }, null, {
              ...{ threads: 4, startHelpers: spy },
              ...(memoryBudget !== undefined && { memoryBudget }),
            });
          assert.throws(attempt, (error: unknown) => {
            assert.ok(error instanceof TooLargeError);
            assert.ok(error.needed > error.allowed);
            assert.ok(error.needed > 4 * 50 * m);
            if (memoryBudget !== undefined) assert.equal(error.allowed, memoryBudget);
            else assert.ok(error.allowed <= 2 ** 32);
            return true;
          });
        }
        assert.deepEqual([allocated, asked], [0, []]);
        // The counting works.
        make(full, 2, { startHelpers: spy });
        assert.deepEqual([allocated, asked], [1, [1]]);
      } finally {
        WebAssembly.Memory = original;
      }
    });

    it('within a budget that is just enough, and not within one that is a byte less', () => {
      let needed = 0;
      assert.throws(
        () => make(full, 3, { memoryBudget: 1000 }),
        (error: unknown) => error instanceof TooLargeError && (needed = error.needed) > 1000,
      );
      train(make(full, 3, { memoryBudget: needed }), full.how, 1);
      assert.throws(() => make(full, 3, { memoryBudget: needed - 1 }), TooLargeError);
    });
  });

  describe('that die', () => {
    /** Starts helpers as `start` does, and gives them and the memory they work in away. */
    function watched() {
      let words = new Int32Array();
      let helpers: Helpers | undefined;
      const startHelpers: StartHelpers = (module, memory, count) => {
        words = new Int32Array(memory.buffer);
        return (helpers = start(module, memory, count));
      };
      return {
        startHelpers,
        count: (address: number) => Atomics.load(words, address / 4),
        end: () => helpers!.dispose(),
        /** Resolves once the helpers' end is known. */
        ended: async () => {
          for (;;) {
            try {
              helpers!.check();
            } catch {
              return;
            }
            await sleep(5);
          }
        },
      };
    }

    /** A trainer whose helpers have ended, as well as can be told in the middle of their shards. */
    async function broken(): Promise<SimdTrainer> {
      const { startHelpers, count, end, ended } = watched();
      const trainer = make(wide, 3, { startHelpers });
      blockUntil('the helpers to be ready', () => count(READY) === 2);
      train(trainer, wide.how, 1);
      const { count: all } = shards(wide.m);
      const outcome = trainer.advance(wide.how, () => {
        // One is the leader's.
        blockUntil('a helper to take a shard', () => count(NEXT_SHARD) < all - 1);
        end();
        return true;
      });
      assert.equal(outcome, 'more');
      await ended();
      return trainer;
    }

    /** Such a trainer that misses its helpers: where they had just finished their shards, one more is tried. */
    async function missingHelpers(): Promise<SimdTrainer> {
      for (let attempt = 0; attempt < 10; attempt++) {
        const trainer = await broken();
        try {
          train(trainer, wide.how, 1);
        } catch (error) {
          assert.match(String(error), /thread has ended/);
          return trainer;
        }
      }
      throw new Error('helpers had always finished their shards');
    }

    it('make advance throw instead of waiting for ever, each time', async () => {
      const trainer = await missingHelpers();
      assert.throws(() => train(trainer, wide.how, 1), /thread has ended/);
    });

    it('do not keep the trainer from being disposed of', async () => {
      const trainer = await missingHelpers();
      trainer.dispose();
    });

    it('while they wait for work are not missed, or make advance throw', async () => {
      const { startHelpers, end, ended } = watched();
      const trainer = make(full, 3, { startHelpers });
      const expected = make(full, 1);
      train(trainer, full.how, 1);
      end();
      await ended();
      let refused = false;
      try {
        train(trainer, full.how, 2);
      } catch (error) {
        assert.match(String(error), /thread has ended/);
        refused = true;
      }
      if (refused) return;
      train(expected, full.how, 3);
      assert.deepEqual(all(trainer), all(expected));
    });

    it('by an error of their own are seen although no event is handled', () => {
      // The helper as it is, but for a kernel that is sent beyond the memory, and traps in its first shard.
      const failing = path.join(folder, 'failing.cjs');
      writeFileSync(
        failing,
        `const Instance = WebAssembly.Instance;
        WebAssembly.Instance = function (module, imports) {
          const { exports } = new Instance(module, imports);
          const size = new Int32Array(imports.env.memory.buffer)[${SCRATCH_SIZE / 4}];
          const help = (thread, generation) => exports.help(Math.floor(0xf0000000 / size), generation);
          return { exports: { ...exports, help } };
        };
        require(${JSON.stringify(HELPER)});`,
      );
      const said = runChild(
        folder,
        `${CHILD}
        const trainer = make(startHelpers(process.argv[2]));
        let said = '';
        try {
          for (;;) trainer.advance(how, untilDone);
        } catch (error) {
          said = String(error);
        }
        console.log(said);
        process.exit();`,
        [failing],
      );
      assert.match(said, /^Error: /);
    });
  });

  describe('that begin late', () => {
    it('join when they are there, and change no bit', () => {
      // The helper as it is, once the first word of the memory says so; nothing else uses it.
      const late = path.join(folder, 'late.cjs');
      writeFileSync(
        late,
        `const { memory } = require('node:worker_threads').workerData;
        const words = new Int32Array(memory.buffer);
        while (Atomics.load(words, 0) === 0) Atomics.wait(words, 0, 0);
        require(${JSON.stringify(HELPER)});`,
      );
      let words = new Int32Array();
      const startHelpers: StartHelpers = (module, memory, count) => {
        words = new Int32Array(memory.buffer);
        return startThreads(late)(module, memory, count);
      };
      const [one, three] = [make(full, 1), make(full, 3, { startHelpers })];
      for (const trainer of [one, three]) train(trainer, full.how, 2);
      assert.equal(Atomics.load(words, READY / 4), 0, 'none has begun');
      assert.deepEqual(all(three), all(one));
      Atomics.store(words, 0, 1);
      Atomics.notify(words, 0);
      blockUntil('the helpers to be ready', () => Atomics.load(words, READY / 4) === 2);
      for (const trainer of [one, three]) train(trainer, full.how, 2);
      assert.deepEqual(all(three), all(one));
    });

    it('or never are not missed, and let the process end', () => {
      const said = runChild(
        folder,
        `${CHILD}
        const trainer = make(startHelpers(process.argv[2]));
        for (let k = 0; k < 5; k++) trainer.advance(how, untilDone);
        console.log(trainer.epoch);`,
        [path.join(folder, 'missing.cjs')],
      );
      assert.equal(said, '5');
    });
  });

  describe('end', () => {
    it('with dispose, and let the process end', () => {
      const said = runChild(
        folder,
        `${CHILD}
        const trainer = make(startHelpers(process.argv[2]));
        for (let k = 0; k < 5; k++) trainer.advance(how, untilDone);
        trainer.dispose();
        console.log(trainer.epoch);`,
        [HELPER],
      );
      assert.equal(said, '5');
    });

    it('with dispose in the middle of an epoch', () => {
      const said = runChild(
        folder,
        `${CHILD}
        const trainer = make(startHelpers(process.argv[2]), { slice: 1 });
        trainer.advance({ ...how, batchSize: 500 }, () => true);
        trainer.dispose();
        console.log(trainer.epoch);`,
        [HELPER],
      );
      assert.equal(said, '0');
    });

    it('by themselves when dispose asks them to', () => {
      // These keep the process alive and are not terminated.
      const said = runChild(
        folder,
        `${CHILD}
        let words;
        const trainer = make((module, memory, count) => {
          words = new Int32Array(memory.buffer);
          const ready = startHelpers(process.argv[2])(module, memory, 0);
          for (let k = 1; k <= count; k++) {
            const worker = new Worker(process.argv[2], { workerData: { module, memory, thread: k } });
            worker.on('exit', (code) => console.log('exit', code));
          }
          return { ...ready, count };
        });
        const untilUp = setInterval(() => {
          if (Atomics.load(words, READY / 4) < 2) return;
          clearInterval(untilUp);
          for (let k = 0; k < 5; k++) trainer.advance(how, untilDone);
          trainer.dispose();
        }, 5);`,
        [HELPER],
      );
      assert.deepEqual(said.split('\n'), ['exit 0', 'exit 0']);
    });

    it('with the process, disposed of or not', () => {
      const said = runChild(
        folder,
        `${CHILD}
        const trainer = make(startHelpers(process.argv[2]));
        trainer.advance(how, untilDone);
        console.log(trainer.epoch);`,
        [HELPER],
      );
      assert.equal(said, '1');
    });

    it('with the command line', () => {
      const file = path.join(folder, 'large.csv');
      const { normal } = random(4, 'sample');
      const rows = Array.from({ length: 3000 }, () => {
        const [a, b, c] = [normal(), normal(), normal()];
        return `${a.toFixed(4)},${b.toFixed(4)},${c.toFixed(4)},${a * b > c ? 'yes' : 'no'}`;
      });
      writeFileSync(file, ['a,b,c,label', ...rows].join('\n'));
      const hashes = [1, 2, 5].map((threads) => {
        const { status, stdout, signal } = spawnSync(
          process.execPath,
          [
            ...[path.join('out', 'programs', 'cli.js'), 'train', file, '--epochs', '20', '--json'],
            ...['--hidden-layers', '40', '--threads', String(threads)],
          ],
          { encoding: 'utf8', timeout: waitMs, killSignal: 'SIGKILL' },
        );
        assert.deepEqual([signal, status], [null, 0]);
        const done = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Record<string, unknown>;
        return done['weightsHash'];
      });
      assert.equal(new Set(hashes).size, 1);
    });
  });
});
