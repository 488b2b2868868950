import type { Chart } from 'chart.js';
import { thinned, type CurvePoint } from '../../src/core/history';
import {
  curveOf,
  linesOf,
  spans,
  spansPowersOfTen,
  baselineLines,
  type CurveLine,
  type Overlay,
  type Point,
} from '../model/curve';
import { wholeWindow, type EpochWindow } from '../model/epochWindow';
import { layerLines, rateLine, ratePoints } from '../model/layerLines';
import { runName } from '../model/otherRuns';
import type { LensContext } from '../ui/context';
import { classColour, css } from '../ui/theme';

// What the chart shows; what draws it comes a little later, as Chart.js is more than half of all scripts.

/** The chart of the cost curve. */
export type CostLine = Chart<'line', Point[]>;

/** The points of the curve, and the state of now. */
export const shownCurve = ({ run }: LensContext): readonly CurvePoint[] =>
  curveOf(run.points.value, run.measureNow.value);

/** Shows the values at an epoch as if the pointer were on them. */
export function point(chart: CostLine | undefined, epoch: number | null): void {
  if (!chart?.tooltip) return;
  const shown = chart.data.datasets[0]?.data ?? [];
  // Of an epoch that the screen has no room for, the next one that it has.
  const index = epoch === null ? -1 : shown.findIndex(({ x }) => x >= epoch);
  chart.tooltip.setActiveElements(index < 0 ? [] : [{ datasetIndex: 0, index }], { x: 0, y: 0 });
  chart.update('none');
}

/** The epochs at which the chart has points. */
export const epochsOf = (context: LensContext): readonly number[] =>
  dataOf(context)[0]?.data.map(({ x }) => x) ?? [];

/** All epochs that there are to show, and those that are shown. */
export function windowsOf(context: LensContext): {
  readonly whole: EpochWindow;
  readonly shown: EpochWindow;
} {
  const { run, choices } = context;
  const overlaid = overlaysOf(context).map(({ points }) => points);
  const ends = [shownCurve(context), run.ghost.value, ...overlaid];
  const last = Math.max(1, ...ends.map((points) => points.at(-1)?.epoch ?? 1));
  const spacing = choices.epochScale.value;
  const whole = wholeWindow(last, spacing);
  const zoom = choices.zoom.value;
  if (zoom?.run !== run.id || zoom.from >= whole.to) return { whole, shown: whole };
  return { whole, shown: { from: Math.max(whole.from, zoom.from), to: Math.min(whole.to, zoom.to) } };
}

/** The curves that are drawn beside that of the shown run. */
export function overlaysOf({ run, others, choices, palette }: LensContext): Overlay[] {
  return choices.overlaid.value.flatMap((id, k) => {
    const row = others.rows.value.find((each) => each.id === id);
    const points = others.curves.value.get(id);
    if (!points || id === run.id) return [];
    return [{ name: row ? runName(row) : 'other run', colour: css(classColour(palette.value, k)), points }];
  });
}

/** Whether values are drawn by powers of ten. A score, which may be below 0, never is. */
export function isLogarithmic(context: LensContext): boolean {
  const { costScale, curve } = context.choices;
  switch (curve.value) {
    case 'score':
      return false;
    case 'cost':
      return costScale.value === 'auto' ? spansPowersOfTen(shownCurve(context)) : costScale.value === 'log';
    case 'gradient':
    case 'update':
    case 'rate': {
      if (costScale.value !== 'auto') return costScale.value === 'log';
      const values = linesFor(context).flatMap(({ data }) => data.map(({ y }) => y));
      return spans(values);
    }
    default:
      return curve.value satisfies never;
  }
}

/** The lines of the chosen curve, and what lies behind them. */
export const dataOf = (context: LensContext): CurveLine[] => ofEpochs(context, linesFor(context));

/** Points of a curve that the screen is given at most: about as many as it has columns. */
const MOST_ON_SCREEN = 600;

/** The same lines for the screen, which has no room for more points: what lies between two is in their band. */
export const screenData = (context: LensContext): CurveLine[] =>
  ofEpochs(context, linesFor(context, windowsOf(context).shown));

/** On a scale of powers of ten there is no epoch 0. */
function ofEpochs({ choices }: LensContext, lines: CurveLine[]): CurveLine[] {
  if (choices.epochScale.value === 'linear') return lines;
  return lines.map((line) => ({ ...line, data: line.data.filter(({ x }) => x > 0) }));
}

/** @param window of the screen, whose points are thinned to what it has room for; without it all are taken */
function linesFor(context: LensContext, window?: EpochWindow): CurveLine[] {
  const { run, palette, choices } = context;
  const curve = choices.curve.value;
  switch (curve) {
    case 'cost':
    case 'score': {
      const points = shownCurve(context);
      const shown = window ? onScreen(points, window) : points;
      const { baselines } = run.live.value;
      const isByDecades = choices.epochScale.value === 'log';
      return [
        ...linesOf(shown, run.ghost.value, palette.value, curve, overlaysOf(context)),
        ...baselineLines(
          baselines,
          curve,
          palette.value.muted,
          window ? around(window, isByDecades) : windowsOf(context).whole,
        ),
      ];
    }
    case 'gradient':
    case 'update':
      return layerLines(run.layers.value, curve, palette.value);
    case 'rate':
      return [rateLine(rateOf(context), palette.value.train)];
    default:
      return curve satisfies never;
  }
}

/** Wider than a window by itself on either side: no end of a line is in sight, to be pointed at in place of a point. */
const around = ({ from, to }: EpochWindow, isByDecades: boolean): EpochWindow =>
  isByDecades ? { from: from / 2, to: 2 * to } : { from: 2 * from - to, to: 2 * to - from };

/** The points in a window and the next on both sides; where there are too many, evenly thinned. */
export function onScreen(points: readonly CurvePoint[], { from, to }: EpochWindow): readonly CurvePoint[] {
  const first = Math.max(0, points.findIndex(({ epoch }) => epoch >= from) - 1);
  const beyond = points.findIndex(({ epoch }) => epoch > to);
  const end = beyond < 0 ? points.length : beyond + 1;
  const step = Math.ceil((end - first) / MOST_ON_SCREEN);
  const shown = first === 0 && end === points.length ? points : points.slice(first, end);
  // Counted from the start of the curve: a point that is shown stays when others follow.
  return step <= 1 ? shown : thinned(shown, (_, isLast, k) => isLast || (first + k) % step === 0);
}

/** The learning rate at the epochs of the curve. */
export const rateOf = (context: LensContext): Point[] =>
  ratePoints(
    context.run.live.value.rates ?? [],
    shownCurve(context).map(({ epoch }) => epoch),
  );
