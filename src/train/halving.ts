import type { FoldResult } from './trainFold';

/** Something to do: a candidate, on a fold. */
export interface FoldTask {
  readonly candidate: number;
  readonly fold: number;
}

/** Trains each of the tasks, and gives what came of them in their order; null: it was stopped before all were done. */
export type Evaluate = (tasks: readonly FoldTask[]) => Promise<readonly FoldResult[] | null>;

/** What is known of a candidate. */
export interface Tried {
  readonly candidate: number;
  /** On the folds that it was trained on, from the first. */
  readonly results: readonly FoldResult[];
}

/** How a search goes through its candidates. */
export interface SearchOptions {
  /** How many candidates there are. */
  readonly candidates: number;
  readonly folds: number;
  /** Hears of each candidate once no more is found out about it. */
  tried(tried: Tried): void;
  /** Whether time is up: no more are begun then. */
  isOver(): boolean;
}

/** Candidates of a heat: few at first, so that there is soon something to choose from. */
const HEATS = [1, 2, 3, 6, 10, 14] as const;
/** The share that goes on to the next folds. */
const KEPT = 0.5;

/**
 * Successive halving (Jamieson and Talwalkar 2016) with folds as what is spent: of the candidates of a heat all are trained on
 * the first fold, the better half on some more, and the better half of these on all. Returns those that were trained on all
 * folds. What is found of so many candidates does not depend on time: a heat that is not done when time is up counts for
 * nothing.
 */
export async function search(
  evaluate: Evaluate,
  { candidates, folds, tried, isOver }: SearchOptions,
): Promise<{ finalists: Tried[]; compared: number }> {
  const finalists: Tried[] = [];
  let compared = 0;
  for (let heat = 0; compared < candidates && !isOver(); heat++) {
    const size = Math.min(HEATS[Math.min(heat, HEATS.length - 1)], candidates - compared);
    const all = Array.from({ length: size }, (_, k): Tried => ({ candidate: compared + k, results: [] }));
    const ended = await runHeat(evaluate, all, folds);
    if (!ended) break;
    compared += size;
    ended.forEach(tried);
    finalists.push(...ended.filter(({ results }) => results.length === folds));
  }
  return { finalists, compared };
}

async function runHeat(evaluate: Evaluate, all: readonly Tried[], folds: number): Promise<Tried[] | null> {
  const ended: Tried[] = [];
  let going = all;
  for (const [from, to] of rungs(folds)) {
    const which = Array.from({ length: to - from }, (_, k) => from + k);
    const tasks = going.flatMap(({ candidate }) => which.map((fold) => ({ candidate, fold })));
    const results = await evaluate(tasks);
    if (!results) return null;
    const done = going.map(({ candidate, results: before }, k) => ({
      candidate,
      results: [...before, ...results.slice(k * which.length, (k + 1) * which.length)],
    }));
    done.sort((a, b) => meanLoss(a) - meanLoss(b) || a.candidate - b.candidate);
    const kept = to === folds ? done.length : Math.ceil(done.length * KEPT);
    ended.push(...done.slice(kept));
    going = done.slice(0, kept);
  }
  return [...ended, ...going].sort((a, b) => a.candidate - b.candidate);
}

/** The folds of each round: one, then two, then all that are left. */
function rungs(folds: number): [number, number][] {
  const ends = [...new Set([1, 3, folds].map((end) => Math.min(end, folds)))];
  return ends.map((end, k) => [k === 0 ? 0 : ends[k - 1], end]);
}

/**
 * The loss on each fold after as many epochs as the chosen network would train for. At the epoch that is best on a fold it
 * would be too good: chance has helped to find that one, and all the more the longer a network trains.
 */
export function lossesOf({ results }: Tried): number[] {
  const epoch = median(results.map(({ epoch: best }) => best));
  return results.map(({ loss, losses }) => losses?.[Math.min(epoch, losses.length) - 1] ?? loss);
}

export const meanLoss = (tried: Tried): number => mean(lossesOf(tried));

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The standard deviation, over n − 1; 0 of one value. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0);
  return Math.sqrt(squares / (values.length - 1));
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2);
};

/**
 * The one-standard-error rule (Breiman et al. 1984): the simplest of those whose mean loss is above the least by no more than
 * the standard error of that. Undefined where none has a finite loss.
 * @param parameters how many numbers a candidate learns
 */
export function simplestOfBest(
  finalists: readonly Tried[],
  parameters: (candidate: number) => number,
): Tried | undefined {
  const finite = finalists.filter((tried) => Number.isFinite(meanLoss(tried)));
  const [best] = [...finite].sort((a, b) => meanLoss(a) - meanLoss(b) || a.candidate - b.candidate);
  if (!best) return undefined;
  const losses = lossesOf(best);
  const most = meanLoss(best) + deviation(losses) / Math.sqrt(losses.length);
  return finite
    .filter((tried) => meanLoss(tried) <= most)
    .sort(
      (a, b) =>
        parameters(a.candidate) - parameters(b.candidate) ||
        meanLoss(a) - meanLoss(b) ||
        a.candidate - b.candidate,
    )[0];
}
