import { count } from '../core/format';

/** How long something takes, as nearly as an estimate may say it. */
export const durationText = (seconds: number): string =>
  seconds < 90
    ? count(Math.max(1, Math.round(seconds)), 'second')
    : count(Math.round(seconds / 60), 'minute');
