import type { Baselines, Scores } from './baselines';
import { score, whole } from './format';

/**
 * What the scores of a model are beside those of guessing and of a straight line: of the test part, or where there is
 * none of the training part.
 */
export function besideBaselines(
  model: Pick<Scores, 'trainScore' | 'testScore'>,
  { guess, line }: Baselines,
  isRegression: boolean,
): string {
  const hasTest = model.testScore !== null;
  const of = ({ trainScore, testScore }: Pick<Scores, 'trainScore' | 'testScore'>) =>
    score(hasTest && testScore !== null ? testScore : trainScore);
  const measure = isRegression ? 'R²' : 'accuracy';
  const named = hasTest ? `Test ${measure}` : `${isRegression ? 'R²' : 'Accuracy'} in training`;
  return `${named} ${of(model)}; guessing gives ${of(guess)}, a straight line ${of(line)}`;
}

/** What guessing and the straight line are, for who asks. */
export function whatBaselinesAre(
  { lineRows, lineIsBest }: Baselines,
  { isRegression, trainRows }: { readonly isRegression: boolean; readonly trainRows: number },
): string {
  const guess = isRegression
    ? 'the mean of the training part'
    : 'the most frequent class of the training part';
  const line = isRegression ? 'ridge regression' : 'logistic regression';
  const sample = lineRows < trainRows ? `, fitted to ${whole(lineRows)} of its ${whole(trainRows)} rows` : '';
  const rough = lineIsBest ? '' : ', as far as a few seconds of work brought it';
  return `Guessing is ${guess}; a straight line is ${line} on the same features and rows${sample}${rough}.`;
}
