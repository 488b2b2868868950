import { ThinnedCurve, thinnedBy } from './thinning';
import type { Measure } from './trainer';

/** At most this many points are kept: more than a screen has columns, and 150 kB in a message. */
export const MOST_POINTS = 2000;

/** The lowest and highest costs after the point before, up to this one; of the test set, null without one. */
export interface Extremes {
  readonly lowestTrainCost: number;
  readonly highestTrainCost: number;
  readonly lowestTestCost: number | null;
  readonly highestTestCost: number | null;
}

/** A point of the curve, with the extremes of those that were thinned since the point before. */
export interface CurvePoint extends Measure, Extremes {}

/**
 * The curve so far, thinned evenly. A point that is thinned leaves its costs to the extremes of the next, so that no
 * spike is lost.
 */
export class History extends ThinnedCurve<CurvePoint> {
  /** @param stride of a curve that goes on; that of `points`, which an earlier history kept, when left out */
  constructor(
    points: readonly (Measure | CurvePoint)[] = [],
    stride = points.length > 1 ? points[1].epoch - points[0].epoch : 1,
  ) {
    super(MOST_POINTS, withExtremes, stride);
    points.forEach((point) => this.push(point));
  }

  /** Adds a point, as {@link add} does, and gives it back with its extremes. */
  push(point: Measure | CurvePoint): CurvePoint | null {
    return this.add(curvePoint(point));
  }

  /** The last point is another one now, of the same epoch; its extremes hold both. Null where there is none of this epoch. */
  replaceLast(point: Measure): CurvePoint | null {
    const last = this.points.at(-1);
    if (last?.epoch !== point.epoch) return null;
    return this.putLast({ ...point, ...extremesOf(last, curvePoint(point)) });
  }
}

/** The points that stay; each takes up the extremes of those that go before it. The last one has to stay. */
export const thinned = (
  points: readonly CurvePoint[],
  stays: (point: CurvePoint, isLast: boolean, index: number) => boolean,
): CurvePoint[] => thinnedBy(points, stays, withExtremes);

/** A point with the extremes of one before it as well. */
const withExtremes = (gone: CurvePoint, next: CurvePoint): CurvePoint => ({
  ...next,
  ...extremesOf(gone, next),
});

/** The point with extremes: its own costs, where it has none yet. */
export function curvePoint(point: Measure | CurvePoint): CurvePoint {
  if ('lowestTrainCost' in point) return point;
  const { trainCost, testCost } = point;
  return {
    ...point,
    lowestTrainCost: trainCost,
    highestTrainCost: trainCost,
    lowestTestCost: testCost,
    highestTestCost: testCost,
  };
}

/** The extremes of both. */
function extremesOf(a: Extremes, b: Extremes): Extremes {
  const pick = (of: (...values: number[]) => number, x: number | null, y: number | null) =>
    x === null ? y : y === null ? x : of(x, y);
  return {
    lowestTrainCost: Math.min(a.lowestTrainCost, b.lowestTrainCost),
    highestTrainCost: Math.max(a.highestTrainCost, b.highestTrainCost),
    lowestTestCost: pick(Math.min, a.lowestTestCost, b.lowestTestCost),
    highestTestCost: pick(Math.max, a.highestTestCost, b.highestTestCost),
  };
}
