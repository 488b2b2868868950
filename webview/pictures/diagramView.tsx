import { useSignalEffect, type Signal } from '@preact/signals';
import type { TargetedMouseEvent } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Network } from '../../src/core/network';
import { short, whole } from '../../src/core/format';
import { parameterIndex, unitIndices, type ParameterPlace } from '../../src/core/parameterIndex';
import { unitWords } from '../../src/sentences/units';
import { edgeAt, layerParts, MOST_UNITS, nodeLabel, nodeName, unitMap, type Layout } from '../model/diagram';
import { Canvas, CellPicture, styled } from '../ui/canvas';
import { largest } from '../model/models';
import type { LensContext } from '../ui/context';
import { Icon, type IconName } from '../ui/icon';
import type { Draw } from '../ui/pen';
import { css } from '../ui/theme';
import { openPanel } from './panelButton';
import { paintUnit } from './unitMapPicture';

/** Draws the maps over a feature. */
export function putAcross({ choices }: LensContext, feature: number): void {
  const [x, y] = choices.axes.value;
  if (feature !== x) choices.axes.value = [feature, feature === y ? x : y];
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

export function edgesOf({ run, models }: LensContext, { units }: Layout): Edge[] {
  const limits = models.weightLimits.value;
  return (run.parameters.value ?? []).flatMap(({ W }, index) =>
    units[index + 1].flatMap((i) =>
      units[index].map((k) => {
        const w = W.data[i * W.cols + k];
        const limit = limits[index];
        return { l: index + 1, i, k, w, strength: limit > 0 ? Math.abs(w) / limit : 0 };
      }),
    ),
  );
}

/** The bias of a unit that is drawn. */
export interface Bias {
  readonly l: number;
  readonly i: number;
  readonly b: number;
  /** |b| as a share of the layer's largest. */
  readonly strength: number;
}

export function biasesOf({ run }: LensContext, { units }: Layout): Bias[] {
  return (run.parameters.value ?? []).flatMap(({ b }, index) => {
    const limit = largest(b);
    return units[index + 1].map((i) => ({
      ...{ l: index + 1, i, b: b[i] },
      strength: limit > 0 ? Math.abs(b[i]) / limit : 0,
    }));
  });
}

/** A sentence, or the weight or bias that is said in exact numbers. */
export type Pointed = string | ParameterPlace;

const isPlace = (pointed: Pointed | null, layer: number, unit: number, input: number | null): boolean =>
  pointed !== null &&
  typeof pointed !== 'string' &&
  pointed.layer === layer &&
  pointed.unit === unit &&
  pointed.input === input;

function Edges({
  context,
  layout,
  edges,
  pointed,
}: Pick<DiagramProps, 'context' | 'edges' | 'pointed'> & { layout: Layout }) {
  const { run, choices } = context;
  const chosen = choices.parameter.value;
  const frozen = run.frozen.value;
  const { network } = run.view.value;
  const { negative, positive } = context.palette.value;
  const { across, top, height, size, units } = layout;
  return (
    <svg class="edges" viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {edges.map(({ l, i, k, w, strength }) => {
        const [x1, y1] = [across(l - 1), top(l - 1, units[l - 1].indexOf(k)) + size / 2];
        const [x2, y2] = [across(l), top(l, units[l].indexOf(i)) + size / 2];
        const bend = (x2 - x1) / 2;
        return (
          <path
            key={`${l} ${i} ${k}`}
            d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
            stroke={css(w < 0 ? negative : positive, 0.25 + 0.75 * strength)}
            stroke-width={0.75 + 4 * strength}
            data-weight={w}
            class={edgeClass(l, i, k)}
          />
        );
      })}
    </svg>
  );

  function edgeClass(l: number, i: number, k: number): string {
    const isFrozen =
      network && frozen.size > 0 && frozen.has(parameterIndex(network, { layer: l, unit: i, input: k }));
    const isLit = isPlace(chosen, l, i, k) || isPlace(pointed.value, l, i, k);
    return `${isFrozen ? 'frozen' : ''}${isLit ? ' lit' : ''}`;
  }
}

/** The squares that stand for biases; by keys they are reached at their units. */
function Biases({
  context,
  layout,
  biases,
  pointed,
}: Pick<DiagramProps, 'context' | 'biases' | 'pointed'> & { layout: Layout }) {
  const { run, choices, palette } = context;
  const { across, top, size, units } = layout;
  const { network } = run.view.value;
  const frozen = run.frozen.value;
  const { negative, positive } = palette.value;
  return (
    <>
      {biases.map(({ l, i, b, strength }) => {
        const place = { layer: l, unit: i, input: null };
        const isFrozen = network && frozen.has(parameterIndex(network, place));
        const isLit = isPlace(choices.parameter.value, l, i, null) || isPlace(pointed.value, l, i, null);
        return (
          <span
            key={`${l} ${i}`}
            class={`biasMark${isFrozen ? ' frozen' : ''}${isLit ? ' lit' : ''}`}
            aria-hidden="true"
            data-bias={b}
            ref={(element) => {
              styled('left', `calc(${across(l)}% - ${size / 2}px)`)(element);
              styled('top', `${top(l, units[l].indexOf(i))}px`)(element);
              styled('background', css(b < 0 ? negative : positive, 0.25 + 0.75 * strength))(element);
            }}
            onMouseEnter={() => (pointed.value = place)}
            onMouseLeave={() => (pointed.value = '')}
            onClick={() => openPanel(choices, place)}
          />
        );
      })}
    </>
  );
}

function LayerName({ network, layer }: { readonly network: Network; readonly layer: number }) {
  const [name, activation] = layerParts(network, layer);
  return (
    <>
      {name}
      {activation !== '' && (
        <span class={network.sizes.length > 3 ? 'activation ofMany' : 'activation'}> {activation}</span>
      )}
    </>
  );
}

interface DiagramProps {
  readonly context: LensContext;
  readonly layout: Layout | null;
  readonly starts: Signal<readonly number[]>;
  readonly pointed: Signal<Pointed>;
  readonly edges: readonly Edge[];
  readonly biases: readonly Bias[];
}

/** The units as buttons with their maps, and the weights between them. */
export function Diagram({ context, layout, starts, pointed, edges, biases }: DiagramProps) {
  const { run, choices } = context;
  const { network } = run.view.value;
  // A unit that is chosen elsewhere comes into sight.
  useSignalEffect(() => {
    const chosen = choices.neuron.value;
    if (!chosen) return;
    const present = starts.peek()[chosen.layer] ?? 0;
    if (chosen.unit >= present && chosen.unit < present + MOST_UNITS) return;
    moveTo(starts, chosen.layer, chosen.unit - (chosen.unit % MOST_UNITS));
  });
  if (!network || !layout) return null;
  return (
    <div class="diagramBox">
      <div
        class={`diagram${typeof pointed.value === 'string' ? '' : ' onParameter'}`}
        ref={(element) => {
          styled('height', `${layout.height}px`)(element);
          styled('min-width', `${layout.narrowest}px`)(element);
        }}
        onMouseMove={(event) => {
          if (!isBetweenUnits(event)) return;
          const next = placeUnder(layout, event);
          if (next || typeof pointed.value !== 'string') pointed.value = next ?? '';
        }}
        onMouseLeave={() => (pointed.value = '')}
        onClick={(event) => {
          const place = isBetweenUnits(event) ? placeUnder(layout, event) : null;
          if (place) openPanel(choices, place);
        }}
      >
        <Edges context={context} layout={layout} edges={edges} pointed={pointed} />
        {layout.units.map((units, l) => (
          <span class="layer" key={l} ref={styled('left', `${layout.across(l)}%`)}>
            <LayerName network={network} layer={l} />
            {l > 0 && network.sizes[l] > MOST_UNITS && (
              <Window starts={starts} layer={l} count={network.sizes[l]} units={units} />
            )}
          </span>
        ))}
        {layout.units.flatMap((units, l) =>
          units.map((i, slot) => (
            <Node
              key={`${l} ${i}`}
              context={context}
              layout={layout}
              layer={l}
              unit={i}
              slot={slot}
              pointed={pointed}
            />
          )),
        )}
        <Biases context={context} layout={layout} biases={biases} pointed={pointed} />
      </div>
    </div>
  );
}

type OnDiagram = TargetedMouseEvent<HTMLDivElement>;

const isBetweenUnits = ({ target }: OnDiagram): boolean =>
  target instanceof Element && !target.closest('button, .biasMark');

/** The weight whose edge is under the pointer; null where there is none. */
function placeUnder(layout: Layout, { currentTarget, clientX, clientY }: OnDiagram): ParameterPlace | null {
  const { left, top, width } = currentTarget.getBoundingClientRect();
  const edge = edgeAt(layout, ((clientX - left) / width) * 100, clientY - top);
  return edge && { layer: edge.l, unit: edge.i, input: edge.k };
}

function moveTo(starts: Signal<readonly number[]>, layer: number, start: number): void {
  const next = [...starts.peek()];
  next[layer] = start;
  starts.value = Array.from(next, (each) => each ?? 0);
}

interface WindowProps {
  readonly starts: Signal<readonly number[]>;
  readonly layer: number;
  readonly count: number;
  readonly units: readonly number[];
}

/** Which units of a large layer are drawn, and the way to the others. */
function Window({ starts, layer, count, units }: WindowProps) {
  const first = units[0];
  const step = (by: number, icon: IconName, label: string) => {
    const to = first + by;
    const isThere = to >= 0 && to < count;
    return (
      <button
        class="tool"
        title={label}
        aria-label={`${label} of layer ${layer}`}
        aria-disabled={!isThere}
        onClick={() => isThere && moveTo(starts, layer, to)}
      >
        <Icon name={icon} />
      </button>
    );
  };
  return (
    <span class="window">
      {step(-MOST_UNITS, 'chevron-left', 'Units before')}
      {first + 1}–{first + units.length} of {whole(count)}
      {step(MOST_UNITS, 'chevron-right', 'Units after')}
    </span>
  );
}

interface NodeProps {
  readonly context: LensContext;
  readonly layout: Layout;
  readonly layer: number;
  readonly unit: number;
  readonly slot: number;
  readonly pointed: Signal<Pointed>;
}

function Node({ context, layout, layer, unit, slot, pointed }: NodeProps) {
  const cells = useMemo(() => new CellPicture(), []);
  const { run, models, palette, choices } = context;
  const L = (run.view.value.network?.sizes.length ?? 2) - 1;
  const draw: Draw = (canvas, width, height) => {
    const pass = models.grid.value;
    const { network } = run.view.value;
    if (!pass || !network) return;
    const map = unitMap(pass, network, layer, unit);
    const picture = paintUnit(cells, pass.inputs, map, palette.value);
    canvas.imageSmoothingEnabled = true;
    canvas.drawImage(picture, 0, 0, width, height);
  };
  const name = nodeName(run, layer, unit);
  const label = nodeLabel(run, layer, unit);
  const chosen = choices.neuron.value;
  const isChosen = chosen?.layer === layer && chosen.unit === unit;
  const isEnd = layer === 0 || layer === L;
  const verdict = layer > 0 && layer < L ? models.verdicts.value?.layers[layer - 1]?.[unit] : undefined;
  const mark = verdict ? unitWords(verdict.code).mark(verdict.facts) : '';
  const { network } = run.view.value;
  const frozen = run.frozen.value;
  const isFrozen =
    layer > 0 &&
    network !== null &&
    frozen.size > 0 &&
    unitIndices(network, layer, unit).every((index) => frozen.has(index));
  const say = () => (pointed.value = layer === 0 ? sentenceOf(context, unit) : { layer, unit, input: null });
  /** Whether the keys have gone to one of its parameters. */
  const isOnParameter = useRef(false);
  /** Up and down go through the bias and the weights that are drawn; Enter opens what they have come to. */
  const onKeyDown = (event: KeyboardEvent) => {
    const { value: place } = pointed;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (layer === 0 || typeof place === 'string') return;
    if (by !== undefined) {
      const inputs = [null, ...layout.units[layer - 1]];
      const at = inputs.indexOf(place.input) + by;
      if (at >= 0 && at < inputs.length) pointed.value = { layer, unit, input: inputs[at] };
      isOnParameter.current = true;
    } else if (event.key === 'Enter' && isOnParameter.current) openPanel(choices, place);
    else return;
    event.preventDefault();
  };
  return (
    <button
      class={`node${isChosen ? ' selected' : ''}${layer === 0 ? ' input' : ''}${layer === L ? ' output' : ''}`}
      ref={(element) => {
        styled('left', `${layout.across(layer)}%`)(element);
        styled('top', `${layout.top(layer, slot)}px`)(element);
        styled('width', `${layout.size}px`)(element);
        styled('height', `${layout.size}px`)(element);
      }}
      {...(layer > 0 && { 'data-neuron': `${layer}-${unit}`, 'aria-pressed': isChosen })}
      aria-label={
        layer === 0
          ? `Feature ${name}`
          : // What stands beside it is part of its name, for those who say it.
            `${isEnd && label !== name ? `${label} : ` : ''}${name}, layer ${layer}${mark && `, ${mark}`}${isFrozen ? ', frozen' : ''}`
      }
      title={name}
      onMouseEnter={say}
      onFocus={say}
      onMouseLeave={() => (pointed.value = '')}
      onBlur={() => {
        pointed.value = '';
        isOnParameter.current = false;
      }}
      onKeyDown={onKeyDown}
      {...(layer > 0 && { 'aria-keyshortcuts': 'ArrowDown ArrowUp' })}
      onClick={() => {
        if (layer > 0) choices.neuron.value = isChosen ? null : { layer, unit };
        else putAcross(context, unit);
      }}
    >
      <Canvas class="unitMap" draw={draw} aria-hidden="true" />
      {isEnd && <span class="label">{label}</span>}
      {isFrozen && <Icon name="lock" />}
      {mark && (
        <span class="label mark" data-mark={verdict?.code}>
          {mark}
        </span>
      )}
    </button>
  );
}

/** How a feature was scaled. */
function sentenceOf({ run }: LensContext, feature: number): string {
  const scale = run.features.value[feature];
  if (!scale) return '';
  const { mean, deviation } = scale;
  const name = nodeName(run, 0, feature);
  return deviation === 1 && mean === 0
    ? `${name}: as it is in the file`
    : `${name}: standardised with mean ${short(mean)} and deviation ${short(deviation)}`;
}
