/**
 * Our engine as one of the programs of the speed benchmark: a line of JSON in, a line of JSON out, as peers.py
 * and tfjs.mjs do. `threads` of a `load` fixes how many train. With --narrow it runs without V8's flags.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { matrix } from '../src/core/matrix';
import { parameterCount, type Network } from '../src/core/network';
import { untilDone, type Ahead } from '../src/core/trainer';
import { allocate, instantiate, kernelModule, writeConstants } from '../src/kernel/kernel';
import type { SimdExamples } from '../src/kernel/examples';
import { SIMD_ENGINE, SimdTrainer } from '../src/kernel/simdTrainer';
import { ownMachine, sharedMachine } from '../src/threads/machine';
import { startHelpers } from '../src/threads/pool';

interface Load {
  readonly cmd: 'load';
  readonly rows: number;
  readonly nx: number;
  readonly hidden: number[];
  readonly ny: number;
  readonly activation: 'tanh' | 'relu' | 'sigmoid';
  readonly output: 'sigmoid' | 'softmax';
  readonly x: string;
  readonly y: string;
  readonly weights: string;
  readonly threads?: number;
}
interface Train {
  readonly cmd: 'train';
  readonly epochs: number;
  readonly batch: number;
  readonly optimizer: 'gradientDescent' | 'adam';
  readonly rate: number;
  readonly seed: number;
}
type Command = Load | Train | { readonly cmd: 'memory' | 'peak' | 'exit' };

// Before anything is compiled.
const machine = process.argv.includes('--narrow') ? sharedMachine : ownMachine(console.error);
const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const floats = (file: string) => {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
};

let problem: { load: Load; network: Network; initial: Float64Array } | undefined;
let trainer: SimdTrainer | undefined;
let trainedWith = '';

function load(load: Load): void {
  trainer?.dispose();
  trainer = undefined;
  const network: Network = {
    sizes: [load.nx, ...load.hidden, load.ny],
    hidden: load.activation,
    output: load.output,
  };
  const weights = JSON.parse(readFileSync(load.weights, 'utf8')) as Record<string, number[] | number[][]>;
  const initial = new Float64Array(parameterCount(network));
  let at = 0;
  for (let l = 1; l < network.sizes.length; l++) {
    for (const name of [`W${l}`, `b${l}`]) {
      for (const value of weights[name].flat()) initial[at++] = value;
    }
  }
  problem = { load, network, initial };
}

/** The examples as the engine takes them: X (nx, m), which in the file lies example by example. */
function examplesOf({ rows, nx, ny, x, y }: Load): SimdExamples {
  const data = floats(x);
  const X = { rows: nx, cols: rows, data: new Float32Array(nx * rows) };
  for (let j = 0; j < rows; j++) for (let k = 0; k < nx; k++) X.data[k * rows + j] = data[j * nx + k];
  const labels = floats(y);
  const Y = matrix(ny, rows);
  labels.forEach((label, j) => (Y.data[ny > 1 ? label * rows + j : j] = ny > 1 ? 1 : label));
  return { X, Y };
}

function train({ epochs, batch, optimizer, rate, seed }: Train): object {
  if (!problem) throw new Error('nothing is loaded');
  if (!trainer || trainedWith !== optimizer) {
    trainer?.dispose();
    trainer = new SimdTrainer(problem.network, problem.initial, examplesOf(problem.load), null, {
      optimizer,
      seed,
      threads: problem.load.threads ?? availableParallelism(),
      startHelpers: startHelpers(path.join(__dirname, 'helper.js')),
      machine,
    });
    trainedWith = optimizer;
  }
  trainer.restore(0, problem.initial, new Float64Array(1));
  const done = 1 + epochs;
  // The cost of every full batch, as the peers have it to plot; that of a mini-batch epoch they only add up.
  let cost = NaN;
  const ahead = (most: number): Ahead => ({
    most,
    learningRate: () => rate,
    wants: () => batch === 0,
    measured: ({ trainCost }) => (cost = trainCost),
  });
  const options = { learningRate: rate, momentum: 0, l1: 0, l2: 0, batchSize: batch };
  // The first epoch of a full batch makes two passes: one for the gradient it starts from, which others do not need.
  trainer.advance(options, untilDone, ahead(1));
  const firstCost = batch === 0 ? cost : null;
  const from = performance.now();
  while (trainer.epoch < done) trainer.advance(options, untilDone, ahead(done - trainer.epoch));
  const ms = (performance.now() - from) / epochs;
  return { ms, cost: trainer.measure().trainCost, firstCost, epochs, lanes: trainer.lanes };
}

/** Bytes of a kernel memory that nothing else is in. */
const FREE_BYTES = 65536;
/** A call of either loop takes about a millisecond. */
const PEAK_TURNS = 50_000;
const PEAK_CALLS = 40;
/** Floating-point operations of a turn. */
const PEAK_LOOPS = { peak: 96, peakPairs: 192 } as const;

/**
 * Floating-point operations a millisecond that strict SIMD on one thread does at most, here and now: of the loop that
 * fits the registers 128 bits wide, and of the one that V8 can make 256 bits wide.
 */
function peak(): object {
  const memory = allocate(2 * FREE_BYTES);
  writeConstants(memory);
  const kernel = instantiate(kernelModule(), memory);
  const fastest = (loop: keyof typeof PEAK_LOOPS) => {
    let best = 0;
    for (let call = 0; call < PEAK_CALLS; call++) {
      const from = performance.now();
      kernel[loop](PEAK_TURNS, FREE_BYTES);
      best = Math.max(best, (PEAK_TURNS * PEAK_LOOPS[loop]) / (performance.now() - from));
    }
    return best;
  };
  return { narrow: fastest('peak'), wide: fastest('peakPairs') };
}

say({ peer: 'neuron-lens', version: SIMD_ENGINE, threads: availableParallelism() });
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const command = JSON.parse(line) as Command;
  switch (command.cmd) {
    case 'load':
      load(command);
      say({ ok: true });
      break;
    case 'train':
      say(train(command));
      break;
    case 'memory':
      say({ rss: process.memoryUsage.rss(), most: process.resourceUsage().maxRSS * 1024 });
      break;
    case 'peak':
      say(peak());
      break;
    case 'exit':
      process.exit();
  }
});
lines.on('close', () => process.exit());
