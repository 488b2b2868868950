import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { QuantityKey, Step } from '../../src/core/chain';
import { checkingNumbers, type Verdict } from '../../src/core/checkNumbers';
import { short, whole } from '../../src/core/format';
import { plainName } from '../model/equationParts';
import type { Equations } from '../model/equations';
import { inSlices } from '../model/slices';
import type { LensContext } from '../ui/context';
import { VerdictText } from '../ui/verdictText';

/** The quantities that a person may have computed, in the order of the chain. */
export function checkable(steps: readonly Step[], hasRule: boolean): QuantityKey[] {
  return steps.flatMap((step): QuantityKey[] => {
    switch (step.kind) {
      case 'update':
        return hasRule ? [`newW${step.l}`, `newb${step.l}`] : [];
      case 'linear':
        return [`W${step.l}`, `b${step.l}`, step.key];
      default:
        return [step.key];
    }
  });
}

interface Said {
  readonly verdict: Verdict;
  readonly epoch: number;
}

/** Numbers that somebody has computed elsewhere, beside the exact ones; where they differ, the slip that gives them. */
export function CheckCard({ context, equations }: { context: LensContext; equations: Equations }) {
  const { toCheck } = context.choices;
  const text = useSignal('');
  const chosen = useSignal<QuantityKey | null>(null);
  /** What was said, or the share of the check that is done. */
  const said = useSignal<Said | number | null>(null);
  const stop = useRef<() => void>(() => undefined);
  const card = useRef<HTMLElement>(null);
  const step = equations.step.value;
  const quantities = checkable(equations.steps.value, equations.plainRule() !== null);
  const current: QuantityKey = step.kind === 'update' ? `newW${step.l}` : step.key;
  const quantity = quantities.find((key) => key === (chosen.value ?? current)) ?? quantities[0];
  const forget = () => {
    stop.current();
    said.value = null;
  };
  // What was said is of another quantity.
  useEffect(forget, [quantity]);
  useEffect(() => () => stop.current(), []);
  const m =
    (equations.shownOf(quantity) ? equations.trace.value?.m : equations.selection.value?.columns.length) ?? 0;
  const check = () => {
    forget();
    const situation = equations.situation();
    if (!situation) return;
    const { epoch } = situation;
    stop.current = inSlices(
      checkingNumbers(text.value, situation, quantity, equations.shownOf(quantity)),
      (share) => (said.value = share),
      (verdict) => (said.value = { verdict, epoch }),
    );
  };
  // What was selected in an editor.
  useSignalEffect(() => {
    const given = toCheck.value;
    if (given === null) return;
    toCheck.value = null;
    text.value = given;
    check();
    card.current?.scrollIntoView({ block: 'center' });
    card.current?.querySelector('textarea')?.focus({ preventScroll: true });
  });
  return (
    <section class="card checkNumbers" aria-label="Check my numbers" ref={card}>
      <h2>
        Check My Numbers
        <span class="inline">
          <select
            aria-label="What the numbers are"
            value={quantity}
            onChange={({ currentTarget }) => {
              chosen.value = quantities.find((key) => key === currentTarget.value) ?? null;
            }}
          >
            {quantities.map((key) => (
              <option key={key} value={key}>
                {plainName(key)}
              </option>
            ))}
          </select>
        </span>
      </h2>
      <textarea
        rows={4}
        spellcheck={false}
        aria-label={`Your numbers for ${plainName(quantity)}`}
        placeholder="Paste a number or a matrix, as NumPy, Python, MATLAB or a table prints it"
        value={text.value}
        onInput={({ currentTarget }) => (text.value = currentTarget.value)}
      />
      <p class="buttons">
        <button class="secondary" data-check="check" onClick={check}>
          Check
        </button>
        <span class="caption">
          at epoch {whole(context.run.measure.value?.epoch ?? 0)}, m = {whole(m)}
        </span>
      </p>
      <div class="verdict" role="status">
        <SaidText said={said.value} />
      </div>
    </section>
  );
}

function SaidText({ said }: { said: Said | number | null }) {
  if (said === null)
    return <p class="caption">Digits count as they are shown; … is passed over; nothing is run.</p>;
  if (typeof said === 'number')
    return <p class="caption">Looking for the slip that gives them: {short(Math.round(100 * said))} %</p>;
  const { verdict, epoch } = said;
  return (
    <>
      <VerdictText verdict={verdict} />
      {verdict.kind !== 'unreadable' && verdict.kind !== 'tooLarge' && (
        <p class="caption">Compared at epoch {whole(epoch)}.</p>
      )}
    </>
  );
}
