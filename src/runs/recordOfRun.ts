import { READING_VERSION, TRANSFORM_VERSION } from '../data/versions';
import type { TrainingRun } from '../train/run';
import type { RunRecord } from './record';

/** What a training does not know of itself. */
type Beside = Pick<RunRecord, 'id' | 'uri' | 'startedAt' | 'given' | 'hash' | 'baselines'>;

/** The record of a training that has ended, with the weights that it ended with. */
export function recordOfRun(run: TrainingRun, { startedAt, ...beside }: Beside): RunRecord {
  const { dataset, automatic, epochs, learningRate, network, history, diverged, epoch, stoppedAt } = run;
  const { transform, target, task } = dataset;
  return {
    ...{ ...beside, startedAt, shownAt: startedAt, settings: run.acting, automatic },
    ...{ engine: run.trainer.engine, readingVersion: READING_VERSION, transformVersion: TRANSFORM_VERSION },
    status: diverged ? 'diverged' : 'finished',
    ...{ epochs, learningRate, measure: run.measure(), penalty: run.penalty(), diverged, network, transform },
    ...{ points: [...history.points], interval: history.interval },
    marks: stoppedAt < 0 ? [] : [{ kind: 'stoppedEarly', epoch, at: stoppedAt }],
    ...{ parameters: run.parameters(), state: run.state(), target, task },
  };
}
