/** The settings that a remedy changes. */
export type RemedyKey =
  | 'training.learningRate'
  | 'training.earlyStopping.patience'
  | 'model.initialization'
  | 'model.hiddenLayers'
  | 'model.hiddenActivation';

/** What a person can do about a finding: settings of this file that are changed, and the training restarted with them. */
export interface Remedy {
  /** On the button. */
  readonly label: string;
  readonly changes: Readonly<Partial<Record<RemedyKey, number | string | readonly number[]>>>;
  /** What one should know before; empty when nothing. */
  readonly caution: string;
}
