import type { Pen } from './pen';

/** The marks of classes: each has a shape as well as a colour. */
export function drawShape(context: Pen, k: number, x: number, y: number, r: number): void {
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

function polygon(context: Pen, ...corners: [number, number][]): void {
  corners.forEach(([x, y], k) => (k === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.closePath();
}
