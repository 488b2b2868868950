import { useSignal } from '@preact/signals';
import type { HandleKey } from '../../src/protocol/handlesView';
import { parseUnits, withLayer, withUnits } from '../model/handleValues';
import type { ControlProps } from './handleControls';
import { Nudge } from './nudge';

/** Units of each hidden layer, and how many layers there are. */
export function LayersControl({ name, value, release }: ControlProps<readonly number[]>) {
  const more = withLayer(value);
  const set = (next: readonly number[]) => {
    if (next !== value) release(next);
  };
  return (
    <span class="layers" role="group" aria-label="hidden layers">
      <Nudge
        icon="diff-removed"
        label="Remove the last hidden layer"
        id="layers-fewer"
        isEnabled={value.length > 0}
        onNudge={() => set(value.slice(0, -1))}
      />
      <Nudge
        icon="diff-added"
        label="Add a hidden layer"
        id="layers-more"
        isEnabled={more !== value}
        onNudge={() => set(more)}
      />
      {value.length === 0 && <span class="none">none</span>}
      {value.map((units, l) => (
        <Units key={l} name={name} layer={l} layers={value} units={units} set={set} />
      ))}
    </span>
  );
}

interface UnitsProps {
  readonly name: HandleKey;
  readonly layer: number;
  readonly layers: readonly number[];
  readonly units: number;
  set(layers: readonly number[]): void;
}

function Units({ layer, layers, units, set }: UnitsProps) {
  const to = (n: number) => withUnits(layers, layer, n);
  const text = useSignal<string | null>(null);
  const parsed = text.value === null ? null : parseUnits(layers, layer, text.value);
  const fault = parsed && 'fault' in parsed ? parsed.fault : null;
  const commit = () => {
    if (!parsed || 'fault' in parsed) return;
    text.value = null;
    if (parsed.value[layer] !== units) set(parsed.value);
  };
  const place = `layer ${layer + 1}`;
  const id = `fault-units-${layer + 1}`;
  return (
    <span class="stepper" role="group" aria-label={`units of ${place}`}>
      <Nudge
        icon="remove"
        label={`One unit fewer in ${place}`}
        id={`units-fewer-${layer + 1}`}
        isEnabled={to(units - 1) !== layers}
        onNudge={() => set(to(units - 1))}
      />
      <span class="fieldBox">
        <input
          type="text"
          class="field units"
          inputMode="numeric"
          autocomplete="off"
          aria-label={`units of ${place}`}
          aria-invalid={fault !== null}
          aria-describedby={fault === null ? undefined : id}
          data-units={layer + 1}
          value={text.value ?? String(units)}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          onBlur={() => {
            commit();
            text.value = null;
          }}
          onKeyDown={({ key }) => {
            if (key === 'Enter') commit();
            else if (key === 'Escape') text.value = null;
            else if (key === 'ArrowUp') set(to(units + 1));
            else if (key === 'ArrowDown') set(to(units - 1));
          }}
        />
        {fault !== null && (
          <span class="fault" id={id} role="alert">
            {fault}
          </span>
        )}
      </span>
      <Nudge
        icon="add"
        label={`One unit more in ${place}`}
        id={`units-more-${layer + 1}`}
        isEnabled={to(units + 1) !== layers}
        onNudge={() => set(to(units + 1))}
      />
    </span>
  );
}
