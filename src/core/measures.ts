import type { Measure } from './trainer';

/** How many numbers stand for one measure. */
export const MEASURE_NUMBERS = 5;

/** Measures as numbers, five each: epoch, training cost, test cost, training score, test score; NaN where there is no test set. */
export function numbersOf(measures: readonly Measure[]): Float64Array {
  const numbers = new Float64Array(measures.length * MEASURE_NUMBERS);
  measures.forEach(({ epoch, trainCost, testCost, trainScore, testScore }, k) => {
    numbers.set([epoch, trainCost, testCost ?? NaN, trainScore, testScore ?? NaN], k * MEASURE_NUMBERS);
  });
  return numbers;
}

/** The inverse of {@link numbersOf}. Throws RangeError when the numbers are no whole measures. */
export function measuresOf(numbers: Float64Array): Measure[] {
  if (numbers.length % MEASURE_NUMBERS !== 0) {
    throw new RangeError(`${numbers.length} numbers are no measures of ${MEASURE_NUMBERS} each`);
  }
  return Array.from({ length: numbers.length / MEASURE_NUMBERS }, (_, k) => {
    const at = k * MEASURE_NUMBERS;
    const [epoch, trainCost, testCost, trainScore, testScore] = numbers.subarray(at, at + MEASURE_NUMBERS);
    return {
      epoch,
      trainCost,
      testCost: Number.isNaN(testCost) ? null : testCost,
      trainScore,
      testScore: Number.isNaN(testScore) ? null : testScore,
    };
  });
}
