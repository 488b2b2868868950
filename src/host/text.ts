import { nameOf } from '../core/format';
import type { Failure } from '../data/failure';
import type { Message } from '../data/message';
import { placed, sentence } from '../data/sentences';
import { settingName } from './tableText';

/** The sentence of a message, or the part of one. What the first CodeLens waits for does not load it. */
export const textOf = (message: Message): string => sentence(message, settingName);

/** `flower.csv, line 3, column 5: ` before the sentence. */
export const failureText = (uri: string, { place, message }: Failure): string =>
  placed(nameOf(uri), place, textOf(message));
