import { short } from '../../src/core/format';
import type { ComparedView, ComparisonView } from '../../src/protocol/compare';
import { variableKeys } from '../../src/settings/grid';
import { wordFor } from '../../src/settings/words';
import type { LensContext } from '../ui/context';
import { scoreName } from '../ui/scoreName';

export const nameOf = ({ keys }: ComparisonView, { values }: ComparedView): string =>
  keys.map((key, k) => `${wordOf(key)} ${values[k]}`).join(', ');

export const wordOf = (given: string): string => {
  const key = variableKeys.find((each) => each === given);
  return key ? wordFor(key) : given;
};

/** All that were compared, the best first; which is selected is shared with the picture. */
export function ComparedTable({ context, comparison }: { context: LensContext; comparison: ComparisonView }) {
  const { choices, send } = context;
  const { keys, seeds, best, adopted, compared } = comparison;
  const select = (candidate: number) => (choices.compared.value = candidate);
  return (
    <div class="numberTable" tabIndex={0} role="region" aria-label="Compared settings">
      <table>
        <thead>
          <tr>
            {keys.map((key) => (
              <th key={key} scope="col">
                {wordOf(key)}
              </th>
            ))}
            <th scope="col">
              <span class="spoken">Actions</span>
            </th>
            <th scope="col">{scoreName(context)}</th>
            {seeds > 1 && <th scope="col">± seeds</th>}
            <th scope="col">± folds</th>
            <th scope="col">Loss</th>
            <th scope="col">To the best</th>
          </tr>
        </thead>
        <tbody>
          {compared.map((one) => (
            <tr
              key={one.candidate}
              data-compared={one.candidate}
              aria-current={one.candidate === choices.compared.value}
              onClick={() => select(one.candidate)}
              onFocusCapture={() => select(one.candidate)}
            >
              {one.values.map((value, k) =>
                k === 0 ? (
                  <th key={k} scope="row">
                    {value}
                    {one.candidate === adopted && <span class="shown"> chosen</span>}
                    {one.candidate === best && one.candidate !== adopted && <span class="shown"> best</span>}
                  </th>
                ) : (
                  <td key={k}>{value}</td>
                ),
              )}
              <td class="actions">
                <button
                  class="secondary"
                  title={`Set this for the file, and train: ${nameOf(comparison, one)}`}
                  disabled={one.score === null}
                  onClick={() => send({ type: 'adoptCompared', candidate: one.candidate })}
                >
                  Adopt
                  <span class="spoken"> {nameOf(comparison, one)}</span>
                </button>
              </td>
              <td>{one.score === null ? 'diverged' : short(one.score)}</td>
              {seeds > 1 && <td>{one.overSeeds === null ? '' : short(one.overSeeds)}</td>}
              <td>{one.overFolds === null ? '' : short(one.overFolds)}</td>
              <td>{one.loss === null ? '' : short(one.loss)}</td>
              <td>{toBestText(one, best)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toBestText({ candidate, toBest }: ComparedView, best: number | null): string {
  if (candidate === best) return 'best';
  if (!toBest || toBest.mean === null) return '';
  return `${short(toBest.mean)} ± ${short(toBest.deviation ?? 0)}`;
}
