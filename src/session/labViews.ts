import { MOST_CANDIDATES, type SearchView } from '../protocol/find';
import { MOST_COMPARED, type ComparisonView } from '../protocol/compare';
import type { CrossValidationView } from '../protocol/folds';
import type { ExperimentView } from '../protocol/lab';
import { settingKeys, type SettingKey, type Settings } from '../settings/settings';
import { shownValue } from '../settings/values';
import type { FoundCandidate } from '../train/found';
import type { SettingsComparison } from './comparing';
import type { CrossValidation } from './crossValidating';
import type { Search } from './finding';
import type { Experiment } from './lab';
import { errorOf } from './questions';

/** @param whyOf the sentence of an error */
export const experimentView = (
  { kind, values, status, error, tiles }: Experiment,
  whyOf: (error: unknown) => string,
): ExperimentView => ({
  ...{ kind, values, status },
  why: status === 'failed' ? whyOf(error) : '',
  tiles: tiles.map(({ variant, settings, epochs, trained }) => ({
    ...{ label: variant.label, at: variant.at, status: trained?.status ?? 'waiting' },
    epochs,
    sizes: trained?.state?.network.sizes ?? [],
    initialization: settings['model.initialization'],
    learningRate: trained?.state?.learningRate ?? 0,
    measure: trained?.state?.measure ?? null,
    diverged: trained?.state?.diverged ?? null,
    why: trained?.failure ? whyOf(errorOf(trained.failure)) : '',
  })),
});

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** @param whyOf the sentence of an error */
export function searchView(search: Search, whyOf: (error: unknown) => string): SearchView {
  const { status, error, share, seconds, fixed, tried, best, found } = search;
  const isBetter = (a: FoundCandidate, b: FoundCandidate) =>
    Number(b.index === best) - Number(a.index === best) || b.folds - a.folds || a.loss - b.loss || 0;
  return {
    ...{ status, share, seconds, fixed, count: tried.length, best },
    why: status === 'failed' ? whyOf(error) : '',
    tried: [...tried]
      .sort(isBetter)
      .slice(0, MOST_CANDIDATES)
      .map(({ index, sizes, parameters, mean, deviation, loss, folds, settings }) => ({
        ...{ index, sizes, parameters, folds },
        ...{ mean: finite(mean), deviation: finite(deviation), loss: finite(loss) },
        set: settingKeys.flatMap((key) => {
          const value = settings[key];
          return value === undefined ? [] : [{ key, value: shownValue(value) }];
        }),
      })),
    found: found && {
      ...{ candidates: found.candidates, rows: found.rows, trainRows: found.trainRows },
      ...{ testScore: found.testScore, edges: found.edges.map((edge) => ({ ...edge })) },
    },
  };
}

/** @param whyOf the sentence of an error */
export function comparisonView(
  { status, error, share, keys, candidates, seeds, plan, scored, outcome }: SettingsComparison,
  whyOf: (error: unknown) => string,
): ComparisonView {
  const ended = new Map(outcome?.summaries.map((summary) => [summary.candidate, summary]));
  // What diverged stands last, as NaN is less than nothing.
  const order = (loss: number) => (Number.isFinite(loss) ? loss : Infinity);
  const sorted = [...scored].sort((a, b) => order(a.loss) - order(b.loss) || a.candidate - b.candidate || 0);
  return {
    ...{ status, share, keys, seeds, candidates: candidates.length, count: scored.length },
    why: status === 'failed' ? whyOf(error) : '',
    plan: plan && { ...plan, seconds: plan.seconds },
    compared: sorted.slice(0, MOST_COMPARED).map(({ candidate, score, loss }) => {
      const { overSeeds = NaN, overFolds = NaN, toBest = null } = ended.get(candidate) ?? {};
      return {
        candidate,
        values: keys.map((key) => written(candidates[candidate][key])),
        ...{ score: finite(score), loss: finite(loss) },
        ...{ overSeeds: finite(overSeeds), overFolds: finite(overFolds) },
        toBest: toBest && { mean: finite(toBest.mean), deviation: finite(toBest.deviation) },
      };
    }),
    ...{ best: outcome?.best ?? null, adopted: outcome?.adopted ?? null },
    testScore: outcome?.testScore ?? null,
    edges: outcome?.edges.map((edge) => ({ ...edge })) ?? [],
  };
}

/** @param whyOf the sentence of an error */
export const foldsView = (
  { status, error, share, asked, settings, isOld, trained, planned, summary }: CrossValidation,
  whyOf: (error: unknown) => string,
): CrossValidationView => ({
  ...{ status, share, ...asked, isOld, planned, summary },
  why: status === 'failed' ? whyOf(error) : '',
  isWatched: Number(settings['training.earlyStopping.patience']) > 0,
  trained: [...trained],
});

/** A value as a person writes it. */
function written(value: Settings[SettingKey] | undefined): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return shownValue(value).replaceAll('"', '');
}
