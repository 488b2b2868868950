import { workerData } from 'node:worker_threads';
import { serve } from '../kernel/kernel';

/** What a helper thread is given. */
export interface HelperData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
}

const { module, memory, thread } = workerData as HelperData;
serve(module, memory, thread);
