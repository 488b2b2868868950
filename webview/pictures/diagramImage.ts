import { layoutOf, NODE, nodeName, unitColour, unitMap } from '../model/diagram';
import { heatmap, imageOf } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { css } from '../ui/theme';
import type { Edge } from './diagram';

const WIDTH = 640;

/** The diagram on one canvas; on the page its units are buttons and its edges have titles. */
export function diagramImage(
  { run, models, palette }: LensContext,
  edges: readonly Edge[],
): HTMLCanvasElement | null {
  const { network } = run.view.value;
  const pass = models.grid.value;
  if (!network || !pass) return null;
  const layout = layoutOf(network);
  const x = (l: number) => (layout.across(l) / 100) * WIDTH;
  const colours = palette.value;
  return imageOf(
    (canvas) => {
      for (const { l, i, k, w, strength } of edges) {
        const [x1, y1] = [x(l - 1), layout.top(l - 1, k) + NODE / 2];
        const [x2, y2] = [x(l), layout.top(l, i) + NODE / 2];
        const bend = (x2 - x1) / 2;
        canvas.beginPath();
        canvas.moveTo(x1, y1);
        canvas.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
        canvas.strokeStyle = css(w < 0 ? colours.negative : colours.positive, 0.25 + 0.75 * strength);
        canvas.lineWidth = 0.75 + 4 * strength;
        canvas.stroke();
      }
      canvas.font = '11px sans-serif';
      canvas.textAlign = 'center';
      canvas.textBaseline = 'top';
      layout.shown.forEach((n, l) => {
        for (let unit = 0; unit < n; unit++) drawUnit(canvas, l, unit);
      });
    },
    WIDTH,
    layout.height,
  );

  function drawUnit(canvas: CanvasRenderingContext2D, l: number, unit: number): void {
    if (!network || !pass) return;
    const { rows, cols } = pass.inputs;
    const map = unitMap(pass, network, l, unit);
    const picture = heatmap(rows, cols, (row, col) => unitColour(colours, map, row * cols + col));
    const [left, top] = [x(l) - NODE / 2, layout.top(l, unit)];
    canvas.drawImage(picture, left, top, NODE, NODE);
    canvas.strokeStyle = colours.text;
    canvas.lineWidth = 1;
    canvas.strokeRect(left, top, NODE, NODE);
    canvas.fillStyle = colours.text;
    if (l === 0 || l === layout.shown.length - 1) {
      canvas.fillText(nodeName(run, l, unit), x(l), top + NODE + 2, 120);
    }
  }
}
