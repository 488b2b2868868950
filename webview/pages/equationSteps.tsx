import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Phase, Step } from '../../src/core/chain';
import type { Equations } from '../model/equations';
import { plainName } from '../model/equationParts';
import { Icon } from '../ui/icon';

/** How long a cell, and with it a step of so many cells, is shown in slow motion. */
const CELL_MS = 900;
const CELLS = 4;
const PHASES: readonly (readonly [Phase, string])[] = [
  ['forward', 'Forward'],
  ['cost', 'Cost'],
  ['backward', 'Backward'],
  ['update', 'Update'],
];

/** The chain of steps, and the buttons that lead through it. */
export function Steps({ equations }: { equations: Equations }) {
  const row = useRef<HTMLDivElement>(null);
  const current = equations.step.value;
  const steps = equations.steps.value;
  const at = steps.indexOf(current);
  const focusCurrent = () =>
    requestAnimationFrame(() => row.current?.querySelector<HTMLElement>('[aria-current]')?.focus());
  return (
    <nav class="card steps" aria-label="One training step">
      <div
        class="chain"
        ref={row}
        onKeyDown={(event) => {
          const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
          if (by === 0) return;
          event.preventDefault();
          if (equations.move(by)) focusCurrent();
        }}
      >
        {PHASES.map(([phase, title], k) => (
          <div class="phase" key={phase} role="group" aria-label={title}>
            {k > 0 && (
              <span class="arrow" aria-hidden="true">
                →
              </span>
            )}
            <span class="phaseName" aria-hidden="true">
              {title}
            </span>
            {steps
              .filter((step) => step.phase === phase)
              .map((step) => (
                <button
                  key={step.key}
                  class="step"
                  data-step={step.key}
                  tabIndex={step.key === current.key ? 0 : -1}
                  {...(step.key === current.key && { 'aria-current': 'step' })}
                  onClick={() => equations.go(step.key)}
                >
                  {labelOf(step)}
                </button>
              ))}
          </div>
        ))}
      </div>
      <div class="player">
        <button
          class="secondary"
          aria-disabled={at === 0}
          data-move="back"
          onClick={() => equations.move(-1)}
        >
          Back
        </button>
        <button
          class="secondary"
          aria-disabled={at === steps.length - 1}
          data-move="next"
          onClick={() => equations.move(1)}
        >
          Next
        </button>
        <SlowMotion equations={equations} />
        <span class="caption">
          Step {at + 1} of {steps.length}
        </span>
      </div>
    </nav>
  );
}

const labelOf = (step: Step): string =>
  step.kind === 'update' ? `W[${step.l}], b[${step.l}]` : plainName(step.key);

/** Leads through the chain by itself, cell by cell and step by step; with reduced motion by steps alone. */
function SlowMotion({ equations }: { equations: Equations }) {
  const isPlaying = useSignal(false);
  useEffect(() => {
    if (!isPlaying.value) return undefined;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let cell = 0;
    const timer = setInterval(() => {
      if (!calm && cell < CELLS) pointAt(equations, cell);
      if (++cell <= CELLS) return;
      cell = 0;
      if (!equations.move(1)) isPlaying.value = false;
    }, CELL_MS);
    return () => clearInterval(timer);
  }, [isPlaying.value, equations]);
  return (
    <button
      class="secondary"
      aria-pressed={isPlaying.value}
      data-move="play"
      onClick={() => {
        const steps = equations.steps.value;
        if (!isPlaying.value && equations.step.value === steps.at(-1)) equations.go(steps[0].key);
        isPlaying.value = !isPlaying.value;
      }}
    >
      <Icon name={isPlaying.value ? 'debug-pause' : 'play'} /> {isPlaying.value ? 'Pause' : 'Slow Motion'}
    </button>
  );
}

/** Points at one cell of the result after the other. */
function pointAt(equations: Equations, k: number): void {
  const step = equations.step.value;
  const quantity = step.kind === 'update' ? (`newW${step.l}` as const) : step.key;
  const matrix = equations.trace.value?.get(quantity);
  if (!matrix || matrix.data.length === 0) return;
  const [rows, cols] = [Math.min(2, matrix.rows), Math.min(2, matrix.cols)];
  const at = k % (rows * cols);
  equations.pointed.value = { quantity, row: Math.floor(at / cols), col: at % cols };
}
