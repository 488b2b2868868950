import type { Status } from '../protocol/trainer';
import type { Progress } from '../train/progress';

/** What makes a training go on. */
export type GoOn = 'resume' | 'step' | 'continue';

/** What a person has asked for and the trainer has not answered yet. */
export interface Asked {
  readonly command: GoOn;
  /** What the run was then. */
  readonly status: Status;
  readonly epoch: number | null;
}

/** Whether a progress is one that comes after what was asked for. */
export function isAnswered({ command, status, epoch }: Asked, progress: Progress): boolean {
  switch (command) {
    case 'resume':
      return progress.status !== 'paused';
    case 'continue':
      return progress.status === 'running';
    case 'step':
      return (
        progress.status !== status ||
        progress.measure.epoch !== epoch ||
        progress.status === 'diverged' ||
        progress.marks.length > 0
      );
    default:
      return command satisfies never;
  }
}
