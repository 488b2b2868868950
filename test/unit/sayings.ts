import type { Message } from '../../src/data/message';
import { UserError, type Place } from '../../src/data/userError';
import { textOf } from '../../src/host/text';

/** For `assert.throws`: a UserError with such a sentence, as the editor has it, and in this place if one is given. */
export const says =
  (sentence: RegExp, place?: Place) =>
  (error: unknown): boolean =>
    error instanceof UserError &&
    sentence.test(textOf(error.said)) &&
    (place === undefined || JSON.stringify(error.place) === JSON.stringify(place));

/** The sentences of messages, as the editor has them, one a line. */
export const saidOf = (messages: readonly Message[]): string => messages.map(textOf).join('\n');
