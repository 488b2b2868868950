import type { FoldSummary } from '../core/folds';
import { count, score } from '../core/format';
import { scoreTitle } from './score';

/** The mean over folds with its deviation, beside guessing and a straight line on the same folds. */
export function foldsText(summary: FoldSummary): string {
  const { mean, deviation, guess, line, isRegression } = summary;
  const measure = scoreTitle(isRegression);
  if (mean === null || deviation === null)
    return `${measure} unknown in ${howText(summary)}: a fold has none`;
  const others =
    guess === null || line === null ? '' : `; guessing gives ${score(guess)}, a straight line ${score(line)}`;
  return `${measure} ${score(mean)} ± ${score(deviation)} in ${howText(summary)}${others}`;
}

function howText({ folds, repeats, by, isRegression }: FoldSummary): string {
  const times = repeats === 1 ? '' : `, ${repeats} times`;
  switch (by) {
    case 'chance':
    case 'words':
      return `${isRegression ? '' : 'stratified '}${folds}-fold cross-validation${times}`;
    case 'groups':
      return `${folds}-fold cross-validation by group${times}`;
    case 'order':
      return `${count(folds, 'fold')}, each predicted from what came before it${times}`;
    default:
      return by satisfies never;
  }
}

/** That the folds' scores are too good, where each was watched for when to stop. */
export const foldsWatched = (setting: string): string =>
  `Each fold was watched for when to stop: its score is not one of unseen rows. ${setting} auto looks at none.`;

/** Why a number comes from folds, where nobody has asked for them. */
export const TOO_FEW_TO_TEST = 'Too few rows for a test part';
