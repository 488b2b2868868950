import { COURSE } from '../settings/automatic';
import { defaults, type Settings } from '../settings/settings';
import { TrainingLoop } from '../train/loop';
import type { Threads } from '../train/makeTrainer';
import { TrainingRun } from '../train/run';
import { sampleOf } from '../train/sample';
import type { PartReaders } from './readers';
import { TrainingData } from './trainingData';

const ROWS = 80;
const EPOCHS = 200;
/** All that `auto` stands for is given: nothing is looked for first. */
const settings: Settings = { ...defaults, ...COURSE };

/** Numbers and words, so that both ways of reading a column are gone. */
const table = (): string => ['x,y,kind,label', ...Array.from({ length: ROWS }, (_, k) => row(k))].join('\n');

const row = (k: number): string =>
  [
    (((k * 37) % ROWS) / ROWS).toFixed(4),
    (k * 1.5).toFixed(1),
    'abc'[k % 3],
    k % 2 === 0 ? 'no' : 'yes',
  ].join(',');

const nobody = () => undefined;
const never = () => false;
/** Of a training that is driven step by step. */
const clock = { now: () => performance.now(), soon: nobody, later: nobody };

/**
 * Reads a small table and trains on it for some epochs, of which nobody hears: what a first training needs is compiled then,
 * and has run once, before somebody waits for it. Returns the cost after them.
 */
export function practise(readers: PartReaders, threads: Threads): number {
  const data = new TrainingData(readers, { checked: nobody, reading: nobody, moved: nobody });
  const made = data.load({ kind: 'text', text: table() }, settings, 1, null, null, null);
  if (typeof made === 'string') throw new Error(made);
  const run = new TrainingRun(made.dataset, settings, undefined, threads);
  const loop = new TrainingLoop(run, clock, { progress: nobody, snapshot: nobody, failed: nobody });
  sampleOf(made.dataset, settings['training.seed']);
  loop.step();
  while (run.epoch < EPOCHS) run.step(never, nobody, EPOCHS - run.epoch);
  const { trainCost } = run.measure();
  loop.dispose();
  return trainCost;
}
