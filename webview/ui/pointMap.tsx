import type { Signal } from '@preact/signals';
import type { CanvasHTMLAttributes } from 'preact';
import { useRef } from 'preact/hooks';
import { Brush, type Box } from './brush';
import { Canvas } from './canvas';
import { cellAfter } from './cells';
import type { LensContext } from './context';
import type { Draw } from './pen';
import { chooseRange, chooseRow, goToRow, lightRows, showRows } from './rows';

/** An example this near to the pointer, in pixels, is meant. */
const NEAR = 8;

export const MAP_HINT =
  'Point for exact numbers; click an example to choose its row, twice to go there; drag to choose several.';
export const MAP_KEYS =
  'Arrow keys go from example to example, with Shift they choose all on the way, Enter shows the row.';

/** An example as a point of the picture, in pixels. */
export interface Placed {
  readonly example: number;
  readonly x: number;
  readonly y: number;
}

/** What is pointed at: an example, and where the pointer is, unless a key has led there. */
export interface Pointed {
  readonly example: number | null;
  /** In pixels of the picture, with its size. */
  readonly at: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  } | null;
}

interface PointMapProps extends Pick<CanvasHTMLAttributes<HTMLCanvasElement>, 'class' | 'aria-label'> {
  readonly context: LensContext;
  readonly draw: Draw;
  readonly pointed: Signal<Pointed | null>;
  /** Where the examples stand on a picture of this size. */
  readonly places: (width: number, height: number) => readonly Placed[];
  /** The examples as the keys go through them. */
  readonly order: readonly number[];
  /** What else is told of the canvas. */
  readonly data?: Readonly<Record<`data-${string}`, string | number | undefined>>;
}

/**
 * A picture with an example at each of its points: a click chooses one, two go to its row, a drag chooses those in a
 * rectangle; arrow keys go from one to the next, with Shift they choose all on the way, Enter goes to the row.
 */
export function PointMap({ context, draw, pointed, places, order, data, ...attributes }: PointMapProps) {
  const anchor = useRef<number | null>(null);
  const under = (event: MouseEvent): Pointed => {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const at = { x: event.clientX - left, y: event.clientY - top, width, height };
    let [example, least]: [number | null, number] = [null, NEAR * NEAR];
    for (const placed of places(width, height)) {
      const distance = (placed.x - at.x) ** 2 + (placed.y - at.y) ** 2;
      if (distance < least) [example, least] = [placed.example, distance];
    }
    return { example, at };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { example: followed } = context.choices;
    const from = pointed.value ? order.indexOf(pointed.value.example ?? followed.value) : -1;
    const to = cellAfter(event.key, from < 0 ? null : { row: 0, col: from }, 1, order.length);
    if (to && order.length > 0) {
      pointed.value = { example: order[to.col], at: null };
      if (event.shiftKey) {
        anchor.current ??= Math.max(0, order.indexOf(followed.value));
        chooseRange(context, order, anchor.current, to.col);
      } else {
        anchor.current = null;
        chooseRow(context, order[to.col]);
      }
    } else if (event.key === 'Enter') goToRow(context, followed.value);
    else return;
    event.preventDefault();
  };
  const brush = ({ width, height, ...box }: Box) =>
    lightRows(
      context,
      places(width, height).flatMap(({ example, x, y }) =>
        x >= box.left && x <= box.right && y >= box.top && y <= box.bottom ? [example] : [],
      ),
    );
  return (
    <Brush onBrush={brush} onDone={() => showRows(context)}>
      <Canvas
        {...attributes}
        {...data}
        draw={draw}
        role="img"
        tabIndex={0}
        data-chosen={context.choices.rows.value?.examples.size ?? 1}
        onMouseMove={(event) => (pointed.value = under(event))}
        onMouseLeave={() => (pointed.value = null)}
        onBlur={() => {
          pointed.value = null;
          anchor.current = null;
        }}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const { example } = under(event);
          if (example === null) return;
          if (event.detail > 1) goToRow(context, example);
          else chooseRow(context, example);
        }}
      />
    </Brush>
  );
}
