import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Propagation } from '../../src/core/equations';
import { heatmap } from '../ui/canvas';
import { full, short } from '../../src/core/format';
import { grid, plane } from '../model/grid';
import { features, neuron, parameters, remember, run, sample } from '../store';
import { css, diverging, palette } from '../ui/theme';

/** More units than this are not drawn; the caption says so. */
const MOST_UNITS = 10;
const NODE = 40;
const GAP = 18;
const TOP = 22;

/** The network: one small map for each unit over the plane of two features, edges coloured by weight. */
export function Diagram() {
  const { network, dataset } = run.value ?? {};
  if (!network || !dataset) return null;
  const { sizes } = network;
  const L = sizes.length - 1;
  const shown = sizes.map((n) => Math.min(n, MOST_UNITS));
  const height = TOP + Math.max(...shown) * (NODE + GAP);
  const top = (l: number, i: number) => TOP + (height - TOP - shown[l] * (NODE + GAP)) / 2 + i * (NODE + GAP);
  // Positions across are shares of the width: the first and last columns leave room for their labels.
  const across = (l: number) => 14 + (l / L) * 72;
  const hidden = sizes.flatMap((n, l) =>
    n > shown[l] ? [`${shown[l]} of the ${n} ${layerName(l, L)}`] : [],
  );
  return (
    <section class="card network">
      <h2>Network</h2>
      <div class="diagram" ref={(element) => element?.style.setProperty('height', `${height}px`)}>
        <Edges shown={shown} across={across} middle={(l, i) => top(l, i) + NODE / 2} height={height} />
        {shown.map((_, l) => (
          <span class="layer" key={l} ref={(e) => e?.style.setProperty('left', `${across(l)}%`)}>
            {l === 0 ? 'X' : l === L ? `A[${l}] ${network.output}` : `A[${l}] ${network.hidden}`}
          </span>
        ))}
        {shown.flatMap((n, l) =>
          Array.from({ length: n }, (_, i) => (
            <Node key={`${l} ${i}`} layer={l} unit={i} left={across(l)} top={top(l, i)} last={l === L} />
          )),
        )}
      </div>
      <p class="caption">
        {mapCaption()} Edges: <Key sign={-1} /> negative, <Key sign={1} /> positive weights, thicker for
        larger ones. Click a unit to follow its sum. {hidden.length > 0 && `Drawn: ${hidden.join(', ')}.`}
      </p>
    </section>
  );
}

const layerName = (l: number, L: number) =>
  l === 0 ? 'features' : l === L ? 'output units' : `units of layer ${l}`;

function mapCaption(): string {
  const current = plane.value;
  if (!current) return '';
  if (!current.y) return `Each map: the unit over ${current.x.name}.`;
  const others = features.value.length > 2 ? ', other features at their mean' : '';
  return `Each map: the unit over ${current.x.name} (across) and ${current.y.name} (up)${others}.`;
}

function Key({ sign }: { sign: number }) {
  const { negative, positive } = palette.value;
  return (
    <i
      class="key"
      ref={(element) => element?.style.setProperty('background', css(sign < 0 ? negative : positive))}
    />
  );
}

interface EdgesProps {
  shown: readonly number[];
  across(l: number): number;
  middle(l: number, i: number): number;
  height: number;
}

function Edges({ shown, across, middle, height }: EdgesProps) {
  const theta = parameters.value;
  if (!theta) return null;
  return (
    <svg class="edges" viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {theta.flatMap(({ W }, index) => {
        const l = index + 1;
        const limit = W.data.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
        return Array.from({ length: shown[l] * shown[l - 1] }, (_, at) => {
          const [i, k] = [Math.floor(at / shown[l - 1]), at % shown[l - 1]];
          const w = W.data[i * W.cols + k];
          const [x1, y1, x2, y2] = [across(l - 1), middle(l - 1, k), across(l), middle(l, i)];
          const bend = (x2 - x1) / 2;
          const strength = limit > 0 ? Math.abs(w) / limit : 0;
          const { negative, positive } = palette.value;
          return (
            <path
              key={`${l} ${i} ${k}`}
              d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
              stroke={css(w < 0 ? negative : positive, 0.25 + 0.75 * strength)}
              stroke-width={0.75 + 4 * strength}
              data-weight={w}
            >
              <title>{`w${subscript(i + 1)},${subscript(k + 1)} of layer ${l} = ${full(w)}`}</title>
            </path>
          );
        });
      })}
    </svg>
  );
}

/** The value that has the full colour: of a feature its own largest, of units the largest of the layer. */
function limitOf({ A, network: { sizes, hidden } }: Propagation, layer: number, unit: number): number {
  const isHidden = layer > 0 && layer < sizes.length - 1;
  if (isHidden && (hidden === 'tanh' || hidden === 'sigmoid')) return 1;
  const X = sample.value?.X;
  const values = layer === 0 && X ? X.data.subarray(unit * X.cols, (unit + 1) * X.cols) : A[layer].data;
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

interface NodeProps {
  layer: number;
  unit: number;
  left: number;
  top: number;
  last: boolean;
}

function Node({ layer, unit, left, top, last }: NodeProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const current = grid.value;
    const context = canvas.current?.getContext('2d');
    if (!current || !context) return;
    const { rows, cols, pass } = current;
    const values = pass.A[layer].data.subarray(unit * rows * cols, (unit + 1) * rows * cols);
    const shift = last && pass.network.output !== 'linear' ? 0.5 : 0;
    const limit = shift || limitOf(pass, layer, unit);
    const colours = palette.value;
    const picture = heatmap(rows, cols, (row, col) =>
      diverging(colours, values[row * cols + col] - shift, limit),
    );
    context.imageSmoothingEnabled = true;
    context.drawImage(picture, 0, 0, NODE * 2, NODE * 2);
  });
  const bias = layer > 0 ? parameters.value?.[layer - 1].b[unit] : undefined;
  const name = nodeName(layer, unit, last);
  const selected = neuron.value?.layer === layer && neuron.value.unit === unit;
  const place = (element: HTMLElement | null) => {
    element?.style.setProperty('left', `${left}%`);
    element?.style.setProperty('top', `${top}px`);
  };
  const picture = <canvas ref={canvas} width={NODE * 2} height={NODE * 2} aria-hidden="true" />;
  return layer === 0 ? (
    <div class="node input" ref={place} title={name}>
      {picture}
      <span class="label">{name}</span>
    </div>
  ) : (
    <button
      class={`node${selected ? ' selected' : ''}${last ? ' output' : ''}`}
      ref={place}
      data-neuron={`${layer}-${unit}`}
      aria-pressed={selected}
      aria-label={`${name}, layer ${layer}, bias ${bias === undefined ? '' : short(bias)}`}
      title={`${name}: layer ${layer}, unit ${unit + 1}; b = ${bias === undefined ? '' : full(bias)}`}
      onClick={() => {
        neuron.value = selected ? null : { layer, unit };
        remember();
      }}
    >
      {picture}
      {last && <span class="label">{name}</span>}
    </button>
  );
}

const subscripts = '₀₁₂₃₄₅₆₇₈₉';
/** Digits as subscripts: `a₁₂`. */
const subscript = (n: number): string => String(n).replace(/\d/g, (d) => subscripts[Number(d)]);

/** `x1`, `unit 2`, `P(petal = 1)`. */
export function nodeName(layer: number, unit: number, last: boolean): string {
  const { network, dataset } = run.value ?? {};
  if (layer === 0) return features.value[unit]?.name ?? '';
  if (!last || !dataset || !network) return `unit ${unit + 1}`;
  if (network.output === 'linear') return dataset.target;
  return `P(${dataset.target} = ${dataset.classes[network.output === 'softmax' ? unit : 1]})`;
}
