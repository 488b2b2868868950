/** The settings that a remedy changes. */
export type RemedyKey =
  | 'training.learningRate'
  | 'training.epochs'
  | 'training.classWeights'
  | 'training.earlyStopping.patience'
  | 'model.initialization'
  | 'model.hiddenLayers'
  | 'model.hiddenActivation'
  | 'data.ignoredColumns';

/** What a remedy does; its words are in sentences/remedies.ts. */
export type RemedyCode =
  | 'restart-with-rate'
  | 'automatic-rate'
  | 'stop-by-validation'
  | 'stop-by-test'
  | 'add-hidden-layer'
  | 'xavier-weights'
  | 'random-weights'
  | 'leaky-relus'
  | 'more-epochs'
  | 'balance-classes'
  | 'leave-out-hidden-layers'
  | 'ignore-column';

/** What a person can do about a finding: settings of this file that are changed, and the training restarted with them. */
export interface Remedy {
  readonly code: RemedyCode;
  /** Columns to ignore come to those that are ignored already; all else takes the place of what is set. */
  readonly changes: Readonly<
    Partial<Record<RemedyKey, number | string | readonly number[] | readonly string[]>>
  >;
}
