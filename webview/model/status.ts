import { whole } from '../../src/core/format';
import type { LiveView } from '../../src/protocol/lensViews';

/** `Shown: epoch 0 of 20,000 (done)`: what stands beside the numbers of an earlier epoch. */
export function pastText(
  { status, epochs }: Pick<LiveView, 'status' | 'epochs'>,
  shown: number,
  now: number,
): string {
  const all = whole(Math.max(now, epochs));
  return `Shown: epoch ${whole(shown)} of ${all} (${pastWord(status, now)})`;
}

function pastWord(status: LiveView['status'], now: number): string {
  switch (status) {
    case 'finished':
      return 'done';
    case 'running':
      return `training, now at ${whole(now)}`;
    case 'paused':
    case 'stopped':
    case 'diverged':
      return `${status} at ${whole(now)}`;
    case 'loading':
    case 'failed':
      return `now at ${whole(now)}`;
    default:
      return status satisfies never;
  }
}
