import type { CanvasHTMLAttributes } from 'preact';
import { useSignal, useSignalEffect } from '@preact/signals';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import type { Draw } from './pen';
import type { Rgb } from './theme';

export type { Draw } from './pen';

interface CanvasProps extends Omit<CanvasHTMLAttributes<HTMLCanvasElement>, 'ref' | 'height' | 'width'> {
  readonly draw: Draw;
  /** In CSS pixels, where the style sheet does not say it. */
  readonly tall?: number;
}

/** A canvas of its CSS size times the pixel ratio; drawn anew on resize and when a signal that `draw` reads changes. */
export function Canvas({ draw, tall, ...attributes }: CanvasProps) {
  const element = useSignal<HTMLCanvasElement | null>(null);
  const size = useSignal({ width: 0, height: 0 });
  const latest = useRef(draw);
  latest.current = draw;
  const ref = useCallback((canvas: HTMLCanvasElement | null) => {
    element.value = canvas;
  }, []);
  useLayoutEffect(() => {
    if (tall !== undefined) element.value?.style.setProperty('height', `${tall}px`);
  }, [tall]);
  useSignalEffect(() => {
    const canvas = element.value;
    if (!canvas) return undefined;
    const observer = new ResizeObserver(([{ contentRect }]) => {
      size.value = { width: contentRect.width, height: contentRect.height };
    });
    observer.observe(canvas);
    return () => observer.disconnect();
  });
  useSignalEffect(() => {
    const { width, height } = size.value;
    const canvas = element.value;
    if (canvas && width > 0 && height > 0) paint(canvas, latest.current, width, height);
  });
  return <canvas ref={ref} {...attributes} />;
}

/** Makes a canvas as large as it has to be, empty, and draws on it. */
export function paint(
  canvas: HTMLCanvasElement,
  draw: Draw,
  width: number,
  height: number,
  ratio = window.devicePixelRatio || 1,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw(context, width, height);
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

/** Sets one style; the page's policy forbids styles in its text. */
export const styled = (property: string, value: string) => (element: HTMLElement | null) =>
  element?.style.setProperty(property, value);
