import { MOST_CANDIDATES, type SearchView } from '../protocol/find';
import type { ExperimentView } from '../protocol/lab';
import { settingKeys } from '../settings/settings';
import { shownValue } from '../settings/values';
import type { FoundCandidate } from '../train/found';
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
