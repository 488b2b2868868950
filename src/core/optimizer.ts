import type { Parameters } from './network';

export const optimizers = ['gradientDescent', 'momentum', 'nesterov', 'adam'] as const;
export type Optimizer = (typeof optimizers)[number];

/** What acts on an epoch; it may change from one epoch to the next. */
export interface EpochOptions {
  readonly learningRate: number;
  /** β of momentum and Nesterov momentum. */
  readonly momentum: number;
  /** λ₁ and λ₂ of the penalty λ₁ Σ|W| + ½ λ₂ ΣW², which is added to the cost; biases are not penalized. */
  readonly l1: number;
  readonly l2: number;
  /** Examples in a mini-batch; 0: all. */
  readonly batchSize: number;
  /** Parameters, by their index in `flatten`, that no update changes, nor their moments; none when left out. */
  readonly frozen?: ReadonlySet<number>;
}

export const BETA_1 = 0.9;
export const BETA_2 = 0.999;
export const EPSILON = 1e-8;

/** Adam's 1 / (1 − β₁ᵗ) and 1 / √(1 − β₂ᵗ) for step t, from 1. */
export function adamCorrections(t: number): readonly [first: number, second: number] {
  return [1 / (1 - power(BETA_1, t)), 1 / Math.sqrt(1 - power(BETA_2, t))];
}

/** xⁿ for a whole n ≥ 0 by squaring: `Math.pow` may differ in the last bit between machines. */
export function power(x: number, n: number): number {
  let result = 1;
  for (let square = x, rest = n; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) result *= square;
  }
  return result;
}

/** λ₁ Σ|W| + ½ λ₂ ΣW² over all layers' weights: what regularization adds to the cost. */
export function penalty(parameters: Parameters, { l1, l2 }: Pick<EpochOptions, 'l1' | 'l2'>): number {
  let absolute = 0;
  let squares = 0;
  for (const { W } of parameters) {
    for (const w of W.data) {
      absolute += Math.abs(w);
      squares += w * w;
    }
  }
  return l1 * absolute + 0.5 * l2 * squares;
}

/**
 * The update rules on gradients dW, db of the mean loss, written like their sources. g is the gradient with
 * the penalty's, α the learning rate, β the momentum:
 *
 *     gradientDescent   w ← w − α g
 *     momentum          v ← β v + α g;  w ← w − v                       (Polyak 1964)
 *     nesterov          v ← β v + α g;  w ← w − (β v + α g)             (Sutskever et al. 2013)
 *     adam              m ← β₁ m + (1−β₁) g;  s ← β₂ s + (1−β₂) g²
 *                       w ← w − α m̂ / (√ŝ + ε)                          (Kingma and Ba 2015)
 */
export class Updates {
  /** v or m, and s, of every parameter in the order of `flatten`. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Updates so far. */
  steps = 0;

  constructor(
    private readonly optimizer: Optimizer,
    count: number,
  ) {
    this.first = new Float64Array(optimizer === 'gradientDescent' ? 0 : count);
    this.second = new Float64Array(optimizer === 'adam' ? count : 0);
  }

  /** One update of `parameters` in place; `gradients[l]` belongs to `parameters[l]`. */
  step(parameters: Parameters, gradients: Parameters, options: EpochOptions): void {
    this.steps++;
    const corrections = adamCorrections(this.steps);
    let at = 0;
    parameters.forEach(({ W, b }, l) => {
      at = this.stepArray(W.data, gradients[l].W.data, at, options, corrections, true);
      at = this.stepArray(b, gradients[l].b, at, options, corrections, false);
    });
  }

  private stepArray(
    w: Float64Array,
    d: Float64Array,
    at: number,
    { learningRate, momentum, l1, l2, frozen }: EpochOptions,
    [correction1, correction2]: readonly [number, number],
    penalized: boolean,
  ): number {
    const { first, second } = this;
    for (let k = 0; k < w.length; k++, at++) {
      if (frozen?.has(at)) continue;
      const g = penalized ? d[k] + l2 * w[k] + l1 * Math.sign(w[k]) : d[k];
      switch (this.optimizer) {
        case 'gradientDescent':
          w[k] -= learningRate * g;
          break;
        case 'momentum':
          first[at] = momentum * first[at] + learningRate * g;
          w[k] -= first[at];
          break;
        case 'nesterov':
          first[at] = momentum * first[at] + learningRate * g;
          w[k] -= momentum * first[at] + learningRate * g;
          break;
        case 'adam': {
          first[at] = BETA_1 * first[at] + (1 - BETA_1) * g;
          second[at] = BETA_2 * second[at] + (1 - BETA_2) * g * g;
          const root = Math.sqrt(second[at]) * correction2;
          w[k] -= (learningRate * first[at] * correction1) / (root + EPSILON);
          break;
        }
        default:
          this.optimizer satisfies never;
      }
    }
    return at;
  }
}
