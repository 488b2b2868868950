import type { ComponentChildren, TargetedPointerEvent } from 'preact';
import { useRef } from 'preact/hooks';

/** A press that moves no further than this is a click. */
const STILL = 4;

/** A rectangle, in pixels of the picture. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** The size of the picture. */
  readonly width: number;
  readonly height: number;
}

interface BrushProps {
  /** Whether only what is across counts. */
  readonly across?: boolean;
  /** While it is drawn, whenever it has changed. */
  readonly onBrush: (box: Box) => void;
  /** It is let go. */
  readonly onDone: () => void;
  readonly children: ComponentChildren;
}

/** Draws a rectangle over the picture in it while the mouse or a pen is dragged; what follows that is no click. */
export function Brush({ across = false, onBrush, onDone, children }: BrushProps) {
  const frame = useRef<HTMLDivElement>(null);
  const start = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const isDragging = useRef(false);
  const placeOf = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const within = (at: number, size: number) => Math.max(0, Math.min(size, at));
    return { x: within(event.clientX - left, width), y: within(event.clientY - top, height), width, height };
  };
  const move = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const from = start.current;
    if (!from) return;
    const { x, y, width, height } = placeOf(event);
    if (!isDragging.current) {
      if (Math.hypot(x - from.x, y - from.y) < STILL) return;
      isDragging.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    const box = {
      ...{ left: Math.min(from.x, x), right: Math.max(from.x, x), width, height },
      ...(across ? { top: 0, bottom: height } : { top: Math.min(from.y, y), bottom: Math.max(from.y, y) }),
    };
    show(box);
    onBrush(box);
  };
  const end = () => {
    start.current = null;
    if (!isDragging.current) return;
    show(null);
    onDone();
  };
  const show = (box: Box | null) => {
    const element = frame.current;
    if (!element) return;
    element.hidden = box === null;
    if (!box) return;
    const { left, right, top, bottom } = box;
    const places = { left, top, width: right - left, height: bottom - top };
    for (const [name, value] of Object.entries(places)) element.style.setProperty(name, `${value}px`);
  };
  return (
    <div
      class="brush"
      onPointerDown={(event) => {
        isDragging.current = false;
        // A finger that is drawn over a picture scrolls the page.
        if (event.button === 0 && event.pointerType !== 'touch') start.current = placeOf(event);
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onClickCapture={(event) => {
        if (isDragging.current) event.stopPropagation();
        isDragging.current = false;
      }}
    >
      {children}
      <div ref={frame} class="brushBox" aria-hidden="true" hidden />
    </div>
  );
}
