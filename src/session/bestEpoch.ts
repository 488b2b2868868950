import type { CurvePoint } from '../core/history';
import type { Measure } from '../core/trainer';
import type { PlainSettings } from '../settings/automatic';
import type { Settings } from '../settings/settings';
import type { Mark } from '../train/marks';

/** What the best epoch of a run follows from. */
export interface Watched {
  readonly plain: PlainSettings;
  readonly settings: Settings;
  readonly measure: Measure | null;
  readonly marks: readonly Mark[];
  readonly points: readonly CurvePoint[];
}

/**
 * The best epoch of a run as early stopping sees it: that which it went back to, else the point of the curve with the lowest
 * cost of the test part, where that is what it is stopped by. Null elsewhere: which epoch is best is then not for the test
 * part to say.
 */
export function bestEpoch({ plain, settings, measure, marks, points }: Watched): Measure | null {
  if (!measure || plain['training.earlyStopping.patience'] === 0) return null;
  const wentBack = marks.some(({ kind, epoch }) => kind === 'stoppedEarly' && epoch === measure.epoch);
  if (wentBack) return measure;
  // By a part that is set aside: its cost is not on the curve.
  if (settings['training.earlyStopping.patience'] === 'auto') return null;
  let best: CurvePoint | null = null;
  for (const point of points)
    if (point.testCost !== null && point.testCost < (best?.testCost ?? Infinity)) best = point;
  return best;
}
