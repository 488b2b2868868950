import { edgesOf } from '../core/verdicts/edges';
import type { Comparison, Summary } from './compared';
import type { FoldResult } from './trainFold';
import { deviation, mean, meanLoss, simplestOfBest, type Tried } from './halving';

/** What one group of settings made of every fold with every seed. */
export interface Compared {
  /** Its place among the settings that are compared. */
  readonly candidate: number;
  /** For each seed the result on each fold. */
  readonly results: readonly (readonly FoldResult[])[];
}

const each = ({ results }: Compared): FoldResult[] => results.flat();
const foldsOf = ({ results }: Compared): number[] => [...(results[0] ?? []).keys()];

/** The scores of the folds, each the mean over the seeds. */
const byFold = (compared: Compared): number[] =>
  foldsOf(compared).map((fold) => mean(compared.results.map((ofSeed) => ofSeed[fold].score)));

/** Exactly 0 of values that are all the same, which their rounded mean need not be. */
const spread = (values: readonly number[]): number =>
  values.every((value) => value === values[0]) ? 0 : deviation(values);

/** As a search knows a candidate: one result a fold. */
const asTried = (compared: Compared): Tried => ({
  candidate: compared.candidate,
  results: foldsOf(compared).map((fold) => {
    const ofFold = compared.results.map((ofSeed) => ofSeed[fold]);
    return {
      epoch: mean(ofFold.map(({ epoch }) => epoch)),
      ...{ loss: mean(ofFold.map(({ loss }) => loss)), score: mean(ofFold.map(({ score }) => score)) },
    };
  }),
});

/**
 * What settings that were trained on the same folds with the same seeds came to.
 * @param parameters how many numbers the network of a candidate learns
 * @param values what a candidate sets
 */
export function comparisonOf(
  all: readonly Compared[],
  parameters: (candidate: number) => number,
  values: (candidate: number) => Readonly<Record<string, unknown>> = () => ({}),
): Comparison {
  const tried = all.map(asTried);
  const finite = tried.filter((one) => Number.isFinite(meanLoss(one)));
  const [first] = [...finite].sort((a, b) => meanLoss(a) - meanLoss(b) || a.candidate - b.candidate);
  const best = all.find(({ candidate }) => candidate === first?.candidate);
  const bestByFold = best && byFold(best);
  const comparedValues = ({ candidate, results }: Tried) => ({
    ...{ values: values(candidate), losses: results.map(({ loss }) => loss) },
  });
  const summaries = all.map((compared): Summary => {
    const own = byFold(compared);
    const differences = bestByFold?.map((score, fold) => own[fold] - score) ?? [];
    return {
      candidate: compared.candidate,
      score: mean(each(compared).map(({ score }) => score)),
      loss: mean(each(compared).map(({ loss }) => loss)),
      overSeeds: spread(compared.results.map((ofSeed) => mean(ofSeed.map(({ score }) => score)))),
      overFolds: spread(own),
      toBest:
        compared === best || differences.length === 0
          ? null
          : { mean: mean(differences), deviation: spread(differences) },
    };
  });
  return {
    summaries,
    best: best?.candidate ?? null,
    adopted: simplestOfBest(tried, parameters)?.candidate ?? null,
    edges: first ? edgesOf(comparedValues(first), tried.map(comparedValues)) : [],
  };
}
