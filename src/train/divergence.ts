/** How a training became infinite: the epoch that did it, from 1, the first layer it showed in, and a way out. */
export interface Divergence {
  readonly epoch: number;
  readonly layer: number;
  readonly learningRate: number;
  /** The largest rate that a short probe found stable, if it found one. */
  readonly suggestedRate: number | null;
}

/** What a person is told of a training that diverged, in the editor and on the command line. */
export function divergenceText({ epoch, layer, learningRate, suggestedRate }: Divergence): string {
  const advice =
    suggestedRate === null
      ? `Use a learning rate below ${learningRate}`
      : `A short trial from the initial weights was stable with a learning rate of ${suggestedRate}; this one was ${learningRate}`;
  return `Diverged in epoch ${epoch}, layer ${layer}: the cost or a weight was no longer finite. The last finite weights are kept. ${advice}.`;
}
