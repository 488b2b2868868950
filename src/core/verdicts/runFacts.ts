import type { Baselines } from '../baselines';
import type { CurvePoint } from '../history';
import type { Initialization } from '../initialization';
import type { Network } from '../network';
import type { ModelFacts, RowFacts } from './looks';
import type { Remedy } from './remedy';

/** How much a finding weighs: what ends a training, what makes its score misleading or poor, what is good to know. */
export type Severity = 'error' | 'warning' | 'information';
export const severities = ['error', 'warning', 'information'] as const satisfies readonly Severity[];

/** How a training became infinite: the epoch that did it and the first layer it showed in, both from 1. */
export interface Divergence {
  readonly epoch: number;
  readonly layer: number;
  readonly learningRate: number;
  /** The largest rate that a short probe found stable, if it found one. */
  readonly suggestedRate: number | null;
}

/** What is known of the table that a run trains on. */
export interface TableFacts {
  readonly isRegression: boolean;
  readonly trainRows: number;
  readonly testRows: number;
  readonly classes: readonly string[];
}

/** What a training that is over is judged by; its last measure stands at the end of the curve. */
export interface OverFacts {
  /** Whether it has trained all its epochs, and nothing stopped it before. */
  readonly isAtEnd: boolean;
  /** Whether each class counts the same. */
  readonly isBalanced: boolean;
  /** Null before they are known. */
  readonly baselines: Baselines | null;
  readonly model: ModelFacts | null;
}

/** What the checks of a run go by. */
export interface RunFacts {
  /** The whole curve, the state of now at its end. */
  readonly curve: readonly CurvePoint[];
  readonly diverged: Divergence | null;
  readonly network: Network;
  readonly initialization: Initialization;
  /** The rate of the next epoch. */
  readonly learningRate: number;
  /** Epochs without gain after which it stops; 0: it never stops early. */
  readonly patience: number;
  /** What it would be if it were found for the table, by a part of the training part; 0: nothing is set aside. */
  readonly patienceFound?: number | undefined;
  readonly table?: TableFacts | null;
  readonly rows?: RowFacts | null;
  /** Left out, or null, until it is over: scores of a training that goes on say nothing. */
  readonly over?: OverFacts | null;
}

/** One check of runs: what it finds, how much that weighs, and what can be done; how it is said stands in sentences/runs.ts. */
export interface RunCheck<Args> {
  severity(args: Args): Severity;
  /** Whether it is about the table, whatever is trained on it. */
  readonly isOfData?: true;
  rule(facts: RunFacts): Args | null;
  remedy?(args: Args, facts: RunFacts): Remedy | null;
}
