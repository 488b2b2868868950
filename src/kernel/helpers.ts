import * as at from './assembly/addresses';
import type { KernelMemory } from './memory';

/** Threads that work beside the one that trains. */
export interface Helpers {
  readonly count: number;
  /** A clock in milliseconds. */
  now(): number;
  /** Throws when a helper has died. */
  check(): void;
  dispose(): void;
}
export type StartHelpers = (module: WebAssembly.Module, memory: WebAssembly.Memory, count: number) => Helpers;

const SPIN_MICROSECONDS = 20;
const CALIBRATION_TURNS = 2_000;

/** Starts `count` helpers over a memory, and finds how many turns a waiting thread may spin; null: none. */
export function startOver(
  { module, memory, kernel, words }: KernelMemory,
  start: StartHelpers | undefined,
  count: number,
): Helpers | null {
  if (!start || count === 0) return null;
  const helpers = start(module, memory, count);
  kernel.spin(CALIBRATION_TURNS);
  const from = helpers.now();
  kernel.spin(CALIBRATION_TURNS);
  const microseconds = Math.max(1e-3, (helpers.now() - from) * 1000);
  words[at.SPIN_LIMIT / 4] = Math.round((SPIN_MICROSECONDS * CALIBRATION_TURNS) / microseconds);
  return helpers;
}

/** Sends the helpers home. Whatever one still works on is not waited for: it may have died. */
export function close({ words }: KernelMemory, helpers: Helpers): void {
  Atomics.store(words, at.CANCELLED / 4, 1);
  Atomics.store(words, at.CLOSED / 4, 1);
  Atomics.add(words, at.GENERATION / 4, 1);
  Atomics.add(words, at.WAKE / 4, 1);
  Atomics.notify(words, at.WAKE / 4);
  helpers.dispose();
}
