import { selectColumns } from '../core/matrix';
import { random } from '../core/random';
import type { Dataset } from '../data/dataset';
import { stratifiedSample } from '../data/table/split';

const MOST_SAMPLES = 2000;
/** Features of all examples together, 2 MB of float64: the wider a table, the fewer its pictures use, but one at least. */
const MOST_SAMPLE_NUMBERS = 250_000;

/** The examples that pictures are drawn from: at most 2,000, stratified by class and seeded. */
export interface Sample {
  readonly count: number;
  /** (nx, count) row-major, scaled as the network sees it. */
  readonly X: Float64Array;
  /** The class of each example, or the standardised target. */
  readonly y: Float64Array;
  /** 1 for examples of the test set. */
  readonly test: Uint8Array;
  /** Line of the file. */
  readonly lines: Int32Array;
}

type Sampled = Pick<Dataset, 'X' | 'Y' | 'classOf' | 'test' | 'lines'>;

export function sampleOf({ X, Y, classOf, test, lines }: Sampled, seed: number): Sample {
  const most = Math.min(MOST_SAMPLES, Math.max(1, Math.floor(MOST_SAMPLE_NUMBERS / X.rows)));
  const chosen = stratifiedSample(X.cols, classOf, most, random(seed, 'sample'));
  const isTest = new Uint8Array(X.cols);
  test.forEach((j) => (isTest[j] = 1));
  return {
    count: chosen.length,
    X: selectColumns(X, chosen).data,
    y: Float64Array.from(chosen, (j) => (classOf ? classOf[j] : Y.data[j])),
    test: Uint8Array.from(chosen, (j) => isTest[j]),
    lines: Int32Array.from(chosen, (j) => lines[j]),
  };
}
