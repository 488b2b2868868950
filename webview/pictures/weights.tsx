import { useSignal } from '@preact/signals';
import { heatmap, useCanvas } from '../ui/canvas';
import { full, short } from '../../src/core/format';
import { Hover } from '../ui/examples';
import { features, neuron, parameters, remember } from '../store';
import { css, diverging, palette } from '../ui/theme';

const CELL = 26;
const BIAS_GAP = 6;

/** A heatmap for each W[l], with b[l] as a column of its own. */
export function Weights() {
  const theta = parameters.value;
  if (!theta) return null;
  return (
    <section class="card weights">
      <h2>Weights</h2>
      <div class="matrices">
        {theta.map((_, index) => (
          <WeightMap key={index} index={index} />
        ))}
      </div>
    </section>
  );
}

function WeightMap({ index }: { index: number }) {
  const hover = useSignal('');
  const l = index + 1;
  const layer = parameters.value?.[index];
  const canvas = useCanvas((context, width, height) => {
    const current = parameters.value?.[index];
    if (!current) return;
    const { W, b } = current;
    const limit = limitOf(W.data, b);
    const colours = palette.value;
    const { cell, bias } = geometry(W.cols, width);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = false;
    const picture = heatmap(W.rows, W.cols, (i, k) => diverging(colours, W.data[i * W.cols + k], limit));
    context.drawImage(picture, 0, 0, cell * W.cols, height);
    context.drawImage(
      heatmap(W.rows, 1, (i) => diverging(colours, b[i], limit)),
      bias,
      0,
      width - bias,
      height,
    );
    const tall = height / W.rows;
    if (cell < 36 || tall < 14) return;
    context.font = '11px sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let i = 0; i < W.rows; i++) {
      for (let k = 0; k <= W.cols; k++) {
        const value = k < W.cols ? W.data[i * W.cols + k] : b[i];
        const [r, g, blue] = diverging(colours, value, limit);
        context.fillStyle = 0.299 * r + 0.587 * g + 0.114 * blue > 140 ? '#111' : '#fff';
        const x = k < W.cols ? (k + 0.5) * cell : (bias + width) / 2;
        context.fillText(Number(value.toPrecision(3)).toString().replace('-', '−'), x, (i + 0.5) * tall);
      }
    }
  });
  if (!layer) return null;
  const { W, b } = layer;
  const cellAt = (event: MouseEvent) => {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const x = event.clientX - left;
    const { cell, bias } = geometry(W.cols, width);
    const i = Math.max(0, Math.min(W.rows - 1, Math.floor(((event.clientY - top) / height) * W.rows)));
    return { i, k: x >= bias ? W.cols : Math.min(W.cols - 1, Math.floor(x / cell)) };
  };
  const height = Math.max(CELL, Math.min(320, W.rows * CELL));
  return (
    <figure>
      <figcaption>
        W[{l}] ({W.rows} × {W.cols}) and b[{l}]
      </figcaption>
      <canvas
        class="heat"
        ref={(element) => {
          canvas.current = element;
          element?.style.setProperty('height', `${height}px`);
        }}
        role="img"
        aria-label={`Weights of layer ${l}, ${W.rows} units by ${W.cols} inputs, and their biases`}
        data-layer={l}
        onMouseMove={(event) => {
          const { i, k } = cellAt(event);
          hover.value =
            k === W.cols
              ? `b of unit ${i + 1} = ${full(b[i])}`
              : `w of unit ${i + 1} from ${inputName(l, k)} = ${full(W.data[i * W.cols + k])}`;
        }}
        onMouseLeave={() => (hover.value = '')}
        onClick={(event) => {
          neuron.value = { layer: l, unit: cellAt(event).i };
          remember();
        }}
      />
      <Scale limit={limitOf(W.data, b)} />
      <Hover text={hover.value} otherwise="Rows: units. Columns: inputs, then the bias." />
    </figure>
  );
}

/** The name of what input k of layer l is. */
export function inputName(l: number, k: number): string {
  return l === 1 ? (features.value[k]?.name ?? `feature ${k + 1}`) : `unit ${k + 1} of layer ${l - 1}`;
}

/** Where W ends and b begins, in a picture of this width. */
function geometry(cols: number, width: number): { cell: number; bias: number } {
  const cell = (width - BIAS_GAP) / (cols + Math.max(1, cols / 20));
  return { cell, bias: cell * cols + BIAS_GAP };
}

const limitOf = (...arrays: Float64Array[]) =>
  arrays.reduce((most, array) => array.reduce((m, value) => Math.max(m, Math.abs(value)), most), 0);

/** The legend of a diverging scale. */
export function Scale({ limit }: { limit: number }) {
  const { negative, neutral, positive } = palette.value;
  return (
    <p class="scale" title={`± ${full(limit)}`}>
      <span>{short(-limit)}</span>
      <i
        ref={(element) =>
          element?.style.setProperty(
            'background',
            `linear-gradient(to right, ${css(negative)}, ${css(neutral)}, ${css(positive)})`,
          )
        }
      />
      <span>{short(limit)}</span>
    </p>
  );
}
