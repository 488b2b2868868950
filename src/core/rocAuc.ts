import { percentiles, RESAMPLES, type Interval } from './intervals';
import { random, shuffle } from './random';

/** Of more examples a sample of so many is drawn from anew. */
const MOST_EXAMPLES = 20_000;

/** The area under the ROC curve, and where it lies with 95 %. */
export interface RocAuc {
  readonly value: number;
  readonly interval: Interval | null;
}

/** Examples in the order of what was predicted for them; where those of equal predictions end. */
interface Ranked {
  readonly order: Uint32Array;
  /** For each place in the order, 1 where the next has another prediction. */
  readonly isLast: Uint8Array;
}

function ranked(examples: readonly number[], p: ArrayLike<number>): Ranked {
  const order = Uint32Array.from(examples).sort((one, other) => p[one] - p[other]);
  const isLast = Uint8Array.from(order, (j, k) => Number(k + 1 === order.length || p[order[k + 1]] !== p[j]));
  return { order, isLast };
}

/** The share of pairs of a 1 and a 0 in which the 1 has the larger prediction, equal ones half; NaN without a pair. */
function areaOf({ order, isLast }: Ranked, y: ArrayLike<number>, weightOf: (j: number) => number): number {
  let [area, zeros, ones, zerosHere, onesHere] = [0, 0, 0, 0, 0];
  for (let k = 0; k < order.length; k++) {
    const j = order[k];
    if (y[j] === 1) onesHere += weightOf(j);
    else zerosHere += weightOf(j);
    if (isLast[k] === 0) continue;
    area += onesHere * (zeros + zerosHere / 2);
    [zeros, ones, zerosHere, onesHere] = [zeros + zerosHere, ones + onesHere, 0, 0];
  }
  return area / (zeros * ones);
}

/**
 * The area under the ROC curve: the chance that of a row of each class the second class's has the larger probability. 0.5 is
 * guessing. Null where there are rows of one class only.
 * Hanley and McNeil, The meaning and use of the area under a receiver operating characteristic curve, 1982.
 * @param y the classes, 0 or 1
 * @param p probabilities of class 1, of the same length
 */
export function rocAuc(y: ArrayLike<number>, p: ArrayLike<number>): number | null {
  const area = areaOf(
    ranked(
      Array.from(y, (_, j) => j),
      p,
    ),
    y,
    () => 1,
  );
  return Number.isNaN(area) ? null : area;
}

/**
 * As {@link rocAuc}, with the percentile interval of the bootstrap over examples, or over whole groups of them. The same seed
 * gives the same interval. Yields after each resample.
 * @param groupOf the group of each example; null: each is its own
 */
export function* rocAucInSteps(
  y: ArrayLike<number>,
  p: ArrayLike<number>,
  groupOf: ArrayLike<number> | null,
  seed: number,
): Generator<void, RocAuc | null> {
  const value = rocAuc(y, p);
  if (value === null) return null;
  const source = random(seed, 'sample');
  const { examples, unitOf, units } = drawnFrom(y.length, groupOf, (list) => shuffle(list, source));
  const order = ranked(examples, p);
  const drawn = new Uint32Array(units);
  const areas: number[] = [];
  for (let k = 0; k < RESAMPLES && units > 1; k++) {
    drawn.fill(0);
    for (let i = 0; i < units; i++) drawn[source.below(units)]++;
    const area = areaOf(order, y, (j) => drawn[unitOf[j]]);
    if (!Number.isNaN(area)) areas.push(area);
    yield;
  }
  return { value, interval: percentiles(areas) };
}

/** The examples that resamples are drawn from, and which of `units` each belongs to: whole groups, or each by itself. */
function drawnFrom(
  count: number,
  groupOf: ArrayLike<number> | null,
  shuffled: (list: number[]) => number[],
): { examples: number[]; unitOf: Uint32Array; units: number } {
  const members = new Map<number, number[]>();
  for (let j = 0; j < count; j++) {
    const group = groupOf ? groupOf[j] : j;
    const list = members.get(group);
    if (list) list.push(j);
    else members.set(group, [j]);
  }
  const all = [...members.values()];
  const inOrder = count > MOST_EXAMPLES ? shuffled([...all.keys()]).map((k) => all[k]) : all;
  const unitOf = new Uint32Array(count);
  const examples: number[] = [];
  let units = 0;
  for (const list of inOrder) {
    if (units > 0 && examples.length + list.length > MOST_EXAMPLES) break;
    for (const j of list) {
      unitOf[j] = units;
      examples.push(j);
    }
    units++;
  }
  return { examples, unitOf, units };
}
