import { parameterIndex, type ParameterPlace } from '../../src/core/parameterIndex';
import type { Layout } from '../model/diagram';
import { largest } from '../model/models';
import { styled } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { css } from '../ui/theme';
import type { DiagramProps } from './diagramView';
import { openPanel } from './panelButton';

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

export function Edges({
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
export function Biases({
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
