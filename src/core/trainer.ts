import { backward, cost, forward, propagation, score, update, type Propagation } from './equations';
import type { Matrix } from './matrix';
import { allFinite, copyParameters, zeroParameters, type Network, type Parameters } from './network';

/** Examples a network learns from or is measured on: X (nx, m), Y (ny, m). */
export interface Examples {
  readonly X: Matrix;
  readonly Y: Matrix;
}

/** Costs and scores after `epoch` updates; a score is the accuracy, or R² for a linear output. */
export interface Measure {
  readonly epoch: number;
  readonly trainCost: number;
  readonly testCost: number | null;
  readonly trainScore: number;
  readonly testScore: number | null;
}

/** `auto`: 1.2 for two classes, 0.3 for softmax or three and more hidden layers, 0.1 for regression. */
export function resolveLearningRate(rate: number | 'auto', network: Network): number {
  if (rate !== 'auto') return rate;
  if (network.output === 'linear') return 0.1;
  return network.output === 'softmax' || network.sizes.length - 2 >= 3 ? 0.3 : 1.2;
}

/** Full-batch gradient descent, one epoch a step. Starts from, and changes, `parameters`. */
export class Trainer {
  private readonly train: Propagation;
  private readonly test: Propagation | null;
  private readonly previous: Parameters;
  private currentCost: number;

  constructor(
    readonly network: Network,
    readonly parameters: Parameters,
    private readonly trainExamples: Examples,
    private readonly testExamples: Examples | null,
    public epoch = 0,
  ) {
    this.train = propagation(network, trainExamples.X);
    this.test = testExamples ? propagation(network, testExamples.X) : null;
    this.previous = zeroParameters(network);
    this.currentCost = this.costNow();
  }

  /** The training cost at the current epoch. */
  get trainCost(): number {
    return this.currentCost;
  }

  /**
   * One epoch: backward, update, forward. Returns false when the new cost or weights are not finite; the
   * parameters and the epoch are then those before the update.
   */
  step(learningRate: number): boolean {
    backward(this.train, this.parameters, this.trainExamples.Y);
    copyParameters(this.parameters, this.previous);
    update(this.parameters, this.train, learningRate);
    const next = this.costNow();
    if (Number.isFinite(next) && allFinite(this.parameters)) {
      this.currentCost = next;
      this.epoch++;
      return true;
    }
    copyParameters(this.previous, this.parameters);
    this.costNow();
    return false;
  }

  /** Costs and scores at the current epoch, the test set's among them. */
  measure(): Measure {
    const trainScore = score(this.train, this.trainExamples.Y);
    if (!this.test || !this.testExamples) {
      return { epoch: this.epoch, trainCost: this.currentCost, testCost: null, trainScore, testScore: null };
    }
    forward(this.test, this.parameters);
    return {
      epoch: this.epoch,
      trainCost: this.currentCost,
      testCost: cost(this.test, this.testExamples.Y),
      trainScore,
      testScore: score(this.test, this.testExamples.Y),
    };
  }

  private costNow(): number {
    forward(this.train, this.parameters);
    return cost(this.train, this.trainExamples.Y);
  }
}
