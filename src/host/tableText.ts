import type { Message, Reason } from '../data/message';
import { tableSentence, type SettingName, type TableMessage } from '../data/tableSentences';

/** What a setting is called in the editor. */
export const settingName: SettingName = (key) => `neuronLens.${key}`;

/** What is said of a table that nothing is wrong with, or the part of a sentence. */
export const tableText = (message: TableMessage): string => tableSentence(message, settingName);

/** How a file was read, in a few words; none for what is no table. */
export const dialectText = (dialect: Message<'dialect'> | null): string =>
  dialect ? tableText(dialect) : '';

/** Why a column is the target; empty when there is none. */
export const reasonText = (reason: Reason | null): string => (reason ? tableText(reason) : '');
