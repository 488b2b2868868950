import { frozenAfter } from '../core/handEdits';
import type { Network } from '../core/network';
import type { Task } from '../data/table/target';
import type { Transform } from '../data/transform';
import type { Settings } from '../settings/settings';
import { decisionOf, labelsOf, type Model, type TrainingFacts } from './model';
import { ModelError } from './modelJson';
import type { RunRecord } from './record';

/** What a training ended with. */
export interface Trained extends Omit<TrainingFacts, 'seed'> {
  readonly network: Network;
  readonly transform: Transform;
  readonly task: Task;
  readonly settings: Settings;
  /** As `flatten` gives them. */
  readonly parameters: Float64Array;
  readonly state: Float64Array;
  readonly frozen: Iterable<number>;
}

/** The model of a training. */
export function modelOf(trained: Trained): Model {
  const { network, transform, task, settings, parameters, state, frozen, ...facts } = trained;
  const Numbers = facts.engine.startsWith('float64') ? Float64Array : Float32Array;
  return {
    ...{ network, transform, task, settings },
    weights: Numbers.from(parameters),
    labels: labelsOf(transform),
    decision: decisionOf(network.output),
    training: { ...facts, seed: settings['training.seed'] },
    optimizer: { state, frozen: [...frozen].sort((a, b) => a - b) },
  };
}

/** The model of a run that was kept. Throws ModelError where an earlier version has not kept what a model needs. */
export function modelOfRecord(record: RunRecord, rows: Pick<TrainingFacts, 'trainRows' | 'testRows'>): Model {
  const { network, transform, task, settings, automatic, engine, measure, parameters, state } = record;
  const { baselines = null, hash: tableHash, readingVersion, marks, picked = false, chosen = [] } = record;
  if (!network || !transform?.reading) throw new ModelError(OF_BEFORE);
  return modelOf({
    ...{ network, transform, task, settings, automatic, engine, measure, parameters, state, baselines },
    ...{ epoch: measure.epoch, weightsOf: 'end', tableHash, readingVersion, frozen: frozenAfter(marks) },
    ...rows,
    // Without a test part there was nothing to look at.
    ...((picked || chosen.length > 0) && measure.testScore !== null && { chosenByTest: true }),
  });
}

const OF_BEFORE =
  'It was trained by an earlier version, which has not kept how its table was read. Train it again to save it.';
