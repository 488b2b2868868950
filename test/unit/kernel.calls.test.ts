import assert from 'node:assert/strict';
import path from 'node:path';
import { matrix } from '../../src/core/matrix';
import { parameterCount, type Network } from '../../src/core/network';
import type { EpochOptions } from '../../src/core/optimizer';
import { random } from '../../src/core/random';
import { untilDone, type Ahead } from '../../src/core/trainer';
import { HELPER_BLOCKS, PASS_CALLS, PASSES, READY, WIDE } from '../../src/kernel/assembly/addresses';
import type { StartHelpers } from '../../src/kernel/helpers';
import type { Kernel } from '../../src/kernel/kernel';
import { SimdTrainer, type SimdOptions } from '../../src/kernel/simdTrainer';
import { startHelpers } from '../../src/threads/pool';
import { plain } from './training';

/** The kernels as they are; `around` is told of each call, and makes it. */
type Around = (
  name: keyof Kernel,
  call: () => unknown,
  words: Int32Array,
  args: readonly unknown[],
) => unknown;

const { Instance } = WebAssembly;
let around: Around = (_name, call) => call();
before(() => {
  WebAssembly.Instance = function (
    module: WebAssembly.Module,
    imports: { env: { memory: WebAssembly.Memory } },
  ) {
    const words = new Int32Array(imports.env.memory.buffer);
    const exports = Object.entries(new Instance(module, imports).exports).map(([name, call]) => {
      const make = call as (...args: unknown[]) => unknown;
      const told = (...args: unknown[]) => around(name as keyof Kernel, () => make(...args), words, args);
      return [name, told];
    });
    return { exports: Object.fromEntries(exports) as WebAssembly.Exports };
  } as unknown as typeof Instance;
});
after(() => {
  WebAssembly.Instance = Instance;
});
afterEach(() => {
  around = (_name, call) => call();
});

interface Size {
  readonly m: number;
  readonly nx: number;
  readonly units: number;
}

function make({ m, nx, units }: Size, options: SimdOptions = {}): SimdTrainer {
  const network: Network = { sizes: [nx, units, 1], hidden: 'tanh', output: 'sigmoid' };
  const { uniform } = random(1, 'sample');
  const X = matrix(nx, m);
  X.data.forEach((_, k) => (X.data[k] = uniform() - 0.5));
  const Y = matrix(1, m);
  Y.data.forEach((_, j) => (Y.data[j] = Number(X.data[j] > 0)));
  const initial = Float64Array.from({ length: parameterCount(network) }, () => uniform() - 0.5);
  return new SimdTrainer(network, initial, { X, Y }, null, { seed: 1, ...options });
}

/** Everything that a trainer is at a whole epoch. */
const all = (trainer: SimdTrainer) => ({
  epoch: trainer.epoch,
  parameters: trainer.parameters(),
  measure: trainer.measure(),
});

const full = plain(0.1);
const batches = (batchSize: number): EpochOptions => ({ ...full, batchSize });

/** How often each of the kernels' functions is called meanwhile. */
function callsOf(work: () => void): Map<string, number> {
  const calls = new Map<string, number>();
  around = (name, call) => {
    calls.set(name, (calls.get(name) ?? 0) + 1);
    return call();
  };
  work();
  return calls;
}

describe('a call into the kernels', () => {
  it('trains many epochs of a small training', () => {
    const trainer = make({ m: 200, nx: 2, units: 4 });
    trainer.measure();
    const measured: number[] = [];
    const ahead: Ahead = {
      most: 100,
      learningRate: () => 0.1,
      wants: (epoch) => epoch % 10 === 0,
      measured: ({ epoch }) => measured.push(epoch),
    };
    // The gradient is found before the first.
    trainer.advance(full, untilDone);
    const calls = callsOf(() => assert.equal(trainer.advance(full, untilDone, ahead), 'epoch'));
    assert.equal(trainer.epoch, 101);
    assert.equal(measured.length, 10);
    assert.deepEqual([...calls], [['epochs', 1]]);
  });

  it('trains a whole run of mini-batches', () => {
    const trainer = make({ m: 2000, nx: 5, units: 8 });
    trainer.advance(batches(10), untilDone);
    const calls = callsOf(() => trainer.advance(batches(10), untilDone));
    assert.equal(calls.get('batches'), 1);
    assert.equal(calls.get('proceed'), undefined, 'nothing is measured that nobody wants');
  });

  it('lets a helper go on for no longer than a slice once the pass is given up', () => {
    const blocks = (machine: SimdOptions['machine'] = {}) => {
      let found = 0;
      around = (_name, call, words) => {
        found = words[HELPER_BLOCKS / 4];
        return call();
      };
      make({ m: 100, nx: 2, units: 4 }, { machine }).measure();
      return found;
    };
    assert.equal(blocks(), 16);
    assert.equal(blocks({ slice: 1 }), 1, 'a block of a large network is more than a slice');
  });

  it('trains a whole run of mini-batches on several threads, which meet in it', () => {
    const helper = path.resolve('out', 'programs', 'helper.js');
    const size = { m: 4000, nx: 20, units: 32 };
    const trainer = make(size, { threads: 3, startHelpers: startHelpers(helper) });
    try {
      trainer.advance(batches(400), untilDone);
      let passes = 0;
      let most = 0;
      around = (name, call, words) => {
        const before = words[PASSES / 4];
        const outcome = call();
        if (name === 'batches') most = Math.max(most, words[PASSES / 4] - before);
        passes += words[PASSES / 4] - before;
        return outcome;
      };
      trainer.advance(batches(400), untilDone);
      assert.equal(passes, 10);
      // One that has waited for a helper too long looks whether it has died.
      assert.ok(most > 1, `${most} mini-batches in a call`);
    } finally {
      trainer.dispose();
    }
  });
});

describe('the cost after an epoch of mini-batches', () => {
  const size = { m: 4000, nx: 20, units: 32 };
  const options: EpochOptions = { ...plain(0.1), batchSize: 200 };
  const ahead = (): Ahead => ({
    ...{ most: 1, learningRate: () => 0.1, wants: () => true },
    measured: () => undefined,
  });
  const machine = { slice: 1e5 };

  it('is found in slices, between which the trainer yields, to the same bits', () => {
    const whole = make(size);
    whole.advance(options, untilDone, ahead());
    const sliced = make(size, { machine });
    let [inBatches, after] = [0, 0];
    let isMeasuring = false;
    around = (name, call) => {
      if (name === 'proceed') isMeasuring = true;
      return call();
    };
    for (;;) {
      const outcome = sliced.advance(options, () => true, ahead());
      if (outcome === 'epoch') break;
      if (isMeasuring) after++;
      else inBatches++;
    }
    assert.ok(inBatches > 20 && after > 10, `${inBatches} and ${after} slices`);
    assert.deepEqual([...sliced.parameters()], [...whole.parameters()]);
    assert.deepEqual(sliced.measure(), whole.measure());
  });

  it('is given up with its epoch, which comes again to the same bits', () => {
    const whole = make(size);
    for (let k = 0; k < 2; k++) whole.advance(options, untilDone, ahead());
    const rested = make(size, { machine });
    rested.advance(options, untilDone, ahead());
    const before = [...rested.parameters()];
    let isMeasuring = false;
    around = (name, call) => {
      if (name === 'proceed') isMeasuring = true;
      return call();
    };
    while (!isMeasuring)
      assert.equal(
        rested.advance(options, () => true, ahead()),
        'more',
      );
    rested.rest();
    assert.deepEqual([rested.epoch, [...rested.parameters()]], [1, before]);
    assert.equal(rested.advance(options, untilDone, ahead()), 'epoch');
    assert.deepEqual([...rested.parameters()], [...whole.parameters()]);
    assert.deepEqual(rested.measure(), whole.measure());
  });
});

describe('the examples', () => {
  /** Numbers that a call may move: a few milliseconds' work. */
  const MOST_MOVED = 1_000_000;
  const large: Size = { m: 200_000, nx: 20, units: 2 };

  it('change between the orders of full and mini-batches in slices', () => {
    const trainer = make(large);
    const moved: number[] = [];
    around = (name, call, _words, [, groups, nx]) => {
      if (name === 'regroup') moved.push((groups as number) * 8 * (nx as number));
      return call();
    };
    for (const how of [batches(50_000), full]) {
      moved.length = 0;
      trainer.advance(how, untilDone);
      assert.equal(
        moved.reduce((sum, each) => sum + each),
        large.m * large.nx,
      );
      assert.ok(Math.max(...moved) <= MOST_MOVED, moved.join());
    }
  });

  it('change in as many slices as it takes, between which the trainer yields, to the same bits', () => {
    const [interrupted, straight] = [make(large), make(large)];
    let yields = 0;
    let turning = false;
    around = (name, call) => {
      turning = name === 'regroup';
      return call();
    };
    for (const how of [batches(50_000), full, batches(70_000)]) {
      yields = 0;
      while (interrupted.advance(how, () => true) === 'more') {
        assert.ok(interrupted.midEpoch);
        if (turning) yields++;
      }
      assert.ok(yields >= (large.m * large.nx) / MOST_MOVED - 1, `${yields} times`);
      straight.advance(how, untilDone);
      assert.deepEqual(all(interrupted), all(straight));
    }
  });

  it('are whole where the change was given up, in whichever order comes next', () => {
    const [small, slice] = [{ m: 203, nx: 3, units: 4 }, 1];
    const [restless, straight] = [make(small, { machine: { slice } }), make(small)];
    const { below } = random(2, 'sample');
    for (let k = 0; k < 60; k++) {
      const how = k % 2 === 0 ? batches(50) : full;
      const other = k % 2 === 0 ? full : batches(20);
      for (const [each, calls] of [
        [how, below(20)],
        [other, below(20)],
      ] as const) {
        for (let call = 0; call < calls && restless.epoch === straight.epoch; call++) {
          if (restless.advance(each, () => true) === 'epoch') straight.advance(each, untilDone);
        }
        restless.rest();
        assert.deepEqual(all(restless), all(straight));
        if (k % 3 === 0) assert.deepEqual(restless.gradients(), straight.gradients());
      }
    }
  });
});

describe('the ways of a training that its speed decides on', () => {
  const size: Size = { m: 2000, nx: 10, units: 16 };
  /** Helpers that say they are there and do nothing: what is shared with them is done alone, but it is shared. */
  const idle: StartHelpers = (module, memory, count) => {
    new Int32Array(memory.buffer)[READY / 4] = count;
    return late(module, memory, count);
  };
  /** Helpers that never come. */
  const late: StartHelpers = (_module, _memory, count) => ({
    ...{ count, now: () => 0, check: () => undefined, dispose: () => undefined },
  });

  /** A trainer on a machine of which a test says what each pass takes, by the way that it goes. */
  function onMachine(
    msOf: (way: { readonly wide: boolean; readonly shared: boolean }) => number,
    helpers: StartHelpers | null = null,
  ) {
    let time = 0;
    let way = { wide: false, shared: false };
    around = (name, call, words) => {
      const before = words[PASSES / 4];
      const outcome = call();
      if (name === 'epochs' || name === 'proceed' || name === 'batches') {
        way = { wide: words[WIDE / 4] === 1, shared: words[PASS_CALLS / 4] === 1 };
        time += msOf(way) * Math.max(1, words[PASSES / 4] - before);
      }
      return outcome;
    };
    const trainer = make(size, {
      machine: { lanes: 'measured', now: () => time },
      ...(helpers && { threads: 2, startHelpers: helpers }),
    });
    return {
      trainer,
      /** Trains until a time, and gives the way of the last call. */
      until(ms: number) {
        while (time < ms) trainer.advance(full, untilDone);
        return way;
      },
    };
  }

  it('are the tiles that take less time', () => {
    assert.equal(onMachine(({ wide }) => (wide ? 1 : 2)).until(100).wide, true);
    const narrow = onMachine(({ wide }) => (wide ? 2 : 1));
    assert.equal(narrow.until(100).wide, false);
    assert.equal(narrow.trainer.lanes, 4);
  });

  it('are looked at again each second', () => {
    let faster = true;
    const machine = onMachine(({ wide }) => (wide === faster ? 1 : 2));
    assert.equal(machine.until(100).wide, true);
    faster = false;
    assert.equal(machine.until(950).wide, true, 'as it was chosen');
    assert.equal(machine.until(1200).wide, false, 'as it was chosen anew');
    assert.equal(machine.trainer.lanes, 4);
    faster = true;
    assert.equal(machine.until(1900).wide, false, 'as it was chosen anew');
    assert.equal(machine.until(2300).wide, true, 'after two seconds');
  });

  it('are looked at for a hundredth of the time, also where a pass takes long', () => {
    let [all, narrow] = [0, 0];
    const machine = onMachine(({ wide }) => {
      const ms = wide ? 500 : 800;
      all += ms;
      if (!wide) narrow += ms;
      return ms;
    });
    machine.until(400_000);
    assert.ok(narrow > 800 && narrow < 0.015 * all, `${narrow} of ${all} ms`);
    assert.equal(machine.trainer.lanes, 8);
  });

  it('are tried one by one: the tiles again by the threads that were chosen', () => {
    let seen: string[] = [];
    const machine = onMachine(({ wide, shared }) => {
      seen.push(`${wide ? 'wide' : 'narrow'} ${shared ? 'shared' : 'alone'}`);
      return shared ? 4 : wide ? 1 : 2;
    }, idle);
    machine.until(900);
    seen = [];
    machine.until(5000);
    assert.deepEqual([...new Set(seen)].sort(), ['narrow alone', 'wide alone', 'wide shared']);
  });

  it('are one thread where two are not faster, and two where they are', () => {
    assert.equal(onMachine(({ shared }) => (shared ? 2 : 1), idle).until(200).shared, false);
    assert.equal(onMachine(() => 1, idle).until(200).shared, true, 'no other way is clearly faster');
    assert.equal(onMachine(({ shared }) => (shared ? 1 : 2), idle).until(200).shared, true);
  });

  it('are not judged before the helpers are there', () => {
    assert.equal(onMachine(({ shared }) => (shared ? 2 : 1), late).until(900).shared, true);
  });

  it('are one thread or two by what is faster after a second', () => {
    let busy = false;
    const machine = onMachine(({ shared }) => (shared === busy ? 2 : 1), idle);
    assert.equal(machine.until(200).shared, true);
    busy = true;
    assert.equal(machine.until(1300).shared, false);
  });

  it('are one thread for mini-batches that two are slower for', () => {
    const machine = onMachine(({ shared }) => (shared ? 2 : 1), idle);
    const { trainer } = machine;
    let shared = true;
    const measuring = around;
    around = (name, call, words, args) => {
      const outcome = measuring(name, call, words, args);
      if (name === 'batches') shared = words[PASS_CALLS / 4] === 1;
      return outcome;
    };
    for (let k = 0; k < 30; k++) trainer.advance(batches(200), untilDone);
    assert.equal(shared, false);
  });

  it('change no bit', () => {
    const straight = make(size);
    const machine = onMachine(({ wide, shared }) => (wide === shared ? 1 : 2), idle);
    machine.until(300);
    while (straight.epoch < machine.trainer.epoch) straight.advance(full, untilDone);
    assert.deepEqual(all(machine.trainer), all(straight));
  });
});
