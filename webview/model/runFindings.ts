import { runFindings, type RunFinding } from '../../src/core/verdicts/runChecks';
import type { OverFacts, TableFacts } from '../../src/core/verdicts/runFacts';
import type { RunSignals } from '../store';
import { curveOf } from './curve';

type Run = Pick<RunSignals, 'view' | 'live' | 'points' | 'measureNow'>;

/** What the checks find of a run as it is now. */
export function findingsOf(run: Run): readonly RunFinding[] {
  const { network } = run.view.value;
  if (!network) return [];
  const { checked, learningRate } = run.live.value;
  return runFindings({
    ...{ curve: curveOf(run.points.value, run.measureNow.value), network, learningRate, ...checked },
    ...{ rows: checked.rows ?? null, table: tableOf(run), over: overOf(run) },
  });
}

const tableOf = ({ view }: Run): TableFacts | null => {
  const { dataset } = view.value;
  return dataset && { ...dataset, isRegression: dataset.task === 'regression' };
};

/** What a training that is over is judged by; null while it goes on. */
function overOf({ live, measureNow }: Run): OverFacts | null {
  const { status, epochs, rule, baselines, checked } = live.value;
  if (status !== 'finished' && status !== 'stopped') return null;
  return {
    ...{ isAtEnd: (measureNow.value?.epoch ?? 0) >= epochs, isBalanced: rule.balanced },
    ...{ baselines, model: checked.model ?? null },
  };
}
