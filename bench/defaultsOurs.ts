/**
 * The automatic settings as one of the programs of the benchmark: a line of JSON in, a line of JSON out. Each is a table and
 * a seed; what it trains on is written for defaultsPeers.py, which fits its models to the very same numbers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { baselinesOf } from '../src/core/baselines';
import { readDataset, type Dataset } from '../src/data/dataset';
import { defaults } from '../src/settings/settings';
import { ownMachine } from '../src/threads/machine';
import { TrainingRun, type Step } from '../src/train/run';

interface Task {
  readonly file: string;
  readonly seed: number;
  /** Where the numbers go: the beginning of each file’s path. */
  readonly data: string;
}

const machine = ownMachine(console.error);
const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);

/** What a generator returns in the end. */
function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Trains to the end, as the command line does where nothing is set, on one thread. */
function train(dataset: Dataset, settings: typeof defaults) {
  const from = performance.now();
  const run = new TrainingRun(dataset, settings, undefined, { count: 1, machine });
  let outcome: Step = 'epoch';
  while (run.epoch < run.epochs && outcome === 'epoch')
    outcome = run.step(() => false, undefined, run.epochs - run.epoch);
  const seconds = (performance.now() - from) / 1000;
  const { testScore } = run.measure();
  // Those that were trained, though it went back to the best of them.
  const epochs = run.stoppedAt >= 0 ? run.stoppedAt : run.epoch;
  run.dispose();
  return { automatic: testScore, epochs, seconds, diverged: outcome === 'diverged' };
}

/** Writes features, answers and parts, as numbers one after the other. */
function write(data: string, { X, Y, classOf, train, test }: Dataset): void {
  writeFileSync(`${data}.x`, Float64Array.from(X.data));
  writeFileSync(`${data}.y`, classOf ? Float64Array.from(classOf) : Y.data);
  writeFileSync(`${data}.train`, train);
  writeFileSync(`${data}.test`, test);
}

function answer({ file, seed, data }: Task): object {
  const settings = { ...defaults, 'training.seed': seed };
  const dataset = readDataset(readFileSync(file), settings);
  const { X, classOf, classes } = dataset;
  write(data, dataset);
  const baselines = atOnce(baselinesOf(dataset, seed));
  return {
    ...{ rows: X.cols, features: X.rows, classes: classOf ? classes.length : 0 },
    ...{ guess: baselines?.guess.testScore, line: baselines?.line.testScore },
    lineSampled: baselines !== null && baselines.lineRows < dataset.train.length,
    ...train(dataset, settings),
  };
}

say({ peer: 'neuron-lens', version: `Node ${process.version}` });
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  try {
    say(answer(JSON.parse(line) as Task));
  } catch (error) {
    say({ error: error instanceof Error ? error.message : String(error) });
  }
});
lines.on('close', () => process.exit());
