import { hiddenActivations, type HiddenActivation } from '../core/activations';
import { initializations, type Initialization } from '../core/initialization';
import { outputKinds, type OutputKind } from '../core/network';
import type { Definitions } from './definition';

/** The network that is trained: `model.*`. */
export interface ModelSettings {
  'model.hiddenLayers': number[] | 'auto';
  'model.hiddenActivation': HiddenActivation;
  'model.output': 'auto' | OutputKind;
  'model.initialization': Initialization;
  'model.initializationScale': number;
}

export const model: Definitions<ModelSettings> = {
  'model.hiddenLayers': {
    kind: 'numbersOrAuto',
    longest: 6,
    minimum: 1,
    maximum: 1024,
    whole: true,
    default: 'auto',
    acts: 'restart',
  },
  'model.hiddenActivation': {
    kind: 'choice',
    choices: hiddenActivations,
    default: 'tanh',
    acts: 'restart',
  },
  'model.output': {
    kind: 'choice',
    choices: ['auto', ...outputKinds],
    default: 'auto',
    acts: 'restart',
  },
  'model.initialization': {
    kind: 'choice',
    choices: initializations,
    default: 'auto',
    acts: 'restart',
  },
  'model.initializationScale': {
    kind: 'number',
    minimum: 0,
    maximum: 100,
    default: 0.01,
    acts: 'restart',
  },
};
