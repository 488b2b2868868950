import type { Matrix } from '../../src/core/matrix';
import type { Network } from '../../src/core/network';
import { placeOf, targetValue, verticalRange } from '../model/answers';
import type { GridInputs } from '../model/models';
import type { PassResult } from '../model/passes';
import { BOTTOM, drawAxes, LEFT, RIGHT, TOP } from '../ui/axes';
import { CellPicture } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { nameOf } from '../ui/examples';
import type { Draw, Pen } from '../ui/pen';
import { chosenLast, drawPoint, standing } from '../ui/points';
import { classColour, css, diverging, type Palette } from '../ui/theme';
import { answerPixels, FARTHEST } from './answerPixels';

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws the network's output over the plane, its axes, and the examples. */
export function outputDrawing(context: LensContext): Draw {
  const { run, models, palette } = context;
  const cells = new CellPicture();
  return (canvas, width, height) => {
    const plane = models.plane.value;
    const pass = models.grid.value;
    const sample = run.sample.value;
    const { network, dataset } = run.view.value;
    const colours = palette.value;
    if (!plane || !pass || !sample || !network || !dataset) return;
    const area = { x: LEFT, y: TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM };
    const output = pass.A[pass.A.length - 1];
    const wrong = models.wrong.value;
    const vertical = verticalRange(run, plane);
    const px = (x: number) => area.x + ((x - plane.x.from) / (plane.x.to - plane.x.from)) * area.width;
    const py = (y: number) =>
      area.y + (1 - (y - vertical.from) / (vertical.to - vertical.from)) * area.height;
    if (plane.y) drawMap(canvas, area, cells, pass, network, colours);
    drawAxes(canvas, area, plane.x, plane.y, vertical, colours, nameOf(dataset.target));

    canvas.save();
    canvas.beginPath();
    canvas.rect(area.x, area.y, area.width, area.height);
    canvas.clip();
    if (!plane.y) drawCurves(output);
    for (const j of chosenLast(context, smallClassesLast(sample.y, dataset.classes.length))) drawExample(j);
    canvas.restore();

    /** One feature: the output as a curve, each class's own for softmax. */
    function drawCurves({ rows, cols, data }: Matrix): void {
      for (let i = 0; i < rows; i++) {
        canvas.beginPath();
        for (let col = 0; col < cols; col++) {
          const value = data[i * cols + col];
          const x = area.x + ((col + 0.5) / cols) * area.width;
          const y = py(network?.output === 'linear' ? targetValue(run, value) : value);
          if (col === 0) canvas.moveTo(x, y);
          else canvas.lineTo(x, y);
        }
        canvas.lineWidth = 2.25;
        canvas.strokeStyle = css(classColour(colours, network?.output === 'softmax' ? i : 1));
        canvas.stroke();
      }
    }

    function drawExample(j: number): void {
      if (!plane || !sample || !dataset) return;
      const isClass = dataset.task !== 'regression';
      const place = placeOf(run, plane, j);
      const [x, y] = [px(place.x), py(place.y)];
      const colour = isClass
        ? classColour(colours, sample.y[j])
        : plane.y
          ? diverging(colours, sample.y[j], FARTHEST)
          : classColour(colours, 0);
      drawPoint(
        canvas,
        {
          ...{ x, y, colour },
          k: isClass ? sample.y[j] : null,
          isTest: sample.test[j] > 0,
          isWrong: isClass && wrong[j] > 0,
          ...standing(context, j, sample.y.length),
        },
        colours,
      );
    }
  };
}

/** All examples, those of large classes first, so that they do not hide the others. */
export function smallClassesLast(y: Float64Array, classes: number): number[] {
  const all = Array.from(y.keys());
  if (classes === 0) return all;
  const counts = new Float64Array(classes);
  for (const k of y) counts[k]++;
  return all.sort((i, j) => counts[y[j]] - counts[y[i]] || i - j);
}

function drawMap(
  canvas: Pen,
  area: Area,
  cells: CellPicture,
  { A, inputs: { rows, cols } }: PassResult<GridInputs>,
  network: Network,
  colours: Palette,
): void {
  const output = A[A.length - 1];
  const picture = cells.paint(rows, cols, answerPixels(output, network, colours));
  canvas.imageSmoothingEnabled = true;
  canvas.drawImage(picture, area.x, area.y, area.width, area.height);
}
