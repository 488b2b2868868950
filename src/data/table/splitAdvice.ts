import type { Problems } from '../problems';
import type { SplitQuestion } from './splitQuestions';
import { foldsOf, losses, partsByChance, withoutRows, type TrialData } from './splitTrial';

const FOLDS = 3;
/** Stretches at each end of an order that count as independent of one another. */
const STRETCHES = 8;
/** How much lower the score must be, besides its error. */
const LEAST_DROP = 0.1;
/** Standard errors that are no chance. */
const SURE = 2.5;

/** Answers the questions: adds to the problems what a split by chance flatters. Takes up to a second. */
export function adviseSplit(questions: readonly SplitQuestion[], problems: Problems): void {
  for (const question of questions) {
    const { column, place } = question;
    const answer = question.kind === 'order' ? tryOrder(question) : tryGroups(question);
    if (!answer) continue;
    const measure = question.data.output === 'linear' ? 'R²' : 'accuracy';
    const code = question.kind === 'order' ? 'rows-follow-order' : 'rows-in-groups';
    // The scores say it better.
    problems.takeBack(column, (problem) => problem.code === 'group-gives-away');
    problems.add(code, place, { column, measure, ...answer });
    return;
  }
}

/**
 * Accuracies of the same rows, or R² with the variance of all rows, by networks that were trained on rows by chance, and on
 * rows apart from them.
 */
interface Answer {
  readonly byChance: number;
  readonly apart: number;
}

/** Each end of the order is told from all other rows; what is said are the scores of the last rows. */
function tryOrder({ data, own, from }: SplitQuestion & { kind: 'order' }): Answer | null {
  const m = data.X.cols;
  const size = m - from;
  const range = (begin: number, end: number) => Int32Array.from({ length: end - begin }, (_, k) => begin + k);
  const byChance = lossesByChance(data);
  if (!byChance) return null;
  const apart = losses({ ...data, X: withoutRows(data.X, ...own) }, [
    { train: range(size, m), test: range(0, size) },
    { train: range(0, from), test: range(from, m) },
  ]);
  const stretchOf = (j: number) => Math.floor((j * STRETCHES) / size);
  const clusterOf = Int32Array.from({ length: m }, (_, j) =>
    j < size ? stretchOf(j) : j >= from ? STRETCHES + stretchOf(j - from) : -1,
  );
  if (!isFlattered(byChance, apart, clusterOf, 2 * STRETCHES)) return null;
  const last = range(from, m);
  const scores = { byChance: 1 - meanOf(byChance, last), apart: 1 - meanOf(apart, last) };
  return scores.byChance - scores.apart > LEAST_DROP ? scores : null;
}

/** Each group is told from rows of others. */
function tryGroups({ data, groupOf, groups }: SplitQuestion & { kind: 'groups' }): Answer | null {
  const byChance = lossesByChance(data);
  if (!byChance) return null;
  const parts = partsByChance(groups, FOLDS);
  const partOf = Int32Array.from(groupOf, (group) => parts[group]);
  const apart = losses(data, foldsOf(partOf, FOLDS));
  if (!isFlattered(byChance, apart, groupOf, groups)) return null;
  const all = Int32Array.from(groupOf.keys());
  return { byChance: 1 - meanOf(byChance, all), apart: 1 - meanOf(apart, all) };
}

/** What each row lost among rows by chance; null where guessing does about as well: then nothing flatters. */
function lossesByChance(data: TrialData): Float64Array | null {
  const lost = losses(data, foldsOf(partsByChance(data.X.cols, FOLDS), FOLDS));
  return meanOf(lost, Int32Array.from(lost.keys())) < guessing(data) - LEAST_DROP ? lost : null;
}

/**
 * Whether rows lost less by chance than apart by more than chance explains. Rows of one cluster are alike and count once;
 * it is −1 for rows that were not tested apart.
 */
function isFlattered(
  byChance: Float64Array,
  apart: Float64Array,
  clusterOf: Int32Array,
  clusters: number,
): boolean {
  const [sums, sizes] = [new Float64Array(clusters), new Float64Array(clusters)];
  clusterOf.forEach((cluster, j) => {
    if (cluster < 0) return;
    sums[cluster] += apart[j] - byChance[j];
    sizes[cluster]++;
  });
  const m = sizes.reduce((sum, size) => sum + size, 0);
  const drop = sums.reduce((sum, each) => sum + each, 0) / m;
  const squares = sums.reduce((sum, each, k) => {
    const distance = each - drop * sizes[k];
    return sum + distance * distance;
  }, 0);
  const error = Math.sqrt((squares * clusters) / (clusters - 1)) / m;
  return drop > SURE * error && drop > LEAST_DROP;
}

/** What guessing loses: by the mean, or the commonest class. */
function guessing({ Y, output }: TrialData): number {
  if (output === 'linear') return Y.data.reduce((sum, y) => sum + y * y, 0) / Y.cols;
  if (output === 'sigmoid') {
    const ones = Y.data.reduce((sum, y) => sum + y, 0) / Y.cols;
    return Math.min(ones, 1 - ones);
  }
  const counts = Array.from({ length: Y.rows }, (_, k) =>
    Y.data.subarray(k * Y.cols, (k + 1) * Y.cols).reduce((sum, y) => sum + y, 0),
  );
  return 1 - Math.max(...counts) / Y.cols;
}

const meanOf = (lost: Float64Array, examples: Int32Array): number =>
  examples.reduce((sum, j) => sum + lost[j], 0) / examples.length;
