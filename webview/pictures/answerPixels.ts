import { matrix, type Matrix } from '../../src/core/matrix';
import type { Network } from '../../src/core/network';
import { classColour, diverging, mix, pixelOf, rampOf, type Palette, type Rgb } from '../ui/theme';

/** Standard deviations from the mean at which the colour of a number is strongest. */
export const FARTHEST = 2;

/** The pixel of each answer: the likeliest class in its colour, the surer the stronger; a number on the diverging scale. */
export function answerPixels(output: Matrix, network: Network, colours: Palette): (at: number) => number {
  const { rows, cols, data } = output;
  switch (network.output) {
    case 'linear':
    case 'sigmoid': {
      const [from, to] = network.output === 'linear' ? [-FARTHEST, FARTHEST] : [0, 1];
      const ramp = rampOf(from, to, (value) =>
        answerColour(matrix(1, 1, Float64Array.of(value)), 0, network, colours),
      );
      return (at) => pixelOf(ramp, data[at]);
    }
    case 'softmax': {
      const ramps = Array.from({ length: rows }, (_, k) =>
        rampOf(0, 1, (p) => mix(colours.neutral, classColour(colours, k), 0.75 * p ** 2)),
      );
      return (at) => {
        const best = likeliest(output, at);
        return pixelOf(ramps[best], data[best * cols + at]);
      };
    }
    default:
      return network.output satisfies never;
  }
}

function likeliest({ rows, cols, data }: Matrix, at: number): number {
  let best = 0;
  for (let i = 1; i < rows; i++) if (data[i * cols + at] > data[best * cols + at]) best = i;
  return best;
}

/** The likeliest class in its colour, the surer the stronger; a number on the diverging scale. */
export function answerColour(answers: Matrix, at: number, { output }: Network, colours: Palette): Rgb {
  const { cols, data } = answers;
  switch (output) {
    case 'linear':
      return diverging(colours, data[at], FARTHEST);
    case 'sigmoid': {
      const p = data[at];
      return mix(colours.neutral, classColour(colours, p < 0.5 ? 0 : 1), 0.75 * Math.abs(2 * p - 1));
    }
    case 'softmax': {
      const best = likeliest(answers, at);
      return mix(colours.neutral, classColour(colours, best), 0.75 * data[best * cols + at] ** 2);
    }
    default:
      return output satisfies never;
  }
}
