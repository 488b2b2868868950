import { traceUpdate, type ChainTrace } from '../../src/core/chain';
import type { Network, Parameters } from '../../src/core/network';
import { cook, RIGHT, type Situation } from '../../src/core/recipe';
import type { StepTaken } from '../../src/train/questions';
import { parametersOver } from '../store';

/** An update as it was made: by the engine over all training rows, or by the equations over the examples at hand. */
export interface ShownUpdate {
  readonly by: 'engine' | 'float64';
  readonly epoch: number;
  readonly learningRate: number;
  /** Whether the training takes this very step; with mini-batches it does not. */
  readonly isFull: boolean;
  readonly trace: ChainTrace;
  readonly costBefore: number;
  readonly costAfter: number;
}

/** What the engine answers when it is asked for a step; null when it gives none. */
export type AskStep = () => Promise<Omit<StepTaken, 'kind'> | null>;

/** The step that the engine has answered with, over all training rows. */
export function engineUpdate(
  network: Network,
  trainRows: number,
  answer: Omit<StepTaken, 'kind'>,
): ShownUpdate {
  const { epoch, learningRate, isFull, costBefore, costAfter } = answer;
  const [before, gradients, after] = [answer.before, answer.gradients, answer.after].map((flat) =>
    parametersOver(network, flat),
  );
  return {
    ...{ by: 'engine', epoch, learningRate, isFull, costBefore, costAfter },
    trace: traceUpdate(network, trainRows, { before, gradients, after }),
  };
}

/** The step by the equations over the examples at hand. */
export function floatUpdate(s: Situation, rule: NonNullable<Situation['rule']>): ShownUpdate {
  const numbers = cook(RIGHT, s);
  const layersOf = (W: 'dW' | 'newW', b: 'db' | 'newb'): Parameters =>
    s.parameters.map((layer, k) => ({
      W: numbers.get(`${W}${k + 1}`) ?? layer.W,
      b: numbers.get(`${b}${k + 1}`)?.data ?? layer.b,
    }));
  const after = layersOf('newW', 'newb');
  const costOf = (parameters: Parameters) => cook(RIGHT, { ...s, parameters }).get('J')?.data[0] ?? NaN;
  return {
    ...{ by: 'float64', epoch: s.epoch, learningRate: rule.learningRate, isFull: true },
    trace: traceUpdate(s.network, s.X.cols, { before: s.parameters, gradients: layersOf('dW', 'db'), after }),
    costBefore: costOf(s.parameters),
    costAfter: costOf(after),
  };
}
