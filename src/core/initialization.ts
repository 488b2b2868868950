import type { HiddenActivation } from './activations';
import { zeroParameters, type Network, type Parameters } from './network';
import type { Random } from './random';

export const initializations = ['auto', 'smallRandom', 'xavier', 'he', 'zeros'] as const;
export type Initialization = (typeof initializations)[number];

/** What `auto` stands for: small numbers up to one hidden layer, else a scale that keeps signals alive. */
export function resolveInitialization(
  initialization: Initialization,
  hiddenLayers: number,
  hidden: HiddenActivation,
): Exclude<Initialization, 'auto'> {
  if (initialization !== 'auto') return initialization;
  if (hiddenLayers <= 1) return 'smallRandom';
  return hidden === 'relu' || hidden === 'leakyRelu' ? 'he' : 'xavier';
}

/**
 * Initial parameters: W[l] normal with a standard deviation of `scale` (smallRandom), √(1/n[l−1])
 * (xavier), √(2/n[l−1]) (he: He et al. 2015) or 0 (zeros: every unit of a layer then stays like its
 * neighbours); every b[l] is 0.
 */
export function initialize(
  network: Network,
  initialization: Initialization,
  scale: number,
  { normal }: Random,
): Parameters {
  const parameters = zeroParameters(network);
  const method = resolveInitialization(initialization, network.sizes.length - 2, network.hidden);
  if (method === 'zeros') return parameters;
  for (const { W } of parameters) {
    const deviation =
      method === 'smallRandom' ? scale : Math.sqrt((method === 'he' ? 2 : 1) / Math.max(1, W.cols));
    for (let k = 0; k < W.data.length; k++) W.data[k] = normal() * deviation;
  }
  return parameters;
}
