import { resolveInitialization } from '../../src/core/initialization';
import type { HandleKey, HandlesView, HandleValue } from '../../src/protocol/handlesView';
import { COURSE, plainSettings, type Automatic, type PlainSettings } from '../../src/settings/automatic';
import { definitions, type Settings } from '../../src/settings/settings';
import { faultText, readValues } from '../../src/settings/values';
import { decades, linear, powersOfTwo, type Slider } from './slider';

/** What a person reads of a handle. */
export const labels: { readonly [K in HandleKey]: string } = {
  'training.learningRate': 'rate',
  'model.hiddenLayers': 'layers',
  'model.hiddenActivation': 'activation',
  'model.initialization': 'start',
  'model.initializationScale': 'start scale',
  'training.optimizer': 'optimizer',
  'training.momentum': 'momentum',
  'training.l1': 'L1',
  'training.l2': 'L2',
  'training.batchSize': 'batch',
  'training.epochs': 'epochs',
  'training.seed': 'seed',
  'data.target': 'target',
  'view.epochsPerSecond': 'speed',
};

/** Words that stand for numbers, in fields. */
const words: { readonly [K in HandleKey]?: readonly [word: string, value: HandleValue] } = {
  'training.batchSize': ['all', 0],
};

/** What the settings say, and over it what is held or on its way; keys without a handle are at their defaults. */
export function settingsOf(
  { handles }: HandlesView,
  draftOf: (key: HandleKey) => HandleValue | undefined,
): Settings {
  return readValues(Object.fromEntries(handles.map(({ key, value }) => [key, draftOf(key) ?? value])))
    .settings;
}

/** Settings as a run of the view has them: with what each `auto` stands for. */
export const plainOf = ({ automatic }: Pick<HandlesView, 'automatic'>, settings: Settings): PlainSettings =>
  plainSettings(settings, automatic as Partial<Automatic>);

/** A value as it stands in a field: a number without thousands apart, so that it can be edited. */
export function fieldText(key: HandleKey, value: HandleValue): string {
  const word = words[key];
  return word && value === word[1] ? word[0] : String(value).replace('e-', 'e−').replace(/^-/, '−');
}

/** The value that a text in a field means, or why it means none: the bounds are those of the settings. */
export function parseField(
  key: HandleKey,
  text: string,
): { readonly value: HandleValue } | { readonly fault: string } {
  const plain = text.trim().replaceAll('−', '-');
  const word = words[key];
  if (word && plain.toLowerCase() === word[0]) return { value: word[1] };
  if (plain.toLowerCase() === 'auto' && faultOf(key, 'auto') === null) return { value: 'auto' };
  const value = plain === '' ? NaN : Number(numberIn(plain, key));
  if (!Number.isFinite(value)) return { fault: `${JSON.stringify(text.trim())} is not a number` };
  const fault = faultOf(key, value);
  return fault === null ? { value } : { fault };
}

/** A comma is of decimals, or of thousands where the setting is a whole number or more than one stands in it. */
function numberIn(text: string, key: HandleKey): string {
  const compact = text.replace(/[\s_’']/g, '');
  const definition = definitions[key];
  const isWhole = 'whole' in definition && definition.whole === true;
  if (isWhole || compact.includes('.') || compact.split(',').length > 2) return compact.replaceAll(',', '');
  return compact.replace(',', '.');
}

/** Why a value cannot be set, in a few words; null: it can. */
export function faultOf(key: HandleKey, value: HandleValue): string | null {
  const [problem] = readValues({ [key]: value }).problems;
  return problem ? faultText(problem) : null;
}

/** The slider of a handle; null: it has none. What lies beyond its ends can be typed. */
export function sliderOf(key: HandleKey, trainRows: number): Slider | null {
  const definition = definitions[key];
  if (!('minimum' in definition)) return null;
  const { minimum, maximum } = definition;
  switch (key) {
    case 'training.learningRate':
      return decades(Math.max(minimum, 1e-5), Math.min(maximum, 100));
    case 'training.l1':
    case 'training.l2':
      return decades(1e-6, Math.min(maximum, 10), true);
    case 'model.initializationScale':
      return decades(1e-4, maximum, true);
    case 'training.momentum':
      return linear(minimum, maximum, 0.01);
    case 'training.batchSize':
      return powersOfTwo(Math.min(maximum, trainRows));
    default:
      return null;
  }
}

/** Layers with one more, or fewer, units in one of them; the same array where that cannot be. */
export function withUnits(layers: readonly number[], l: number, units: number): readonly number[] {
  const next = layers.map((n, k) => (k === l ? units : n));
  return faultOf('model.hiddenLayers', next) === null ? next : layers;
}

/** The layers that a text in the field of one of them means, or why it means none. */
export function parseUnits(
  layers: readonly number[],
  l: number,
  text: string,
): { readonly value: readonly number[] } | { readonly fault: string } {
  const key = 'model.hiddenLayers';
  const plain = text.trim().replaceAll('−', '-');
  const units = plain === '' ? NaN : Number(numberIn(plain, key));
  if (!Number.isFinite(units)) return { fault: `${JSON.stringify(text.trim())} is not a number` };
  const value = layers.map((n, k) => (k === l ? units : n));
  const fault = faultOf(key, value);
  return fault === null ? { value } : { fault };
}

/** One more layer, as wide as the last; the same array where there are as many as there may be. */
export function withLayer(layers: readonly number[]): readonly number[] {
  const next = [...layers, layers.at(-1) ?? COURSE['model.hiddenLayers'][0] ?? 1];
  return faultOf('model.hiddenLayers', next) === null ? next : layers;
}

/** Why a handle does nothing as things are; null: it does something. */
export function idleReason(key: HandleKey, settings: PlainSettings): string | null {
  const layers = settings['model.hiddenLayers'];
  switch (key) {
    case 'model.hiddenActivation':
      return layers.length === 0 ? 'There is no hidden layer.' : null;
    case 'model.initializationScale': {
      const method = resolveInitialization(
        settings['model.initialization'],
        layers,
        settings['model.hiddenActivation'],
      );
      return method === 'smallRandom' ? null : `The weights start by ${method}, which has its own scale.`;
    }
    case 'training.momentum': {
      const optimizer = settings['training.optimizer'];
      return optimizer === 'momentum' || optimizer === 'nesterov'
        ? null
        : `The optimizer is ${optimizer}, which has no β to set.`;
    }
    default:
      return null;
  }
}

export type Speed = 'step' | 'slow' | 'paced' | 'full';
/** Epochs in a second at each speed but step. */
export const SLOW = 10;
export const paceOf: Readonly<Record<Exclude<Speed, 'step'>, number>> = {
  slow: SLOW,
  paced: definitions['view.epochsPerSecond'].default,
  full: 0,
};

export function speedOf(epochsPerSecond: number): Exclude<Speed, 'step'> {
  if (epochsPerSecond === 0) return 'full';
  return epochsPerSecond <= 2 * SLOW ? 'slow' : 'paced';
}
