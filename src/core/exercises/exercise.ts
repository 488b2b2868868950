import type { HiddenActivation } from '../activations';
import type { CurvePoint } from '../history';
import type { Initialization } from '../initialization';
import type { Network } from '../network';
import type { Divergence, RunCode } from '../verdicts/runChecks';
import type { UnitVerdict } from '../verdicts/unitVerdicts';

/** The settings that an exercise is set up with; those that it does not name stay what they are. */
export interface ExerciseSettings {
  readonly 'model.hiddenLayers'?: readonly number[];
  readonly 'model.hiddenActivation'?: HiddenActivation;
  readonly 'model.initialization'?: Initialization;
  readonly 'training.learningRate'?: number | 'auto';
  readonly 'training.epochs'?: number;
  readonly 'training.testFraction'?: number;
  readonly 'data.standardize'?: boolean;
}

/** What a goal goes by: a run as it is now. */
export interface ExerciseFacts {
  /** The name of its file, without the folder. */
  readonly file: string;
  readonly trainRows: number;
  readonly testRows: number;
  readonly network: Network;
  readonly initialization: Initialization;
  readonly learningRate: number;
  /** The whole curve, the state of now at its end; never empty. */
  readonly curve: readonly CurvePoint[];
  readonly diverged: Divergence | null;
  /** The epoch that it branched at, or of the last change by hand; 0: it has trained from its beginning. */
  readonly since: number;
  /** What the checks of the run find. */
  codes(): readonly RunCode[];
  /** The verdicts of its hidden units, those of layer l at l − 1; null while its examples are not there. */
  verdicts(): readonly (readonly UnitVerdict[])[] | null;
}

/** What one step of an exercise leaves for the next. */
export interface Kept {
  /** The lowest rate that diverged. */
  readonly rate?: number | undefined;
  /** A unit that died, and the layers of its network: its own from 1, itself from 0. */
  readonly layers?: string | undefined;
  readonly layer?: number | undefined;
  readonly unit?: number | undefined;
  /** The run that had reached the goal already when the exercise was begun anew: it does not count. */
  readonly run?: string | undefined;
  /** Predictions that were right, one after the other. */
  readonly inARow?: number | undefined;
}

/** What is to be said of a run: `near` where it is one for this step but has not reached the goal, `away` where it is none. */
export type Judgement =
  | { readonly kind: 'met'; readonly says: string; readonly keeps?: Kept }
  | { readonly kind: 'near' | 'away'; readonly says: string };

export interface Step {
  readonly task: string;
  /** What the button sets before it restarts. */
  readonly settings: ExerciseSettings;
  /** What reaches the goal from there, where that is to be found. */
  readonly solution: ExerciseSettings | null;
  goal(facts: ExerciseFacts, kept: Kept): Judgement;
}

/** A question that is answered before the result is seen. */
export interface Guess {
  readonly question: string;
  readonly choices: readonly string[];
  /** Which of them it is. */
  readonly right: number;
}

export interface Exercise {
  readonly title: string;
  /** The sample table that it is set up on. */
  readonly file: string;
  readonly guess: Guess | null;
  readonly steps: readonly [Step, ...Step[]];
  /** What is to be learnt from it, said once it is done. */
  readonly shows: string;
}

/** How far somebody has come with an exercise. */
export interface Progress {
  /** Steps whose goals have been reached. */
  readonly steps: number;
  /** What was said when the last of them was. */
  readonly says: string;
  readonly kept: Kept;
  /** The choice that was guessed; null: none yet. */
  readonly guess: number | null;
  /** How often it has been begun anew. */
  readonly begun: number;
}

export const UNTRIED: Progress = { steps: 0, says: '', kept: {}, guess: null, begun: 0 };

/**
 * What two windows know of one exercise, together: what was begun anew last counts, and of that what has come further. The
 * first, as the same object, where the second knows of nothing more.
 */
export function together(mine: Progress, theirs: Progress): Progress {
  if (mine.begun !== theirs.begun) return mine.begun > theirs.begun ? mine : theirs;
  const [further, other] = theirs.steps > mine.steps ? [theirs, mine] : [mine, theirs];
  return further.guess === null && other.guess !== null ? { ...further, guess: other.guess } : further;
}

export const isDone = ({ steps }: Exercise, progress: Progress): boolean => progress.steps >= steps.length;

/** Judges a run by the step that comes next, and takes that step where its goal is reached; null once all are done. */
export function advance(
  exercise: Exercise,
  progress: Progress,
  facts: ExerciseFacts,
): { readonly progress: Progress; readonly judgement: Judgement | null } {
  const step = exercise.steps.at(progress.steps);
  if (!step || progress.steps >= exercise.steps.length) return { progress, judgement: null };
  const judgement = step.goal(facts, progress.kept);
  if (judgement.kind !== 'met') return { progress, judgement };
  // What is right is said once it is done: it stays open for the guess.
  if (exercise.guess && progress.guess === null) {
    return {
      progress,
      judgement: { kind: 'near', says: 'It reaches the goal. Make your guess: then it counts.' },
    };
  }
  const { says, keeps = {} } = judgement;
  const kept = { ...progress.kept, ...keeps };
  return { progress: { ...progress, steps: progress.steps + 1, says, kept }, judgement };
}
