import { READING_VERSION, TRANSFORM_VERSION } from '../data/versions';
import type { Resumption } from '../protocol/trainer';
import type { RunRecord } from '../runs/record';
import type { Snapshot } from '../train/progress';
import type { StateToGoOn } from '../train/questions';
import type { RunState } from '../train/runState';
import type { KnownRun } from './knownRun';

/** What the weights of a run came of: the keys that a person had set when it began, what it predicts, and the bytes of its file. */
export type Origin = Pick<RunRecord, 'given' | 'target' | 'task' | 'hash'>;

const VERSIONS = { readingVersion: READING_VERSION, transformVersion: TRANSFORM_VERSION };

/** The record of a run as it is, with a snapshot of the same epoch. */
export function recordNow(
  run: KnownRun,
  { given, ...origin }: Origin,
  reached: RunState,
  snapshot: Snapshot,
): RunRecord {
  const { automatic } = run;
  return {
    ...run.label,
    ...(run.chosen.length > 0 && { chosen: run.chosen }),
    ...(run.branchedAt !== null && { branchedAt: run.branchedAt }),
    ...(run.record?.fromModel && { fromModel: run.record.fromModel }),
    ...{ id: run.id, uri: run.uri, startedAt: run.startedAt, shownAt: run.startedAt },
    ...{ settings: run.settings, given, automatic, engine: run.engine, ...VERSIONS },
    ...{ ...reached, network: run.network, transform: run.transform },
    // Copies: the run goes on, and its curve with it.
    ...{ points: [...run.points], interval: run.interval, marks: [...run.marks] },
    layers: [...run.layers],
    ...(run.baselines && { baselines: run.baselines }),
    ...(run.sure?.epoch === reached.measure.epoch && { sure: run.sure }),
    ...(run.rows && { rows: run.rows }),
    ...(run.model && { model: run.model }),
    ...{ parameters: snapshot.parameters, state: snapshot.state },
    ...origin,
  };
}

/** What a run was after an epoch, as the record of another that is paused there. */
export function branchAt(
  run: KnownRun,
  { given, ...origin }: Origin,
  at: StateToGoOn,
  { id, startedAt }: Pick<RunRecord, 'id' | 'startedAt'>,
): RunRecord {
  const { automatic, engine, network, transform } = run;
  const { epoch, measure, learningRate, penalty, parameters, state, settings } = at;
  return {
    ...{ id, uri: run.uri, startedAt, shownAt: startedAt, settings, given },
    branchedAt: epoch,
    ...(run.record?.fromModel && { fromModel: run.record.fromModel }),
    ...(run.chosen.length > 0 && { chosen: run.chosen }),
    ...{ automatic, engine, status: 'paused', network, transform, ...VERSIONS },
    epochs: run.epochs > epoch ? run.epochs : epoch + run.continueEpochs,
    ...{ learningRate, measure, penalty, parameters, state, diverged: null },
    ...{ points: run.points.filter((point) => point.epoch <= epoch), interval: run.interval },
    layers: run.layers.filter((point) => point.epoch <= epoch),
    marks: run.marks.slice(0, at.marks),
    ...origin,
  };
}

/** What a trainer goes on from, with what the optimizer and early stopping do. */
export function resumptionOf(run: KnownRun, reached: RunState, state: Float64Array): Resumption {
  const { measure, epochs, parameters } = reached;
  const { engine, transform, marks, record, status, interval, automatic } = run;
  const from = status === 'finished' || status === 'stopped' || status === 'diverged' ? status : 'paused';
  return {
    ...{ status: from, epoch: measure.epoch, epochs, parameters, state, interval, automatic },
    ...{ engine, transform, measure, marks: [...marks] },
    ...{ fromModel: record?.fromModel, output: run.network?.output },
  };
}

/** How a run stands, of what says more than that. */
export const stateOf = ({
  status,
  epochs,
  measure,
  learningRate,
  penalty,
  parameters,
  diverged,
}: RunState): RunState => ({
  ...{ status, epochs, measure, learningRate, penalty, parameters, diverged },
});
