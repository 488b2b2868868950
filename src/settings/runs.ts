import type { Definitions } from './definition';

/** Where trainings are kept: `runs.*`. No result depends on it. */
export interface RunsSettings {
  'runs.location': string;
}

export const runs: Definitions<RunsSettings> = {
  'runs.location': {
    kind: 'text',
    default: '',
    acts: 'view',
  },
};
