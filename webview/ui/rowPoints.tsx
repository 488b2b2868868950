import type { ReadonlySignal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { BOTTOM, drawAxes, LEFT, RIGHT, TOP } from './axes';
import { Canvas } from './canvas';
import { cellAfter } from './cells';
import type { Draw, Pen } from './pen';
import { drawPoint, type DrawnExample } from './points';
import type { Palette } from './theme';

/** A point this near to the pointer, in pixels, is meant. */
const NEAR = 8;
const TALL = 320;

export interface RowAxis {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

interface RowPointsProps {
  /** What is across and up of each row, in the units of the axes. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly across: RowAxis;
  readonly up: RowAxis;
  readonly palette: ReadonlySignal<Palette>;
  /** Draws what lies behind the points. */
  behind?(pen: Pen, area: Area, colours: Palette): void;
  look(k: number, colours: Palette): Pick<DrawnExample, 'k' | 'colour' | 'isTest' | 'isWrong'>;
  /** The row that is followed; −1: none is. */
  readonly followed: number;
  readonly name: string;
  readonly label: string;
  /** What is said of a row. */
  text(k: number): string;
  choose(k: number): void;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const areaOf = (width: number, height: number): Area => ({
  ...{ x: LEFT, y: TOP },
  ...{ width: width - LEFT - RIGHT, height: height - TOP - BOTTOM },
});

/** Rows as points between two axes: arrow keys go from row to row, a click or Enter chooses one. */
export function RowPoints(props: RowPointsProps) {
  const { x, y, across, up, palette, behind, look, followed, name, label, text, choose } = props;
  const pointed = useSignal(-1);
  const draw: Draw = (pen, width, height) => {
    const colours = palette.value;
    const area = areaOf(width, height);
    behind?.(pen, area, colours);
    drawAxes(pen, area, across, up, up, colours, up.name);
    pen.save();
    pen.beginPath();
    pen.rect(area.x, area.y, area.width, area.height);
    pen.clip();
    const marked = pointed.value >= 0 ? pointed.value : followed;
    const alpha = x.length > 800 ? 0.65 : 0.95;
    const point = (k: number) => {
      const [px, py] = placeOf(area, across, up, x[k], y[k]);
      drawPoint(pen, { ...look(k, colours), x: px, y: py, alpha, isFollowed: k === marked }, colours);
    };
    for (let k = 0; k < x.length; k++) if (k !== marked) point(k);
    // So that the others do not hide it.
    if (marked >= 0) point(marked);
    pen.restore();
  };
  const under = (event: MouseEvent): number => {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const [atX, atY] = [event.clientX - left, event.clientY - top];
    let [nearest, least] = [-1, NEAR * NEAR];
    for (let k = 0; k < x.length; k++) {
      const [px, py] = placeOf(areaOf(width, height), across, up, x[k], y[k]);
      const distance = (px - atX) ** 2 + (py - atY) ** 2;
      if (distance < least) [nearest, least] = [k, distance];
    }
    return nearest;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = pointed.value >= 0 ? pointed.value : followed;
    const to = cellAfter(event.key, from < 0 ? null : { row: 0, col: from }, 1, x.length);
    if (to && x.length > 0) pointed.value = to.col;
    else if (event.key === 'Enter' && pointed.value >= 0) choose(pointed.value);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Canvas
        class={name}
        draw={draw}
        tall={TALL}
        role="img"
        tabIndex={0}
        aria-label={`${label} Arrow keys go from row to row, Enter fills the form above with one.`}
        data-pointed={pointed.value}
        onMouseMove={(event) => (pointed.value = under(event))}
        onMouseLeave={() => (pointed.value = -1)}
        onBlur={() => (pointed.value = -1)}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const k = under(event);
          if (k >= 0) choose(k);
        }}
      />
      <p class="pointed" role="status">
        {pointed.value >= 0
          ? `${text(pointed.value)}. ${
              pointed.value === followed
                ? 'The form above starts from it.'
                : 'Enter or a click fills the form above with it.'
            }`
          : 'Point at a row, or go through them by the arrow keys.'}
      </p>
    </>
  );
}

const placeOf = (area: Area, across: RowAxis, up: RowAxis, x: number, y: number): [number, number] => [
  area.x + ((x - across.from) / (across.to - across.from)) * area.width,
  area.y + (1 - (y - up.from) / (up.to - up.from)) * area.height,
];
