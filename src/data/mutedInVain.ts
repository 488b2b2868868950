import { checkCodes } from '../core/verdicts/checkCodes';
import type { Settings } from '../settings/settings';
import { message, type Message } from './message';

/** Codes that the settings mute and that no check has. */
export const mutedInVain = (settings: Pick<Settings, 'data.mutedChecks'>): Message<'listed-in-vain'>[] =>
  settings['data.mutedChecks']
    .filter((name) => !checkCodes.some((code) => code === name))
    .map((name) => message('listed-in-vain', { key: 'data.mutedChecks', name, why: 'noCheck' }));
