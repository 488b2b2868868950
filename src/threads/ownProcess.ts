import inspector from 'node:inspector';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { kernelModule } from '../kernel/kernel';
import type { Machine } from '../kernel/passes';
import { INSPECTOR, MOVES, type HeartbeatData } from './heartbeatData';
import { ownMachine, sharedMachine } from './machine';
import { lowerPriority } from './priority';
import { BEAT_MS } from './pulse';
import { WITH_FLAGS } from './v8Flags';

/** What a trainer finds where it runs. */
export interface Place {
  readonly machine: Machine;
  /** To be called while something long gets on; between its tasks a trainer is seen to live anyway. */
  moved(): void;
}

/**
 * Makes the present process one for a trainer: of low priority, with the kernels compiled, and a thread that shows the host
 * that it lives.
 * @param folder where the build puts the scripts
 * @param log is told what has to be known of the kernels
 */
export function ownPlace(folder: string, log: (line: string) => void): Place {
  lowerPriority();
  return {
    machine: process.argv.includes(WITH_FLAGS) ? ownMachine(log) : sharedPlace().machine,
    moved: startHeartbeat(folder),
  };
}

/** The same in a thread of the host, of which nothing may be changed. */
export function sharedPlace(): Place {
  kernelModule();
  return { machine: sharedMachine, moved: () => undefined };
}

function startHeartbeat(folder: string): () => void {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const moved = () => void Atomics.add(shared, MOVES, 1);
  const look = () => {
    moved();
    Atomics.store(shared, INSPECTOR, inspector.url() === undefined ? 0 : 1);
  };
  look();
  setInterval(look, BEAT_MS).unref();
  const workerData: HeartbeatData = { shared };
  new Worker(path.join(folder, 'heartbeat.js'), { workerData }).unref();
  return moved;
}
