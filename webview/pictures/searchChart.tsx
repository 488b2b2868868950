import { computed, signal } from '@preact/signals';
import { count, full, short, whole } from '../../src/core/format';
import { networkName, pointsOf, scoreRange, type FoundPoint } from '../model/find';
import { BOTTOM, fitted, LEFT, RIGHT, ticks, TOP } from '../ui/axes';
import { Canvas } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { Hover } from '../ui/examples';
import type { Draw } from '../ui/pen';
import { scoreTitle } from '../ui/scoreName';
import type { Picture } from './picture';

/** Between the frame and the outermost points. */
const INSIDE = 10;

/** Score with its deviation over the size of the model, of all that a search has compared. */
export function searchPicture({ find, run, palette }: LensContext): Picture {
  const pointed = signal<number | null>(null);
  const points = computed(() => pointsOf(find.of(run.id)));
  const score = () => scoreTitle({ run });
  const exact = ({ candidate, score: mean, deviation, isBest }: FoundPoint) =>
    `${networkName(candidate)}, ${whole(candidate.parameters)} numbers: ${full(mean)} ± ${full(deviation)} on ${count(candidate.folds, 'fold')}${isBest ? ', ringed' : ''}`;

  const draw: Draw = (pen, width, height) => {
    const { train, muted, text, gridLine } = palette.value;
    const all = points.value;
    const area = { x: LEFT, y: TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM };
    const { from, to } = scoreRange(all);
    const px = ({ across }: FoundPoint) => area.x + INSIDE + across * (area.width - 2 * INSIDE);
    const py = (value: number) =>
      area.y + (1 - (Math.min(to, Math.max(from, value)) - from) / (to - from)) * area.height;
    const lineTo = (x1: number, y1: number, x2: number, y2: number) => {
      pen.beginPath();
      pen.moveTo(x1, y1);
      pen.lineTo(x2, y2);
      pen.stroke();
    };
    pen.save();
    pen.font = '11px sans-serif';
    pen.textBaseline = 'middle';
    pen.textAlign = 'right';
    for (const tick of ticks(from, to)) {
      pen.strokeStyle = gridLine;
      lineTo(area.x, py(tick), area.x + area.width, py(tick));
      pen.fillStyle = muted;
      pen.fillText(short(tick), area.x - 5, py(tick));
    }
    pen.textAlign = 'center';
    pen.textBaseline = 'top';
    pen.fillStyle = muted;
    let free = -Infinity;
    for (const point of all) {
      const label = whole(point.candidate.parameters);
      const half = pen.measureText(label).width / 2;
      const at = Math.min(px(point), area.x + area.width - half);
      if (at - half < free) continue;
      pen.fillText(label, at, area.y + area.height + 4);
      free = at + half + 8;
    }
    pen.fillStyle = text;
    pen.textBaseline = 'bottom';
    const across = fitted(pen, 'Numbers that are learnt', area.width);
    pen.fillText(across, area.x + area.width / 2, area.y + area.height + BOTTOM);
    for (const point of all) {
      const [x, y] = [px(point), py(point.score)];
      pen.strokeStyle = pen.fillStyle = point.isWhole ? train : muted;
      if (point.isWhole) lineTo(x, py(point.score - point.deviation), x, py(point.score + point.deviation));
      pen.beginPath();
      pen.arc(x, y, point.isWhole ? 3 : 2, 0, 2 * Math.PI);
      if (point.isWhole) pen.fill();
      else pen.stroke();
    }
    const best = all.find(({ isBest }) => isBest);
    if (best) {
      pen.strokeStyle = text;
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(px(best), py(best.score), 7, 0, 2 * Math.PI);
      pen.stroke();
      pen.lineWidth = 1;
    }
    const at = pointed.value === null ? undefined : all[pointed.value];
    if (at) {
      pen.strokeStyle = text;
      lineTo(px(at), area.y, px(at), area.y + area.height);
    }
    pen.restore();
  };

  const nearest = (x: number, y: number, width: number, height: number): number | null => {
    const { from, to } = scoreRange(points.value);
    const room = { width: width - LEFT - RIGHT - 2 * INSIDE, height: height - TOP - BOTTOM };
    let [found, least] = [null as number | null, Infinity];
    points.value.forEach((point, k) => {
      const dx = LEFT + INSIDE + point.across * room.width - x;
      const dy = TOP + (1 - (point.score - from) / (to - from)) * room.height - y;
      const distance = dx * dx + dy * dy;
      if (distance < least) [found, least] = [k, distance];
    });
    return found;
  };

  return {
    name: 'search',
    title: () => `${score()} over the size of the model`,
    view: () => {
      const at = pointed.value === null ? undefined : points.value[pointed.value];
      return (
        <>
          <Canvas
            class="lines"
            tall={240}
            draw={draw}
            role="img"
            tabIndex={0}
            data-points={points.value.length}
            aria-label={`${score()} on the folds over the numbers that are learnt. Arrow keys go from point to point.`}
            onMouseMove={({ offsetX, offsetY, currentTarget: { clientWidth, clientHeight } }) =>
              (pointed.value = nearest(offsetX, offsetY, clientWidth, clientHeight))
            }
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
          <Hover text={at ? exact(at) : ''} otherwise="Point at a candidate for exact numbers." />
        </>
      );
    },
    caption: () =>
      'Each point is a candidate: its mean score on the folds, the line one standard deviation to each side; a hollow one was given up after fewer folds. The ring is the one that is chosen. The axis is by powers of ten.',
    numbers: () => ({
      columns: ['Numbers', 'Mean', 'Deviation', 'Folds', 'Network'],
      rows: points.value.map(({ candidate, score: mean, deviation }) => [
        ...[candidate.parameters, mean, deviation, candidate.folds],
        networkName(candidate),
      ]),
    }),
    drawing: () => (points.value.length > 0 ? { draw, width: 640, height: 300 } : null),
  };
}
