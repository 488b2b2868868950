import { activations } from './activations';
import { matrix } from './matrix';
import {
  column,
  dot,
  dotTranspose,
  elementwise,
  map,
  RIGHT,
  rowSums,
  scalar,
  total,
  transpose,
  transposeDot,
  weighted,
} from './recipe';
import { curved, hasHidden, isBinary, slip, wordFor, type Slip } from './slip';

const ofErrors: Slip[] = [
  slip('y-minus-a', 'dZ of the output is Y − A; it is A − Y.', () => ({
    outputError: (A, Y, c) =>
      weighted(
        elementwise(A, Y, (a, y) => y - a),
        c,
      ),
  })),
  slip('output-slope', 'dZ of the output has A ∗ (1 − A) as a factor; with this cost it cancels.', (s) =>
    s.network.output === 'linear'
      ? null
      : {
          outputError: (A, Y, c) =>
            weighted(
              elementwise(A, Y, (a, y) => (a - y) * a * (1 - a)),
              c,
            ),
        },
  ),
  slip(
    'rounded',
    'dZ of the output is taken from the predicted classes, not from the probabilities A.',
    (s) =>
      isBinary(s)
        ? {
            outputError: (A, Y, c) =>
              weighted(
                elementwise(A, Y, (a, y) => (a > 0.5 ? 1 : 0) - y),
                c,
              ),
          }
        : null,
  ),
  slip('no-slope', 'g′(Z) is left out of dZ of the hidden layer.', (s) =>
    hasHidden(s) ? { slope: (Z) => map(Z, () => 1) } : null,
  ),
  slip('z-squared', 'The derivative is 1 − Z²; that of tanh is 1 − A².', (s) =>
    hasHidden(s) && s.network.hidden === 'tanh' ? { slope: (Z) => map(Z, (z) => 1 - z * z) } : null,
  ),
  slip('a-not-squared', 'The derivative is 1 − A; that of tanh is 1 − A².', (s) =>
    hasHidden(s) && s.network.hidden === 'tanh' ? { slope: (_Z, A) => map(A, (a) => 1 - a) } : null,
  ),
  ...curved.map((other) =>
    slip(
      `slope-${other}`,
      `The derivative is that of ${wordFor[other]}; the hidden activation of this network is another.`,
      (s) =>
        hasHidden(s) && s.network.hidden !== other ? { slope: (Z, A) => RIGHT.slope(Z, A, other) } : null,
    ),
  ),
  slip('slope-of-a', 'g′ is taken of A; it is taken of Z (or written with A once).', (s) =>
    hasHidden(s) ? { slope: (_Z, A, g) => RIGHT.slope(A, map(A, activations[g].g), g) } : null,
  ),
  slip('dot-slope', 'g′(Z) is multiplied with the matrix product ·; it is ∗, entry by entry.', (s) =>
    hasHidden(s)
      ? {
          hiddenError: (W, dZ, slope) => {
            const product = transposeDot(W, dZ);
            return product && dot(product, slope);
          },
        }
      : null,
  ),
  slip(
    'elementwise-error',
    'Wᵀ and dZ are multiplied with ∗, entry by entry; it is the matrix product ·.',
    (s) =>
      hasHidden(s)
        ? {
            hiddenError: (W, dZ, slope) => {
              const product = elementwise(transpose(W), dZ, (w, d) => w * d);
              return product && elementwise(product, slope, (d, g) => d * g);
            },
          }
        : null,
  ),
  slip('not-transposed', 'W is not transposed on the way back: dZ = Wᵀ · dZ ∗ g′(Z).', (s) =>
    hasHidden(s)
      ? {
          // Where the shapes do not allow it, it is noticed.
          hiddenError: (W, dZ, slope) => {
            const product = W.rows === W.cols ? dot(W, dZ) : transposeDot(W, dZ);
            return product && elementwise(product, slope, (d, g) => d * g);
          },
        }
      : null,
  ),
  slip(
    'new-weights',
    'W was updated before it was used on the way back; all gradients take the old W.',
    (s) =>
      hasHidden(s) && s.rule
        ? {
            hiddenError: (W, dZ, slope, dW) =>
              s.rule && RIGHT.hiddenError(RIGHT.update(W, dW, s.rule, true), dZ, slope, dW, s),
          }
        : null,
  ),
];

const ofGradients: Slip[] = [
  slip('no-mean', '1/m is missing from dW and db.', () => ({
    weightGradient: (dZ, { before }) => dotTranspose(dZ, before),
    biasGradient: (dZ) => column(rowSums(dZ)),
  })),
  slip('mean-twice', '1/m is in it twice, as when dZ is divided by m already.', () => ({
    weightGradient: (dZ, { before }, m) => dotTranspose(dZ, before, 1 / m / m),
    biasGradient: (dZ, m) => column(rowSums(dZ).map((sum) => sum / m / m)),
  })),
  slip(
    'm-of-rows',
    'm is the number of features (X.shape[0]); it is that of the examples (X.shape[1]).',
    () => ({
      cost: (losses, c, _Z, _Y, s) => scalar(total(losses.data, c) / s.X.rows),
      weightGradient: (dZ, { before }, _m, X) => dotTranspose(dZ, before, 1 / X.rows),
      biasGradient: (dZ, _m, X) => column(rowSums(dZ).map((sum) => sum / X.rows)),
    }),
  ),
  slip('own-activation', 'dW[l] is made with A[l]; it takes A[l−1], what went into the layer.', () => ({
    weightGradient: (dZ, { own }, m) => dotTranspose(dZ, own, 1 / m),
  })),
  slip('inputs-for-activation', 'dW[l] is made with X; it takes A[l−1], what went into the layer.', (s) =>
    hasHidden(s) ? { weightGradient: (dZ, _A, m, X) => dotTranspose(dZ, X, 1 / m) } : null,
  ),
  slip('elementwise-gradient', 'dW is made with ∗ in place of the matrix product ·, and not summed.', () => ({
    weightGradient: (dZ, { before }, m) => elementwise(dZ, before, (d, a) => (d * a) / m),
  })),
  slip('sum-without-axis', 'np.sum has no axis: it sums over units and examples; axis=1 is meant.', () => ({
    biasGradient: (dZ, m) => scalar(total(dZ.data) / m),
  })),
  slip('sum-axis-0', 'np.sum has axis=0, over the units; axis=1, over the examples, is meant.', () => ({
    biasGradient: (dZ, m) => map(matrix(1, dZ.cols, rowSums(transpose(dZ))), (sum) => sum / m),
  })),
];

const ofUpdate: Slip[] = [
  slip('ascent', 'The update adds α dw; it takes it away.', ({ rule }) =>
    rule
      ? {
          update: (w, dw, r, isWeight) =>
            RIGHT.update(w, dw, { ...r, learningRate: -r.learningRate }, isWeight),
        }
      : null,
  ),
  slip('no-rate', 'The learning rate α is left out of the update.', ({ rule }) =>
    rule
      ? { update: (w, dw, r, isWeight) => RIGHT.update(w, dw, { ...r, learningRate: 1 }, isWeight) }
      : null,
  ),
  slip('penalised-b', 'The penalty acts on b too; it acts on W alone.', ({ rule }) =>
    rule && (rule.l1 > 0 || rule.l2 > 0) ? { update: (w, dw, r) => RIGHT.update(w, dw, r, true) } : null,
  ),
];

/** Those of the way back and the update. */
export const backwardSlips: readonly Slip[] = [...ofErrors, ...ofGradients, ...ofUpdate];
