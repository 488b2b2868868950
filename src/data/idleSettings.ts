import { resolveInitialization } from '../core/initialization';
import { plainSettings, type Automatic, type PlainSettings } from '../settings/automatic';
import type { SettingKey, Settings } from '../settings/settings';
import { message, type IdleReason, type Message } from './message';
import { FEWEST_ROWS_TO_SPLIT, type PartsBy } from './table/split';

/** What a training is, as far as it decides whether a setting can act. */
export interface TrainingFacts {
  readonly isRegression: boolean;
  readonly trainRows: number;
  readonly testRows: number;
  /** How the test part was chosen; undefined where that was not kept. */
  readonly partsBy?: PartsBy | undefined;
  /** Whether the weights start from numbers of the person's own. */
  readonly hasOwnParameters?: boolean;
  /** Whether it is stopped by a part of the training part, and not by the test part. */
  readonly stopsByValidation?: boolean;
}

type WhyIdle = (settings: PlainSettings, facts: TrainingFacts) => IdleReason | null;

/** It always acts, or what it says of a table is a matter of reading it. */
const always: WhyIdle = () => null;
const initial: WhyIdle = (_, { hasOwnParameters }) =>
  hasOwnParameters ? message('own-parameters', {}) : null;
const noTestPart: WhyIdle = (_, { testRows }) => (testRows === 0 ? message('nothing-tested', {}) : null);

/** Why each setting cannot act, were it set as it is; null: it does, or it asks for nothing. */
const rules: { readonly [K in SettingKey]: WhyIdle } = {
  'model.hiddenLayers': always,
  'model.hiddenActivation': (settings) =>
    settings['model.hiddenLayers'].length === 0 ? message('no-hidden-layers', {}) : null,
  'model.output': always,
  'model.initialization': initial,
  'model.initializationScale': (settings, facts) => {
    const method = resolveInitialization(
      settings['model.initialization'],
      settings['model.hiddenLayers'],
      settings['model.hiddenActivation'],
    );
    return initial(settings, facts) ?? (method === 'smallRandom' ? null : message('starts-by', { method }));
  },
  'training.learningRate': always,
  'training.learningRateSchedule': (settings) => {
    const schedule = settings['training.learningRateSchedule'];
    if (schedule === 'constant') return null;
    if (settings['training.learningRateDecay'] === 0) return message('no-decay', {});
    return schedule === 'step' ? stepAfterEnd(settings) : null;
  },
  'training.learningRateDecay': (settings) =>
    settings['training.learningRateSchedule'] === 'constant' && settings['training.learningRateDecay'] > 0
      ? message('constant-rate', {})
      : null,
  'training.learningRateStep': (settings) => {
    const schedule = settings['training.learningRateSchedule'];
    return schedule === 'step' ? stepAfterEnd(settings) : message('no-steps', { schedule });
  },
  'training.epochs': always,
  'training.batchSize': (settings, { trainRows }) =>
    settings['training.batchSize'] > trainRows ? message('batch-of-all', { rows: trainRows }) : null,
  'training.optimizer': always,
  'training.momentum': (settings) => {
    const optimizer = settings['training.optimizer'];
    return optimizer === 'momentum' || optimizer === 'nesterov'
      ? null
      : message('optimizer-without-momentum', { optimizer });
  },
  'training.l2': always,
  'training.l1': always,
  'training.classWeights': (settings, { isRegression }) =>
    settings['training.classWeights'] === 'balanced' && isRegression
      ? message('target-without-classes', {})
      : null,
  'training.earlyStopping.patience': (settings, facts) => {
    const patience = settings['training.earlyStopping.patience'];
    const epochs = settings['training.epochs'];
    if (patience === 0) return null;
    return (
      noTestPart(settings, facts) ?? (patience >= epochs ? message('patience-too-long', { epochs }) : null)
    );
  },
  'training.earlyStopping.minDelta': (settings, facts) => {
    if (settings['training.earlyStopping.minDelta'] === 0) return null;
    if (settings['training.earlyStopping.patience'] === 0) return message('no-patience', {});
    return facts.stopsByValidation ? null : noTestPart(settings, facts);
  },
  // The split and the order of mini-batches follow from it besides the weights.
  'training.seed': always,
  'training.testFraction': (settings, { trainRows, testRows, partsBy }) => {
    if (settings['training.testFraction'] === 0) return null;
    if (partsBy === 'words') return message('words-split', { column: settings['data.splitColumn'] });
    if (testRows > 0) return null;
    if (settings['data.splitColumn'] !== '')
      return message('column-splits-nothing', { column: settings['data.splitColumn'] });
    return trainRows < FEWEST_ROWS_TO_SPLIT
      ? message('too-few-to-split', { fewest: FEWEST_ROWS_TO_SPLIT })
      : null;
  },
  'training.engine': always,
  'training.threads': (settings) =>
    settings['training.engine'] === 'reference' && settings['training.threads'] > 1
      ? message('one-thread', {})
      : null,
  'training.memoryBudget': always,
  'data.target': always,
  'data.ignoredColumns': always,
  'data.standardize': always,
  'data.includedColumns': always,
  'data.missingValues': always,
  'data.splitColumn': always,
  'data.splitBy': (settings) =>
    settings['data.splitBy'] !== 'auto' && settings['data.splitColumn'] === ''
      ? message('no-column-to-split-by', {})
      : null,
  'data.columnTypes': always,
  'data.placeholders': always,
  'data.mergeSpellings': always,
  'data.transform': always,
  'data.mutedChecks': always,
  'csv.delimiter': always,
  'csv.header': always,
  'csv.decimalSeparator': always,
  'csv.quote': always,
  'csv.commentPrefixes': always,
  'csv.skipLines': always,
  'csv.leaveOutLines': always,
  'csv.missingTokens': always,
  'csv.encoding': always,
  'csv.maxRows': always,
  'codeLens.enabled': always,
  'view.epochsPerSecond': always,
  'view.maxFramesPerSecond': always,
  'runs.location': always,
};

function stepAfterEnd(settings: PlainSettings): IdleReason | null {
  const every = settings['training.learningRateStep'];
  const epochs = settings['training.epochs'];
  return every >= epochs ? message('step-too-late', { every, epochs }) : null;
}

/**
 * What a person has set that cannot act on a training. `given`: the keys that they have set; `automatic`: what each `auto`
 * stands for in it.
 */
export function idleSettings(
  settings: Settings,
  automatic: Partial<Automatic>,
  given: readonly SettingKey[],
  facts: Omit<TrainingFacts, 'stopsByValidation'>,
): Message<'idle-setting'>[] {
  const plain = plainSettings(settings, automatic);
  const stopsByValidation = settings['training.earlyStopping.patience'] === 'auto';
  return given.flatMap((key) => {
    // What is found always acts.
    if (settings[key] === 'auto') return [];
    const why = rules[key](plain, { ...facts, stopsByValidation });
    return why ? [message('idle-setting', { key, why })] : [];
  });
}
