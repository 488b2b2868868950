import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { full, short } from '../../src/core/format';
import type { Network } from '../../src/core/network';
import {
  parameterIndex,
  parameterName,
  unitIndices,
  type ParameterPlace,
} from '../../src/core/parameterIndex';
import { nodeName } from '../model/diagram';
import { largest } from '../model/models';
import { numberOf, sliderLimit, whyNotEdited } from '../model/weightEdits';
import type { LensContext } from '../ui/context';
import { useHeld } from '../ui/handleControls';
import { Icon } from '../ui/icon';
import { numberAt, parameterText } from './parameterText';

/** One weight or bias: its number, to be typed or dragged, and whether it is learned. */
export function WeightPanel({ context }: { context: LensContext }) {
  const { run, choices } = context;
  const { network } = run.view.value;
  const place = choices.parameter.value;
  if (!network || !place) return null;
  return (
    <div class="weightPanel" role="group" aria-label="One weight or bias">
      <Chooser context={context} network={network} place={place} />
      <Editor key={parameterIndex(network, place)} context={context} network={network} place={place} />
    </div>
  );
}

interface PartProps {
  readonly context: LensContext;
  readonly network: Network;
  readonly place: ParameterPlace;
}

/** Which parameter it is. */
function Chooser({ context, network, place }: PartProps) {
  const { run, choices } = context;
  const { sizes } = network;
  const { layer, unit, input } = place;
  const select = (
    label: string,
    value: number,
    options: readonly [number, string][],
    to: (next: number) => ParameterPlace,
  ) => (
    <label>
      {label}{' '}
      <select
        aria-label={label}
        value={value}
        onChange={({ currentTarget }) => (choices.parameter.value = to(Number(currentTarget.value)))}
      >
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  const named = (count: number, l: number): [number, string][] =>
    Array.from({ length: count }, (_, k) => [k, nodeName(run, l, k)]);
  const layers = Array.from({ length: sizes.length - 1 }, (_, k): [number, string] => [k + 1, String(k + 1)]);
  return (
    <div class="row places">
      {layers.length > 1 &&
        select('Layer', layer, layers, (next) => ({
          ...{ layer: next, unit: Math.min(unit, sizes[next] - 1) },
          input: input === null ? null : Math.min(input, sizes[next - 1] - 1),
        }))}
      {select('Unit', unit, named(sizes[layer], layer), (next) => ({ layer, unit: next, input }))}
      {select(
        'Weight for',
        input ?? -1,
        [...named(sizes[layer - 1], layer - 1), [-1, 'none: the bias']],
        (next) => ({
          ...{ layer, unit },
          input: next < 0 ? null : next,
        }),
      )}
      <button
        class="tool"
        title="Close"
        aria-label="Close the weights"
        onClick={() => (choices.parameter.value = null)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function Editor({ context, network, place }: PartProps) {
  const { run, edits } = context;
  const index = parameterIndex(network, place);
  const name = parameterName(place);
  const held = edits.held.value;
  const value = held?.index === index ? held.value : numberAt(run.parameters.value, place);
  const live = run.live.value;
  const why = whyNotEdited(live, run.moment.value !== null);
  const frozen = run.frozen.value;
  const ofUnit = unitIndices(network, place.layer, place.unit);
  const isUnitFrozen = ofUnit.every((each) => frozen.has(each));
  const unit = nodeName(run, place.layer, place.unit);
  return (
    <>
      <div class="row">
        <NumberField
          name={name}
          value={value}
          isIdle={why !== ''}
          commit={(next) => edits.set(index, next)}
        />
        <NumberSlider
          context={context}
          place={place}
          index={index}
          name={name}
          value={value}
          isIdle={why !== ''}
        />
        <Toggle
          text="Freeze"
          label={`Freeze ${name}`}
          isOn={frozen.has(index)}
          isIdle={why !== ''}
          turn={(on) => void edits.freeze([index], on)}
        />
        <Toggle
          text="Freeze Unit"
          label={`Freeze Unit: all that ${unit} of layer ${place.layer} learns`}
          isOn={isUnitFrozen}
          isIdle={why !== ''}
          turn={(on) => void edits.freeze(ofUnit, on)}
        />
        <button
          class="tool"
          data-action="undoByHand"
          title={live.undoByHand === null ? 'Nothing to take back' : `Take back: ${live.undoByHand}`}
          aria-label={live.undoByHand === null ? 'Undo' : `Undo ${live.undoByHand}`}
          aria-disabled={why !== '' || live.undoByHand === null}
          onClick={() => why === '' && live.undoByHand !== null && void edits.undo()}
        >
          <Icon name="discard" /> Undo
        </button>
      </div>
      <div class="hover" data-parameter={name}>
        {parameterText(context, place)}
      </div>
      <div class="hover why">{why}</div>
    </>
  );
}

interface ToggleProps {
  readonly text: string;
  readonly label: string;
  readonly isOn: boolean;
  readonly isIdle: boolean;
  turn(on: boolean): void;
}

function Toggle({ text, label, isOn, isIdle, turn }: ToggleProps) {
  return (
    <button
      class="tool"
      aria-label={label}
      aria-pressed={isOn}
      aria-disabled={isIdle}
      title={`${label}: no gradient, decay or moment changes it`}
      onClick={() => !isIdle && turn(!isOn)}
    >
      <Icon name={isOn ? 'lock' : 'unlock'} /> {text}
    </button>
  );
}

interface NumberProps {
  readonly name: string;
  readonly value: number;
  readonly isIdle: boolean;
}

function NumberField({ name, value, isIdle, commit }: NumberProps & { commit(value: number): void }) {
  const text = useSignal<string | null>(null);
  const typed = text.value === null ? null : numberOf(text.value);
  const isWrong = text.value !== null && typed === null;
  const fault = useId();
  const enter = () => {
    if (text.value !== null && typed !== null) commit(typed);
    if (typed !== null) text.value = null;
  };
  return (
    <span class="fieldBox">
      <label>
        {name} ={' '}
        <input
          type="text"
          class="field"
          inputMode="decimal"
          spellcheck={false}
          autocomplete="off"
          aria-label={`${name}, a number`}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? fault : undefined}
          title={full(value)}
          data-value={value}
          disabled={isIdle}
          value={text.value ?? short(value)}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') enter();
            if (event.key !== 'Escape' || text.value === null) return;
            event.stopPropagation();
            text.value = null;
          }}
          onBlur={enter}
        />
      </label>
      {isWrong && (
        <span class="fault" id={fault} role="alert">
          This is no number.
        </span>
      )}
    </span>
  );
}

const STEPS = 100;

/** Its ends stay until another weight is chosen, or the number is beyond them. */
function NumberSlider({
  context,
  place,
  index,
  name,
  value,
  isIdle,
}: NumberProps & { readonly context: LensContext; readonly place: ParameterPlace; readonly index: number }) {
  const { run, edits } = context;
  const { held, letGo } = useHeld((next) => edits.set(index, Number(next)));
  const isKeyDown = useRef(false);
  const layer = run.parameters.value?.[place.layer - 1];
  const numbers = place.input === null ? layer?.b : layer?.W.data;
  const ends = useRef<number | null>(null);
  const limit = sliderLimit(ends.current, value, largest(numbers ?? new Float64Array()));
  if (numbers) ends.current = limit;
  const step = limit / STEPS;
  return (
    <input
      type="range"
      class="slider"
      aria-label={`${name}, slider`}
      aria-valuetext={short(value)}
      disabled={isIdle}
      min={-limit}
      max={limit}
      step={step}
      value={value}
      onKeyDown={() => (isKeyDown.current = true)}
      onKeyUp={() => {
        isKeyDown.current = false;
        letGo();
      }}
      onInput={({ currentTarget }) => {
        const next = Number(Number(currentTarget.value).toPrecision(6));
        held.current = { value: next, byKey: isKeyDown.current };
        edits.hold(index, next);
      }}
      onChange={() => {
        if (!isKeyDown.current) letGo();
      }}
      onBlur={() => {
        isKeyDown.current = false;
        letGo();
      }}
    />
  );
}
