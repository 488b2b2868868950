import { EarlyStopping } from './earlyStopping';
import { partsOf, stateOf } from './stateParts';

/** The model that a run goes on from. */
export interface FromModel {
  /** Where it was, and how many epochs it was to have. */
  readonly epoch: number;
  readonly epochs: number;
  /** Whether the run is on the file that the model was trained on. */
  readonly sameFile: boolean;
}

/** Where a training ended that is to go on as if it had not. */
export interface Ended {
  /** As `TrainingRun.state` gave it, with weights of this epoch. */
  readonly state: Float64Array;
  readonly epoch: number;
  /** How many epochs it was to have. */
  readonly epochs: number;
  /** How many epochs without gain would have ended it. */
  readonly patience: number;
  /** How many parameters there are. */
  readonly count: number;
}

/**
 * The state from which a training that has come to its last epoch goes on as one that was to have more from the beginning.
 * At its end a training by a validation part is back at its best epoch, though its patience had not run out: that is taken
 * back, so that the epochs behind the best come again. Where its patience had run out, all stays as it is.
 */
export function stateForMore({ state, epoch, epochs, patience, count }: Ended): Float64Array {
  const { ofTrainer, ofEarly, ofWatch } = partsOf(state);
  if (!ofWatch) return state;
  const early = EarlyStopping.from(ofEarly, count);
  const [, watched] = ofWatch;
  // The state of the watch is that of the last epoch, or of the one before it.
  const wasLast = watched >= epochs - 1 && epochs - early.epoch < patience;
  if (early.hasStopped && wasLast) early.goOn();
  // A watch that is ahead trains again from the beginning, and catches up.
  return stateOf(ofTrainer, early.toArray(), watched > epoch ? null : ofWatch);
}

/** What of a state holds on another table: the optimizer's part. What was best on the one before says nothing there. */
export const stateElsewhere = (state: Float64Array): Float64Array =>
  stateOf(partsOf(state).ofTrainer, new Float64Array(), null);

/** From which state a run goes on that a model began: from the model's own until it has trained an epoch. */
export function stateOfModel(
  { epoch, epochs, sameFile }: FromModel,
  at: Pick<Ended, 'state' | 'epoch' | 'patience' | 'count'>,
): Float64Array {
  if (at.epoch !== epoch) return at.state;
  return sameFile ? stateForMore({ ...at, epochs }) : stateElsewhere(at.state);
}
