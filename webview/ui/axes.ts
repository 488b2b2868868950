import { cut, short } from '../../src/core/format';
import type { Axis } from '../model/plane';
import type { Pen } from './pen';
import type { Palette } from './theme';

/** Room for the axes around a map, in CSS pixels. */
export const LEFT = 58;
/** Of the name that stands upright at the left. */
const NAME = 18;
/** Between a number and its axis. */
const GAP = 5;
export const RIGHT = 8;
export const TOP = 8;
export const BOTTOM = 34;

/** A frame around `area` with round numbers and the names of what is across and up. */
export function drawAxes(
  context: Pen,
  area: { x: number; y: number; width: number; height: number },
  x: Pick<Axis, 'name' | 'from' | 'to'>,
  y: Pick<Axis, 'name'> | null,
  vertical: { from: number; to: number },
  { muted, grid: line, text }: Palette,
  target: string,
): void {
  context.save();
  context.strokeStyle = line;
  context.strokeRect(area.x + 0.5, area.y + 0.5, area.width - 1, area.height - 1);
  context.fillStyle = muted;
  context.font = '11px sans-serif';
  context.textBaseline = 'top';
  context.textAlign = 'center';
  let end = -Infinity;
  for (const tick of ticks(x.from, x.to)) {
    const at = area.x + ((tick - x.from) / (x.to - x.from)) * area.width;
    const half = context.measureText(short(tick)).width / 2;
    // On a narrow map one number would run into the next.
    if (at - half < end + GAP) continue;
    end = at + half;
    context.fillText(short(tick), at, area.y + area.height + 4);
  }
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of ticks(vertical.from, vertical.to)) {
    const at = area.y + (1 - (tick - vertical.from) / (vertical.to - vertical.from)) * area.height;
    context.fillText(short(tick), area.x - GAP, at, area.x - GAP - NAME);
  }
  context.fillStyle = text;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  const across = fitted(context, x.name, area.width);
  context.fillText(across, area.x + area.width / 2, area.y + area.height + BOTTOM);
  context.translate(10, area.y + area.height / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'middle';
  context.fillText(fitted(context, y?.name ?? target, area.height), 0, 0);
  context.restore();
}

/** As much of a name as there is room for. */
export function fitted(context: Pen, name: string, room: number): string {
  if (context.measureText(name).width <= room) return name;
  let [fits, most] = [0, name.length];
  while (most - fits > 1) {
    const middle = (fits + most) >> 1;
    if (context.measureText(cut(name, middle)).width <= room) fits = middle;
    else most = middle;
  }
  return fits < 2 ? '' : cut(name, fits);
}

/** Three to six round numbers within a range. */
export function ticks(from: number, to: number): number[] {
  const raw = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((f) => f * power).find((candidate) => candidate >= raw) ?? raw;
  const out: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step)
    out.push(Number(tick.toPrecision(10)));
  return out;
}
