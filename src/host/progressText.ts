import { nameOf, short, whole } from '../core/format';
import { scoreName } from '../sentences/score';
import type { Session } from '../session/session';

export const fileName = (session: Session): string => nameOf(session.uri);

/** `accuracy 0.9125 (test 0.8875)`, or R². */
export function scoreText({ measure, isRegression, chosen }: Session): string {
  if (!measure) return '';
  const name = scoreName(isRegression);
  const how = chosen.length > 0 ? ', chosen by looking at it' : '';
  const test = measure.testScore === null ? '' : ` (test ${short(measure.testScore)}${how})`;
  return `${name} ${short(measure.trainScore)}${test}`;
}

export const progressText = ({ measure, epochs, reading }: Session): string =>
  measure
    ? `Epoch ${whole(measure.epoch)} of ${whole(epochs)} — cost ${short(measure.trainCost)}`
    : readingText(reading ?? 0);

/** `Reading the file, 43 %…`; small files are read before there is anything to say. */
export const readingText = (share: number): string =>
  share > 0 ? `Reading the file, ${Math.round(100 * share)} %…` : 'Reading the file…';
