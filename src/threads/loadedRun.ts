import type { Under } from '../data/under';
import type { Loaded, Resumption } from '../protocol/trainer';
import { plainSettings } from '../settings/automatic';
import type { Settings } from '../settings/settings';
import { stateOfModel } from '../train/continued';
import type { TrainingRun } from '../train/run';
import { sampleOf } from '../train/sample';

/** What stays of the model that a run goes on from; null of any other. */
export const underOf = ({ fromModel, transform, output }: Resumption): Under | null =>
  fromModel && transform && output ? { transform, output } : null;

export function stateAtStart(resumption: Resumption, settings: Settings): Float64Array {
  const { fromModel, automatic, epoch, state, parameters } = resumption;
  if (!fromModel) return state;
  const { 'training.earlyStopping.patience': patience } = plainSettings(settings, automatic);
  return stateOfModel(fromModel, { state, epoch, patience, count: parameters.length });
}

/** Whether the same arithmetic gives the weights another cost than it did: then the rows are not what they were. */
export function contradicts({ trainer }: TrainingRun, { engine, measure }: Resumption): boolean {
  return trainer.engine === engine && !Object.is(trainer.measure().trainCost, measure.trainCost);
}

export function loaded(
  { dataset, network, settings, trainer, automatic }: TrainingRun,
  hash: string,
): Loaded {
  return {
    dataset: {
      features: dataset.features,
      target: dataset.target,
      targetReason: dataset.targetReason,
      task: dataset.task,
      taskReason: dataset.taskReason,
      classes: dataset.classes,
      targetScale: dataset.targetScale,
      rows: dataset.rows,
      columns: dataset.columns,
      dialect: dataset.dialect,
      trainRows: dataset.train.length,
      testRows: dataset.test.length,
      partsBy: dataset.partsBy,
      skippedRows: dataset.skippedRows,
      notices: dataset.notices,
      hash,
    },
    transform: dataset.transform,
    network,
    sample: sampleOf(dataset, settings['training.seed']),
    engine: trainer.engine,
    automatic,
  };
}
