export const hiddenActivations = ['tanh', 'sigmoid', 'relu', 'leakyRelu', 'linear'] as const;
export type HiddenActivation = (typeof hiddenActivations)[number];

/** An activation and its derivative. `derivative` takes z and a = g(z), as either may be the cheaper one. */
export interface Activation {
  g(z: number): number;
  derivative(z: number, a: number): number;
}

export const LEAKY_SLOPE = 0.01;

/** σ(z) = 1 / (1 + e^−z), written so that neither branch overflows. */
export function sigmoid(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return z < 0 ? e / (1 + e) : 1 / (1 + e);
}

/**
 * The hidden activations, each a pair. At z = 0 both ReLUs take the derivative 1, as the course does.
 * The ReLUs test `z < 0` so that a NaN stays one and divergence is seen.
 */
export const activations: Record<HiddenActivation, Activation> = {
  tanh: { g: Math.tanh, derivative: (_z, a) => 1 - a * a },
  sigmoid: { g: sigmoid, derivative: (_z, a) => a * (1 - a) },
  relu: { g: (z) => (z < 0 ? 0 : z), derivative: (z) => (z < 0 ? 0 : 1) },
  leakyRelu: {
    g: (z) => (z < 0 ? LEAKY_SLOPE * z : z),
    derivative: (z) => (z < 0 ? LEAKY_SLOPE : 1),
  },
  linear: { g: (z) => z, derivative: () => 1 },
};

/** Those that are a straight line but for a kink at 0. */
export const isRectifier = (kind: HiddenActivation): boolean => kind === 'relu' || kind === 'leakyRelu';
/** Those that bend everywhere, and flatten on both sides. */
export const isBent = (kind: HiddenActivation): boolean => kind === 'tanh' || kind === 'sigmoid';
