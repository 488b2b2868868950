import { runFindings, type RunFinding } from '../../src/core/verdicts/runChecks';
import type { RunSignals } from '../store';
import { curveOf } from './curve';

/** What the checks find of a run as it is now. */
export function findingsOf({ view, live, points, measureNow }: RunSignals): readonly RunFinding[] {
  const { network } = view.value;
  if (!network) return [];
  const { checked, learningRate } = live.value;
  return runFindings({
    ...{ curve: curveOf(points.value, measureNow.value), network, learningRate, ...checked },
  });
}
