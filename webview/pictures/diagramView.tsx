import { useSignalEffect, type Signal } from '@preact/signals';
import type { TargetedMouseEvent } from 'preact';
import type { Network } from '../../src/core/network';
import { whole } from '../../src/core/format';
import type { ParameterPlace } from '../../src/core/parameterIndex';
import { edgeAt, layerParts, MOST_UNITS, type Layout } from '../model/diagram';
import { styled } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { Icon, type IconName } from '../ui/icon';
import { Biases, Edges, type Bias, type Edge, type Pointed } from './diagramEdges';
import { Node } from './diagramNode';
import { openPanel } from './panelButton';

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

export interface DiagramProps {
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
