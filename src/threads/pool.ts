import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { READY } from '../kernel/assembly/addresses';
import type { StartHelpers } from '../kernel/helpers';
import type { HelperData } from './helper';

/** Helpers that need longer to start, on a busy machine, join when they are ready. */
const START_MS = 500;

/**
 * Starts threads that train along, and gives them a moment to become ready. A pass is shared among those that are
 * there, so that one that comes later, or never, changes how long a training takes and nothing else.
 */
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
    const end = performance.now() + START_MS;
    for (;;) {
      const ready = Atomics.load(words, READY / 4);
      const left = end - performance.now();
      if (ready === count || left <= 0) break;
      Atomics.wait(words, READY / 4, ready, left);
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
