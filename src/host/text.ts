import * as path from 'node:path';
import { cut, short, whole } from '../core/format';
import { placedMessage } from '../data/failure';
import type { Session } from './session';

export const fileName = (session: Session): string => cut(path.posix.basename(session.uri.path));

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
    : readingText(reading);

/** `Reading the file, 43 %…`; small files are read before there is anything to say. */
export const readingText = (share: number): string =>
  share > 0 ? `Reading the file, ${Math.round(100 * share)} %…` : 'Reading the file…';

/** `flower.csv, line 3, column 5: ` before the sentence. */
export const failureText = ({ failure, uri }: Pick<Session, 'failure' | 'uri'>): string =>
  failure ? placedMessage(failure, cut(path.posix.basename(uri.path))) : '';
