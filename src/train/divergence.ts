/** How a training became infinite: the epoch that did it, from 1, the first layer it showed in, and a way out. */
export interface Divergence {
  readonly epoch: number;
  readonly layer: number;
  readonly learningRate: number;
  /** The largest rate that a short probe found stable, if it found one. */
  readonly suggestedRate: number | null;
}
