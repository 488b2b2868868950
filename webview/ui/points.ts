import type { LensContext } from './context';
import type { Pen } from './pen';
import { drawShape } from './shapes';
import { css, type Palette, type Rgb } from './theme';

const RADIUS = 3;
/** Of a stroke of a cross-hair. */
const LENGTH = 6;
/** Above this many examples they are drawn fainter, so that the map can be seen behind them. */
const CROWD = 800;
/** Of what is not chosen, where several are. */
const FAINT = 0.2;

/** How an example stands among those that are chosen. */
export function standing(
  { choices }: Pick<LensContext, 'choices'>,
  example: number,
  examples: number,
): Pick<DrawnExample, 'alpha' | 'isFollowed'> {
  const isFaint = choices.rows.value !== null && !choices.isChosen(example);
  return {
    alpha: isFaint ? FAINT : examples > CROWD ? 0.65 : 0.95,
    isFollowed: example === choices.example.value,
  };
}

/** Those that are chosen last, and after them the followed one, so that the others do not hide them. */
export function chosenLast(
  { choices }: Pick<LensContext, 'choices'>,
  examples: readonly number[],
  exampleAt = (k: number) => k,
): readonly number[] {
  const followed = choices.example.value;
  const placeOf = (k: number) => (exampleAt(k) === followed ? 2 : Number(choices.isChosen(exampleAt(k))));
  return [0, 1, 2].flatMap((place) => examples.filter((k) => placeOf(k) === place));
}

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

/** A class's mark, hollow for the test set; ringed where the network is wrong, in a cross-hair where it is followed. */
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
  // A ring is no stronger than what it is around.
  pen.globalAlpha = alpha === FAINT ? FAINT : 1;
  if (isWrong) ring(2.5, 1);
  if (isFollowed) drawCrossHair(pen, x, y, RADIUS + 2.5, colours);
  pen.globalAlpha = 1;

  function ring(gap: number, width: number): void {
    pen.beginPath();
    pen.arc(x, y, RADIUS + gap, 0, 2 * Math.PI);
    pen.lineWidth = width;
    pen.strokeStyle = colours.text;
    pen.stroke();
  }
}

/** Four strokes towards what is followed, which leave it bare: rings are of what is wrong. */
export function drawCrossHair(
  pen: Pen,
  x: number,
  y: number,
  gap: number,
  colours: Palette,
  length = LENGTH,
): void {
  const far = gap + length;
  for (const [colour, width, more] of [
    [colours.background, 4.5, 1],
    [colours.text, 2.25, 0],
  ] as const) {
    pen.beginPath();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      pen.moveTo(x + dx * (gap - more), y + dy * (gap - more));
      pen.lineTo(x + dx * (far + more), y + dy * (far + more));
    }
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.stroke();
  }
}
