/**
 * What the extension host does while one million rows are trained on: starts dist/trainer.js, takes up its
 * progress, and meanwhile measures its own event loop. Then it stops the training. Prints one line of JSON.
 */
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FromTrainer } from '../src/protocol/trainer';
import { readValues } from '../src/settings/values';
import { WorkerClient } from '../src/threads/channel';
import { resolveThreads, SPARE_CORES } from '../src/threads/cores';
import type { Progress } from '../src/train/progress';
import { textOf } from '../src/host/text';

const TRAIN_MS = 10_000;
/** After a stop this much is watched for work that goes on. */
const WATCH_MS = 250;

const [file] = process.argv.slice(2);
const { settings } = readValues({ 'model.hiddenLayers': [32], 'training.epochs': 10_000_000 });
let last: Progress | undefined;
let listener: () => void = () => undefined;
const client = new WorkerClient(
  path.resolve('dist/trainer.js'),
  (message: FromTrainer) => {
    if (message.type === 'failed') fail(textOf(message.failure.message));
    if (message.type === 'progress') {
      last = message.progress;
      client.post({ type: 'taken' });
    }
    listener();
  },
  (failure) => fail(textOf(failure.message)),
);

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const until = (ready: () => boolean) =>
  new Promise<void>((resolve) => {
    listener = () => {
      if (ready()) resolve();
    };
    listener();
  });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function main(): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  client.post({ type: 'pace', pace: { epochsPerSecond: 0, framesPerSecond: 20 } });
  const threads = resolveThreads(0, SPARE_CORES);
  const source = { kind: 'file', path: file } as const;
  client.post({ type: 'load', run: 'bench', source, settings, threads, resumption: null, hash: null });
  await until(() => last !== undefined);
  client.post({ type: 'resume' });
  await until(() => (last?.measure.epoch ?? 0) > 0);
  const reading = delay.max / 1e6;
  delay.reset();
  await pause(TRAIN_MS);
  delay.disable();
  const epochs = last?.measure.epoch ?? 0;
  const from = performance.now();
  client.post({ type: 'stop' });
  await until(() => last?.status === 'stopped');
  const stopped = performance.now() - from;
  const used = process.cpuUsage();
  await pause(WATCH_MS);
  const { user, system } = process.cpuUsage(used);
  console.log(
    JSON.stringify({
      epochs,
      reading,
      // The histogram holds the whole intervals between its ticks of 1 ms.
      max: delay.max / 1e6,
      p99: delay.percentile(99) / 1e6,
      stopped,
      busyAfter: (user + system) / 1000 / WATCH_MS,
    }),
  );
  process.exit();
}

void main();
