import { readdirSync } from 'node:fs';
import os from 'node:os';

/** Lowers the priority of the present process. To be called before it starts a thread: later ones have that of the first. */
export function lowerPriority(): void {
  const { PRIORITY_BELOW_NORMAL } = os.constants.priority;
  // On Linux each thread has one of its own, and Node has started some by now.
  const ids = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [0];
  for (const id of ids) {
    try {
      if (os.getPriority(id) < PRIORITY_BELOW_NORMAL) os.setPriority(id, PRIORITY_BELOW_NORMAL);
    } catch {
      // A system that does not let it, or a thread that has just ended: it trains all the same.
    }
  }
}
