import type { Divergence } from './protocol';

/** What a person is told of a training that diverged, in the editor and on the command line. */
export function divergenceText({ epoch, layer, learningRate, suggestedRate }: Divergence): string {
  const advice =
    suggestedRate === null
      ? `Use a learning rate below ${learningRate}`
      : `A short trial from the initial weights was stable with a learning rate of ${suggestedRate}; this one was ${learningRate}`;
  return `Diverged in epoch ${epoch}, layer ${layer}: the cost or a weight was no longer finite. The last finite weights are kept. ${advice}.`;
}
