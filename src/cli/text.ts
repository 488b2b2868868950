import type { Message } from '../data/message';
import { sentence, type SettingName } from '../data/sentences';
import { optionName } from '../settings/commandLine';

/** What a setting is called on the command line. */
const settingName: SettingName = (key) => `--${optionName(key)}`;

/** The sentence of a message, or the part of one; empty for none. */
export const textOf = (message: Message | null): string => (message ? sentence(message, settingName) : '');
