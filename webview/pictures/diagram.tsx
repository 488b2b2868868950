import { signal, type Signal } from '@preact/signals';
import { full, short, whole } from '../../src/core/format';
import { unitCheck } from '../../src/core/verdicts/unitChecks';
import { layerName, layoutOf, NODE, nodeName, unitColour, unitMap, type Layout } from '../model/diagram';
import { Canvas, heatmap, styled } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { Hover, nameOf } from '../ui/examples';
import type { Draw } from '../ui/pen';
import { css, type Rgb } from '../ui/theme';
import { diagramDrawing } from './diagramDrawing';
import type { Picture } from './picture';

const subscripts = '₀₁₂₃₄₅₆₇₈₉';
/** Digits as subscripts: `a₁₂`. */
const subscript = (n: number): string => String(n).replace(/\d/g, (d) => subscripts[Number(d)]);

/** The network: one small map for each unit over the plane of two features, edges coloured by weight. */
export function networkPicture(context: LensContext): Picture {
  const { run, palette } = context;
  const pointed = signal('');
  return {
    name: 'network',
    title: () => 'Network',
    view: () => {
      const { network } = run.view.value;
      if (!network) return null;
      const layout = layoutOf(network);
      return (
        <>
          <div class="diagram" ref={styled('height', `${layout.height}px`)}>
            <Edges context={context} layout={layout} />
            {layout.shown.map((_, l) => (
              <span class="layer" key={l} ref={styled('left', `${layout.across(l)}%`)}>
                {layerName(network, l)}
              </span>
            ))}
            {layout.shown.flatMap((n, l) =>
              Array.from({ length: n }, (_, i) => (
                <Node
                  key={`${l} ${i}`}
                  context={context}
                  layout={layout}
                  layer={l}
                  unit={i}
                  pointed={pointed}
                />
              )),
            )}
          </div>
          <Hover text={pointed.value} otherwise="Click a unit to follow its sum." />
        </>
      );
    },
    caption: () => {
      const { network } = run.view.value;
      const { negative, positive } = palette.value;
      return (
        <>
          {mapSentence(context)} Edges: <Key colour={negative} /> negative, <Key colour={positive} /> positive
          weights, thicker for larger ones. {network && leftOutSentence(network.sizes)}
        </>
      );
    },
    numbers: () => ({
      columns: ['Layer', 'From', 'To', 'w'],
      rows: edgesOf(context).map(({ l, i, k, w }) => [l, nodeName(run, l - 1, k), nodeName(run, l, i), w]),
    }),
    drawing: () => diagramDrawing(context, edgesOf(context)),
  };
}

function mapSentence({ run, models }: LensContext): string {
  const plane = models.plane.value;
  if (!plane) return '';
  const pass = models.grid.value;
  const coarse = pass && pass.slices > 1 ? ' The network is large: the maps follow a little behind.' : '';
  if (!plane.y) return `Each map: the unit over ${nameOf(plane.x.name)}.${coarse}`;
  const others = run.features.value.length > 2 ? ', other features at their mean' : '';
  return `Each map: the unit over ${nameOf(plane.x.name)} (across) and ${nameOf(plane.y.name)} (up)${others}.${coarse}`;
}

function leftOutSentence(sizes: readonly number[]): string {
  const { shown } = layoutOf({ sizes, hidden: 'linear', output: 'linear' });
  const L = sizes.length - 1;
  const name = (l: number) => (l === 0 ? 'features' : l === L ? 'output units' : `units of layer ${l}`);
  const parts = sizes.flatMap((n, l) => (n > shown[l] ? [`${shown[l]} of the ${whole(n)} ${name(l)}`] : []));
  return parts.length > 0 ? `Drawn: ${parts.join(', ')}.` : '';
}

function Key({ colour }: { colour: Rgb }) {
  return <i class="key" ref={styled('background', css(colour))} />;
}

/** An edge that is drawn: from unit k of layer l − 1 to unit i of layer l. */
export interface Edge {
  readonly l: number;
  readonly i: number;
  readonly k: number;
  readonly w: number;
  /** |w| as a share of the layer's largest. */
  readonly strength: number;
}

function edgesOf({ run, models }: LensContext): Edge[] {
  const { network } = run.view.value;
  if (!network) return [];
  const { shown } = layoutOf(network);
  const limits = models.weightLimits.value;
  return (run.parameters.value ?? []).flatMap(({ W }, index) =>
    Array.from({ length: shown[index + 1] * shown[index] }, (_, at) => {
      const [i, k] = [Math.floor(at / shown[index]), at % shown[index]];
      const w = W.data[i * W.cols + k];
      const limit = limits[index];
      return { l: index + 1, i, k, w, strength: limit > 0 ? Math.abs(w) / limit : 0 };
    }),
  );
}

function Edges({ context, layout }: { context: LensContext; layout: Layout }) {
  const { negative, positive } = context.palette.value;
  const { across, top, height } = layout;
  return (
    <svg class="edges" viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {edgesOf(context).map(({ l, i, k, w, strength }) => {
        const [x1, y1] = [across(l - 1), top(l - 1, k) + NODE / 2];
        const [x2, y2] = [across(l), top(l, i) + NODE / 2];
        const bend = (x2 - x1) / 2;
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
      })}
    </svg>
  );
}

interface NodeProps {
  readonly context: LensContext;
  readonly layout: Layout;
  readonly layer: number;
  readonly unit: number;
  readonly pointed: Signal<string>;
}

function Node({ context, layout, layer, unit, pointed }: NodeProps) {
  const { run, models, palette, choices } = context;
  const L = (run.view.value.network?.sizes.length ?? 2) - 1;
  const draw: Draw = (canvas, width, height) => {
    const pass = models.grid.value;
    const { network } = run.view.value;
    if (!pass || !network) return;
    const { rows, cols } = pass.inputs;
    const map = unitMap(pass, network, layer, unit);
    const picture = heatmap(rows, cols, (row, col) => unitColour(palette.value, map, row * cols + col));
    canvas.imageSmoothingEnabled = true;
    canvas.drawImage(picture, 0, 0, width, height);
  };
  const name = nodeName(run, layer, unit);
  const chosen = choices.neuron.value;
  const isChosen = chosen?.layer === layer && chosen.unit === unit;
  const isEnd = layer === 0 || layer === L;
  const verdict = layer > 0 && layer < L ? models.verdicts.value?.layers[layer - 1]?.[unit] : undefined;
  const mark = verdict ? unitCheck(verdict.code).mark(verdict.facts) : '';
  const say = () => (pointed.value = sentenceOf(context, layer, unit));
  return (
    <button
      class={`node${isChosen ? ' selected' : ''}${layer === 0 ? ' input' : ''}${layer === L ? ' output' : ''}`}
      ref={(element) => {
        styled('left', `${layout.across(layer)}%`)(element);
        styled('top', `${layout.top(layer, unit)}px`)(element);
      }}
      {...(layer > 0 && { 'data-neuron': `${layer}-${unit}`, 'aria-pressed': isChosen })}
      aria-label={layer === 0 ? `Feature ${name}` : `${name}, layer ${layer}${mark && `, ${mark}`}`}
      title={name}
      onMouseEnter={say}
      onFocus={say}
      onMouseLeave={() => (pointed.value = '')}
      onBlur={() => (pointed.value = '')}
      onClick={() => {
        if (layer > 0) choices.neuron.value = isChosen ? null : { layer, unit };
        else putAcross(unit);
      }}
    >
      <Canvas class="unitMap" draw={draw} aria-hidden="true" />
      {isEnd && <span class="label">{name}</span>}
      {mark && (
        <span class="label mark" data-mark={verdict?.code}>
          {mark}
        </span>
      )}
    </button>
  );

  /** A click on a feature draws the maps over it. */
  function putAcross(feature: number): void {
    const [x, y] = choices.axes.value;
    if (feature !== x) choices.axes.value = [feature, feature === y ? x : y];
  }
}

/** The exact numbers of a unit. */
function sentenceOf({ run }: LensContext, layer: number, unit: number): string {
  const name = nodeName(run, layer, unit);
  if (layer === 0) {
    const feature = run.features.value[unit];
    if (!feature) return '';
    const { mean, deviation } = feature;
    return deviation === 1 && mean === 0
      ? `${name}: as it is in the file`
      : `${name}: standardised with mean ${short(mean)} and deviation ${short(deviation)}`;
  }
  const b = run.parameters.value?.[layer - 1]?.b[unit];
  return `${name}, layer ${layer}: b = ${b === undefined ? '' : full(b)}`;
}
