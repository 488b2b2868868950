/** The positions of a slider, and the values that they stand for. */
export interface Slider {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  positionOf(value: number): number;
  valueAt(position: number): number;
}

/** Twenty steps in a factor of ten: each is a twelfth more than the one before. */
const STEPS_A_DECADE = 20;

/**
 * A slider in decades, with values of two digits. What lies beyond its ends stands at them.
 * @param withZero the leftmost position stands for 0
 */
export function decades(from: number, to: number, withZero = false): Slider {
  const step = 1 / STEPS_A_DECADE;
  const [low, max] = [Math.log10(from), Math.log10(to)];
  const min = withZero ? low - step : low;
  const within = (position: number) => Math.min(max, Math.max(min, position));
  return {
    ...{ min, max, step },
    positionOf: (value) => (value <= 0 ? min : within(Math.log10(value))),
    valueAt: (position) =>
      withZero && position < low - step / 2
        ? 0
        : Math.min(to, Math.max(from, Number((10 ** position).toPrecision(2)))),
  };
}

/** A slider of equal steps; the rightmost position is the largest value, whether that is a step or not. */
export function linear(from: number, to: number, step: number): Slider {
  const max = from + step * Math.ceil((to - from) / step);
  return {
    ...{ min: from, max, step },
    positionOf: (value) => (value >= to ? max : Math.max(from, value)),
    valueAt: (position) => Math.min(to, Number(position.toPrecision(6))),
  };
}

/** Powers of two from 1 up to a number; the rightmost position stands for 0, which means all. */
export function powersOfTwo(below: number): Slider {
  const all = Math.max(1, Math.ceil(Math.log2(Math.max(2, below))));
  return {
    ...{ min: 0, max: all, step: 1 },
    positionOf: (value) => (value <= 0 ? all : Math.min(all, Math.log2(value))),
    valueAt: (position) => (position >= all ? 0 : 2 ** Math.round(position)),
  };
}
