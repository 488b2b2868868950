import { hiddenActivations, type HiddenActivation } from '../core/activations';
import { initializations, type Initialization } from '../core/initialization';
import { outputKinds, type OutputKind } from '../core/network';
import { described, type Definitions } from './definition';

/** The network that is trained: `model.*`. */
export interface ModelSettings {
  'model.hiddenLayers': number[];
  'model.hiddenActivation': HiddenActivation;
  'model.output': 'auto' | OutputKind;
  'model.initialization': Initialization;
  'model.initializationScale': number;
}

export const model: Definitions<ModelSettings> = {
  'model.hiddenLayers': {
    kind: 'numbers',
    longest: 6,
    minimum: 1,
    maximum: 1024,
    whole: true,
    default: [4],
    acts: 'restart',
    description:
      'Units in each hidden layer, from the input on; at most 6 layers. An empty list is logistic regression (or linear, for a number).',
  },
  'model.hiddenActivation': {
    kind: 'choice',
    choices: described(
      {
        tanh: 'Hyperbolic tangent, −1 to 1.',
        sigmoid: 'Logistic function, 0 to 1.',
        relu: 'max(0, z).',
        leakyRelu: 'max(0.01 z, z).',
        linear: 'z itself: the network is then linear, however many layers it has.',
      },
      hiddenActivations,
    ),
    default: 'tanh',
    acts: 'restart',
    description: 'Activation g of the hidden units.',
  },
  'model.output': {
    kind: 'choice',
    choices: described(
      {
        auto: 'By the target: sigmoid for two classes, softmax for more, linear for numbers.',
        sigmoid: 'One unit, the probability of the second of two classes.',
        softmax: 'One unit a class, their probabilities.',
        linear: 'Regression: the target is a number.',
      },
      ['auto', ...outputKinds],
    ),
    default: 'auto',
    acts: 'restart',
    description: 'What the output layer computes.',
  },
  'model.initialization': {
    kind: 'choice',
    choices: described(
      {
        auto: 'smallRandom up to one hidden layer; else xavier, or he for the ReLUs.',
        smallRandom: 'Normal numbers times the initialization scale.',
        xavier: 'Normal numbers times √(1 / inputs of the layer).',
        he: 'Normal numbers times √(2 / inputs of the layer).',
        zeros: 'All zero: hidden units stay identical, which is why one does not.',
      },
      initializations,
    ),
    default: 'auto',
    acts: 'restart',
    description: 'How the weights start; biases start at 0.',
  },
  'model.initializationScale': {
    kind: 'number',
    minimum: 0,
    maximum: 10,
    default: 0.01,
    acts: 'restart',
    description: 'Standard deviation of the initial weights under smallRandom.',
  },
};
