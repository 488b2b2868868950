import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { READY } from '../kernel/assembly/addresses';
import type { StartHelpers } from '../kernel/simdTrainer';
import type { HelperData } from './helper';

const START_MS = 10_000;

/** Starts threads that train along, and waits until they are ready. Throws when they do not come up. */
export function startHelpers(script: string): StartHelpers {
  return (module, memory, count) => {
    let failure: Error | undefined;
    const workers = Array.from({ length: count }, (_, index) => {
      const workerData: HelperData = { module, memory, thread: index + 1 };
      const worker = new Worker(script, { workerData });
      // A helper neither keeps the process alive nor may fail unseen.
      worker.unref();
      worker.on('error', (error) => (failure ??= error));
      worker.on('exit', () => (failure ??= new Error('A training thread has ended.')));
      return worker;
    });
    const words = new Int32Array(memory.buffer);
    const from = performance.now();
    for (;;) {
      const ready = Atomics.load(words, READY / 4);
      if (ready === count) break;
      if (performance.now() - from > START_MS) {
        workers.forEach((worker) => void worker.terminate());
        throw new Error('The training threads did not start.');
      }
      Atomics.wait(words, READY / 4, ready, 100);
    }
    return {
      count,
      now: () => performance.now(),
      check: () => {
        if (failure) throw failure;
      },
      dispose: () => workers.forEach((worker) => void worker.terminate()),
    };
  };
}

/** The script beside the present one, as the build puts it. */
export const helperScript = (folder: string): string => path.join(folder, 'helper.js');
