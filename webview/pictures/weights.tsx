import { useSignal, type Signal } from '@preact/signals';
import { full, short, whole } from '../../src/core/format';
import { matrix } from '../../src/core/matrix';
import type { Layer } from '../../src/core/network';
import { blocksOf, blockSize } from '../model/blocks';
import { largest } from '../model/models';
import { Canvas, heatmap } from '../ui/canvas';
import { cellAfter, type Cell } from '../ui/cells';
import type { LensContext } from '../ui/context';
import { Hover, nameOf } from '../ui/examples';
import { lineOfText, scaleLegend } from '../ui/legendDrawing';
import { stacked, type Draw } from '../ui/pen';
import { Scale } from '../ui/scale';
import { diverging, type Rgb } from '../ui/theme';
import type { Picture } from './picture';

/** Height of a row with numbers in it. */
const CELL = 26;
const BIAS_GAP = 6;
/** Of the picture where it stands alone. */
const WIDTH = 560;
/** A table shows no more rows than this of each layer. */
const MOST_SHOWN = { shown: 200, whole: Infinity };

/** A heatmap for each W[l], with b[l] as a column of its own. */
export function weightsPicture(context: LensContext): Picture {
  const { run } = context;
  const layers = () => run.parameters.value ?? [];
  return {
    name: 'weights',
    title: () => 'Weights',
    view: () => (
      <div class="matrices">
        {layers().map((_, index) => (
          <WeightMap key={index} context={context} index={index} />
        ))}
      </div>
    ),
    caption: () => 'Rows: units. Columns: inputs, then the bias.',
    numbers: (extent) => ({
      columns: ['Layer', 'Unit', 'Input', 'w'],
      rows: layers().flatMap(({ W, b }, index) =>
        Array.from({ length: Math.min(MOST_SHOWN[extent], W.data.length + b.length) }, (_, at) => {
          const [i, k] = [Math.floor(at / (W.cols + 1)), at % (W.cols + 1)];
          const isBias = k === W.cols;
          const input = isBias ? 'b' : inputName(context, index + 1, k, extent === 'whole');
          return [index + 1, i + 1, input, isBias ? b[i] : W.data[i * W.cols + k]];
        }),
      ),
      total: layers().reduce((sum, { W, b }) => sum + W.data.length + b.length, 0),
    }),
    drawing: () =>
      layers().length === 0
        ? null
        : stacked(
            layers().flatMap((layer, index) => [
              lineOfText(context.palette.value, captionOf(layer, index + 1)),
              { draw: drawing(context, index), width: WIDTH, height: heightOf(layer) },
              scaleLegend(context.palette.value, -limitOf(context, index), limitOf(context, index)),
            ]),
          ),
  };
}

function captionOf({ W }: Layer, l: number): string {
  const { tall, wide } = blockSize(W);
  const blocks = tall * wide > 1 ? `; each cell: of ${tall} × ${wide} weights the one farthest from 0` : '';
  return `W[${l}] (${whole(W.rows)} × ${whole(W.cols)}) and b[${l}]${blocks}`;
}

const heightOf = ({ W }: Layer) => Math.max(CELL, Math.min(320, W.rows * CELL));

/** Draws a layer's W and b, with its numbers where there is room for them. */
function drawing(context: LensContext, index: number, pointed?: Signal<Cell | null>): Draw {
  return (canvas, width, height) => {
    const layer = context.run.parameters.value?.[index];
    if (!layer) return;
    const { W, b } = layer;
    const limit = limitOf(context, index);
    const colours = context.palette.value;
    const { cell, bias } = geometry(W.cols, width);
    const tall = height / W.rows;
    canvas.imageSmoothingEnabled = false;
    const { cells } = blocksOf(W);
    const biases = blocksOf(matrix(b.length, 1, b)).cells;
    canvas.drawImage(
      heatmapOf(cells, (w) => diverging(colours, w, limit)),
      0,
      0,
      cell * W.cols,
      height,
    );
    canvas.drawImage(
      heatmapOf(biases, (w) => diverging(colours, w, limit)),
      bias,
      0,
      width - bias,
      height,
    );
    if (cell >= 36 && tall >= 14) drawNumbers();
    const at = pointed?.value;
    if (at) {
      canvas.strokeStyle = colours.text;
      const isBias = at.col === W.cols;
      canvas.strokeRect(isBias ? bias : at.col * cell, at.row * tall, isBias ? width - bias : cell, tall);
    }

    function drawNumbers(): void {
      canvas.font = '11px sans-serif';
      canvas.textAlign = 'center';
      canvas.textBaseline = 'middle';
      for (let i = 0; i < W.rows; i++) {
        for (let k = 0; k <= W.cols; k++) {
          const value = k < W.cols ? W.data[i * W.cols + k] : b[i];
          const [red, green, blue] = diverging(colours, value, limit);
          canvas.fillStyle = 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? '#111' : '#fff';
          const x = k < W.cols ? (k + 0.5) * cell : (bias + width) / 2;
          canvas.fillText(short(value), x, (i + 0.5) * tall, k < W.cols ? cell - 4 : width - bias);
        }
      }
    }
  };
}

const heatmapOf = (cells: { rows: number; cols: number; data: Float64Array }, colour: (w: number) => Rgb) =>
  heatmap(cells.rows, cells.cols, (i, k) => colour(cells.data[i * cells.cols + k]));

function WeightMap({ context, index }: { context: LensContext; index: number }) {
  const { run, palette, choices } = context;
  const pointed = useSignal<Cell | null>(null);
  const l = index + 1;
  const layer = run.parameters.value?.[index];
  if (!layer) return null;
  const { W, b } = layer;
  const cellUnder = (event: MouseEvent): Cell => {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const x = event.clientX - left;
    const { cell, bias } = geometry(W.cols, width);
    const row = Math.max(0, Math.min(W.rows - 1, Math.floor(((event.clientY - top) / height) * W.rows)));
    return { row, col: x >= bias ? W.cols : Math.min(W.cols - 1, Math.floor(x / cell)) };
  };
  const follow = ({ row }: Cell) => (choices.neuron.value = { layer: l, unit: row });
  return (
    <figure>
      <figcaption>{captionOf(layer, l)}</figcaption>
      <Canvas
        class="heat"
        draw={drawing(context, index, pointed)}
        tall={heightOf(layer)}
        role="img"
        tabIndex={0}
        aria-label={`Weights of layer ${l}, ${W.rows} units by ${W.cols} inputs, and their biases. Arrow keys move, Enter follows the unit.`}
        data-layer={l}
        onMouseMove={(event) => (pointed.value = cellUnder(event))}
        onMouseLeave={() => (pointed.value = null)}
        onBlur={() => (pointed.value = null)}
        onClick={(event) => follow(cellUnder(event))}
        onKeyDown={(event) => {
          const to = cellAfter(event.key, pointed.value, W.rows, W.cols + 1);
          if (to) pointed.value = to;
          else if (event.key === 'Enter' && pointed.value) follow(pointed.value);
          else return;
          event.preventDefault();
        }}
      />
      <Scale palette={palette.value} from={-limitOf(context, index)} to={limitOf(context, index)} />
      <Hover text={pointedText()} otherwise="Point for exact numbers." />
    </figure>
  );

  function pointedText(): string {
    const cell = pointed.value;
    if (!cell || cell.row >= W.rows) return '';
    return cell.col === W.cols
      ? `b of unit ${cell.row + 1} = ${full(b[cell.row])}`
      : `w of unit ${cell.row + 1} from ${inputName(context, l, cell.col)} = ${full(W.data[cell.row * W.cols + cell.col])}`;
  }
}

/** The name of what input k of layer l is, cut where it has to fit in. */
export function inputName({ run }: LensContext, l: number, k: number, isWhole = false): string {
  if (l > 1) return `unit ${k + 1} of layer ${l - 1}`;
  const name = run.features.value[k]?.name ?? `feature ${k + 1}`;
  return isWhole ? name : nameOf(name);
}

/** Where W ends and b begins, in a picture of this width. */
function geometry(cols: number, width: number): { cell: number; bias: number } {
  const cell = (width - BIAS_GAP) / (cols + Math.max(1, cols / 20));
  return { cell, bias: cell * cols + BIAS_GAP };
}

/** The largest |w| or |b| of a layer. */
const limitOf = ({ run, models }: LensContext, index: number) =>
  largest(run.parameters.value?.[index]?.b ?? new Float64Array(), models.weightLimits.value[index]);
