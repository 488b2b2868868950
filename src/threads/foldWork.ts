import type { FoldScore } from '../core/folds';
import { makeDataset } from '../data/dataset';
import { message } from '../data/message';
import type { CheckedTable } from '../data/table/check';
import { UserError } from '../data/userError';
import type { Clock } from '../train/clock';
import { crossValidated, crossValidation, foldCount, mostFolds } from '../train/crossValidation';
import type { Threads } from '../train/makeTrainer';
import type { Folded, Question } from '../train/questions';
import type { SearchListener } from './search';

/** A slice of the work between two looks at the messages, in milliseconds. */
const SLICE_MS = 12;

/**
 * Trains on the folds of a table beside a run, in slices between those of the run; `dispose` ends it, and nothing more is
 * heard of it. Throws UserError for what keeps the table from being trained on, and for more folds than it allows.
 */
export function startFolds(
  checked: CheckedTable,
  { settings, folds, repeats }: Question & { kind: 'folds' },
  threads: Threads,
  clock: Clock,
  listener: SearchListener<Folded>,
): { dispose(): void } {
  const base = makeDataset(checked, settings, { keepsColumns: true });
  const most = mostFolds(base);
  if (folds > most) throw new UserError(message('too-many-folds', { folds, most }));
  let isOver = false;
  let from = 0;
  const all: FoldScore[] = [];
  const planned = repeats * foldCount(base, folds, settings['training.seed']);
  const isLate = () => clock.now() - from >= SLICE_MS;
  const work = crossValidation(checked, settings, base, { folds, repeats }, isLate, threads);
  const slice = () => {
    from = clock.now();
    try {
      while (!isOver) {
        const { done, value } = work.next();
        if (done) {
          isOver = true;
          const { scores: _, ...summary } = crossValidated(all, base, repeats);
          listener.ended({ kind: 'folds', trained: [], planned, summary });
        } else if (value) {
          all.push(value);
          listener.nearly(all.length / planned, { kind: 'folds', trained: [value], planned, summary: null });
        }
        if (isLate()) break;
      }
    } catch (error) {
      isOver = true;
      listener.failed(error);
    }
    if (!isOver) clock.soon(slice);
  };
  clock.soon(slice);
  return {
    dispose: () => {
      isOver = true;
      work.return();
    },
  };
}
