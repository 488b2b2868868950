import type { Baselines, Scores } from '../core/baselines';
import { score, whole } from '../core/format';
import type { Interval } from '../core/intervals';
import type { RocAuc } from '../core/rocAuc';
import { scoreName, scoreTitle } from './score';

/** Ends of an interval need no more. */
const rounded = (value: number) => score(Number(value.toFixed(3))).replace(/0$/, '');

const rangeText = (interval: Interval | null) =>
  interval ? ` (${rounded(interval[0])} to ${rounded(interval[1])})` : '';

/** How well a model puts rows of two classes in order, whatever share of them each is. */
export const aucText = ({ value, interval }: RocAuc): string =>
  `Area under the ROC curve in test ${score(value)}${rangeText(interval)}; guessing gives 0.5`;

/**
 * What the scores of a model are beside those of guessing and of a straight line: of the test part, or where there is
 * none of the training part.
 * @param interval of the test score, where it is known
 * @param auc area under the ROC curve in test, where it is known
 */
export function besideBaselines(
  model: Pick<Scores, 'trainScore' | 'testScore'>,
  { guess, line }: Baselines,
  isRegression: boolean,
  interval: Interval | null,
  auc: RocAuc | null = null,
): string {
  const hasTest = model.testScore !== null;
  const of = ({ trainScore, testScore }: Pick<Scores, 'trainScore' | 'testScore'>) =>
    score(hasTest && testScore !== null ? testScore : trainScore);
  const named = hasTest ? `Test ${scoreName(isRegression)}` : `${scoreTitle(isRegression)} in training`;
  const sure = rangeText(interval);
  const area = auc ? `, ROC area ${rounded(auc.value)}${rangeText(auc.interval)}` : '';
  return `${named} ${of(model)}${sure}${area}; guessing gives ${of(guess)}, a straight line ${of(line)}`;
}

interface AboutBaselines {
  readonly isRegression: boolean;
  readonly trainRows: number;
  readonly hasInterval: boolean;
  /** Whether the area under the ROC curve stands beside the score. */
  readonly hasArea?: boolean;
}

/** What guessing, the straight line and the interval are, for who asks. */
export function whatBaselinesAre(
  { lineRows, lineIsBest }: Baselines,
  { isRegression, trainRows, hasInterval, hasArea = false }: AboutBaselines,
): string {
  const guess = isRegression
    ? 'the mean of the training part'
    : 'the most frequent class of the training part';
  const line = isRegression ? 'ridge regression' : 'logistic regression';
  const sample = lineRows < trainRows ? `, fitted to ${whole(lineRows)} of its ${whole(trainRows)} rows` : '';
  const rough = lineIsBest ? '' : ', as far as two seconds of work brought it';
  const range = hasInterval
    ? ' In the brackets is where the score would lie, with 95 %, if other rows of the same kind had come into the test part.'
    : '';
  const area = hasArea
    ? ' The area under the ROC curve is the chance that of two test rows, one of each class, the right one has the larger probability; guessing gives 0.5.'
    : '';
  return `Guessing is ${guess}; a straight line is ${line} on the same features and rows${sample}${rough}.${range}${area}`;
}
