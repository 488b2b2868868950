import type { Definitions } from './definition';

/** What is shown, and how often: `codeLens.*` and `view.*`. No result depends on them. */
export interface ViewSettings {
  'codeLens.enabled': boolean;
  'view.epochsPerSecond': number;
  'view.maxFramesPerSecond': number;
}

export const view: Definitions<ViewSettings> = {
  'codeLens.enabled': {
    kind: 'boolean',
    default: true,
    acts: 'view',
    description: 'Show Train above the first line of CSV files.',
  },
  'view.epochsPerSecond': {
    kind: 'number',
    minimum: 0,
    maximum: 1_000_000,
    default: 1000,
    acts: 'view',
    description:
      'Pace of a training that is being watched, in epochs per second; 0 is full speed. Results do not depend on it.',
  },
  'view.maxFramesPerSecond': {
    kind: 'number',
    minimum: 1,
    maximum: 60,
    default: 20,
    acts: 'view',
    description: 'How often the pictures are drawn anew, at most.',
  },
};
