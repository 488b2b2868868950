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
  },
  'view.epochsPerSecond': {
    kind: 'number',
    minimum: 0,
    maximum: 1_000_000,
    default: 1000,
    acts: 'view',
  },
  'view.maxFramesPerSecond': {
    kind: 'number',
    minimum: 1,
    maximum: 60,
    default: 20,
    acts: 'view',
  },
};
