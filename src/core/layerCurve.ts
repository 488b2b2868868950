import { strideAt, ThinnedCurve } from './thinning';

/** A quantity of each layer, that of layer l at l − 1; NaN where it is not known. */
export type OfLayers = readonly number[];

/** How large the gradient and the last change of each layer's W are. */
export interface LayerNorms {
  /** ‖dW[l]‖, the root of the sum of its squares. */
  readonly gradient: OfLayers;
  /** ‖W[l] − W[l] before the epoch‖ / ‖W[l] before the epoch‖. */
  readonly update: OfLayers;
}

/** The norms after an epoch, with the lowest and highest of what was thinned since the point before. */
export interface LayerPoint extends LayerNorms {
  readonly epoch: number;
  readonly lowest: LayerNorms;
  readonly highest: LayerNorms;
}

/** As many as a chart can show; a point costs the trainer about a twentieth of an epoch. */
export const MOST_LAYER_POINTS = 512;

/** Whether the norms are taken after an epoch: it depends on the epoch alone. */
export const wantsLayers = (epoch: number): boolean => epoch % strideAt(epoch, MOST_LAYER_POINTS) === 0;

/** The first epoch after this one after which they are. */
export function nextLayers(epoch: number): number {
  const stride = strideAt(epoch + 1, MOST_LAYER_POINTS);
  return (Math.floor(epoch / stride) + 1) * stride;
}

export const layerPoint = (epoch: number, norms: LayerNorms): LayerPoint => ({
  ...{ epoch, ...norms },
  ...{ lowest: norms, highest: norms },
});

/** The norms over the epochs, thinned evenly; what goes leaves its extremes to the next point. */
export class LayerCurve extends ThinnedCurve<LayerPoint> {
  constructor(points: readonly LayerPoint[] = []) {
    super(MOST_LAYER_POINTS, withExtremes, strideAt(points.at(-1)?.epoch ?? 0, MOST_LAYER_POINTS));
    points.forEach((point) => this.add(point));
  }
}

function withExtremes(gone: LayerPoint, next: LayerPoint): LayerPoint {
  const both = (of: (...values: number[]) => number, a: LayerNorms, b: LayerNorms): LayerNorms => ({
    gradient: a.gradient.map((value, k) => picked(of, value, b.gradient[k])),
    update: a.update.map((value, k) => picked(of, value, b.update[k])),
  });
  return {
    ...next,
    lowest: both(Math.min, gone.lowest, next.lowest),
    highest: both(Math.max, gone.highest, next.highest),
  };
}

/** Of two numbers, or the one that is known. */
const picked = (of: (...values: number[]) => number, a: number, b: number): number =>
  Number.isNaN(a) ? b : Number.isNaN(b) ? a : of(a, b);

/** The penalty that acts on W. */
export interface Penalties {
  readonly l1: number;
  readonly l2: number;
}

type Numbers = Float32Array | Float64Array;

/** The numbers of a layer's W, each array in the same order. */
export interface LayerNumbers {
  readonly W: Numbers;
  /** Before the last epoch; null where that is not known. */
  readonly before: Numbers | null;
  /** dW of the cost; null where it is not known. */
  readonly gradient: Numbers | null;
}

/** The norms of each layer; λ₂ W + λ₁ sign(W), what regularization adds to a gradient, is added here. */
export function layerNorms(layers: readonly LayerNumbers[], { l1, l2 }: Penalties): LayerNorms {
  return {
    gradient: layers.map(({ W, gradient }) => {
      if (!gradient) return NaN;
      let squares = 0;
      for (let k = 0; k < W.length; k++) {
        const dw = gradient[k] + l2 * W[k] + l1 * Math.sign(W[k]);
        squares += dw * dw;
      }
      return Math.sqrt(squares);
    }),
    update: layers.map(({ W, before }) => {
      if (!before) return NaN;
      let [change, size] = [0, 0];
      for (let k = 0; k < W.length; k++) {
        const moved = W[k] - before[k];
        change += moved * moved;
        size += before[k] * before[k];
      }
      // Weights that were 0 have changed by no multiple of themselves.
      return size > 0 ? Math.sqrt(change / size) : NaN;
    }),
  };
}
