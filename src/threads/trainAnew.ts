import type { Dataset } from '../data/dataset';
import type { Settings } from '../settings/settings';
import type { Threads } from '../train/makeTrainer';
import { TrainingRun } from '../train/run';

/** An epoch is interrupted this often, in milliseconds. */
const SLICE_MS = 50;

/** Trains to the end, or until it is cancelled: then null. As a training with these settings has it to the bit. */
export async function trainAnew(
  dataset: Dataset,
  settings: Settings,
  threads: Threads,
  isCancelled: () => boolean,
): Promise<TrainingRun | null> {
  const run = new TrainingRun(dataset, settings, undefined, threads);
  while (run.epoch < run.epochs && !isCancelled()) {
    const from = performance.now();
    const shouldYield = () => performance.now() - from > SLICE_MS;
    const step = run.step(shouldYield, undefined, run.epochs - run.epoch);
    if (step === 'diverged' || step === 'stoppedEarly') break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (!isCancelled()) return run;
  run.dispose();
  return null;
}
