import assert from 'node:assert/strict';
import { matrix } from '../../src/core/matrix';
import { parameterCount, type Network } from '../../src/core/network';
import type { EpochOptions } from '../../src/core/optimizer';
import { random } from '../../src/core/random';
import { untilDone } from '../../src/core/trainer';
import type { Kernel } from '../../src/kernel/kernel';
import { SimdTrainer, type SimdOptions } from '../../src/kernel/simdTrainer';
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
