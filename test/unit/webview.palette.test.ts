import assert from 'node:assert/strict';
import { matrix } from '../../src/core/matrix';
import type { Network } from '../../src/core/network';
import { unitRamp } from '../../webview/model/diagram';
import { answerColour } from '../../webview/pictures/answerPixels';
import { classColour, KINDS, paletteOf, pixelOf, type Kind, type Rgb } from '../../webview/ui/theme';

/** What VS Code's own themes have behind an editor, and its text. */
const themes: Record<Kind, { readonly background: Rgb; readonly text: Rgb }> = {
  light: { background: [255, 255, 255], text: [59, 59, 59] },
  dark: { background: [31, 31, 31], text: [204, 204, 204] },
  highContrast: { background: [0, 0, 0], text: [255, 255, 255] },
  highContrastLight: { background: [255, 255, 255], text: [41, 41, 41] },
};
const colourOf = (colour: string): readonly number[] =>
  (/[\d.,]+/.exec(colour)?.[0] ?? '').split(',').map(Number);
const rgba = (colour: Rgb) => `rgba(${colour.join(',')},1)`;
const palettes = KINDS.map((kind) => {
  const { background, text } = themes[kind];
  const variable = (name: string, fallback: string) =>
    name === '--vscode-foreground' ? rgba(text) : fallback;
  return { kind, background, text, palette: paletteOf(kind, variable, rgba(background)) };
});

/**
 * What eyes without one kind of cone see of linear RGB: Machado, Oliveira and Fernandes, A physiologically-based model
 * for simulation of color vision deficiency, IEEE Transactions on Visualization and Computer Graphics 15 (2009), the
 * matrices of severity 1.
 */
const eyes = {
  all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
const linear = (part: number) => (part <= 10.31475 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
const times = (m: readonly number[], [x, y, z]: readonly number[]) =>
  [0, 3, 6].map((k) => m[k] * x + m[k + 1] * y + m[k + 2] * z);

/** CIE L*a*b* of a colour of sRGB under D65, as such eyes see it. */
function lab(colour: Rgb, eye: readonly number[]): readonly number[] {
  const seen = times(eye, colour.map(linear)).map((part) => Math.min(1, Math.max(0, part)));
  const xyz = [
    0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.072175, 0.0193339, 0.119192, 0.9503041,
  ];
  const white = [0.95047, 1, 1.08883];
  const [x, y, z] = times(xyz, seen).map((part, k) => {
    const t = part / white[k];
    return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The difference of 1976; 2.3 of it can just be noticed. */
function difference(one: Rgb, other: Rgb, eye: readonly number[]): number {
  const [p, q] = [lab(one, eye), lab(other, eye)];
  return Math.hypot(...p.map((value, k) => value - q[k]));
}

/** WCAG's contrast. */
function contrast(one: Rgb, other: Rgb): number {
  const [x, y] = [one, other].map(
    (colour) => times([0.2126, 0.7152, 0.0722, 0, 0, 0, 0, 0, 0], colour.map(linear))[0],
  );
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** As it is seen with what is behind it. */
function over(colour: string, background: Rgb): Rgb {
  const [r, g, b, alpha] = colourOf(colour);
  return [r, g, b].map((part, k) => alpha * part + (1 - alpha) * background[k]) as unknown as Rgb;
}

describe('the colours of data', () => {
  for (const { kind, background, text, palette } of palettes) {
    describe(kind, () => {
      const everyEye = Object.entries(eyes);

      it('have classes that stand out from what is behind them as parts of a picture should: 3 to 1', () => {
        for (const [k, colour] of palette.classes.entries())
          assert.ok(contrast(colour, background) >= 3, `class ${k}: ${contrast(colour, background)}`);
      });

      it('have classes that are told apart with any two kinds of cones, the first ones best', () => {
        for (const [count, least] of [
          [2, 80],
          [3, 20],
          [6, 16],
          [10, 11],
        ])
          for (const [name, eye] of everyEye)
            for (let i = 0; i < count; i++)
              for (let j = 0; j < i; j++) {
                const found = difference(palette.classes[i], palette.classes[j], eye);
                assert.ok(found >= least, `${name}, classes ${j} and ${i}: ${found} is less than ${least}`);
              }
      });

      it('have a scale whose ends and middle are told apart', () => {
        const { negative, neutral, positive } = palette;
        for (const [name, eye] of everyEye)
          for (const [one, other] of [
            [negative, neutral],
            [neutral, positive],
            [negative, positive],
          ] as const)
            assert.ok(difference(one, other, eye) >= 40, name);
      });

      it('tell the curve of the test set from that of the training', () => {
        const test = over(palette.test, background);
        for (const [name, eye] of everyEye) assert.ok(difference(text, test, eye) >= 20, name);
      });

      it('have lines behind a curve that are much weaker than any curve', () => {
        const line = contrast(over(palette.gridLine, background), background);
        for (const curve of [palette.train, palette.test])
          assert.ok(contrast(over(curve, background), background) > 2 * line, `${curve}, ${line}`);
        assert.ok(line < 1.5, String(line));
      });

      it('are the same for a class wherever it stands: points, map of the output, map of its unit', () => {
        const certain = (output: Network['output'], p: readonly number[]) => {
          const answers = matrix(p.length, 1, Float64Array.from(p));
          return answerColour(answers, 0, { sizes: [2, p.length], hidden: 'tanh', output }, palette);
        };
        const values = new Float64Array();
        const nearest = (colour: Rgb) => {
          const far = palette.classes.map((each) => difference(each, colour, eyes.all));
          return far.indexOf(Math.min(...far));
        };
        const pixel = (of: number, alone: boolean, p: number): Rgb => {
          const value = pixelOf(unitRamp(palette, { kind: 'probability', values, of, alone }), p);
          return [value & 255, (value >> 8) & 255, (value >> 16) & 255];
        };
        for (const k of [0, 1, 2, 3]) {
          const towards = [0, 1, 2].map(
            (part) => 0.25 * palette.neutral[part] + 0.75 * classColour(palette, k)[part],
          );
          assert.deepEqual(pixel(k, false, 1), [...classColour(palette, k)], 'its unit');
          const all = certain(
            'softmax',
            [0, 1, 2, 3].map((i) => Number(i === k)),
          );
          all.forEach((part, at) => assert.ok(Math.abs(part - towards[at]) < 1e-9, 'the map of several'));
          if (k > 1) continue;
          assert.deepEqual(pixel(0, true, k), [...classColour(palette, k)], 'the only unit');
          certain('sigmoid', [k]).forEach((part, at) => assert.ok(Math.abs(part - towards[at]) < 1e-9));
        }
        assert.equal(nearest(classColour(palette, 3)), 3);
      });
    });
  }
});
