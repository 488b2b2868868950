import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { full } from '../../src/core/format';
import type { HandleKey, HandleValue } from '../../src/protocol/handlesView';
import { fieldText, labels, parseField } from '../model/handleValues';
import type { Slider as Scale } from '../model/slider';

/** What a control of a handle is given. */
export interface ControlProps<T extends HandleValue = HandleValue> {
  readonly name: HandleKey;
  readonly value: T;
  readonly isIdle: boolean;
  /** The handle is held. */
  hold(value: HandleValue): void;
  /** The handle is let go. */
  release(value: HandleValue): void;
}

/** By arrow keys a handle is let go when the key is, not at each of its repeats. */
export function useHeld(release: (value: HandleValue) => void) {
  const held = useRef<{ value: HandleValue; byKey: boolean } | null>(null);
  const letGo = () => {
    if (!held.current) return;
    const { value } = held.current;
    held.current = null;
    release(value);
  };
  return { held, letGo };
}

/** A slider: its keys are those of every slider. */
export function SliderControl({
  name,
  value,
  isIdle,
  scale,
  hold,
  release,
}: ControlProps<number> & { readonly scale: Scale }) {
  const { held, letGo } = useHeld(release);
  const isKeyDown = useRef(false);
  return (
    <input
      type="range"
      class="slider"
      aria-label={`${labels[name]}, slider`}
      aria-valuetext={fieldText(name, value)}
      data-slider={name}
      disabled={isIdle}
      min={scale.min}
      max={scale.max}
      step={scale.step}
      value={scale.positionOf(value)}
      onKeyDown={() => (isKeyDown.current = true)}
      onKeyUp={() => {
        isKeyDown.current = false;
        letGo();
      }}
      onInput={({ currentTarget }) => {
        const next = scale.valueAt(Number(currentTarget.value));
        held.current = { value: next, byKey: isKeyDown.current };
        hold(next);
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

/** A field for a number, or a word that stands for one; what cannot be used is said and not sent. */
export function FieldControl({
  name,
  value,
  isIdle,
  placeholder,
  stepped,
  hold,
  release,
}: ControlProps & {
  /** What stands there while the value is a word, as what `auto` stands for. */
  readonly placeholder?: string;
  /** The next value by an arrow key. */
  readonly stepped?: (up: boolean) => number | null;
}) {
  const text = useSignal<string | null>(null);
  const { held, letGo } = useHeld(release);
  const parsed = text.value === null ? null : parseField(name, text.value);
  const fault = parsed && 'fault' in parsed ? parsed.fault : null;
  const commit = () => {
    if (parsed && 'value' in parsed) {
      text.value = null;
      if (JSON.stringify(parsed.value) !== JSON.stringify(value)) release(parsed.value);
    }
  };
  const id = `fault-${name.replace('.', '-')}`;
  return (
    <span class="fieldBox">
      <input
        type="text"
        class="field"
        inputMode="decimal"
        spellcheck={false}
        autocomplete="off"
        aria-label={labels[name]}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : id}
        data-field={name}
        disabled={isIdle}
        title={typeof value === 'number' ? full(value) : undefined}
        value={text.value ?? placeholder ?? fieldText(name, value)}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape' && text.value !== null) {
            text.value = null;
            event.stopPropagation();
          }
          const isUp = event.key === 'ArrowUp';
          const next = isUp || event.key === 'ArrowDown' ? (stepped?.(isUp) ?? null) : null;
          if (next === null) return;
          event.preventDefault();
          text.value = null;
          held.current = { value: next, byKey: true };
          hold(next);
        }}
        onKeyUp={letGo}
        onBlur={() => {
          letGo();
          commit();
          if (fault !== null) text.value = null;
        }}
      />
      {fault !== null && (
        <span class="fault" id={id} role="alert">
          {fault}
        </span>
      )}
    </span>
  );
}

/** One of a few words. */
export function ChoiceControl({
  name,
  value,
  isIdle,
  choices,
  shown = (choice) => choice,
  release,
}: ControlProps<string> & {
  readonly choices: readonly string[];
  shown?(choice: string): string;
}) {
  return (
    <select
      aria-label={labels[name]}
      data-choice-of={name}
      disabled={isIdle}
      value={value}
      onChange={({ currentTarget }) => release(currentTarget.value)}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {shown(choice)}
        </option>
      ))}
    </select>
  );
}
