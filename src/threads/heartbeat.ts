/** The thread that shows that its process lives, and ends it when nobody is there any more to see it. */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { INSPECTOR, MOVES, type HeartbeatData } from './heartbeatData';
import { BEAT_MS, INSPECTED, MOVED, PULSE_PIPE } from './pulse';

const { shared } = workerData as HeartbeatData;
let seen = Atomics.load(shared, MOVES);

function beat(): void {
  const moves = Atomics.load(shared, MOVES);
  const byte = (moves !== seen ? MOVED : 0) | (Atomics.load(shared, INSPECTOR) !== 0 ? INSPECTED : 0);
  seen = moves;
  try {
    writeSync(PULSE_PIPE, Uint8Array.of(byte));
  } catch (error) {
    // The pipe is full: a host that is stopped reads nothing.
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return;
    // The host is gone. The main thread may be in a long call, in which it does not hear of it.
    process.kill(process.pid, 'SIGKILL');
  }
}

beat();
setInterval(beat, BEAT_MS);
