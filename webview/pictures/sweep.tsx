import { computed, signal } from '@preact/signals';
import { full, short } from '../../src/core/format';
import { sweepOf, type Experiment, type SweepPoint } from '../model/lab';
import { BOTTOM, fitted, LEFT, RIGHT, ticks, TOP } from '../ui/axes';
import { Canvas } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { Hover } from '../ui/examples';
import type { Draw, Pen } from '../ui/pen';
import { scoreTitle } from '../ui/scoreName';
import type { Picture } from './picture';

/** Room for the names of the lines, above them. */
const NAMES = 18;

/** Training and test scores over what an experiment varies. */
export function sweepPicture(context: LensContext): Picture {
  const { lab, choices, palette, run } = context;
  const pointed = signal<number | null>(null);
  const experiment = (): Experiment | undefined => lab.of(run.id).get(choices.experiment.value);
  const points = computed((): readonly SweepPoint[] => {
    const shown = experiment();
    return shown
      ? sweepOf(
          shown.kind,
          shown.tiles.map(({ view }) => view.value),
        )
      : [];
  });
  const isRate = () => choices.experiment.value === 'learningRate';
  const what = () => (isRate() ? 'Learning rate' : 'Hidden units');
  const score = () => scoreTitle({ run });
  const exact = ({ at, train, test }: SweepPoint) =>
    `${what()} ${full(at)}: training ${full(train)}${test === null ? '' : `, test ${full(test)}`}`;

  const draw: Draw = (pen, width, height) => {
    const { train, test, muted, text, gridLine } = palette.value;
    const all = points.value;
    const area = {
      x: LEFT,
      y: TOP + NAMES,
      width: width - LEFT - RIGHT - 8,
      height: height - TOP - NAMES - BOTTOM,
    };
    const { from, to } = rangeOf(all);
    const px = ({ across }: SweepPoint) => area.x + 8 + across * (area.width - 16);
    const py = (value: number) => area.y + (1 - (Math.max(from, value) - from) / (to - from)) * area.height;
    pen.save();
    pen.font = '11px sans-serif';
    pen.textBaseline = 'middle';
    pen.textAlign = 'right';
    for (const tick of ticks(from, to)) {
      pen.strokeStyle = gridLine;
      line(pen, [
        [area.x, py(tick)],
        [area.x + area.width, py(tick)],
      ]);
      pen.fillStyle = muted;
      pen.fillText(short(tick), area.x - 5, py(tick));
    }
    pen.textAlign = 'center';
    pen.textBaseline = 'top';
    pen.fillStyle = muted;
    let free = -Infinity;
    for (const point of all) {
      const label = short(point.at);
      const half = pen.measureText(label).width / 2;
      if (px(point) - half < free) continue;
      pen.fillText(label, px(point), area.y + area.height + 4);
      free = px(point) + half + 4;
    }
    pen.fillStyle = text;
    pen.textBaseline = 'bottom';
    pen.fillText(fitted(pen, what(), area.width), area.x + area.width / 2, area.y + area.height + BOTTOM);
    const hasTest = all.some((point) => point.test !== null);
    series(
      pen,
      all.map((point) => [px(point), py(point.train)]),
      train,
      [],
    );
    if (hasTest) {
      const tested = all.flatMap((point) =>
        point.test === null ? [] : [[px(point), py(point.test)] as const],
      );
      series(pen, tested, test, [6, 3]);
    }
    const at = pointed.value === null ? undefined : all[pointed.value];
    if (at) {
      pen.strokeStyle = text;
      line(pen, [
        [px(at), area.y],
        [px(at), area.y + area.height],
      ]);
    }
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    named(pen, `${score()}: training`, area.x, TOP + NAMES / 2, train, [], text);
    if (hasTest) named(pen, 'test', area.x + 140, TOP + NAMES / 2, test, [6, 3], text);
    pen.restore();
  };

  return {
    name: 'sweep',
    title: () => `${score()} over the ${isRate() ? 'learning rate' : 'hidden size'}`,
    view: () => {
      const at = pointed.value === null ? undefined : points.value[pointed.value];
      return (
        <>
          <Canvas
            class="lines"
            tall={220}
            draw={draw}
            role="img"
            tabIndex={0}
            data-points={points.value.length}
            aria-label={`${score()} over the ${what().toLowerCase()}. Arrow keys go from point to point.`}
            onMouseMove={({ offsetX, currentTarget }) => {
              const room = currentTarget.clientWidth - LEFT - RIGHT - 24;
              pointed.value = nearest(points.value, (offsetX - LEFT - 8) / room);
            }}
            onMouseLeave={() => (pointed.value = null)}
            onBlur={() => (pointed.value = null)}
            onKeyDown={(event) => {
              const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
              if (step === 0 || points.value.length === 0) return;
              event.preventDefault();
              const last = points.value.length - 1;
              pointed.value = Math.max(
                0,
                Math.min(last, (pointed.value ?? (step > 0 ? -1 : last + 1)) + step),
              );
            }}
          />
          <Hover text={at ? exact(at) : ''} otherwise="Point at the curve for exact numbers." />
        </>
      );
    },
    caption: () =>
      isRate()
        ? 'Each point is a training of its own. The axis is by powers of ten; one that diverged stands at its last finite score.'
        : 'Each point is a training of its own. Where training goes on rising and test falls, the network overfits. The axis is by log(1 + n).',
    numbers: () => ({
      columns: [what(), 'Training', 'Test'],
      rows: points.value.map(({ at, train, test }) => [at, train, test ?? '']),
    }),
    drawing: () => (points.value.length > 0 ? { draw, width: 640, height: 300 } : null),
  };
}

/** The scores, with some room; R² may be far below 0, which is not looked at any more. */
function rangeOf(points: readonly SweepPoint[]): { from: number; to: number } {
  const scores = points.flatMap(({ train, test }) => (test === null ? [train] : [train, test]));
  if (scores.length === 0) return { from: 0, to: 1 };
  const from = Math.max(-0.2, Math.min(...scores));
  const to = Math.max(from, ...scores);
  const margin = Math.max(0.02, (to - from) * 0.08);
  return { from: from - margin, to: Math.min(1, to) + margin };
}

function nearest(points: readonly SweepPoint[], across: number): number | null {
  let found: number | null = null;
  points.forEach((point, k) => {
    if (found === null || Math.abs(point.across - across) < Math.abs(points[found].across - across))
      found = k;
  });
  return found;
}

type Place = readonly [x: number, y: number];

function line(pen: Pen, places: readonly Place[]): void {
  pen.beginPath();
  places.forEach(([x, y], k) => (k === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
  pen.stroke();
}

function series(pen: Pen, places: readonly Place[], colour: string, dash: number[]): void {
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = 1.75;
  pen.setLineDash(dash);
  line(pen, places);
  pen.setLineDash([]);
  for (const [x, y] of places) {
    pen.beginPath();
    pen.arc(x, y, 3, 0, 2 * Math.PI);
    if (dash.length > 0) pen.stroke();
    else pen.fill();
  }
  pen.lineWidth = 1;
}

function named(
  pen: Pen,
  name: string,
  x: number,
  y: number,
  colour: string,
  dash: number[],
  text: string,
): void {
  pen.strokeStyle = colour;
  pen.setLineDash(dash);
  line(pen, [
    [x, y],
    [x + 18, y],
  ]);
  pen.setLineDash([]);
  pen.fillStyle = text;
  pen.fillText(name, x + 23, y);
}
