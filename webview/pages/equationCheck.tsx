import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { QuantityKey, Step } from '../../src/core/chain';
import { checkNumbers, type Verdict } from '../../src/core/checkNumbers';
import { whole } from '../../src/core/format';
import { plainName } from '../model/equationParts';
import type { Equations } from '../model/equations';
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

/** Numbers that somebody has computed elsewhere, beside the exact ones; where they differ, the slip that gives them. */
export function CheckCard({ context, equations }: { context: LensContext; equations: Equations }) {
  const text = useSignal('');
  const chosen = useSignal<QuantityKey | null>(null);
  const verdict = useSignal<{ readonly verdict: Verdict; readonly epoch: number } | null>(null);
  const step = equations.step.value;
  const quantities = checkable(equations.steps.value, equations.plainRule() !== null);
  const current: QuantityKey = step.kind === 'update' ? `newW${step.l}` : step.key;
  const quantity = quantities.find((key) => key === (chosen.value ?? current)) ?? quantities[0];
  // What was said is of another quantity.
  useEffect(() => {
    verdict.value = null;
  }, [quantity]);
  const m = equations.selection.value?.columns.length ?? 0;
  const check = () => {
    const situation = equations.situation();
    if (situation) {
      verdict.value = { verdict: checkNumbers(text.value, situation, quantity), epoch: situation.epoch };
    }
  };
  return (
    <section class="card checkNumbers" aria-label="Check my numbers">
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
        {verdict.value ? (
          <>
            <VerdictText verdict={verdict.value.verdict} />
            {verdict.value.verdict.kind !== 'unreadable' && (
              <p class="caption">Compared at epoch {whole(verdict.value.epoch)}.</p>
            )}
          </>
        ) : (
          <p class="caption">Digits count as they are shown; … is passed over; nothing is run.</p>
        )}
      </div>
    </section>
  );
}
