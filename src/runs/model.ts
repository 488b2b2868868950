import type { Baselines } from '../core/baselines';
import { forward, forwardPass, predictedClass, type ForwardPass } from '../core/equations';
import { matrix } from '../core/matrix';
import { unflatten, type Network, type OutputKind, type Parameters } from '../core/network';
import { inOwnUnit } from '../core/scale';
import type { Measure } from '../core/trainer';
import { RowTransform, type CellValue } from '../data/rowTransform';
import type { Task } from '../data/table/target';
import type { Transform } from '../data/transform';
import type { Automatic } from '../settings/automatic';
import type { Settings } from '../settings/settings';

/** How the output becomes an answer: the second of two classes where p > 0.5, the first of the largest, the number itself. */
export const decisions = ['aboveHalf', 'largest', 'number'] as const;
export type Decision = (typeof decisions)[number];

/** A trained network with all that it needs to predict a row, and to be trained further. No row of a table is in it. */
export interface Model {
  readonly network: Network;
  /** As `flatten` gives them, as wide as the engine has them: float32, and float64 of `reference`. */
  readonly weights: Float32Array | Float64Array;
  readonly transform: Transform;
  readonly task: Task;
  /** The classes in the order of the outputs; empty for numbers. */
  readonly labels: readonly string[];
  readonly decision: Decision;
  readonly settings: Settings;
  readonly training: TrainingFacts;
  readonly optimizer: OptimizerState;
}

/** Which training the weights are of, and how it stood. */
export interface TrainingFacts {
  /** What each `auto` of the settings stood for. */
  readonly automatic: Partial<Automatic>;
  /** Names the arithmetic: equal engines give equal weights. */
  readonly engine: string;
  readonly epoch: number;
  readonly seed: number;
  /** Whether the weights are what the run ended with, of its last epoch, or of its best. */
  readonly weightsOf: 'end' | 'last' | 'best';
  readonly measure: Measure;
  readonly baselines: Baselines | null;
  /** Null where that is not known. */
  readonly trainRows: number | null;
  readonly testRows: number | null;
  /** SHA-256 of the table's file; nothing else of the file is here. */
  readonly tableHash: string;
  readonly readingVersion: number;
  /** It or its settings were chosen after looking at scores of the test part, which then flatter it; absent: they were not. */
  readonly chosenByTest?: true | undefined;
}

/** What going on needs beside the weights. */
export interface OptimizerState {
  /** As `TrainingRun.state` gives it; empty: a fresh optimizer. */
  readonly state: Float64Array;
  /** Indices of parameters that no update changes. */
  readonly frozen: readonly number[];
}

export const decisionOf = (output: OutputKind): Decision =>
  output === 'sigmoid' ? 'aboveHalf' : output === 'softmax' ? 'largest' : 'number';

/** The classes of a transform, in the order of the outputs; empty for numbers. */
export const labelsOf = ({ target }: Pick<Transform, 'target'>): readonly string[] =>
  target.kind === 'classes' ? target.classes : [];

/** What a model says of one row. */
export interface RowPrediction {
  /** The probability of each class in the order of the labels; of a number, that number in the target's own unit. */
  readonly outputs: Float64Array;
  /** The class, as an index into the labels; −1 for a number. */
  readonly index: number;
}

/**
 * The answers of a model: the transform and the forward pass of src/core, both in float64, on the saved weights. Rows that
 * are predicted together get the same bits as each alone.
 */
export class Predictor {
  private readonly rows: RowTransform;
  private readonly parameters: Parameters;
  private pass: ForwardPass | null = null;

  constructor(readonly model: Pick<Model, 'network' | 'weights' | 'transform' | 'labels'>) {
    this.rows = new RowTransform(model.transform);
    this.parameters = unflatten(model.network, Float64Array.from(model.weights));
  }

  /** The features of rows, (nx, rows). Throws RangeError when a row has not a value for each column of the transform. */
  features(rows: readonly (readonly CellValue[])[]): Float64Array {
    const X = new Float64Array(this.rows.count * rows.length);
    rows.forEach((row, j) => this.rows.write(row, X, j, rows.length));
    return X;
  }

  /** What the model says of rows, each with its values in the order of the transform's columns. */
  predict(rows: readonly (readonly CellValue[])[]): RowPrediction[] {
    const { network } = this.model;
    const m = rows.length;
    if (this.pass?.m !== m) this.pass = forwardPass(network, matrix(this.rows.count, m));
    const { pass } = this;
    pass.A[0].data.set(this.features(rows));
    forward(pass, this.parameters);
    const output = pass.A[pass.A.length - 1];
    return rows.map((_, j) => {
      if (network.output === 'linear') {
        const { target } = this.model.transform;
        const value = output.data[j];
        return {
          outputs: Float64Array.of(target.kind === 'classes' ? value : inOwnUnit(value, target)),
          index: -1,
        };
      }
      const index = predictedClass(network.output, output, j);
      if (network.output === 'sigmoid') {
        const p = output.data[j];
        return { outputs: Float64Array.of(1 - p, p), index };
      }
      return { outputs: Float64Array.from({ length: output.rows }, (_, k) => output.data[k * m + j]), index };
    });
  }
}

/** What a model says of one row; for many rows, a {@link Predictor} is made once. */
export const predictRow = (model: Model, row: readonly CellValue[]): RowPrediction =>
  new Predictor(model).predict([row])[0];
