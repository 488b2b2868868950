import type { HiddenActivation } from '../../src/core/activations';
import type { QuantityKey, Step } from '../../src/core/chain';
import type { Network } from '../../src/core/network';

export const functionName: Readonly<Record<HiddenActivation, string>> = {
  tanh: 'tanh',
  sigmoid: 'σ',
  relu: 'ReLU',
  leakyRelu: 'leaky ReLU',
  linear: 'identity',
};

/** g′ as it is computed. */
export const slopeFormula: Readonly<Record<HiddenActivation, string>> = {
  tanh: '1 − A²',
  sigmoid: 'A ∗ (1 − A)',
  relu: '1 where Z ≥ 0, else 0',
  leakyRelu: '1 where Z ≥ 0, else 0.01',
  linear: '1',
};

/** A sentence in which the quantities can be pointed at. */
export type Sentence = readonly (string | { readonly key: QuantityKey; readonly transposed?: boolean })[];

/** What a step does, in a sentence or two. */
export function sentenceOf(step: Step, { sizes, hidden, output }: Network): Sentence {
  const { l } = step;
  const isOutput = l === sizes.length - 1;
  const of = (key: QuantityKey) => ({ key });
  switch (step.kind) {
    case 'linear':
      return [
        `Each unit of layer ${l} weighs its inputs: a row of `,
        of(`W${l}`),
        ' times a column of ',
        of(`A${l - 1}`),
        ', plus its own ',
        of(`b${l}`),
        ', gives one number of ',
        of(`Z${l}`),
        '.',
      ];
    case 'activation':
      return isOutput && output === 'softmax'
        ? [
            of(`A${l}`),
            ' is the softmax of ',
            of(`Z${l}`),
            ': in each column e to the z, over the sum of these. A column adds up to 1.',
          ]
        : isOutput && output === 'linear'
          ? ['The output of a regression is ', of(`Z${l}`), ' itself: ', of(`A${l}`), ' is the same number.']
          : [
              of(`A${l}`),
              ` is ${isOutput ? 'σ' : functionName[hidden]} of `,
              of(`Z${l}`),
              ', cell by cell: no number looks at its neighbours.',
            ];
    case 'cost':
      return [
        'The loss ',
        of('loss'),
        ' of an example is large where ',
        of(`A${l}`),
        ' is far from ',
        of('Y'),
        '. The cost ',
        of('J'),
        ' is their mean: training makes it small.',
      ];
    case 'outputError':
      return [
        of(`dZ${l}`),
        ' says how the loss of each example would change with its ',
        of(`Z${l}`),
        '; J, their mean, changes by 1/m of it, which comes in with dW and db. For this output all of the chain rule comes to ',
        of(`A${l}`),
        ' minus ',
        of('Y'),
        '.',
      ];
    case 'weightGradient':
      return [
        'A weight matters as much as what went in times the error that came out: a row of ',
        of(`dZ${l}`),
        ' times a row of ',
        of(`A${l - 1}`),
        ', the mean over the m examples, gives one number of ',
        of(`dW${l}`),
        '.',
      ];
    case 'biasGradient':
      return [
        of(`b${l}`),
        ' is added to every column, so ',
        of(`db${l}`),
        ' is the mean of ',
        of(`dZ${l}`),
        ' over the examples.',
      ];
    case 'hiddenError':
      return [
        'The error ',
        of(`dZ${l + 1}`),
        ' goes back through the weights ',
        { key: `W${l + 1}`, transposed: true },
        ', then cell by cell times the slope ',
        of(`slope${l}`),
        '. That is ',
        of(`dZ${l}`),
        ', again of the loss of each example; a flat unit passes nothing on.',
      ];
    case 'update':
      return [
        'Each weight takes a small step against its gradient ',
        of(`dW${l}`),
        ': ',
        of(`W${l}`),
        ' before, the change ',
        of(`changeW${l}`),
        ', and ',
        of(`newW${l}`),
        ' after it. ',
        of(`b${l}`),
        ' likewise.',
      ];
    default:
      return step satisfies never;
  }
}
