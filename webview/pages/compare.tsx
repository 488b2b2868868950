import { useId } from 'preact/hooks';
import { count, short, whole } from '../../src/core/format';
import { EDGE_CODE, EDGE_SEVERITY } from '../../src/core/verdicts/edges';
import type { ComparisonView } from '../../src/protocol/compare';
import { durationText } from '../../src/sentences/duration';
import { edgeAdvice, edgeText } from '../../src/sentences/edges';
import { variableKeys } from '../../src/settings/grid';
import { wordFor } from '../../src/settings/words';
import type { GridAxis } from '../keptChoices';
import { sizeOf } from '../model/comparison';
import { nameOfSetting, Said } from '../ui/checks';
import type { LensContext } from '../ui/context';
import { Icon } from '../ui/icon';
import { scoreName } from '../ui/scoreName';
import { ComparedTable, nameOf, wordOf } from './comparedTable';

/** Above this a seed more is a mistake of the hand. */
const MOST_SEEDS = 500;

/** Compares settings that a person names, on the same folds inside the training part. */
export function CompareCard({ context }: { context: LensContext }) {
  const { choices, comparison, run, send } = context;
  const { grid, seeds } = choices;
  const shown = comparison.of(run.id);
  const size = sizeOf(grid.value);
  const isRunning = shown?.status === 'running';
  const seedsField = useId();
  const fault = 'fault' in size ? size.fault : seeds.value >= 1 ? '' : 'Type a whole number of seeds.';
  const change = (k: number, axis: Partial<GridAxis>) =>
    (grid.value = grid.value.map((each, j) => (j === k ? { ...each, ...axis } : each)));
  const free = variableKeys.filter((key) => grid.value.every((axis) => axis.key !== key));
  return (
    <>
      <p>
        All combinations of the values are trained on the same folds inside the training part, with the same
        seeds. The simplest within one standard error of the best is adopted, trained on all of the training
        part, and only then tested.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === '') send({ type: 'compare', axes: [...grid.value], seeds: seeds.value });
        }}
      >
        {grid.value.map((axis, k) => (
          <AxisLine
            key={k}
            axis={axis}
            free={free}
            change={(to) => change(k, to)}
            remove={() => (grid.value = grid.value.filter((_, j) => j !== k))}
          />
        ))}
        <div class="begin">
          <button
            type="button"
            class="secondary"
            disabled={free.length === 0}
            onClick={() => (grid.value = [...grid.value, { key: free[0], text: '' }])}
          >
            Add Setting
          </button>
          <label for={seedsField}>Seeds</label>
          <input
            id={seedsField}
            class="few"
            type="text"
            inputMode="numeric"
            value={seeds.value || ''}
            aria-invalid={seeds.value < 1}
            onInput={({ currentTarget }) => (seeds.value = wholeNumber(currentTarget.value))}
          />
          <button type="submit" disabled={fault !== '' || isRunning}>
            Compare
          </button>
          <button
            type="button"
            class="secondary"
            disabled={!isRunning}
            onClick={() => send({ type: 'endCompare' })}
          >
            Stop
          </button>
          <span class="shown" role="status">
            {fault || ('settings' in size ? planText(size.settings, seeds.value, shown) : '')}
          </span>
        </div>
      </form>
      <progress class="searched" max={1} value={shown?.share ?? 0} aria-label="Compared" />
      <p class="foundSentence" role="status">
        {outcomeText(context, shown)}
      </p>
      <Edges context={context} comparison={shown} />
      {shown && shown.compared.length > 0 && <ComparedTable context={context} comparison={shown} />}
    </>
  );
}

const wholeNumber = (text: string): number => {
  const number = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  return number <= MOST_SEEDS ? number : 0;
};

interface AxisLineProps {
  readonly axis: GridAxis;
  /** Keys that no other line has. */
  readonly free: readonly string[];
  change(to: Partial<GridAxis>): void;
  remove(): void;
}

function AxisLine({ axis, free, change, remove }: AxisLineProps) {
  const keys = variableKeys.filter((key) => key === axis.key || free.includes(key));
  return (
    <div class="begin gridAxis">
      <select
        aria-label="Setting"
        value={axis.key}
        onChange={({ currentTarget }) => change({ key: currentTarget.value, text: '' })}
      >
        {keys.map((key) => (
          <option key={key} value={key}>
            {wordFor(key)}
          </option>
        ))}
      </select>
      <input
        type="text"
        aria-label={`Values of ${axis.key}`}
        placeholder={axis.key === 'model.hiddenLayers' ? '4; 8; 8, 8' : 'values, between commas'}
        value={axis.text}
        onInput={({ currentTarget }) => change({ text: currentTarget.value })}
      />
      <button type="button" class="tool" aria-label={`Remove ${axis.key}`} title="Remove" onClick={remove}>
        <Icon name="trash" />
      </button>
    </div>
  );
}

/** How many trainings it takes, and how long, as soon as one has been done. */
function planText(settings: number, seeds: number, shown: ComparisonView | null): string {
  if (shown?.status === 'failed') return shown.why;
  if (shown?.status === 'running') {
    const { plan, candidates, seeds: own, count: done } = shown;
    if (!plan) return 'Begins…';
    const all = count(candidates * own * plan.folds, 'training');
    const time = plan.seconds === null ? '' : `, in about ${durationText(plan.seconds)}`;
    return `${whole(done)} of ${whole(candidates)} compared: ${all}${time}`;
  }
  return `${whole(settings)} settings × ${count(seeds, 'seed')}, each on up to 5 folds: at most ${count(5 * settings * seeds, 'training')}`;
}

/** What came of it, in a sentence; its place is there before. */
function outcomeText(context: LensContext, shown: ComparisonView | null): string {
  if (!shown) return '';
  const { compared, adopted, status, plan, testScore, count: done } = shown;
  const score = scoreName(context);
  const chosen = compared.find(({ candidate }) => candidate === adopted);
  if (status === 'cancelled') return `Stopped after ${count(done, 'candidate')}: any of them can be adopted.`;
  if (status === 'done' && !chosen) return 'None of them could be trained.';
  const best = chosen ?? compared[0];
  if (!best || best.score === null) return '';
  const name = nameOf(shown, best);
  if (!chosen) return `Best so far: ${name}, ${score} ${short(best.score)}.`;
  const on = plan ? ` on ${count(plan.folds, 'fold')}` : '';
  const sample =
    plan && plan.rows < plan.trainRows
      ? ` Compared on a sample of ${whole(plan.rows)} of the ${whole(plan.trainRows)} rows to train on.`
      : '';
  const test = testScore === null ? '' : ` Trained anew, its test ${score} is ${short(testScore)}.`;
  return `Chosen, the simplest within one standard error of the best: ${name}, ${score} ${short(best.score)}${on}.${test}${sample}`;
}

/** Where the best is the last of its kind: beyond it nothing was compared. */
function Edges({ context, comparison }: { context: LensContext; comparison: ComparisonView | null }) {
  const edges = comparison?.edges ?? [];
  const muted = context.run.live.value.checked.muted ?? [];
  if (edges.length === 0 || muted.includes(EDGE_CODE)) return null;
  const said = {
    ...{ code: EDGE_CODE, severity: EDGE_SEVERITY, text: edgeText(edges, wordOf) },
    advice: edgeAdvice(edges, nameOfSetting),
  };
  return (
    <ul class="checks" aria-label="Checks of the comparison">
      <Said context={context} said={said} remedy={null} />
    </ul>
  );
}
