import { short } from '../../src/core/format';
import { rowOf } from '../../src/core/verdicts/unitFacts';
import type { Range } from '../model/answers';
import {
  BINS,
  curveAt,
  edgesOf,
  histogramOf,
  isFlat,
  rangeOfA,
  rangeOfZ,
  slopeAt,
  type Curve,
  type Histogram,
} from '../model/histogram';
import type { Pen } from '../ui/pen';
import { drawCrossHair } from '../ui/points';
import type { LensContext } from '../ui/context';
import { classColour, css, type Palette } from '../ui/theme';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface UnitPoint {
  readonly z: number;
  readonly a: number;
}

/** What is drawn of a unit: where its z fall, and what bends them. */
export interface UnitPlot {
  readonly histogram: Histogram;
  readonly curve: Curve;
  /** z and a of the followed example; null where it is not among those that are passed through. */
  readonly followed: UnitPoint | null;
  /** Those of the examples that are chosen together; empty where one is alone. */
  readonly chosen: readonly UnitPoint[];
}

/** The plot of a unit as it is now. */
export function unitPlot(
  { run, models, choices }: LensContext,
  layer: number,
  unit: number,
  curve: Curve,
): UnitPlot | null {
  const pass = models.examples.value;
  const sample = run.sample.value;
  const { dataset } = run.view.value;
  if (!pass || !sample || !dataset || layer >= pass.A.length || unit >= pass.A[layer].rows) return null;
  const [z, a, { columns }] = [rowOf(pass.Z[layer], unit), rowOf(pass.A[layer], unit), pass.inputs];
  const classes = dataset.classes.length;
  const groupOf = classes > 0 ? (j: number) => sample.y[columns[j]] : null;
  const at = columns.indexOf(choices.example.value);
  return {
    histogram: histogramOf(z, rangeOfZ(z, curve), groupOf, Math.max(1, classes)),
    curve,
    followed: at < 0 ? null : { z: z[at], a: a[at] },
    chosen: choices.rows.value
      ? [...columns.keys()].filter((j) => choices.isChosen(columns[j])).map((j) => ({ z: z[j], a: a[j] }))
      : [],
  };
}

/** Points of a curve, so close that it looks round. */
const STEPS = 120;

/** The histogram with g on it and, dashed, its slope g′; shaded where g is so flat that no gradient passes. */
export function drawUnitPlot(pen: Pen, area: Area, plot: UnitPlot, colours: Palette, isLarge: boolean): void {
  const { histogram, curve, followed, chosen } = plot;
  const px = (z: number) => area.x + ((z - histogram.from) / (histogram.to - histogram.from)) * area.width;
  const bottom = area.y + area.height;
  pen.save();
  pen.beginPath();
  pen.rect(area.x, area.y, area.width, area.height);
  pen.clip();
  if (curve !== 'softmax') shadeFlat(curve);
  drawBars();
  pen.strokeStyle = colours.grid;
  pen.lineWidth = 1;
  line([
    [px(0), area.y],
    [px(0), bottom],
  ]);
  if (curve !== 'softmax') drawCurves(curve);
  pen.restore();

  function shadeFlat(g: Exclude<Curve, 'softmax'>): void {
    const edges = Array.from({ length: STEPS }, (_, k) => k).filter((k) => isFlat(g, zAt(k + 0.5)));
    pen.fillStyle = colours.muted;
    pen.globalAlpha = 0.13;
    const wide = area.width / STEPS;
    for (const k of edges) pen.fillRect(area.x + k * wide, area.y, wide, area.height);
    pen.globalAlpha = 1;
  }

  function drawBars(): void {
    const tall = area.height * 0.86;
    const gap = isLarge ? 1 : 0.5;
    for (let bin = 0; bin < BINS; bin++) {
      const { from, to } = edgesOf(histogram, bin);
      let top = bottom;
      histogram.groups.forEach((counts, group) => {
        if (counts[bin] === 0) return;
        const height = (counts[bin] / Math.max(1, histogram.most)) * tall;
        top -= height;
        pen.fillStyle = css(
          histogram.groups.length > 1 ? classColour(colours, group) : colours.positive,
          0.78,
        );
        pen.fillRect(px(from) + gap / 2, top, Math.max(0.5, px(to) - px(from) - gap), height);
      });
    }
  }

  function drawCurves(g: Exclude<Curve, 'softmax'>): void {
    const range = rangeOfA(g, histogram);
    const steepest = Math.max(...Array.from({ length: STEPS + 1 }, (_, k) => slopeAt(g, zAt(k))));
    const py = aToY(area, range);
    pen.lineJoin = 'round';
    pen.strokeStyle = colours.muted;
    pen.lineWidth = isLarge ? 1.5 : 1;
    pen.setLineDash([3, 3]);
    line(points((z) => bottom - ROOM - (slopeAt(g, z) / steepest) * (area.height - 2 * ROOM)));
    pen.setLineDash([]);
    pen.strokeStyle = colours.background;
    pen.lineWidth = isLarge ? 5 : 3.5;
    line(points((z) => py(curveAt(g, z))));
    pen.strokeStyle = colours.text;
    pen.lineWidth = isLarge ? 2.25 : 1.5;
    line(points((z) => py(curveAt(g, z))));
    pen.lineWidth = 1;
    for (const { z, a } of chosen) {
      line([
        [px(z), py(a) - (isLarge ? 6 : 4)],
        [px(z), py(a) + (isLarge ? 6 : 4)],
      ]);
    }
    if (followed) {
      drawCrossHair(pen, px(followed.z), py(followed.a), isLarge ? 3 : 2, colours, isLarge ? 6 : 4);
    }
  }

  function zAt(step: number): number {
    return histogram.from + (step / STEPS) * (histogram.to - histogram.from);
  }
  function points(y: (z: number) => number): [number, number][] {
    return Array.from({ length: STEPS + 1 }, (_, k) => [px(zAt(k)), y(zAt(k))]);
  }
  function line(corners: readonly (readonly [number, number])[]): void {
    pen.beginPath();
    corners.forEach(([x, y], k) => (k === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
    pen.stroke();
  }
}

/** Above and below a curve, so that a ring on it is whole. */
const ROOM = 7;

/** Where an activation stands in an area. */
export const aToY =
  (area: Area, { from, to }: Range) =>
  (a: number): number =>
    area.y + area.height - ROOM - ((a - from) / (to - from)) * (area.height - 2 * ROOM);

/** Ticks below a plot: its ends and 0. */
export function drawEnds(pen: Pen, area: Area, { from, to }: Range, { muted }: Palette): void {
  pen.fillStyle = muted;
  pen.font = '10px sans-serif';
  pen.textBaseline = 'top';
  const y = area.y + area.height + 2;
  pen.textAlign = 'left';
  pen.fillText(short(round(from)), area.x, y);
  pen.textAlign = 'center';
  pen.fillText('0', area.x + area.width / 2, y);
  pen.textAlign = 'right';
  pen.fillText(short(round(to)), area.x + area.width, y);
}

const round = (value: number): number => Number(value.toPrecision(2));
