/**
 * How long a trainer takes to its first cost, as one of the programs of the speed benchmark: a line of JSON in, a line of
 * JSON out. Each line is a way to start one, on samples/flower.csv.
 */
import path from 'node:path';
import { createInterface } from 'node:readline';
import { defaults } from '../src/settings/settings';
import { openTrainer, type TrainerKind } from '../src/threads/trainerStarter';

interface Ask {
  readonly kind: TrainerKind;
  /** How long it has been waiting for a training, in milliseconds; null: it is started for this one. */
  readonly waits: number | null;
}

const [dist, file] = process.argv.slice(2);
const open = openTrainer(dist, () => undefined);

/** From when a training is asked for to its first cost. */
function firstCost({ kind, waits }: Ask): Promise<number> {
  return new Promise((resolve, reject) => {
    let from = performance.now();
    const trainer = open(
      kind,
      (message) => {
        if (message.type === 'ready') setTimeout(begin, waits ?? 0);
        if (message.type === 'failed') reject(new Error(message.failure.detail));
        if (message.type !== 'progress') return;
        resolve(performance.now() - from);
        trainer.dispose();
      },
      ({ detail }) => reject(new Error(detail)),
    );
    const begin = () => {
      if (waits !== null) from = performance.now();
      const source = { kind: 'file', path: path.resolve(file) } as const;
      const plain = { resumption: null, hash: null, threads: 1 };
      trainer.post({ type: 'load', run: 'one', source, settings: defaults, ...plain });
      trainer.post({ type: 'resume' });
    };
  });
}

console.log(JSON.stringify({ peer: 'first cost' }));
createInterface({ input: process.stdin }).on('line', (line) => {
  firstCost(JSON.parse(line) as Ask).then(
    (ms) => console.log(JSON.stringify({ ms })),
    (error: unknown) => console.log(JSON.stringify({ error: String(error) })),
  );
});
