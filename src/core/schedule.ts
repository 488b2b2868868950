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

/** What the learning rate follows from an epoch on. */
export interface RateRule {
  readonly epoch: number;
  readonly rate: number;
  readonly schedule: Schedule;
  readonly decay: number;
  readonly every: number;
}

/** The rate of the epoch after `epoch` of them, by rules with rising epochs; NaN before the first. */
export function rateAt(rules: readonly RateRule[], epoch: number): number {
  const rule = rules.findLast((each) => each.epoch <= epoch);
  return rule ? scheduledRate(rule.rate, rule.schedule, rule.decay, rule.every, epoch) : NaN;
}
