import { rSquared } from '../core/metrics';
import type { OutputKind } from '../core/network';
import type { Measure } from '../core/trainer';
import type { Sums } from './memory';

/** A part of the data: how many examples, and Σ (y − ȳ)², which R² compares with. */
interface Part {
  readonly m: number;
  readonly variation: number;
}

/** Costs and scores of both parts, from the sums over their examples. */
export class PartScores {
  constructor(
    private readonly output: OutputKind,
    private readonly train: Part,
    private readonly test: Part,
  ) {}

  measure(epoch: number, trainSums: Sums, testSums: Sums | null): Measure {
    const ofTrain = this.shown(trainSums, this.train);
    const ofTest = testSums && this.shown(testSums, this.test);
    return {
      epoch,
      trainCost: ofTrain.cost,
      testCost: ofTest?.cost ?? null,
      trainScore: ofTrain.score,
      testScore: ofTest?.score ?? null,
    };
  }

  testCost(sums: Sums): number {
    return this.shown(sums, this.test).cost;
  }

  private shown({ cost, score }: Sums, { m, variation }: Part): { cost: number; score: number } {
    if (this.output !== 'linear') return { cost: cost / m, score: score / m };
    return { cost: cost / m, score: rSquared(score, variation) };
  }
}
