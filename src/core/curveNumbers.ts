/** The points of the curves as columns of numbers, for messages and files. */
import type { CurvePoint } from './history';
import type { LayerPoint, OfLayers } from './layerCurve';
import { MEASURE_NUMBERS, measuresOf, numbersOf } from './measures';

/** How many numbers {@link encodePoints} writes for each point: its measure's, then its extremes. */
export const POINT_NUMBERS = MEASURE_NUMBERS + 4;

/** Points as {@link POINT_NUMBERS} numbers each, in which NaN stands for null. */
export function encodePoints(points: readonly CurvePoint[]): Float64Array {
  const numbers = new Float64Array(points.length * POINT_NUMBERS);
  points.forEach((point, k) => {
    const { lowestTrainCost, highestTrainCost, lowestTestCost, highestTestCost } = point;
    const extremes = [lowestTrainCost, highestTrainCost, lowestTestCost ?? NaN, highestTestCost ?? NaN];
    numbers.set(numbersOf([point]), k * POINT_NUMBERS);
    numbers.set(extremes, k * POINT_NUMBERS + MEASURE_NUMBERS);
  });
  return numbers;
}

/** The inverse of {@link encodePoints}. Throws RangeError when the numbers are no whole points with rising epochs. */
export function decodePoints(numbers: Float64Array): CurvePoint[] {
  const points: CurvePoint[] = [];
  for (let at = 0; at < numbers.length; at += POINT_NUMBERS) {
    const [measure] = measuresOf(numbers.subarray(at, at + MEASURE_NUMBERS));
    const extremes = numbers.subarray(at + MEASURE_NUMBERS, at + POINT_NUMBERS);
    if (extremes.length < 4) throw new RangeError('a point of the curve is incomplete');
    const { epoch } = measure;
    if (!Number.isSafeInteger(epoch) || epoch < 0 || epoch <= (points.at(-1)?.epoch ?? -1)) {
      throw new RangeError(`${epoch} is no epoch for a point of the curve`);
    }
    const [lowestTrainCost, highestTrainCost, lowestTest, highestTest] = extremes;
    points.push({
      ...measure,
      lowestTrainCost,
      highestTrainCost,
      lowestTestCost: Number.isNaN(lowestTest) ? null : lowestTest,
      highestTestCost: Number.isNaN(highestTest) ? null : highestTest,
    });
  }
  return points;
}

const LISTS = 6;
const listsOf = ({ gradient, update, lowest, highest }: LayerPoint): OfLayers[] => [
  ...[gradient, update],
  ...[lowest.gradient, lowest.update, highest.gradient, highest.update],
];

/** Points as numbers: how many layers there are, then for each point its epoch and six numbers a layer. */
export function encodeLayerPoints(points: readonly LayerPoint[]): Float64Array {
  const layers = points[0]?.gradient.length ?? 0;
  return Float64Array.from([layers, ...points.flatMap((point) => [point.epoch, ...listsOf(point).flat()])]);
}

/** The inverse of {@link encodeLayerPoints}. Throws RangeError when the numbers are no whole points with rising epochs. */
export function decodeLayerPoints(numbers: Float64Array): LayerPoint[] {
  const layers = numbers.length > 0 ? numbers[0] : 0;
  const size = 1 + LISTS * layers;
  if (!Number.isSafeInteger(layers) || layers < 0 || (numbers.length - 1) % size > 0) {
    throw new RangeError(`${numbers.length} numbers are no points of ${layers} layers`);
  }
  const points: LayerPoint[] = [];
  for (let at = 1; at < numbers.length; at += size) {
    const epoch = numbers[at];
    if (!Number.isSafeInteger(epoch) || epoch < 0 || epoch <= (points.at(-1)?.epoch ?? -1)) {
      throw new RangeError(`${epoch} is no epoch for a point of the curve`);
    }
    const list = (k: number) => [...numbers.subarray(at + 1 + k * layers, at + 1 + (k + 1) * layers)];
    points.push({
      ...{ epoch, gradient: list(0), update: list(1) },
      lowest: { gradient: list(2), update: list(3) },
      highest: { gradient: list(4), update: list(5) },
    });
  }
  return points;
}
