import { full, score, short, whole } from '../../src/core/format';
import { rootMeanSquaredError } from '../../src/core/metrics';
import { scoreTitle } from '../../src/sentences/score';
import type { LensContext } from './context';
import { nameOf } from './examples';

/** Costs and scores of both sets at the epoch that is shown. */
export function Numbers({ context: { run } }: { context: LensContext }) {
  const { dataset } = run.view.value;
  const penalty = run.penalty.value;
  const measure = run.measure.value;
  const { chosen } = run.live.value;
  if (!dataset || !measure) return null;
  const regression = dataset.task === 'regression';
  const unit = (cost: number) => rootMeanSquaredError(cost, dataset.targetScale);
  return (
    <table class="numbers">
      <thead>
        <tr>
          <td />
          <th scope="col">Rows</th>
          <th scope="col">Cost</th>
          <th scope="col">{scoreTitle(regression)}</th>
          {regression && <th scope="col">RMSE in {nameOf(dataset.target)}</th>}
        </tr>
      </thead>
      <tbody>
        <tr id="train-numbers">
          <th scope="row">Training</th>
          <td>{whole(dataset.trainRows)}</td>
          <Value of={measure.trainCost} />
          <Value of={measure.trainScore} text={score} />
          {regression && <Value of={unit(measure.trainCost)} />}
        </tr>
        {measure.testCost !== null && measure.testScore !== null && (
          <tr id="test-numbers">
            <th scope="row">Test{chosen && <span class="shown">, chosen by looking at it</span>}</th>
            <td>{whole(dataset.testRows)}</td>
            <Value of={measure.testCost} />
            <Value of={measure.testScore} text={score} />
            {regression && <Value of={unit(measure.testCost)} />}
          </tr>
        )}
        {(penalty === null || penalty > 0) && (
          <tr id="penalty-numbers" title="What L1 and L2 add to the cost; the costs above are without it.">
            <th scope="row">Penalty</th>
            <td />
            <Value of={penalty ?? Infinity} />
            <td />
            {regression && <td />}
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** A number in its short form, the full one on hover. */
function Value({ of, text = short }: { of: number; text?: (value: number) => string }) {
  return (
    <td title={full(of)} data-value={of}>
      {text(of)}
    </td>
  );
}
