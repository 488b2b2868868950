import { count, full, whole } from '../../src/core/format';
import { EXAMPLES_SHOWN, type ExamplesShown } from '../keptChoices';
import { FEW } from '../model/equationExamples';
import type { Equations } from '../model/equations';
import type { LensContext } from '../ui/context';
import { exampleText } from '../ui/examples';
import { Icon } from '../ui/icon';
import { chooseRow } from '../ui/rows';

const WORDS: Readonly<Record<ExamplesShown, string>> = { one: 'One', few: 'A few', all: 'All m' };

/** Which examples the numbers are of; of an update, the cost before and after it. */
export function ExamplesChooser({ context, equations }: { context: LensContext; equations: Equations }) {
  const { run, choices } = context;
  const selection = equations.selection.value;
  if (!selection) return null;
  const { sample, columns, isThinned } = selection;
  const stepTo = (by: number) => {
    const at = sample.order.indexOf(choices.example.value);
    chooseRow(context, sample.order[(at + by + sample.order.length) % sample.order.length]);
  };
  const { isAllOnly } = equations;
  return (
    <div class="chooser">
      <div class="segments" role="group" aria-label="Examples">
        {EXAMPLES_SHOWN.map((each) => (
          <button
            key={each}
            class="segment"
            aria-pressed={equations.examples.value === each}
            aria-disabled={isAllOnly.value && each !== 'all'}
            {...(isAllOnly.value && { title: 'This step is made by the engine, over all training rows.' })}
            data-examples={each}
            onClick={() => isAllOnly.value || equations.show(each)}
          >
            {WORDS[each]}
          </button>
        ))}
      </div>
      {equations.examples.value === 'one' && (
        <>
          <button
            class="tool"
            title="Previous example"
            aria-label="Previous example"
            onClick={() => stepTo(-1)}
          >
            <Icon name="chevron-left" />
          </button>
          <button class="tool" title="Next example" aria-label="Next example" onClick={() => stepTo(1)}>
            <Icon name="chevron-right" />
          </button>
        </>
      )}
      <span class="caption">{examplesText()}</span>
      {equations.step.value.kind === 'update' && <Costs equations={equations} />}
    </div>
  );

  function examplesText(): string {
    const m = `m = ${whole(columns.length)}`;
    switch (equations.examples.value) {
      case 'one':
        return `${m}: ${exampleText(context, columns[0])}`;
      case 'few':
        return `${m}: ${FEW} training rows, evenly spread.`;
      case 'all': {
        const rows = run.view.value.dataset?.trainRows ?? 0;
        if (equations.step.value.kind === 'update' && equations.update.value?.by === 'engine')
          return `m = ${whole(rows)}: all training rows.`;
        if (isThinned)
          return `${m} of ${count(rows, 'training row')}, evenly spread: over all of them so large a network takes too long here.`;
        return columns.length === rows
          ? `${m}: all training rows.`
          : `${m}: those of ${count(rows, 'training row')} that are in the sample; the training takes all of them.`;
      }
      default:
        return equations.examples.value satisfies never;
    }
  }
}

/** The cost before and after the update, over the examples that it is of. */
function Costs({ equations }: { equations: Equations }) {
  const update = equations.update.value;
  if (!update) return null;
  const { costBefore, costAfter } = update;
  return (
    <p class="costs">
      <span>
        cost before{' '}
        <output id="cost-before" data-value={costBefore}>
          {full(costBefore)}
        </output>
      </span>
      <span>
        cost after{' '}
        <output id="cost-after" data-value={costAfter}>
          {full(costAfter)}
        </output>
      </span>
    </p>
  );
}
