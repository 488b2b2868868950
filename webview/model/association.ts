import type { SampleView } from '../store';

/** Features that explain each other to this share are copies: one of them is enough to look at. */
const COPY = 0.97;
/** So many numbers are looked at, a few milliseconds; of a larger sample every so many examples. */
const MOST_NUMBERS = 1e6;

/** The features, those first that tell most of the target; numbers before flags and categories, which make poor axes. */
export function rankedFeatures(sample: SampleView, isClass: boolean): number[] {
  const { valuesOf, target } = partOf(sample);
  const rankOf = (feature: number) => {
    const values = valuesOf(feature);
    return association(values, target, isClass) + Number(isNumber(values));
  };
  return Array.from({ length: sample.X.rows }, (_, feature) => ({ feature, rank: rankOf(feature) }))
    .sort((a, b) => b.rank - a.rank || a.feature - b.feature)
    .map(({ feature }) => feature);
}

/** Neither a flag nor a category. */
const isNumber = (values: Float64Array): boolean => new Set(values.subarray(0, 100)).size > 2;

/** Ranked features, numbers before flags and categories. */
export function numbersFirst(ranked: readonly number[], sample: SampleView): number[] {
  const { valuesOf } = partOf(sample);
  const numbers = new Set(ranked.filter((feature) => isNumber(valuesOf(feature))));
  return [...ranked.filter((each) => numbers.has(each)), ...ranked.filter((each) => !numbers.has(each))];
}

/** The first of ranked features, and the next that is no copy of it, in the order of the file. */
export function firstAxes(sample: SampleView, ranked: readonly number[]): [number, number] {
  if (sample.X.rows < 2) return [0, 0];
  const { valuesOf } = partOf(sample);
  const [first, ...others] = ranked;
  const ofFirst = valuesOf(first);
  const second = others.find((feature) => squaredCorrelation(valuesOf(feature), ofFirst) < COPY) ?? others[0];
  return first < second ? [first, second] : [second, first];
}

/** As many examples as are looked at, evenly spread. */
function partOf({ X, y }: SampleView) {
  const step = Math.max(1, Math.ceil((X.rows * X.cols) / MOST_NUMBERS));
  const examples = Array.from({ length: Math.ceil(X.cols / step) }, (_, k) => k * step);
  return {
    valuesOf: (feature: number) =>
      Float64Array.from(examples, (example) => X.data[feature * X.cols + example]),
    target: Float64Array.from(examples, (example) => y[example]),
  };
}

/**
 * What a feature alone tells of the target, 0 to 1: of classes η², the share of the feature's variance that lies
 * between them (the correlation ratio, squared); of a number r².
 */
export const association = (values: Float64Array, target: Float64Array, isClass: boolean): number =>
  isClass ? correlationRatio(values, target) : squaredCorrelation(values, target);

function correlationRatio(values: Float64Array, classes: Float64Array): number {
  const sums = new Map<number, { count: number; sum: number }>();
  let sum = 0;
  for (let j = 0; j < values.length; j++) {
    const own = sums.get(classes[j]) ?? { count: 0, sum: 0 };
    own.count++;
    own.sum += values[j];
    sums.set(classes[j], own);
    sum += values[j];
  }
  const mean = sum / values.length;
  let total = 0;
  for (const value of values) total += (value - mean) ** 2;
  let between = 0;
  for (const own of sums.values()) between += own.count * (own.sum / own.count - mean) ** 2;
  return total > 0 ? between / total : 0;
}

function squaredCorrelation(x: Float64Array, y: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let j = 0; j < x.length; j++) {
    xx += (x[j] - mx) ** 2;
    yy += (y[j] - my) ** 2;
    xy += (x[j] - mx) * (y[j] - my);
  }
  return xx > 0 && yy > 0 ? xy ** 2 / (xx * yy) : 0;
}
