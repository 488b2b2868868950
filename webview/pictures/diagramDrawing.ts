import { layerName, nodeName, unitMap, type Layout } from '../model/diagram';
import { CellPicture } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { lineOfText } from '../ui/legendDrawing';
import { stacked, type Drawing, type Pen } from '../ui/pen';
import { css } from '../ui/theme';
import { paintUnit } from './unitMapPicture';
import type { Bias, Edge } from './diagramEdges';

const WIDTH = 640;
/** Side of the square that stands for a bias. */
const BIAS = 9;
/** On both sides, for the names of features and outputs. */
const MARGIN = 150;

/** The diagram as it stands alone; on the page its units are buttons and its edges have titles. */
export function diagramDrawing(
  { run, models, palette }: LensContext,
  layout: Layout,
  edges: readonly Edge[],
  biases: readonly Bias[],
): Drawing | null {
  const { network } = run.view.value;
  const pass = models.grid.value;
  if (!network || !pass) return null;
  const { size } = layout;
  const L = network.sizes.length - 1;
  const x = (l: number) => MARGIN + (layout.across(l) / 100) * (WIDTH - 2 * MARGIN);
  const slotOf = (l: number, unit: number) => layout.units[l].indexOf(unit);
  const colours = palette.value;
  const diagram: Drawing = {
    width: WIDTH,
    height: layout.height,
    draw: (pen) => {
      edges.forEach((edge) => drawEdge(pen, edge));
      pen.font = '11px sans-serif';
      layout.units.forEach((units, l) => {
        pen.textAlign = 'center';
        pen.textBaseline = 'top';
        pen.fillStyle = colours.muted;
        pen.fillText(layerName(network, l), x(l), 0);
        units.forEach((unit, slot) => drawUnit(pen, l, unit, slot));
      });
      biases.forEach((bias) => drawBias(pen, bias));
    },
  };
  return stacked([diagram, { width: WIDTH, height: 18, draw: drawKey }]);

  function drawEdge(pen: Pen, { l, i, k, w, strength }: Edge): void {
    const [x1, y1] = [x(l - 1), layout.top(l - 1, slotOf(l - 1, k)) + size / 2];
    const [x2, y2] = [x(l), layout.top(l, slotOf(l, i)) + size / 2];
    const bend = (x2 - x1) / 2;
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    pen.strokeStyle = css(w < 0 ? colours.negative : colours.positive, 0.25 + 0.75 * strength);
    pen.lineWidth = 0.75 + 4 * strength;
    pen.stroke();
  }

  function drawUnit(pen: Pen, l: number, unit: number, slot: number): void {
    if (!network || !pass) return;
    const map = unitMap(pass, network, l, unit);
    const picture = paintUnit(new CellPicture(), pass.inputs, map, colours);
    const [left, top] = [x(l) - size / 2, layout.top(l, slot)];
    pen.drawImage(picture, left, top, size, size);
    pen.strokeStyle = colours.text;
    pen.lineWidth = 1;
    pen.strokeRect(left, top, size, size);
    pen.fillStyle = colours.text;
    if (l > 0 && l < L) return;
    pen.textAlign = l === 0 ? 'right' : 'left';
    pen.textBaseline = 'middle';
    const beside = l === 0 ? left - 6 : left + size + 6;
    pen.fillText(nodeName(run, l, unit), beside, top + size / 2, MARGIN - size / 2 - 8);
  }

  function drawBias(pen: Pen, { l, i, b, strength }: Bias): void {
    const [left, top] = [x(l) - size / 2 - BIAS / 2, layout.top(l, slotOf(l, i)) - BIAS / 2];
    pen.fillStyle = colours.background;
    pen.fillRect(left, top, BIAS, BIAS);
    pen.fillStyle = css(b < 0 ? colours.negative : colours.positive, 0.25 + 0.75 * strength);
    pen.fillRect(left, top, BIAS, BIAS);
    pen.strokeStyle = colours.text;
    pen.strokeRect(left, top, BIAS, BIAS);
  }

  /** What the colours of the edges mean. */
  function drawKey(pen: Pen): void {
    const entries = [
      { colour: colours.negative, text: 'negative weight or bias' },
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
