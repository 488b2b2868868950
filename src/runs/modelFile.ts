import { fieldsOf } from '../data/jsonFields';
import { TRANSFORM_VERSION } from '../data/versions';
import { transformFromJson, transformToJson } from '../data/transformFile';
import type { Model } from './model';
import { mustFit } from './modelFit';
import { contentHash, ModelError, MOST_BYTES, parseJson, TOO_LARGE, withRoom, writeJson } from './modelJson';
import { optimizerFrom, optimizerToJson, partFrom, parts } from './modelParts';
import { settingsFrom, settingsToJson } from './modelSettings';
import { weightsFrom, weightsToJson } from './modelWeights';

/** The version of the form that {@link writeModel} writes; all up to it are read. */
export const MODEL_VERSION = 1;

/** How the names of the files of models end. */
export const MODEL_ENDING = '.neuron.json';

const FIELDS = [
  ...['task', 'labels', 'decision', 'network', 'training', 'settings', 'transform', 'weights', 'optimizer'],
] as const;

/**
 * A model as the text of its file, which docs/model-file.md describes. Throws ModelError for one that holds a number that
 * is not finite, and for one that would be too large to be read again.
 */
export function writeModel(model: Model): string {
  const content: Record<(typeof FIELDS)[number], unknown> = {
    task: model.task,
    labels: model.labels,
    decision: model.decision,
    network: model.network,
    training: model.training,
    settings: settingsToJson(model.settings),
    transform: transformToJson(model.transform),
    weights: weightsToJson(model),
    optimizer: optimizerToJson(model.optimizer),
  };
  const whole = { neuronLensModel: MODEL_VERSION, sha256: contentHash(content), model: content };
  const text = `${withRoom(writeJson(whole))}\n`;
  if (text.length > MOST_BYTES) throw new ModelError(TOO_LARGE);
  return text;
}

/**
 * The model in the bytes of a file. Throws ModelError, with what is wrong as a sentence, for anything that
 * {@link writeModel} has not written or that was changed since; nothing is allocated for it before all has been checked.
 */
export function parseModel(bytes: Uint8Array): Model {
  const content = contentOf(parseJson(bytes));
  try {
    const fields = fieldsOf(content, 'model', FIELDS);
    const transform = transformFromJson(fields['transform']);
    const network = partFrom(parts.network, fields['network'], 'network');
    const task = partFrom(parts.task, fields['task'], 'task');
    const labels = partFrom(parts.labels, fields['labels'], 'labels');
    const decision = partFrom(parts.decision, fields['decision'], 'decision');
    mustFit({ network, transform, task, labels, decision });
    const weights = weightsFrom(fields['weights'], network);
    return {
      ...{ network, transform, task, labels, decision, weights },
      training: partFrom(parts.training, fields['training'], 'training'),
      settings: settingsFrom(fields['settings']),
      optimizer: optimizerFrom(fields['optimizer'], weights.length),
    };
  } catch (error) {
    if (error instanceof RangeError) throw new ModelError(`It does not fit together: ${error.message}.`);
    throw error;
  }
}

/** What a file of a version that is known holds, after its checksum has been compared. */
function contentOf(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'neuronLensModel'))
    throw new ModelError('It is no model of Neuron Lens.');
  const { neuronLensModel: version, sha256, model } = json as Readonly<Record<string, unknown>>;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw new ModelError('Its version is none that there is.');
  if (version > MODEL_VERSION)
    throw new ModelError(
      `It is of version ${version}, made by a later Neuron Lens: this one reads versions up to ${MODEL_VERSION}.`,
    );
  if (Object.keys(json).length !== 3 || typeof model !== 'object' || model === null)
    throw new ModelError('It is no model of Neuron Lens.');
  if (contentHash(model) !== sha256)
    throw new ModelError('Its checksum does not fit: it was changed or damaged since it was saved.');
  const { transform } = model as Readonly<Record<string, unknown>>;
  const of =
    typeof transform === 'object' && transform !== null && 'version' in transform ? transform.version : 0;
  if (typeof of === 'number' && of > TRANSFORM_VERSION)
    throw new ModelError(`Its transform is of version ${of}, made by a later Neuron Lens.`);
  return model;
}
