import { liveKeys, type Settings } from '../settings/settings';
import type { Change } from './marks';
import type { TrainingRun } from './run';

/** What edited settings, and another number of epochs, change of those that act on a run. */
export function liveChanges(run: TrainingRun, settings: Settings, epochs: number): Change[] {
  const before = run.acting;
  const changes: Change[] = [];
  for (const key of liveKeys) {
    // What a number of epochs to wait is for differs with how it was found.
    const isAsWritten = key === 'training.earlyStopping.patience';
    const valueIn = (of: Settings): number | string => (isAsWritten ? of : run.plainOf(of))[key];
    const [from, to] =
      key === 'training.epochs' ? [run.epochs, epochs] : [valueIn(before), valueIn(settings)];
    if (from !== to) changes.push({ key, before: from, after: to });
  }
  return changes;
}
