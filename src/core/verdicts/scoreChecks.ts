import { wilson } from '../intervals';
import type { Measure } from '../trainer';
import { stopEarly, twice } from './curveChecks';
import type { OverFacts, RunCheck, RunFacts, TableFacts } from './runFacts';

/** A training score this much above that of the test part is no luck of the split. */
const GAP = 0.1;
/** A network scores less than a straight line on the very rows that it learns from, by so much. */
const UNDER = 0.03;
/** What guessing scores, and what is hardly more. */
const NO_BETTER = { accuracy: 0.01, r2: 0.02 };
const NO_BETTER_THAN_LINE = 0.005;
/** The accuracy hides what becomes of a class where guessing gives so much; up to that share of the rows one is rare. */
const GUESSED = 0.8;
const RARE = 1 - GUESSED;
/** Fewer rows of it say nothing. */
const FEWEST_OF_CLASS = 10;
/** It is missed where fewer are found, and the score is so much above that. */
const FOUND = 2 / 3;
const HIDDEN = 0.2;
/** An interval as wide as this tells hardly anything apart; of R² it is not known in time, and so many rows are few. */
const WIDE = 0.2;
const FEW_ROWS = 30;

export interface OverfittingArgs {
  readonly isRegression: boolean;
  readonly train: number;
  readonly test: number;
}
/** A score, and what it is compared with. */
export interface ComparedArgs {
  readonly isRegression: boolean;
  /** Whether they are of the test part. */
  readonly ofTest: boolean;
  readonly score: number;
  readonly other: number;
}
export interface RareArgs {
  readonly accuracy: number;
  readonly guess: number;
  readonly text: string;
  readonly missed: number;
  readonly rows: number;
  readonly ofTest: boolean;
}
export interface TooSmallArgs {
  readonly rows: number;
  /** Null of a number. */
  readonly interval: readonly [number, number] | null;
}

/** What the checks of the scores find. */
export interface ScoreArgs {
  readonly 'no-better-than-guessing': ComparedArgs;
  readonly 'rare-class-missed': RareArgs;
  readonly overfitting: OverfittingArgs;
  readonly underfitting: ComparedArgs;
  readonly 'no-better-than-line': ComparedArgs;
  readonly 'test-too-small': TooSmallArgs;
}

/** What a training that is over scores. */
export const scoreChecks: { readonly [C in keyof ScoreArgs]: RunCheck<ScoreArgs[C]> } = {
  'no-better-than-guessing': {
    severity: () => 'warning',
    rule: judged(({ last, table: { isRegression }, over: { baselines } }) => {
      if (!baselines) return null;
      const compared = beside(last, baselines.guess, isRegression);
      const least = isRegression ? NO_BETTER.r2 : NO_BETTER.accuracy;
      return compared.score - compared.other < least ? compared : null;
    }),
  },
  'rare-class-missed': {
    severity: () => 'warning',
    rule: judged(missedClass),
    remedy: (_, { over }) =>
      over?.isBalanced ? null : { code: 'balance-classes', changes: { 'training.classWeights': 'balanced' } },
  },
  overfitting: {
    severity: () => 'warning',
    rule: judged(({ last: { trainScore: train, testScore: test }, table: { isRegression, testRows } }) => {
      if (test === null || train - test < GAP) return null;
      const isSure = isRegression ? testRows >= FEW_ROWS : wilson(test, testRows)[1] < train;
      return isSure ? { isRegression, train, test } : null;
    }),
    remedy: (_, facts) => ((facts.patienceFound ?? 0) > 0 ? stopEarly(facts, 0) : null),
  },
  underfitting: {
    severity: () => 'warning',
    rule: judged(({ last, table: { isRegression }, over: { baselines } }) => {
      if (!baselines) return null;
      const { score, other, ofTest } = beside(last, baselines.line, isRegression);
      // What keeps it from learning by heart may cost it in training, and gain in test.
      if (ofTest && score >= other) return null;
      const inTraining = { score: last.trainScore, other: baselines.line.trainScore };
      return inTraining.score < inTraining.other - UNDER
        ? { isRegression, ofTest: false, ...inTraining }
        : null;
    }),
    remedy: (_, { curve, over }) =>
      over?.isAtEnd
        ? { code: 'more-epochs', changes: { 'training.epochs': twice(curve.at(-1)?.epoch ?? 1) } }
        : null,
  },
  'no-better-than-line': {
    severity: () => 'information',
    rule: (facts) => {
      if (facts.network.sizes.length <= 2) return null;
      return judged(({ last, table: { isRegression }, over: { baselines } }) => {
        if (!baselines || last.testScore === null) return null;
        const compared = beside(last, baselines.line, isRegression);
        return compared.score - compared.other < NO_BETTER_THAN_LINE ? compared : null;
      })(facts);
    },
    remedy: () => ({ code: 'leave-out-hidden-layers', changes: { 'model.hiddenLayers': [] } }),
  },
  'test-too-small': {
    severity: () => 'information',
    rule: judged(({ last: { testScore }, table: { isRegression, testRows: rows } }) => {
      if (testScore === null || rows === 0) return null;
      if (isRegression) return rows < FEW_ROWS ? { rows, interval: null } : null;
      const interval = wilson(testScore, rows);
      return interval[1] - interval[0] > WIDE ? { rows, interval } : null;
    }),
  },
};

interface Judged {
  readonly last: Measure;
  readonly table: TableFacts;
  readonly over: OverFacts;
}

/** A rule of what is over, and has not diverged. */
function judged<A>(rule: (judged: Judged) => A | null): (facts: RunFacts) => A | null {
  return ({ curve, diverged, table, over }) => {
    const last = curve.at(-1);
    return last && table && over && !diverged ? rule({ last, table, over }) : null;
  };
}

type Two = Pick<Measure, 'trainScore' | 'testScore'>;
/** Scores of the test part beside one another; where there is none of the training part. */
const beside = (model: Two, other: Two, isRegression: boolean): ComparedArgs =>
  model.testScore !== null && other.testScore !== null
    ? { isRegression, ofTest: true, score: model.testScore, other: other.testScore }
    : { isRegression, ofTest: false, score: model.trainScore, other: other.trainScore };

/** The rare class that is missed most. */
function missedClass({ last, table, over: { baselines, model } }: Judged): RareArgs | null {
  if (table.isRegression || model?.epoch !== last.epoch) return null;
  const accuracy = last.testScore ?? last.trainScore;
  const ofTest = last.testScore !== null;
  const commonest = Math.max(...model.classes.map(({ rows }) => rows)) / model.rows;
  const guess = baselines ? (baselines.guess.testScore ?? baselines.guess.trainScore) : commonest;
  if (guess < GUESSED) return null;
  let worst: RareArgs | null = null;
  model.classes.forEach(({ rows, right }, k) => {
    if (rows < FEWEST_OF_CLASS || rows > RARE * model.rows) return;
    const found = right / rows;
    if (found >= FOUND || accuracy - found < HIDDEN) return;
    if (worst && 1 - worst.missed / worst.rows <= found) return;
    const text = table.classes[k] ?? '';
    worst = { accuracy, guess, text, missed: rows - right, rows, ofTest };
  });
  return worst;
}
