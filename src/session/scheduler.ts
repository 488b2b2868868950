import type { KnownRun } from './knownRun';
import type { Session } from './session';

/**
 * Shares the cores among the trainings that run: each gets an equal part, at least one thread. A number that a person has
 * set is used as it is. Results do not depend on it.
 */
export class Scheduler {
  /** @param cores threads that training may use in all; fewer where a process could not be started */
  constructor(private readonly cores: () => number) {}

  /** Threads for a training that runs or is about to, beside the others that run. */
  threadsFor(session: KnownRun, all: readonly Session[]): number {
    const set = session.settings['training.threads'];
    if (set > 0) return set;
    const others = all.filter((each) => each !== session && each.needsThreads).length;
    return Math.max(1, Math.floor(this.cores() / (others + 1)));
  }

  /** Tells every training that runs how many threads it has now. */
  share(all: readonly Session[]): void {
    for (const session of all) if (session.needsThreads) session.useThreads(this.threadsFor(session, all));
  }
}
