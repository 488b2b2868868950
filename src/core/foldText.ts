import { count, score } from './format';
import type { Interval } from './intervals';

/** What a cross-validation came to, as far as a sentence says it. */
export interface FoldSummary {
  readonly folds: number;
  readonly repeats: number;
  readonly by: 'chance' | 'words' | 'groups' | 'order';
  readonly isRegression: boolean;
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly guess: number | null;
  readonly line: number | null;
}

/** How sure the score of a run is, after an epoch. */
export interface Sure {
  readonly epoch: number;
  /** Where the test score lies with 95 %, where that takes more than the score and a number of rows. */
  readonly interval: Interval | null;
  /** Of a table that has too few rows for a test part. */
  readonly folds: FoldSummary | null;
}

/** The mean over folds with its deviation, beside guessing and a straight line on the same folds. */
export function foldsText(summary: FoldSummary): string {
  const { mean, deviation, guess, line, isRegression } = summary;
  const measure = isRegression ? 'R²' : 'Accuracy';
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

/** Why a number comes from folds, where nobody has asked for them. */
export const TOO_FEW_TO_TEST = 'Too few rows for a test part';
