import type { LayerNorms, LayerPoint } from '../../src/core/layerCurve';
import { rateAt, type RateRule } from '../../src/core/schedule';
import type { Extent, NumberTable } from '../pictures/picture';
import { classColour, css, type Palette } from '../ui/theme';
import { band, line, type CurveLine, type Point } from './curve';

/** What is drawn of the layers. */
export type OfLayers = keyof LayerNorms;

/** Layers are told apart by the dashes of their lines too. */
const DASHES = [[], [7, 3], [2, 2], [8, 2, 2, 2], [12, 4], [4, 4], [1, 3]];
const BAND = 0.2;

/** What a layer's quantity is called, l from 1. */
export const layerName = (which: OfLayers, l: number): string =>
  which === 'gradient' ? `‖dW[${l}]‖` : `‖ΔW[${l}]‖ / ‖W[${l}]‖`;

/** A line for each layer, before the bands from the lowest to the highest of what was thinned. */
export function layerLines(points: readonly LayerPoint[], which: OfLayers, palette: Palette): CurveLine[] {
  const layers = points.at(-1)?.gradient.length ?? 0;
  const of = (k: number, normsOf: (point: LayerPoint) => LayerNorms): Point[] =>
    points.flatMap((point) => {
      const y = normsOf(point)[which][k];
      return Number.isNaN(y) ? [] : [{ x: point.epoch, y }];
    });
  const all = Array.from({ length: layers }, (_, k) => k);
  const lines = all.map((k) => ({
    ...line(
      layerName(which, k + 1),
      css(classColour(palette, k)),
      DASHES[k % DASHES.length],
      of(k, (point) => point),
    ),
    // Those of mini-batches lie close to one another.
    borderWidth: 1.25,
  }));
  if (!hasLayerBand(points, which)) return lines;
  const bands = all.flatMap((k) =>
    band(
      css(classColour(palette, k), BAND),
      of(k, ({ lowest }) => lowest),
      of(k, ({ highest }) => highest),
    ),
  );
  return [...lines, ...bands];
}

/** Whether something between the points was lower or higher than at them. */
export const hasLayerBand = (points: readonly LayerPoint[], which: OfLayers): boolean =>
  points.some(({ lowest, highest }) => lowest[which].some((low, k) => low < highest[which][k]));

/** The learning rate at these epochs, and where another rule begins. */
export function ratePoints(rules: readonly RateRule[], epochs: readonly number[]): Point[] {
  const last = epochs.at(-1) ?? 0;
  const begins = rules.map(({ epoch }) => epoch).filter((epoch) => epoch <= last);
  return [...new Set([...epochs, ...begins])]
    .sort((a, b) => a - b)
    .map((x) => ({ x, y: rateAt(rules, x) }))
    .filter(({ y }) => !Number.isNaN(y));
}

/** The rate holds until the next epoch that has another: its line has steps. */
export const rateLine = (points: Point[], colour: string): CurveLine => ({
  ...line('Learning rate', colour, [], points),
  stepped: true,
});

const MOST_ROWS = 50;

/** About 50 points as a table, or all, with the lowest and highest of what was thinned. */
export function layerNumbers(points: readonly LayerPoint[], which: OfLayers, extent: Extent): NumberTable {
  const step = extent === 'whole' ? 1 : Math.max(1, Math.ceil(points.length / MOST_ROWS));
  const rows = points.filter((_, k) => k % step === 0 || k === points.length - 1);
  const layers = Array.from({ length: points.at(-1)?.gradient.length ?? 0 }, (_, k) => k);
  const withExtremes = hasLayerBand(points, which);
  const cell = (value: number) => (Number.isNaN(value) ? '' : value);
  return {
    columns: [
      'Epoch',
      ...layers.map((k) => layerName(which, k + 1)),
      ...(withExtremes
        ? layers.flatMap((k) => [`${layerName(which, k + 1)}, lowest`, `${layerName(which, k + 1)}, highest`])
        : []),
    ],
    rows: rows.map((point) => [
      point.epoch,
      ...layers.map((k) => cell(point[which][k])),
      ...(withExtremes
        ? layers.flatMap((k) => [cell(point.lowest[which][k]), cell(point.highest[which][k])])
        : []),
    ]),
  };
}
