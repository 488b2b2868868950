import type { ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { count } from '../../src/core/format';
import { standardised, UNSCALED } from '../../src/core/scale';
import type { ModelTable, ModelView } from '../../src/protocol/modelPage';
import { modelMaps } from '../model/modelMaps';
import { drawnText, isWrong, rangeOf, rowText } from '../model/modelRows';
import { CellPicture } from '../ui/canvas';
import type { DrawnExample } from '../ui/points';
import { RowPoints, type Area } from '../ui/rowPoints';
import type { Pen } from '../ui/pen';
import { classColour, diverging, type Palette } from '../ui/theme';
import { answerPixels, FARTHEST } from './answerPixels';
import { ClassLegend } from './modelLegend';

export interface RowPictureProps {
  readonly model: ModelView;
  readonly table: ModelTable;
  readonly palette: ReadonlySignal<Palette>;
  /** The line that the form starts from; 0: none. */
  readonly from: number;
  startFrom(line: number): void;
}

/** How a row is drawn: by its class, ringed where the model is wrong, hollow where its class is not known; by its number. */
export const lookOf =
  (model: ModelView, table: ModelTable) =>
  (k: number, colours: Palette): Pick<DrawnExample, 'k' | 'colour' | 'isTest' | 'isWrong'> => {
    const [answer, prediction] = [table.answers[k], table.predictions[k]];
    const isKnown = !Number.isNaN(answer) && (model.labels.length === 0 || answer >= 0);
    const value = isKnown ? answer : prediction;
    const isClass = model.labels.length > 0;
    return {
      k: isClass ? value : null,
      colour: isClass
        ? classColour(colours, value)
        : diverging(colours, standardised(value, model.scale ?? UNSCALED), FARTHEST),
      isTest: !isKnown,
      isWrong: isWrong(model, table, k),
    };
  };

/** The rows of a table over the map of what a model answers. */
export function ModelPoints({ model, table, palette, from, startFrom }: RowPictureProps) {
  const maps = useMemo(() => modelMaps(model), [model]);
  const cells = useMemo(() => new CellPicture(), []);
  const [across, up] = model.axes;
  if (!maps || !across) return null;
  const [x, given] = table.places;
  // One number alone is across: each row has a height of its own, by its line.
  const y = up ? given : table.lines;
  const upAxis = up ?? { name: 'line', ...rangeOf(table.lines) };
  const outside = Array.from(
    x,
    (value, k) => value < across.from || value > across.to || y[k] < upAxis.from || y[k] > upAxis.to,
  ).filter(Boolean).length;
  const behind = (pen: Pen, area: Area, colours: Palette) => {
    const picture = cells.paint(maps.rows, maps.cols, answerPixels(maps.output, model.network, colours));
    pen.imageSmoothingEnabled = maps.rows > 1;
    pen.drawImage(picture, area.x, area.y, area.width, area.height);
  };
  return (
    <>
      <RowPoints
        {...{ x, y, across, up: upAxis, palette, behind }}
        look={lookOf(model, table)}
        followed={table.lines.indexOf(from)}
        name="modelPoints"
        label={`Rows over what the model predicts for ${model.target}, by ${across.name}${up ? ` and ${up.name}` : ''}.`}
        text={(k) => rowText(model, table, k)}
        choose={(k) => startFrom(table.lines[k])}
      />
      <ClassLegend model={model} palette={palette} />
      <p class="caption">
        {drawnText(table)}
        {model.labels.length > 0 && ' Ringed: predicted wrongly.'} Hollow: {model.target} is not known.
        {outside > 0 && ` ${count(outside, 'row')} outside the ranges that are drawn.`}
      </p>
    </>
  );
}
