import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { QuantityKey } from '../../src/core/chain';
import { checkingGuess, type Verdict } from '../../src/core/checkNumbers';
import { plainName } from '../model/equationParts';
import type { Equations } from '../model/equations';
import { inSlices } from '../model/slices';
import type { LensContext } from '../ui/context';
import { VerdictText } from '../ui/verdictText';

/** Cells of the window that are asked for lie so far apart. */
const STRIDE = 5;

/** One number is hidden, and a person says what it is before it is seen. */
export function GuessCard({ context, equations }: { context: LensContext; equations: Equations }) {
  const asked = useSignal(0);
  const text = useSignal('');
  const verdict = useSignal<Verdict | null>(null);
  /** What stays said once the number is seen. */
  const said = useSignal<Verdict | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const masked = equations.masked.value;
  const isRunning = context.run.live.value.status === 'running';
  const step = equations.step.value;
  const quantity: QuantityKey = step.kind === 'update' ? `newW${step.l}` : step.key;
  useEffect(() => {
    if (!masked) {
      verdict.value = null;
      text.value = '';
    }
  }, [masked]);
  // What was said is of another step.
  useEffect(() => {
    said.value = null;
  }, [step.key]);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const hide = () => {
    const matrix = equations.trace.value?.get(quantity);
    if (!matrix) return;
    const [rowAxis, colAxis] = equations.axes(quantity);
    const [rows, cols] = [Math.min(4, matrix.rows), Math.min(2, matrix.cols)];
    const at = (STRIDE * asked.value++) % (rows * cols);
    const [row0, col0] = [equations.windowOf(rowAxis).value, equations.windowOf(colAxis).value];
    verdict.value = null;
    text.value = '';
    equations.masked.value = {
      quantity,
      row: Math.min(matrix.rows - 1, row0 + Math.floor(at / cols)),
      col: Math.min(matrix.cols - 1, col0 + (at % cols)),
    };
    equations.pointed.value = equations.masked.value;
    requestAnimationFrame(() => {
      input.current?.focus();
      // The cell keeps room above itself, which the field stands in.
      document.querySelector('.matrix .masked')?.scrollIntoView({ block: 'nearest' });
    });
  };
  const check = () => {
    const situation = equations.situation();
    if (!masked || !situation) return;
    stop.current();
    stop.current = inSlices(
      checkingGuess(
        ...([text.value, situation, masked.quantity, masked.row, masked.col] as const),
        equations.shownOf(masked.quantity),
      ),
      () => undefined,
      (found) => {
        verdict.value = found;
        if (found.kind === 'right') reveal();
      },
    );
  };
  const reveal = () => {
    const cell = equations.masked.value;
    equations.masked.value = null;
    equations.pointed.value = cell;
  };
  if (verdict.value) said.value = verdict.value;
  return (
    <section class="guess" aria-label="Guess, then see">
      <h2>Guess, then see</h2>
      {masked ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            check();
          }}
        >
          <label>
            {plainName(masked.quantity)}, row {masked.row + 1}, column {masked.col + 1} ={' '}
            <input
              ref={input}
              inputMode="decimal"
              autocomplete="off"
              value={text.value}
              onInput={({ currentTarget }) => (text.value = currentTarget.value)}
            />
          </label>
          <p class="buttons">
            <button type="submit">Check</button>
            <button type="button" class="secondary" onClick={reveal}>
              Show
            </button>
          </p>
        </form>
      ) : (
        <p class="buttons">
          <button
            class="secondary"
            aria-disabled={isRunning}
            data-guess="hide"
            onClick={() => {
              said.value = null;
              if (!isRunning) hide();
            }}
          >
            Hide a Number
          </button>
        </p>
      )}
      <div class="verdict" role="status">
        {said.value ? (
          <VerdictText verdict={said.value} />
        ) : (
          <p class="caption">
            {isRunning
              ? 'Pause first: the numbers change while it trains.'
              : masked
                ? 'Two digits are enough.'
                : 'One cell is hidden. Work it out from the others.'}
          </p>
        )}
      </div>
    </section>
  );
}
