import { useEffect, useRef } from 'preact/hooks';
import { useSignalEffect, useSignal } from '@preact/signals';
import type { Rgb } from './theme';

/** A canvas of its CSS size times the pixel ratio; `draw` works in CSS pixels and is redone on resize. */
export function useCanvas(draw: (context: CanvasRenderingContext2D, width: number, height: number) => void) {
  const ref = useRef<HTMLCanvasElement>(null);
  const size = useSignal({ width: 0, height: 0 });
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      size.value = { width, height };
    });
    observer.observe(canvas);
    return () => observer.disconnect();
  }, []);
  useSignalEffect(() => {
    const { width, height } = size.value;
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context || width === 0 || height === 0) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    latest.current(context, width, height);
  });
  return ref;
}

/** A rows × cols picture, one pixel a cell, row 0 on top. */
export function heatmap(
  rows: number,
  cols: number,
  colour: (row: number, col: number) => Rgb,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = cols;
  canvas.height = rows;
  const image = new ImageData(cols, rows);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const [r, g, b] = colour(row, col);
      image.data[at++] = r;
      image.data[at++] = g;
      image.data[at++] = b;
      image.data[at++] = 255;
    }
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

/** The marks of classes: each has a shape as well as a colour. */
export function drawShape(
  context: CanvasRenderingContext2D,
  k: number,
  x: number,
  y: number,
  r: number,
): void {
  context.beginPath();
  switch (k % 6) {
    case 0:
      context.arc(x, y, r, 0, 2 * Math.PI);
      break;
    case 1:
      context.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
      break;
    case 2:
      polygon(context, [x, y - 1.25 * r], [x + 1.15 * r, y + 0.85 * r], [x - 1.15 * r, y + 0.85 * r]);
      break;
    case 3:
      polygon(context, [x, y - 1.35 * r], [x + 1.35 * r, y], [x, y + 1.35 * r], [x - 1.35 * r, y]);
      break;
    case 4:
      polygon(context, [x, y + 1.25 * r], [x + 1.15 * r, y - 0.85 * r], [x - 1.15 * r, y - 0.85 * r]);
      break;
    default:
      context.rect(x - 0.5 * r, y - 1.3 * r, r, 2.6 * r);
  }
}

function polygon(context: CanvasRenderingContext2D, ...corners: [number, number][]): void {
  corners.forEach(([x, y], k) => (k === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.closePath();
}
