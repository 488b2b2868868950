import { nameOf, short, whole } from '../core/format';
import type { Failure } from '../data/failure';
import type { Message, Reason } from '../data/message';
import type { SettingName } from '../data/problemSentences';
import { placed, sentence } from '../data/sentences';
import type { Session } from '../session/session';

/** What a setting is called in the editor. */
const settingName: SettingName = (key) => `neuronLens.${key}`;

/** The sentence of a message, or the part of one. */
export const textOf = (message: Message): string => sentence(message, settingName);

/** How a file was read, in a few words; none for what is no table. */
export const dialectText = (dialect: Message<'dialect'> | null): string => (dialect ? textOf(dialect) : '');

/** Why a column is the target; empty when there is none. */
export const reasonText = (reason: Reason | null): string => (reason ? textOf(reason) : '');

export const fileName = (session: Session): string => nameOf(session.uri);

/** `accuracy 0.9125 (test 0.8875)`, or R². */
export function scoreText({ measure, isRegression }: Session): string {
  if (!measure) return '';
  const name = isRegression ? 'R²' : 'accuracy';
  const test = measure.testScore === null ? '' : ` (test ${short(measure.testScore)})`;
  return `${name} ${short(measure.trainScore)}${test}`;
}

export const progressText = ({ measure, epochs, reading }: Session): string =>
  measure
    ? `Epoch ${whole(measure.epoch)} of ${whole(epochs)} — cost ${short(measure.trainCost)}`
    : readingText(reading ?? 0);

/** `Reading the file, 43 %…`; small files are read before there is anything to say. */
export const readingText = (share: number): string =>
  share > 0 ? `Reading the file, ${Math.round(100 * share)} %…` : 'Reading the file…';

/** `flower.csv, line 3, column 5: ` before the sentence. */
export const failureText = (uri: string, { place, message }: Failure): string =>
  placed(nameOf(uri), place, textOf(message));
