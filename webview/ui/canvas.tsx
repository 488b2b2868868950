import type { CanvasHTMLAttributes } from 'preact';
import { useSignal, useSignalEffect } from '@preact/signals';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import { useDrawing } from './frameWork';
import type { Draw } from './pen';
import type { Rgb } from './theme';

export type { Draw } from './pen';

interface CanvasProps extends Omit<CanvasHTMLAttributes<HTMLCanvasElement>, 'ref' | 'height' | 'width'> {
  readonly draw: Draw;
  /** In CSS pixels, where the style sheet does not say it. */
  readonly tall?: number;
}

/**
 * A canvas of its CSS size times the pixel ratio; drawn anew, in its turn, on resize and when a signal that `draw` reads
 * changes.
 */
export function Canvas({ draw, tall, ...attributes }: CanvasProps) {
  const element = useSignal<HTMLCanvasElement | null>(null);
  const size = useSignal({ width: 0, height: 0 });
  // What has been scrolled away is drawn when it is back.
  const isInSight = useSignal(true);
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
    const ofSize = new ResizeObserver(([{ contentRect }]) => {
      size.value = { width: contentRect.width, height: contentRect.height };
    });
    const ofPlace = new IntersectionObserver((seen) => {
      isInSight.value = seen[seen.length - 1].isIntersecting;
    });
    ofSize.observe(canvas);
    ofPlace.observe(canvas);
    return () => {
      ofSize.disconnect();
      ofPlace.disconnect();
    };
  });
  useDrawing(() => {
    const { width, height } = size.value;
    const canvas = element.value;
    if (canvas && isInSight.value && width > 0 && height > 0) paint(canvas, latest.current, width, height);
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
  const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Another size takes new memory, which is not needed to have it empty.
  if (canvas.width === wide && canvas.height === tall) context.reset();
  else Object.assign(canvas, { width: wide, height: tall });
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw(context, width, height);
}

/** A picture of cells, one pixel each, row 0 on top; its memory serves the next of the same size. */
export class CellPicture {
  private readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d');
  private image: ImageData | undefined;
  private pixels = new Uint32Array();

  /** @param pixel of the cell that stands at `row * cols + col` */
  paint(rows: number, cols: number, pixel: (at: number) => number): HTMLCanvasElement {
    if (this.image?.width !== cols || this.image.height !== rows) {
      this.canvas.width = cols;
      this.canvas.height = rows;
      this.image = new ImageData(cols, rows);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    for (let at = 0; at < this.pixels.length; at++) this.pixels[at] = pixel(at);
    this.context?.putImageData(this.image, 0, 0);
    return this.canvas;
  }
}

/** A rows × cols picture, one pixel a cell, row 0 on top. */
export function heatmap(
  rows: number,
  cols: number,
  colour: (row: number, col: number) => Rgb,
): HTMLCanvasElement {
  const bytes = new Uint8ClampedArray(4);
  const packed = new Uint32Array(bytes.buffer);
  return new CellPicture().paint(rows, cols, (at) => {
    bytes.set(colour(Math.floor(at / cols), at % cols));
    bytes[3] = 255;
    return packed[0];
  });
}

/** Sets one style; the page's policy forbids styles in its text. */
export const styled = (property: string, value: string) => (element: HTMLElement | null) =>
  element?.style.setProperty(property, value);
