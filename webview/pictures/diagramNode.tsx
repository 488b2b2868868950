import type { Signal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { short } from '../../src/core/format';
import { unitIndices } from '../../src/core/parameterIndex';
import { unitWords } from '../../src/sentences/units';
import { nodeLabel, nodeName, unitMap, type Layout } from '../model/diagram';
import { Canvas, CellPicture, styled } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { Icon } from '../ui/icon';
import type { Draw } from '../ui/pen';
import type { Pointed } from './diagramEdges';
import { openPanel } from './panelButton';
import { paintUnit } from './unitMapPicture';

/** Draws the maps over a feature. */
export function putAcross({ choices }: LensContext, feature: number): void {
  const [x, y] = choices.axes.value;
  if (feature !== x) choices.axes.value = [feature, feature === y ? x : y];
}

interface NodeProps {
  readonly context: LensContext;
  readonly layout: Layout;
  readonly layer: number;
  readonly unit: number;
  readonly slot: number;
  readonly pointed: Signal<Pointed>;
}

/** A unit, or a feature, as a button with its map. */
export function Node({ context, layout, layer, unit, slot, pointed }: NodeProps) {
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
