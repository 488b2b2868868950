import type { HandChange } from '../core/handEdits';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { TrainingRun } from './run';
import type { Kept } from './snapshots';

/**
 * Does to the weights of a run what a person asks for; returns the change as the engine has it.
 * @param kept the run as it is
 * Throws UserError where the cost would be no number: nothing has changed then.
 */
export function editRun(run: TrainingRun, change: HandChange, kept: Kept): HandChange {
  const { diverged, frozen } = run;
  run.editByHand(change);
  const now = run.parameters();
  const weights = change.weights.map((each) => ({ ...each, after: now[each.index] }));
  if (!weights.every(({ after }) => Number.isFinite(after)) || !Number.isFinite(run.measure().trainCost)) {
    run.restore({ ...kept, frozen }, run.acting);
    run.diverged = diverged;
    throw new UserError(message('edit-not-finite', {}));
  }
  return { ...change, weights };
}
