import type { Scores } from '../core/baselines';
import { nameOf, short, whole } from '../core/format';
import { scoreName } from '../sentences/score';
import type { Session } from '../session/session';

export const fileName = (session: Session): string => nameOf(session.uri);

/** `accuracy 0.9125 (test 0.8875; guessing 0.5, a straight line 0.47)`, or R². */
export function scoreText({ measure, isRegression, chosen, baselines }: Session): string {
  if (!measure) return '';
  const { trainScore, testScore } = measure;
  const how = chosen.length > 0 ? ', chosen by looking at it' : '';
  const of = (scores: Scores) => short(scores.testScore ?? scores.trainScore);
  const beside = [
    ...(testScore === null ? [] : [`test ${short(testScore)}${how}`]),
    ...(baselines ? [`guessing ${of(baselines.guess)}, a straight line ${of(baselines.line)}`] : []),
  ].join('; ');
  return `${scoreName(isRegression)} ${short(trainScore)}${beside && ` (${beside})`}`;
}

export const progressText = ({ measure, epochs, reading }: Session): string =>
  measure
    ? `Epoch ${whole(measure.epoch)} of ${whole(epochs)} — cost ${short(measure.trainCost)}`
    : readingText(reading ?? 0);

/** `Reading the file, 43 %…`; small files are read before there is anything to say. */
export const readingText = (share: number): string =>
  share > 0 ? `Reading the file, ${Math.round(100 * share)} %…` : 'Reading the file…';
