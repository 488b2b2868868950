import { cut, full } from '../../src/core/format';
import { inOwnUnit, UNSCALED } from '../../src/core/scale';
import type { RunSignals } from '../store';
import type { Plane } from './plane';

const LONGEST_NAME = 40;

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** `P(petal = 1) = 0.9312`, or the number in the target's own unit, from the network's output (ny). */
export function answerText({ view }: RunSignals, output: Float64Array | null): string {
  const { dataset, network } = view.value;
  if (!output || !dataset || !network) return '';
  const target = cut(dataset.target, LONGEST_NAME);
  const probability = (k: number, value: number) =>
    `P(${target} = ${cut(dataset.classes[k] ?? '', LONGEST_NAME)}) = ${full(value)}`;
  switch (network.output) {
    case 'linear':
      return `${target} = ${full(inOwnUnit(output[0], dataset.targetScale))}`;
    case 'sigmoid':
      return probability(1, output[0]);
    case 'softmax': {
      const best = output.indexOf(Math.max(...output));
      return probability(best, output[best]);
    }
    default:
      return network.output satisfies never;
  }
}

/** The target in its own unit. */
export function targetValue({ view }: RunSignals, standardised: number): number {
  return inOwnUnit(standardised, view.value.dataset?.targetScale ?? UNSCALED);
}

/** A feature of an example of the sample, in its own unit. */
export function featureValue({ sample, features }: RunSignals, feature: number, example: number): number {
  const X = sample.value?.X;
  return X ? inOwnUnit(X.data[feature * X.cols + example], features.value[feature] ?? UNSCALED) : NaN;
}

/** What stands up: the second feature; where there is one feature, the target. */
export function verticalRange(run: RunSignals, { y }: Plane): Range {
  if (y) return y;
  if (run.view.value.network?.output !== 'linear') return { from: -0.08, to: 1.08 };
  let [low, high] = [Infinity, -Infinity];
  for (const standardised of run.sample.value?.y ?? []) {
    const value = targetValue(run, standardised);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const margin = (high - low) * 0.1 || 1;
  return { from: low - margin, to: high + margin };
}

/** Where an example stands on the plane, in the units of its axes. */
export function placeOf(run: RunSignals, { x, y, places }: Plane, example: number): { x: number; y: number } {
  if (places) return { x: places.data[example], y: places.data[places.cols + example] };
  const target = run.sample.value?.y[example] ?? 0;
  const isClass = run.view.value.dataset?.task !== 'regression';
  const alone = isClass ? Math.min(1, target) : targetValue(run, target);
  return {
    x: featureValue(run, x.feature ?? 0, example),
    y: y ? featureValue(run, y.feature ?? 0, example) : alone,
  };
}
