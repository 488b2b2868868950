import { parentPort } from 'node:worker_threads';
import { random } from '../core/random';
import { selectColumns } from '../core/matrix';
import { resolveLearningRate, untilDone, type Measure } from '../core/trainer';
import { liveKeys, type Settings } from '../settings/settings';
import type { CheckedTable } from '../data/table/check';
import { makeDataset, type Dataset } from '../data/dataset';
import { stratifiedSample } from '../data/table/split';
import { viewOf } from '../data/table/tableView';
import { UserError } from '../data/userError';
import type { Source } from '../protocol/source';
import type { FromWorker, Loaded, Mark, Pace, Progress, Sample, ToWorker } from '../protocol/trainer';
import { failureOf } from '../data/failure';
import { checkSource } from './checkSource';
import { resolveThreads, SPARE_CORES } from './cores';
import { helperScript, startHelpers } from './pool';
import { PartReaders, readerScript } from './readers';
import { TrainingRun } from '../train/run';

/** A slice of training between two looks at the messages. */
const SLICE_MS = 12;
const MOST_SAMPLES = 2000;
const FEWEST_SAMPLES = 50;
/** 2 MB of float64: pictures of wide tables use fewer examples. */
const MOST_SAMPLE_NUMBERS = 250_000;

const port = parentPort;
if (!port) throw new Error('trainer.js runs in a worker thread only');
const readers = new PartReaders(readerScript(__dirname));
const post = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

let run: TrainingRun | undefined;
let status: Progress['status'] = 'paused';
let pace: Pace = { epochsPerSecond: 0, framesPerSecond: 2 };
let marks: Mark[] = [];
let points: Measure[] = [];
/** One progress at a time is on its way. */
let awaiting = false;
let lastProgress = 0;
let looping = false;
let paceFrom = { time: 0, epoch: 0 };

port.on('message', (message: ToWorker) => {
  try {
    handle(message);
  } catch (error) {
    if (message.type !== 'check') status = 'stopped';
    post({ type: 'failed', failure: failureOf(error) });
  }
});

function handle(message: ToWorker): void {
  switch (message.type) {
    case 'check':
      check(message.source, message.settings, false);
      return;
    case 'load': {
      const { settings, resumption } = message;
      const { checked, hash } = check(message.source, settings, true);
      if (resumption && hash !== resumption.hash) {
        throw new UserError(
          'The file has changed since this training. Restart to train on what it holds now.',
        );
      }
      run?.dispose();
      run = new TrainingRun(makeDataset(checked, settings), settings, resumption ?? undefined, {
        count: resolveThreads(settings['training.threads'], SPARE_CORES),
        start: startHelpers(helperScript(__dirname)),
      });
      if (resumption) {
        run.epochs = resumption.epochs;
        status = resumption.status;
      } else points = [...run.history.points];
      post({ type: 'loaded', loaded: loaded(run, hash) });
      progress();
      return;
    }
    case 'resume':
      if (status === 'paused') start();
      return;
    case 'continue':
      if (run && status !== 'running') {
        run.epochs = run.epoch + message.more;
        start();
      }
      return;
    case 'pause':
      if (status === 'running') settle('paused');
      return;
    case 'stop':
      if (status === 'running' || status === 'paused') settle('stopped');
      return;
    case 'step':
      if (run && status !== 'running') {
        if (run.epoch >= run.epochs) run.epochs = run.epoch + 1;
        settle(step(run, untilDone) ?? 'paused');
      }
      return;
    case 'apply':
      if (run) apply(run, message.settings, message.epochs);
      return;
    case 'pace':
      pace = message.pace;
      paceFrom = { time: performance.now(), epoch: run?.epoch ?? 0 };
      return;
    case 'ready':
      awaiting = false;
      return;
    default:
      message satisfies never;
  }
}

/** Reads a table and tells the host what it is. */
function check(
  source: Source,
  settings: Settings,
  wantsHash: boolean,
): { checked: CheckedTable; hash: string } {
  const threads = resolveThreads(settings['training.threads'], SPARE_CORES);
  const { checked, hash } = checkSource({ source, settings, wantsHash }, threads, readers, (share) =>
    post({ type: 'reading', share }),
  );
  post({ type: 'checked', table: viewOf(checked) });
  return { checked, hash };
}

function start(): void {
  if (!run) return;
  status = 'running';
  paceFrom = { time: performance.now(), epoch: run.epoch };
  progress();
  if (!looping) loop(run);
}

/** Trains in slices until the status is no longer running; between slices messages are handled. */
function loop(current: TrainingRun): void {
  looping = false;
  if (status !== 'running') return;
  const from = performance.now();
  const allowed = allowedEpoch(from);
  let ended: Progress['status'] | null = current.epoch >= current.epochs ? 'finished' : null;
  try {
    const tired = () => performance.now() - from >= SLICE_MS;
    while (!ended && current.epoch < allowed && !tired()) ended = step(current, tired);
  } catch (error) {
    status = 'stopped';
    post({ type: 'failed', failure: failureOf(error) });
    return;
  }
  if (ended) {
    settle(ended);
    return;
  }
  const now = performance.now();
  const due = !awaiting && now - lastProgress >= 1000 / pace.framesPerSecond;
  // In the middle of an epoch there is nothing whole to show.
  if (due && !current.trainer.midEpoch) progress();
  looping = true;
  if (current.epoch >= allowed) setTimeout(() => loop(current), 4);
  else setImmediate(() => loop(current));
}

/** The epoch that the pace allows by `now`; a training that fell behind does not catch up in a burst. */
function allowedEpoch(now: number): number {
  if (!run || pace.epochsPerSecond === 0) return Infinity;
  const due = paceFrom.epoch + ((now - paceFrom.time) * pace.epochsPerSecond) / 1000;
  const burst = pace.epochsPerSecond / 10 + 1;
  if (due - run.epoch > burst) paceFrom = { time: now, epoch: run.epoch };
  return Math.min(due, run.epoch + burst);
}

/** Works on one epoch; returns how the training ended, if it did. */
function step(current: TrainingRun, tired: () => boolean): Progress['status'] | null {
  switch (current.step(tired, (point) => points.push(point))) {
    case 'more':
      return null;
    case 'diverged':
      return 'diverged';
    case 'stoppedEarly':
      marks.push({ epoch: current.epoch, text: 'stopped early: back to the best epoch' });
      return 'finished';
    case 'epoch':
      return current.epoch >= current.epochs ? 'finished' : null;
  }
}

/** Ends or pauses the training; this progress is sent whether or not the last one was taken up. */
function settle(to: Progress['status']): void {
  status = to;
  run?.trainer.rest();
  progress();
}

function apply(current: TrainingRun, settings: Settings, epochs: number): void {
  const { acting } = current;
  const changes: string[] = [];
  for (const key of liveKeys) {
    const shown = (of: Settings) =>
      key === 'training.learningRate' ? resolveLearningRate(of[key], current.network) : of[key];
    const [before, after] =
      key === 'training.epochs' ? [current.epochs, epochs] : [shown(acting), shown(settings)];
    if (before !== after) changes.push(`${spoken(key)} ${String(before)} → ${String(after)}`);
  }
  if (changes.length === 0) return;
  current.apply(settings);
  current.epochs = Math.max(epochs, 1);
  marks.push({ epoch: current.epoch, text: changes.join(', ') });
  if (status === 'running' && current.epoch >= current.epochs) settle('finished');
  else progress();
}

/** `training.learningRate` as “learning rate”. */
const spoken = (key: string): string =>
  key
    .slice(key.indexOf('.') + 1)
    .replaceAll('.', ' ')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function progress(): void {
  if (!run) return;
  const parameters = run.parameters();
  const state = run.state();
  post(
    {
      type: 'progress',
      progress: {
        status,
        epochs: run.epochs,
        learningRate: run.learningRate,
        measure: run.measure(),
        points,
        marks,
        parameters,
        state,
        penalty: run.penalty(),
        diverged: run.diverged,
      },
    },
    [parameters.buffer as ArrayBuffer, state.buffer as ArrayBuffer],
  );
  points = [];
  marks = [];
  awaiting = true;
  lastProgress = performance.now();
}

function loaded({ dataset, network, settings }: TrainingRun, hash: string): Loaded {
  return {
    dataset: {
      features: dataset.features,
      target: dataset.target,
      targetReason: dataset.targetReason,
      task: dataset.task,
      classes: dataset.classes,
      targetScale: dataset.targetScale,
      rows: dataset.rows,
      columns: dataset.columns,
      dialect: dataset.dialect,
      trainRows: dataset.train.length,
      testRows: dataset.test.length,
      skippedRows: dataset.skippedRows,
      notices: dataset.notices,
      hash,
    },
    network,
    sample: sampleOf(dataset, settings['training.seed']),
  };
}

function sampleOf({ X, Y, classOf, test, lines }: Dataset, seed: number): Sample {
  const most = Math.min(MOST_SAMPLES, Math.max(FEWEST_SAMPLES, Math.floor(MOST_SAMPLE_NUMBERS / X.rows)));
  const chosen = stratifiedSample(X.cols, classOf, most, random(seed, 'sample'));
  const isTest = new Uint8Array(X.cols);
  test.forEach((j) => (isTest[j] = 1));
  return {
    count: chosen.length,
    X: selectColumns(X, chosen).data,
    y: Float64Array.from(chosen, (j) => (classOf ? classOf[j] : Y.data[j])),
    test: Uint8Array.from(chosen, (j) => isTest[j]),
    lines: Int32Array.from(chosen, (j) => lines[j]),
  };
}
