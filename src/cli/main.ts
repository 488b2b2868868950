import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { rounded } from '../core/format';
import { zeroParameters, type Network, type Parameters } from '../core/network';
import type { Measure } from '../core/trainer';
import { decimal, options, optionsHelp, settingsFrom } from '../settings/commandLine';
import { checkFile } from './check';
import { checkTable } from '../data/table/check';
import { makeDataset } from '../data/dataset';
import { readOptionsOf } from '../data/csv/readOptions';
import type { Settings } from '../settings/settings';
import { failureOf } from '../data/failure';
import { divergenceText } from '../train/divergence';
import { resolveThreads } from '../threads/cores';
import { helperScript, startHelpers } from '../threads/pool';
import { PartReaders, readerScript } from '../threads/readers';
import { readTableFile } from '../threads/tableFile';
import { TrainingRun, type Step } from '../train/run';
import { weightsHash } from '../runs/weightsHash';

const USAGE = `Usage: node dist/cli.js train FILE [options]
       node dist/cli.js check FILE [options] [--json]

train: trains a shallow neural network on a CSV file, as the extension does.
check: says what the table is, column by column, and what is wrong with it, with line and column.

${optionsHelp()}
  --initial-parameters FILE.json  start from {"W1": [[…]], "b1": […], "W2": …, "b2": …}
  --report-every N                report the costs every N epochs (default: a tenth of the epochs)
  --json                          print JSON Lines instead of text
  --help                          print this

Exit status: 0 done, 1 diverged, 2 bad usage or bad input; check: 2 when the file cannot be trained on.
`;

const numbers = v.array(v.pipe(v.number(), v.finite()));
const parametersSchema = v.record(v.string(), v.union([numbers, v.array(numbers)]));

/** Reads {W1, b1, W2, b2, …}, on its own or under "initial". Throws UserError when it does not fit. */
function readParameters(path: string, network: Network): Parameters {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new FileError(path, error instanceof SyntaxError ? error.message : failureOf(error).message);
  }
  const inner = v.safeParse(v.looseObject({ initial: v.unknown() }), json);
  const parsed = v.safeParse(parametersSchema, inner.success ? inner.output.initial : json);
  if (!parsed.success) throw new FileError(path, 'It does not hold arrays of numbers W1, b1, W2, b2, ….');
  const parameters = zeroParameters(network);
  const shape = (name: string, expected: string, fits: boolean) => {
    if (!fits) {
      throw new FileError(path, `${name} must be ${expected} for a ${network.sizes.join('-')} network.`);
    }
  };
  parameters.forEach(({ W, b }, index) => {
    const [nameW, nameB] = [`W${index + 1}`, `b${index + 1}`];
    const rows = parsed.output[nameW] ?? [];
    const isMatrix =
      rows.length === W.rows && rows.every((row) => Array.isArray(row) && row.length === W.cols);
    shape(nameW, `${W.rows} × ${W.cols}`, isMatrix);
    W.data.set(rows.flat());
    const biases = (parsed.output[nameB] ?? []).flat();
    shape(nameB, `${b.length} numbers`, biases.length === b.length);
    b.set(biases);
  });
  return parameters;
}

/** What is wrong with a file other than the table. */
class FileError extends Error {
  constructor(
    readonly file: string,
    message: string,
  ) {
    super(message);
  }
}

/** NaN never reaches JSON: a missing test set is null. */
const scores = (regression: boolean, { trainCost, testCost, trainScore, testScore }: Measure) =>
  regression
    ? { trainCost, testCost, trainR2: trainScore, testR2: testScore }
    : { trainCost, testCost, trainAccuracy: trainScore, testAccuracy: testScore };

/** An epoch is interrupted this often. */
const SLICE_MS = 200;

const short = (value: number) => String(rounded(value));

async function train(file: string, given: Record<string, string | boolean | undefined>): Promise<number> {
  const settings = settingsOf(given);
  const json = given['json'] === true;
  const every = given['report-every'] === undefined ? 0 : (decimal(String(given['report-every'])) ?? NaN);
  if (!Number.isInteger(every) || every < 0 || given['report-every'] === '0') {
    throw new UsageError(`--report-every: ${String(given['report-every'])} is not a whole number above 0`);
  }
  const reportEvery = every || Math.max(1, Math.round(settings['training.epochs'] / 10));
  const initial = given['initial-parameters'];
  const threads = resolveThreads(settings['training.threads'], 0);
  const reading = { threads, readers: new PartReaders(readerScript(__dirname)) };
  const { table } = readTableFile(file, readOptionsOf(settings), reading);
  const run = new TrainingRun(
    makeDataset(checkTable(table, settings), settings),
    settings,
    typeof initial === 'string' ? (network: Network) => readParameters(initial, network) : undefined,
    { count: threads, start: startHelpers(helperScript(__dirname)) },
  );
  const { dataset } = run;
  const regression = dataset.task === 'regression';
  const print = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);
  const scoreName = regression ? 'R²' : 'accuracy';
  const line = (m: Measure) =>
    `epoch ${m.epoch} of ${run.epochs}: cost ${short(m.trainCost)}, ${scoreName} ${short(m.trainScore)}` +
    (m.testScore === null ? '' : ` (test ${short(m.testCost ?? NaN)}, ${short(m.testScore)})`);
  const report = (m: Measure) => {
    if (json) print({ event: 'cost', epoch: m.epoch, ...scores(regression, m) });
    else if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line(m)}`);
    else process.stderr.write(`${line(m)}\n`);
  };

  if (json) {
    print({
      event: 'dataset',
      rows: dataset.train.length + dataset.test.length,
      features: dataset.features.map(({ name }) => name),
      target: dataset.target,
      task: dataset.task,
      classes: regression ? null : dataset.classes,
      skippedRows: dataset.skippedRows,
    });
  } else {
    console.log(
      `${file}: ${dataset.rows} rows × ${dataset.columns} columns, ${dataset.dialect}; ` +
        `${dataset.train.length} to train on, ${dataset.test.length} to test on`,
    );
    console.log(`Target ${dataset.target} (${dataset.targetReason}), network ${run.network.sizes.join('-')}`);
    dataset.notices.forEach((notice) => console.log(notice));
  }

  report(run.measure());
  let seconds = 0;
  let outcome: Step = 'epoch';
  while (run.epoch < run.epochs && outcome === 'epoch') {
    const from = performance.now();
    const until = Math.min(run.epochs, (Math.floor(run.epoch / reportEvery) + 1) * reportEvery);
    while (run.epoch < until && (outcome === 'epoch' || outcome === 'more')) {
      const slice = performance.now();
      outcome = run.step(() => performance.now() - slice > SLICE_MS);
      // A thread that has died is only heard of in between.
      if (outcome === 'more') await new Promise((resolve) => setImmediate(resolve));
    }
    seconds += (performance.now() - from) / 1000;
    if (outcome !== 'diverged') report(run.measure());
  }
  const last = run.measure();
  const { engine } = run.trainer;
  const hash = weightsHash(run.parameters(), engine);
  const penalty = run.penalty();
  if (json) {
    print({
      event: 'done',
      status: run.diverged ? 'diverged' : 'finished',
      epochs: run.epoch,
      ...(outcome === 'stoppedEarly' && { stoppedEarly: true }),
      ...(run.diverged && { diverged: run.diverged }),
      ...(penalty > 0 && { penalty }),
      ...scores(regression, last),
      seconds,
      engine,
      weightsHash: hash,
    });
  } else {
    if (process.stderr.isTTY) process.stderr.write('\n');
    if (run.diverged) console.log(divergenceText(run.diverged));
    if (outcome === 'stoppedEarly') {
      console.log(
        `Stopped early: the weights of epoch ${run.epoch}, the best by the test cost, are put back.`,
      );
    }
    if (penalty > 0) console.log(`Regularization adds ${short(penalty)} to the cost`);
    if (regression) {
      const error = dataset.targetScale.deviation * Math.sqrt(2 * last.trainCost);
      console.log(`Root mean squared error ${short(error)} in the unit of ${dataset.target}`);
    }
    console.log(`${run.diverged ? 'Last finite' : 'Done'}: ${line(last)}`);
    console.log(
      `Learning rate ${run.learningRate}, ${seconds.toFixed(2)} s, engine ${engine}, weights ${hash}`,
    );
  }
  run.dispose();
  return run.diverged ? 1 : 0;
}

/** Throws UsageError for the first option that has no valid value. */
function settingsOf(given: Record<string, string | boolean | undefined>): Settings {
  const read = settingsFrom(given);
  if ('problem' in read) throw new UsageError(read.problem);
  return read.settings;
}

class UsageError extends Error {}

async function main(args: string[]): Promise<number> {
  let file: string | undefined;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...Object.fromEntries([...options.keys()].map((name) => [name, { type: 'string' as const }])),
        'initial-parameters': { type: 'string' },
        'report-every': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values['help'] || args.length === 0) {
      process.stdout.write(USAGE);
      return args.length === 0 ? 2 : 0;
    }
    const [command] = positionals;
    if ((command !== 'train' && command !== 'check') || positionals.length !== 2) {
      throw new UsageError('expected: train FILE, or check FILE');
    }
    file = positionals[1];
    if (command === 'check') return checkFile(file, settingsOf(values), values['json'] === true);
    return await train(file, values);
  } catch (error) {
    process.stderr.write(`${describe(error, file)}\n`);
    return 2;
  }
}

function describe(error: unknown, file: string | undefined): string {
  if (error instanceof FileError) return `${error.file}: ${error.message}`;
  if (file === undefined || error instanceof UsageError) {
    return `${error instanceof Error ? error.message : String(error)}. Try --help.`;
  }
  const { message, place, bug, detail } = failureOf(error);
  const where = [file, place?.line, place?.column].filter((part) => part !== undefined).join(':');
  return `${where}: ${bug ? `A bug in Neuron Lens. ${detail}` : message}`;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
