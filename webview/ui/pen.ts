/**
 * What a drawing may use of a canvas's context: what a canvas paints and what an SVG file can hold too. A drawing gets
 * an empty surface in CSS pixels; it neither clears nor scales it.
 */
export interface Pen {
  get fillStyle(): string | CanvasGradient | CanvasPattern;
  set fillStyle(colour: string);
  get strokeStyle(): string | CanvasGradient | CanvasPattern;
  set strokeStyle(colour: string);
  globalAlpha: number;
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  imageSmoothingEnabled: boolean;

  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
  rotate(angle: number): void;

  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(cx1: number, cy1: number, cx2: number, cy2: number, x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number, counterclockwise?: boolean): void;
  rect(x: number, y: number, width: number, height: number): void;
  closePath(): void;
  clip(): void;
  fill(): void;
  stroke(): void;
  setLineDash(dash: number[]): void;

  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number, most?: number): void;
  strokeText(text: string, x: number, y: number, most?: number): void;
  measureText(text: string): { readonly width: number };
  drawImage(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void;
}

/** Draws in CSS pixels. */
export type Draw = (pen: Pen, width: number, height: number) => void;

/** What is drawn, and the room that it takes where a picture stands alone. */
export interface Drawing {
  readonly draw: Draw;
  readonly width: number;
  readonly height: number;
}

const GAP = 10;

/** Drawings one below the other. */
export function stacked(drawings: readonly Drawing[]): Drawing {
  const tops: number[] = [];
  let height = 0;
  for (const drawing of drawings) {
    tops.push(height);
    height += drawing.height + GAP;
  }
  return {
    width: Math.max(0, ...drawings.map(({ width }) => width)),
    height: Math.max(0, height - GAP),
    draw: (pen) =>
      drawings.forEach((drawing, k) => {
        pen.save();
        pen.translate(0, tops[k]);
        drawing.draw(pen, drawing.width, drawing.height);
        pen.restore();
      }),
  };
}
