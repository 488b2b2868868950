import { computed, signal } from '@preact/signals';
import { full, whole } from '../../src/core/format';
import { selectColumns, type Matrix } from '../../src/core/matrix';
import type { Network } from '../../src/core/network';
import { chosenUnit } from '../model/chosenUnit';
import { largest } from '../model/models';
import { HEATS, ORDERS, orderOf, type Heat, type Order } from '../model/order';
import { Brush, type Box } from '../ui/brush';
import { Canvas, heatmap } from '../ui/canvas';
import { cellAfter, cellAt, type Cell } from '../ui/cells';
import type { LensContext } from '../ui/context';
import { exampleText, Hover, Legend, nameOf, sampleCaption } from '../ui/examples';
import { classLegend, scaleLegend } from '../ui/legendDrawing';
import { stacked, type Draw } from '../ui/pen';
import { chooseRange, chooseRow, lightRows, rowText, showRows } from '../ui/rows';
import { Scale } from '../ui/scale';
import { classColour, diverging } from '../ui/theme';
import type { Picture } from './picture';

/** The band of classes on top, and the gap below it. */
const BAND = 10;
const TOP = BAND + 2;
/** Of the picture where it stands alone. */
const WIDTH = 600;

const ORDER_NAMES: Readonly<Record<Order, string>> = {
  target: 'by target',
  value: 'by the chosen unit',
  file: 'as in the file',
  loss: 'by loss',
};

/** Whether what the units of a layer give lies between 0 and 1. */
const isShare = ({ sizes, hidden, output }: Network, l: number): boolean =>
  l === sizes.length - 1 ? output !== 'linear' : hidden === 'sigmoid';

/** A[l] or Z[l] of one layer: a row for each unit, a column for each example. */
export function activationsPicture(context: LensContext): Picture {
  const { run, models, choices, palette } = context;
  const pointed = signal<Cell | null>(null);

  const drawn = computed(() => {
    const pass = models.examples.value;
    const sample = run.sample.value;
    const unit = chosenUnit(run, choices);
    if (!pass || !sample || !unit || unit.layer >= pass.A.length) return null;
    const l = unit.layer;
    const heat = choices.heat.value;
    const of = heat === 'A' ? pass.A[l] : pass.Z[l];
    const { columns } = pass.inputs;
    const { isBehind } = pass;
    if (choices.order.value === 'target') return { l, heat, A: { ...of }, columns, isBehind };
    const order = orderOf(choices.order.value, pass, sample, unit);
    return { l, heat, A: selectColumns(of, order), columns: order.map((k) => columns[k]), isBehind };
  });
  const shown = () => drawn.value;
  /** From the lowest to the highest colour: of probabilities, and of what a sigmoid gives, from 0 to 1. */
  const rangeOf = ({ l, heat, A }: { l: number; heat: Heat; A: Matrix }): [low: number, high: number] => {
    const { network } = run.view.value;
    if (heat === 'A' && network && isShare(network, l)) return [0, 1];
    const limit = largest(A.data);
    return [-limit, limit];
  };
  const draw: Draw = (canvas, width, height) => {
    const current = shown();
    const sample = run.sample.value;
    if (!current || !sample) return;
    const { A, columns } = current;
    const [low, high] = rangeOf(current);
    const [middle, half] = [(low + high) / 2, (high - low) / 2];
    const colours = palette.value;
    const isClass = run.view.value.dataset?.task !== 'regression';
    canvas.imageSmoothingEnabled = A.cols > width;
    const picture = heatmap(A.rows, A.cols, (i, j) =>
      diverging(colours, A.data[i * A.cols + j] - middle, half),
    );
    canvas.drawImage(picture, 0, TOP, width, height - TOP);
    const band = heatmap(1, A.cols, (_, j) => {
      const y = sample.y[columns[j]];
      return isClass ? classColour(colours, y) : diverging(colours, y, 2);
    });
    canvas.imageSmoothingEnabled = false;
    canvas.drawImage(band, 0, 0, width, BAND);
    const tall = (height - TOP) / A.rows;
    const unit = chosenUnit(run, choices)?.unit ?? 0;
    canvas.strokeStyle = colours.text;
    canvas.lineWidth = 1;
    if (A.rows > 1) canvas.strokeRect(0.5, TOP + unit * tall + 0.5, width - 1, Math.max(1, tall - 1));
    fadeOthers();
    const column = current.columns.indexOf(choices.example.value);
    if (column >= 0) {
      // The chosen row, as an arrow on the band.
      const x = ((column + 0.5) / A.cols) * width;
      canvas.fillStyle = colours.text;
      canvas.beginPath();
      canvas.moveTo(x - 5, 0);
      canvas.lineTo(x + 5, 0);
      canvas.lineTo(x, BAND);
      canvas.fill();
      canvas.fillRect(x - 0.5, 0, 1, height);
    }
    const cell = pointed.value;
    if (!cell || cell.row >= A.rows) return;
    canvas.lineWidth = 2;
    canvas.strokeRect(((cell.col + 0.5) / A.cols) * width - 2, TOP + cell.row * tall + 1, 4, tall - 2);

    /** Where several rows are chosen, the columns of the others are faint. */
    function fadeOthers(): void {
      if (!choices.rows.value) return;
      const wide = width / A.cols;
      canvas.fillStyle = colours.background;
      canvas.globalAlpha = 0.72;
      columns.forEach((example, j) => {
        if (!choices.isChosen(example)) canvas.fillRect(j * wide, 0, wide + 0.3, height);
      });
      canvas.globalAlpha = 1;
    }
  };
  const tall = (units: number) => TOP + Math.max(48, Math.min(260, units * 22));
  const follow = ({ row, col }: Cell) => {
    const current = shown();
    if (!current) return;
    choices.neuron.value = { layer: current.l, unit: row };
    chooseRow(context, current.columns[col]);
  };

  const brush = ({ left, right, width }: Box) => {
    const columns = shown()?.columns ?? [];
    const at = (x: number) => Math.min(columns.length - 1, Math.floor((x / width) * columns.length));
    lightRows(context, columns.slice(at(left), at(right) + 1));
  };
  /** With Shift the keys choose the columns from where they began; else they point at a cell. */
  let anchor: number | null = null;
  const onKeyDown = (event: KeyboardEvent) => {
    const current = shown();
    if (!current) return;
    const from = pointed.value;
    const to = cellAfter(event.key, from, current.A.rows, current.A.cols);
    if (to) {
      pointed.value = to;
      if (event.shiftKey) {
        anchor ??= from?.col ?? 0;
        chooseRange(context, current.columns, anchor, to.col);
      } else anchor = null;
    } else if (event.key === 'Enter' && from) follow(from);
    else return;
    event.preventDefault();
  };

  return {
    name: 'activations',
    title: () => `${choices.heat.value === 'A' ? 'Activations A' : 'Sums Z'}[${shown()?.l ?? 1}]`,
    controls: () => <HeatChoices context={context} />,
    view: () => {
      const current = shown();
      const units = chosenUnit(run, choices)?.units ?? 1;
      const cell = pointed.value;
      const text =
        current && cell && cell.row < current.A.rows
          ? `Unit ${cell.row + 1}, ${exampleText(context, current.columns[cell.col])}: ${current.heat.toLowerCase()} = ${full(current.A.data[cell.row * current.A.cols + cell.col])}`
          : '';
      const [low, high] = current ? rangeOf(current) : [0, 0];
      return (
        <>
          <Brush across onBrush={brush} onDone={() => showRows(context)}>
            <Canvas
              class="heat"
              draw={draw}
              tall={tall(units)}
              role="img"
              tabIndex={0}
              aria-label={`${choices.heat.value} of ${units} units for ${current?.columns.length ?? 0} examples, sorted ${ORDER_NAMES[choices.order.value]}. Arrow keys move, with Shift they choose the examples on the way, Enter follows one.`}
              data-chosen={choices.rows.value?.examples.size ?? 1}
              data-range={`${low} ${high}`}
              data-examples={current?.columns.length}
              data-first={current && run.sample.value?.lines[current.columns[0]]}
              onMouseMove={(event) => {
                if (current) pointed.value = cellAt(event, current.A.rows, current.A.cols, TOP);
              }}
              onMouseLeave={() => (pointed.value = null)}
              onBlur={() => {
                pointed.value = null;
                anchor = null;
              }}
              onClick={(event) => current && follow(cellAt(event, current.A.rows, current.A.cols, TOP))}
              onKeyDown={onKeyDown}
            />
          </Brush>
          <Legend context={context} />
          <Scale palette={palette.value} from={low} to={high} />
          <Hover
            text={text}
            otherwise={rowText(
              context,
              'Point for exact numbers; click to choose a unit and a row; drag to choose several rows.',
            )}
          />
        </>
      );
    },
    caption: () => {
      const current = shown();
      const { dataset, sampleCount } = run.view.value;
      if (!dataset || !current) return '';
      const { A, columns, isBehind } = current;
      const fewer =
        columns.length < sampleCount
          ? ` The network is large: ${whole(columns.length)} of them are passed through it.`
          : '';
      const spread = isBehind ? ' The picture follows a little behind the training.' : '';
      return `Rows: units 1 to ${A.rows}. Columns: examples, sorted ${ORDER_NAMES[choices.order.value]}; the band on top: their ${nameOf(dataset.target)}. ${sampleCaption(context)}${fewer}${spread}`;
    },
    numbers: (extent) => {
      const current = shown();
      const sample = run.sample.value;
      if (!current || !sample) return { columns: [], rows: [] };
      const { A, columns } = current;
      const units = extent === 'whole' ? A.rows : Math.min(A.rows, 20);
      return {
        columns: ['Line', ...Array.from({ length: units }, (_, i) => `Unit ${i + 1}`)],
        rows: columns.map((example, j) => [
          sample.lines[example],
          ...Array.from({ length: units }, (_, i) => A.data[i * A.cols + j]),
        ]),
      };
    },
    drawing: () => {
      const current = shown();
      if (!current) return null;
      const map = { draw, width: WIDTH, height: tall(current.A.rows) };
      const legends = [classLegend(context, WIDTH), scaleLegend(palette.value, ...rangeOf(current))];
      return stacked([map, ...legends.filter((legend) => legend !== null)]);
    },
  };
}

/** A or Z, and how the examples are sorted. */
function HeatChoices({ context: { choices } }: { context: LensContext }) {
  const { heat, order } = choices;
  return (
    <>
      <select
        aria-label="What the heatmap shows"
        value={heat.value}
        onChange={({ currentTarget }) =>
          (heat.value = HEATS.find((each) => each === currentTarget.value) ?? heat.value)
        }
      >
        {HEATS.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      <select
        aria-label="Order of the examples"
        value={order.value}
        onChange={({ currentTarget }) =>
          (order.value = ORDERS.find((each) => each === currentTarget.value) ?? order.value)
        }
      >
        {ORDERS.map((each) => (
          <option key={each} value={each}>
            {ORDER_NAMES[each]}
          </option>
        ))}
      </select>
    </>
  );
}
