import { layerName, layoutOf, NODE, nodeName, unitColour, unitMap } from '../model/diagram';
import { heatmap } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { lineOfText } from '../ui/legendDrawing';
import { stacked, type Drawing, type Pen } from '../ui/pen';
import { css } from '../ui/theme';
import type { Edge } from './diagram';

const WIDTH = 640;
/** Of the name below a unit. */
const LONGEST = 120;

/** The diagram as it stands alone; on the page its units are buttons and its edges have titles. */
export function diagramDrawing(
  { run, models, palette }: LensContext,
  edges: readonly Edge[],
): Drawing | null {
  const { network } = run.view.value;
  const pass = models.grid.value;
  if (!network || !pass) return null;
  const layout = layoutOf(network);
  const x = (l: number) => (layout.across(l) / 100) * WIDTH;
  const colours = palette.value;
  const diagram: Drawing = {
    width: WIDTH,
    height: layout.height,
    draw: (pen) => {
      edges.forEach((edge) => drawEdge(pen, edge));
      pen.font = '11px sans-serif';
      pen.textAlign = 'center';
      pen.textBaseline = 'top';
      layout.shown.forEach((n, l) => {
        pen.fillStyle = colours.muted;
        pen.fillText(layerName(network, l), x(l), 0);
        for (let unit = 0; unit < n; unit++) drawUnit(pen, l, unit);
      });
    },
  };
  return stacked([diagram, { width: WIDTH, height: 18, draw: drawKey }]);

  function drawEdge(pen: Pen, { l, i, k, w, strength }: Edge): void {
    const [x1, y1] = [x(l - 1), layout.top(l - 1, k) + NODE / 2];
    const [x2, y2] = [x(l), layout.top(l, i) + NODE / 2];
    const bend = (x2 - x1) / 2;
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    pen.strokeStyle = css(w < 0 ? colours.negative : colours.positive, 0.25 + 0.75 * strength);
    pen.lineWidth = 0.75 + 4 * strength;
    pen.stroke();
  }

  function drawUnit(pen: Pen, l: number, unit: number): void {
    if (!network || !pass) return;
    const { rows, cols } = pass.inputs;
    const map = unitMap(pass, network, l, unit);
    const picture = heatmap(rows, cols, (row, col) => unitColour(colours, map, row * cols + col));
    const [left, top] = [x(l) - NODE / 2, layout.top(l, unit)];
    pen.drawImage(picture, left, top, NODE, NODE);
    pen.strokeStyle = colours.text;
    pen.lineWidth = 1;
    pen.strokeRect(left, top, NODE, NODE);
    pen.fillStyle = colours.text;
    if (l === 0 || l === layout.shown.length - 1) {
      pen.fillText(nodeName(run, l, unit), x(l), top + NODE + 2, LONGEST);
    }
  }

  /** What the colours of the edges mean. */
  function drawKey(pen: Pen): void {
    const entries = [
      { colour: colours.negative, text: 'negative weight' },
      { colour: colours.positive, text: 'positive weight; thicker: larger, within its layer' },
    ];
    let left = 0;
    for (const { colour, text } of entries) {
      pen.fillStyle = css(colour);
      pen.fillRect(left, 7, 14, 4);
      const line = lineOfText(colours, text);
      pen.save();
      pen.translate(left + 20, 0);
      line.draw(pen, line.width, line.height);
      pen.restore();
      left += 20 + line.width + 14;
    }
  }
}
