import type { Status } from '../protocol/trainer';

/** What a person can ask of a training. */
export type Command = 'pause' | 'resume' | 'step' | 'stop' | 'continue' | 'skipToEnd';

/**
 * What each command leads to, by the status it is given in; one that is missing cannot act there. Where a training ends
 * by itself is not among them: the trainer says so.
 */
export const transitions: Readonly<Record<Status, Partial<Readonly<Record<Command, Status>>>>> = {
  loading: { stop: 'stopped', skipToEnd: 'loading' },
  running: { pause: 'paused', stop: 'stopped', skipToEnd: 'running' },
  paused: { resume: 'running', step: 'paused', stop: 'stopped' },
  finished: { continue: 'running', step: 'finished' },
  stopped: { continue: 'running', step: 'paused' },
  diverged: { continue: 'running', step: 'paused' },
  failed: {},
};

export const can = (status: Status, command: Command): boolean => transitions[status][command] !== undefined;
