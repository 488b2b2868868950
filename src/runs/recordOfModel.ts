import { curvePoint } from '../core/history';
import { TRANSFORM_VERSION } from '../data/versions';
import { plainSettings } from '../settings/automatic';
import type { Mark } from '../train/marks';
import type { Model } from './model';
import type { RunRecord } from './record';

/** The run that goes on from a model. */
interface Begun extends Pick<RunRecord, 'id' | 'uri' | 'startedAt' | 'hash'> {
  /** What is said of it on its curve. */
  readonly note: string;
}

/** The record of a new run, paused where a model was saved, that is to train as many epochs again. */
export function recordOfModel(model: Model, { note, startedAt, hash, ...begun }: Begun): RunRecord {
  const { network, transform, task, settings, training, optimizer } = model;
  const { automatic, engine, epoch, measure, baselines, readingVersion, tableHash } = training;
  const { 'training.epochs': epochs, 'training.learningRate': learningRate } = plainSettings(
    settings,
    automatic,
  );
  const frozen: Mark = {
    ...{ kind: 'hand', epoch },
    change: { weights: [], frozen: [...optimizer.frozen], thawed: [] },
  };
  const isSame = hash === tableHash;
  return {
    ...{ ...begun, startedAt, hash, shownAt: startedAt },
    // What nobody has set is the model's, and no edit of it.
    ...{ settings, given: [], automatic, engine, readingVersion, transformVersion: TRANSFORM_VERSION },
    fromModel: { epoch, epochs, sameFile: isSame },
    ...{ status: 'paused', epochs: epoch + epochs, learningRate, measure, penalty: 0, diverged: null },
    ...{ network, transform, points: [curvePoint(measure)], interval: 1 },
    ...(isSame && baselines && { baselines }),
    // Of another file nobody has looked at a test score yet.
    ...(isSame && training.chosenByTest && { picked: true }),
    // What came before the model is not known: nothing is trained again from its beginning.
    marks: [{ kind: 'note', epoch: 0, text: note }, ...(optimizer.frozen.length > 0 ? [frozen] : [])],
    parameters: Float64Array.from(model.weights),
    state: optimizer.state,
    ...{ target: transform.target.name, task },
  };
}
