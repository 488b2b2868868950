import { useMemo } from 'preact/hooks';
import type { Reason } from '../../src/core/apart';
import { MOST_OVERLAID } from '../../src/protocol/lensViews';
import { looksAtTest, ordersOf, runsInOrder, type RunOrder } from '../model/runOrder';
import { costPicture } from '../pictures/costChart';
import type { LensContext } from '../ui/context';
import { Frame } from '../ui/frame';
import { scoreName } from '../ui/scoreName';
import { hasOwnColumn, RunLine } from './runLine';
import { RunsBeside } from './runsBeside';

/** The runs of the file that are kept: which settings made which difference. */
export function Runs({ context }: { context: LensContext }) {
  const cost = useMemo(() => costPicture(context), [context]);
  const { choices, others, send } = context;
  const rows = others.rows.value;
  const orders = ordersOf(rows);
  const order = orders.includes(choices.runOrder.value) ? choices.runOrder.value : 'newest';
  const groups = runsInOrder(rows, order);
  const columns = { order, hasBest: rows.some(({ best }) => best !== null) };
  return (
    <div class="pictures">
      <section class="card runs">
        <h2>
          Runs of this file
          <span class="inline">
            {others.canUndelete.value && (
              <button class="secondary" onClick={() => send({ type: 'undeleteRun' })}>
                Undo Delete
              </button>
            )}
            <label>
              Sort by{' '}
              <select
                value={order}
                onChange={({ currentTarget }) => (choices.runOrder.value = currentTarget.value as RunOrder)}
              >
                {orders.map((each) => (
                  <option key={each} value={each}>
                    {orderText(each, context)}
                  </option>
                ))}
              </select>
            </label>
          </span>
        </h2>
        <div class="numberTable" tabIndex={0} role="region" aria-label="Runs of this file">
          <table>
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Curve</th>
                <th scope="col">
                  <span class="spoken">Actions</span>
                </th>
                <th scope="col">Epochs</th>
                <th scope="col" aria-sort={order === 'last.trainScore' ? 'descending' : undefined}>
                  Training
                </th>
                <th scope="col" aria-sort={order === 'last.testScore' ? 'descending' : undefined}>
                  Test
                </th>
                <th scope="col">95 %</th>
                <th scope="col">Guess</th>
                <th scope="col">Line</th>
                {columns.hasBest && <th scope="col">Best epoch</th>}
                {hasOwnColumn(order) && (
                  <th scope="col" aria-sort={order.endsWith('Cost') ? 'ascending' : 'descending'}>
                    {orderText(order, context)}
                  </th>
                )}
                <th scope="col" class="text">
                  Differs in
                </th>
              </tr>
            </thead>
            {groups.map(({ rows: own, apart, best }, k) => (
              <tbody key={k}>
                {apart.length > 0 && (
                  <tr class="apart">
                    <th scope="rowgroup" colSpan={12}>
                      Not ranked with those above: {apart.map((reason) => REASONS[reason]).join(', ')}
                    </th>
                  </tr>
                )}
                {own.map((row) => (
                  <RunLine
                    key={row.id}
                    context={context}
                    row={row}
                    columns={columns}
                    isBest={row.id === best}
                  />
                ))}
              </tbody>
            ))}
          </table>
        </div>
        <p class="caption">
          {scoreSentence(context)} Guess and line: what guessing and a straight line score.{' '}
          {looksAtTest(order) &&
            'Sorted by the test part: what is starred, saved or taken over now is chosen by looking at it. '}
          Differs: from the run that is shown. The last ten runs of a file are kept, and those with a star. Up
          to {MOST_OVERLAID} curves are drawn beside that of the shown run.
        </p>
      </section>
      <RunsBeside context={context} />
      <Frame context={context} picture={cost} />
    </div>
  );
}

/** Why runs are not ranked with that which is shown. */
const REASONS: Readonly<Record<Reason, string>> = {
  file: 'the file was another',
  target: 'another target',
  task: 'another task',
  split: 'another split into training and test part',
};

const scoreSentence = (context: LensContext) => `Training and test: ${scoreName(context)}.`;

function orderText(order: RunOrder, context: LensContext): string {
  const score = scoreName(context);
  switch (order) {
    case 'newest':
      return 'newest first';
    case 'last.testScore':
      return `test ${score}`;
    case 'last.testCost':
      return 'test cost';
    case 'last.trainScore':
      return `training ${score}`;
    case 'last.trainCost':
      return 'training cost';
    case 'best.testScore':
      return `test ${score}, best epoch`;
    case 'best.testCost':
      return 'test cost, best epoch';
    case 'best.trainScore':
      return `training ${score}, best epoch`;
    case 'best.trainCost':
      return 'training cost, best epoch';
    default:
      return order satisfies never;
  }
}
