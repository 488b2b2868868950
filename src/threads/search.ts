import type { CheckedTable } from '../data/table/check';
import type { Question, Searched } from '../train/questions';
import type { Threads } from '../train/makeTrainer';
import { Finder } from './find';

/** So much more of a search is done each time that it is told. */
const LEAST_SHARE = 0.01;

/** Whom a search tells of itself. */
export interface SearchListener<A> {
  nearly(share: number, answer: A): void;
  ended(answer: A): void;
  failed(error: unknown): void;
}

/**
 * Looks for a good network beside a run; `dispose` ends it, and nothing more is heard of it.
 * Throws UserError for what keeps the table from being trained on.
 * @param script that of the threads that train on folds
 */
export function startSearch(
  checked: CheckedTable,
  { settings, fixed, seconds }: Question & { kind: 'find' },
  threads: Threads,
  script: string,
  listener: SearchListener<Searched>,
): { dispose(): void } {
  let isOver = false;
  let share = 0;
  const searched = (tried: Searched['tried'], found: Searched['found'] = null): Searched => ({
    ...{ kind: 'find', tried, found, best: finder.bestSoFar },
  });
  const finder = new Finder({
    ...{ checked, settings, threads, script },
    fixed: new Set(fixed),
    limit: { kind: 'seconds', seconds },
    progressed: (now) => {
      // Each time it is told, the host goes through all that was compared.
      if (isOver || now - share < LEAST_SHARE) return;
      share = now;
      listener.nearly(share, searched([]));
    },
    tried: (candidate) => {
      if (!isOver) listener.nearly(share, searched([candidate]));
    },
  });
  void finder.find().then(
    (found) => {
      const testScore = found?.run?.measure().testScore ?? null;
      found?.run?.dispose();
      if (isOver) return;
      const trainRows = finder.dataset.train.length;
      listener.ended(
        searched(
          [],
          found && {
            ...{ index: found.index, candidates: found.candidates },
            ...{ rows: found.rows, trainRows, testScore, edges: found.edges },
          },
        ),
      );
    },
    (error: unknown) => {
      if (!isOver) listener.failed(error);
    },
  );
  return {
    dispose: () => {
      isOver = true;
      finder.cancel();
    },
  };
}
