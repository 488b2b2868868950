import { signal } from '@preact/signals';
import { full, whole } from '../../src/core/format';
import { largest } from '../model/models';
import { Canvas, heatmap, imageOf, type Draw } from '../ui/canvas';
import { cellAfter, cellAt, type Cell } from '../ui/cells';
import type { LensContext } from '../ui/context';
import { exampleText, Hover, Legend, nameOf, sampleCaption } from '../ui/examples';
import { Scale } from '../ui/scale';
import { classColour, diverging } from '../ui/theme';
import type { Picture } from './picture';

/** The band of classes on top, and the gap below it. */
const BAND = 10;
const TOP = BAND + 2;

/** A[l] of one layer: a row for each unit, a column for each example, sorted by class. */
export function activationsPicture(context: LensContext): Picture {
  const { run, models, choices, palette } = context;
  const layer = signal(1);
  const pointed = signal<Cell | null>(null);

  const shown = () => {
    const pass = models.examples.value;
    if (!pass) return null;
    const l = Math.min(layer.value, pass.A.length - 1);
    return { l, A: pass.A[l], columns: pass.inputs.columns, slices: pass.slices };
  };
  const draw: Draw = (canvas, width, height) => {
    canvas.clearRect(0, 0, width, height);
    const current = shown();
    const sample = run.sample.value;
    if (!current || !sample) return;
    const { A, columns } = current;
    const limit = largest(A.data);
    const colours = palette.value;
    const isClass = run.view.value.dataset?.task !== 'regression';
    canvas.imageSmoothingEnabled = A.cols > width;
    const picture = heatmap(A.rows, A.cols, (i, j) => diverging(colours, A.data[i * A.cols + j], limit));
    canvas.drawImage(picture, 0, TOP, width, height - TOP);
    const band = heatmap(1, A.cols, (_, j) => {
      const y = sample.y[columns[j]];
      return isClass ? classColour(colours, y) : diverging(colours, y, 2);
    });
    canvas.imageSmoothingEnabled = false;
    canvas.drawImage(band, 0, 0, width, BAND);
    const cell = pointed.value;
    if (!cell || cell.row >= A.rows) return;
    canvas.strokeStyle = colours.text;
    const tall = (height - TOP) / A.rows;
    canvas.strokeRect(((cell.col + 0.5) / A.cols) * width - 2, TOP + cell.row * tall + 1, 4, tall - 2);
  };
  const tall = (units: number) => TOP + Math.max(48, Math.min(260, units * 22));
  const follow = ({ row, col }: Cell) => {
    const current = shown();
    if (!current) return;
    choices.neuron.value = { layer: current.l, unit: row };
    choices.example.value = current.columns[col];
  };

  return {
    name: 'activations',
    title: () => `Activations A[${shown()?.l ?? 1}]`,
    controls: () => {
      const L = (run.view.value.network?.sizes.length ?? 2) - 1;
      return L > 1 ? (
        <select
          aria-label="Layer"
          value={Math.min(layer.value, L)}
          onChange={({ currentTarget }) => {
            pointed.value = null;
            layer.value = Number(currentTarget.value);
          }}
        >
          {Array.from({ length: L }, (_, k) => (
            <option key={k} value={k + 1}>
              {k + 1 === L ? `A[${L}], output` : `A[${k + 1}]`}
            </option>
          ))}
        </select>
      ) : null;
    },
    view: () => {
      const { network, dataset } = run.view.value;
      const current = shown();
      const units = network?.sizes[Math.min(layer.value, network.sizes.length - 1)] ?? 1;
      const cell = pointed.value;
      const text =
        current && cell && cell.row < current.A.rows
          ? `Unit ${cell.row + 1}, ${exampleText(context, current.columns[cell.col])}: a = ${full(current.A.data[cell.row * current.A.cols + cell.col])}`
          : '';
      const limit = current ? largest(current.A.data) : 0;
      return (
        <>
          <Canvas
            class="heat"
            draw={draw}
            tall={tall(units)}
            role="img"
            tabIndex={0}
            aria-label={`Activations of ${units} units for ${current?.columns.length ?? 0} examples, sorted by ${nameOf(dataset?.target ?? '')}. Arrow keys move, Enter follows one.`}
            data-limit={limit}
            data-examples={current?.columns.length}
            onMouseMove={(event) => {
              if (current) pointed.value = cellAt(event, current.A.rows, current.A.cols, TOP);
            }}
            onMouseLeave={() => (pointed.value = null)}
            onBlur={() => (pointed.value = null)}
            onClick={(event) => current && follow(cellAt(event, current.A.rows, current.A.cols, TOP))}
            onKeyDown={(event) => {
              if (!current) return;
              const to = cellAfter(event.key, pointed.value, current.A.rows, current.A.cols);
              if (to) pointed.value = to;
              else if (event.key === 'Enter' && pointed.value) follow(pointed.value);
              else return;
              event.preventDefault();
            }}
          />
          <Legend context={context} />
          <Scale palette={palette.value} from={-limit} to={limit} />
          <Hover text={text} otherwise="Point for exact numbers; click to follow one." />
        </>
      );
    },
    caption: () => {
      const current = shown();
      const { dataset, sampleCount } = run.view.value;
      if (!dataset || !current) return '';
      const { A, columns, slices } = current;
      const fewer =
        columns.length < sampleCount
          ? ` The network is large: ${whole(columns.length)} of them are passed through it.`
          : '';
      const spread = slices > 1 ? ' The picture follows a little behind the training.' : '';
      return `Rows: units 1 to ${A.rows}. Columns: examples, sorted by ${nameOf(dataset.target)}. ${sampleCaption(context)}${fewer}${spread}`;
    },
    numbers: () => {
      const current = shown();
      const sample = run.sample.value;
      if (!current || !sample) return { columns: [], rows: [] };
      const { A, columns } = current;
      const units = Math.min(A.rows, 20);
      return {
        columns: ['Line', ...Array.from({ length: units }, (_, i) => `Unit ${i + 1}`)],
        rows: columns.map((example, j) => [
          whole(sample.lines[example]),
          ...Array.from({ length: units }, (_, i) => A.data[i * A.cols + j]),
        ]),
      };
    },
    image: () => {
      const current = shown();
      return current && imageOf(draw, 600, tall(current.A.rows));
    },
  };
}
