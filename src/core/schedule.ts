import { power } from './optimizer';

export const schedules = ['constant', 'inverse', 'exponential', 'step'] as const;
export type Schedule = (typeof schedules)[number];

/**
 * The learning rate of epoch number `epoch`, counted from 0:
 * inverse α / (1 + d·epoch); exponential α·(1−d)ᵉᵖᵒᶜʰ; step α·(1−d)^⌊epoch / every⌋, with d the decay.
 */
export function scheduledRate(
  rate: number,
  schedule: Schedule,
  decay: number,
  every: number,
  epoch: number,
): number {
  switch (schedule) {
    case 'constant':
      return rate;
    case 'inverse':
      return rate / (1 + decay * epoch);
    case 'exponential':
      return rate * power(1 - decay, epoch);
    case 'step':
      return rate * power(1 - decay, Math.floor(epoch / every));
    default:
      return schedule satisfies never;
  }
}
