/**
 * The automatic settings as one of the programs of the benchmark: a line of JSON in, a line of JSON out. Each is a table and
 * a seed; what it trains on is written for defaultsPeers.py, which fits its models to the very same numbers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { baselinesOf } from '../src/core/baselines';
import { readTable } from '../src/data/csv/read';
import { readOptionsOf } from '../src/data/csv/readOptions';
import { readDataset, type Dataset } from '../src/data/dataset';
import { checkTable } from '../src/data/table/check';
import { defaults } from '../src/settings/settings';
import { Finder } from '../src/threads/find';
import { foldScript } from '../src/threads/foldPool';
import { ownMachine } from '../src/threads/machine';
import { TrainingRun, type Step } from '../src/train/run';

interface Task {
  readonly file: string;
  readonly seed: number;
  /** The column that says which rows are tested on; empty: the seed draws them. */
  readonly splitColumn: string;
  /** Where the numbers go: the beginning of each file’s path. */
  readonly data: string;
  /** How many candidates the search for a good network is to compare; left out: it is not asked for. */
  readonly candidates?: number;
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

/** What the search for a good network finds, and scores on the test part. */
async function find({ file, seed, splitColumn, candidates = 0 }: Task) {
  const settings = { ...defaults, 'training.seed': seed, 'data.splitColumn': splitColumn };
  const bytes = readFileSync(file);
  const table = readTable(() => [bytes], readOptionsOf(settings), { size: bytes.length });
  const from = performance.now();
  const finder = new Finder({
    ...{ checked: checkTable(table, settings), settings, fixed: new Set() },
    limit: { kind: 'candidates', candidates },
    threads: { count: availableParallelism(), machine },
    script: foldScript(__dirname),
  });
  const found = await finder.find();
  const seconds = (performance.now() - from) / 1000;
  const score = found?.run?.measure().testScore ?? null;
  found?.run?.dispose();
  return { find: score, sizes: found?.sizes ?? [], findSeconds: seconds };
}

function answer({ file, seed, splitColumn, data }: Task): object {
  const settings = { ...defaults, 'training.seed': seed, 'data.splitColumn': splitColumn };
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
  const task = JSON.parse(line) as Task;
  Promise.resolve(task)
    .then((each) => (each.candidates === undefined ? answer(each) : find(each)))
    .then(say, (error: unknown) => say({ error: error instanceof Error ? error.message : String(error) }));
});
lines.on('close', () => process.exit());
