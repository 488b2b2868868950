import type { Pen } from './pen';
import { drawShape } from './shapes';
import { css, type Palette, type Rgb } from './theme';

const RADIUS = 3;

/** An example as it is drawn on a map. */
export interface DrawnExample {
  readonly x: number;
  readonly y: number;
  /** Its class; null where the target is a number. */
  readonly k: number | null;
  readonly colour: Rgb;
  readonly alpha: number;
  readonly isTest: boolean;
  readonly isWrong: boolean;
  readonly isFollowed: boolean;
}

/** A class's mark, hollow for the test set; ringed thinly where the network is wrong, and boldly where it is followed. */
export function drawPoint(pen: Pen, point: DrawnExample, colours: Palette): void {
  const { x, y, k, colour, alpha, isTest, isWrong, isFollowed } = point;
  drawShape(pen, k ?? 0, x, y, RADIUS);
  if (isTest) {
    pen.lineWidth = 1.75;
    pen.strokeStyle = css(colour, alpha);
  } else {
    pen.fillStyle = css(colour, alpha);
    pen.fill();
    pen.lineWidth = 0.75;
    // A number near the mean has the colour of the map behind it.
    pen.strokeStyle = k === null ? colours.muted : colours.background;
  }
  pen.stroke();
  if (isWrong) ring(2.5, 1);
  if (isFollowed) ring(5, 2.5);

  function ring(gap: number, width: number): void {
    pen.beginPath();
    pen.arc(x, y, RADIUS + gap, 0, 2 * Math.PI);
    pen.lineWidth = width;
    pen.strokeStyle = colours.text;
    pen.stroke();
  }
}
