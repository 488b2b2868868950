import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { full, score, whole } from '../../src/core/format';
import { MOST_OVERLAID } from '../../src/protocol/lensViews';
import { mayOverlay, overlaidAfter, runName, startText, type ListedRun } from '../model/otherRuns';
import { costPicture } from '../pictures/costChart';
import type { LensContext } from '../ui/context';
import { Frame } from '../ui/frame';
import { Icon } from '../ui/icon';

/** The runs of the file that are kept: which settings made which difference. */
export function Runs({ context }: { context: LensContext }) {
  const cost = useMemo(() => costPicture(context), [context]);
  const { others, send } = context;
  const rows = others.rows.value;
  return (
    <div class="pictures">
      <section class="card runs">
        <h2>
          Runs of this file
          {others.canUndelete.value && (
            <span class="inline">
              <button class="secondary" onClick={() => send({ type: 'undeleteRun' })}>
                Undo Delete
              </button>
            </span>
          )}
        </h2>
        <div class="numberTable" tabIndex={0} role="region" aria-label="Runs of this file">
          <table>
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Epochs</th>
                <th scope="col">Training</th>
                <th scope="col">Test</th>
                <th scope="col" class="text">
                  Differs in
                </th>
                <th scope="col">Curve</th>
                <th scope="col">
                  <span class="spoken">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <RunRow key={row.id} context={context} row={row} />
              ))}
            </tbody>
          </table>
        </div>
        <p class="caption">
          {scoreSentence(context)} Differs: from the run that is shown. The last ten runs of a file are kept.
          Up to {MOST_OVERLAID} curves are drawn beside that of the shown run.
        </p>
      </section>
      <Frame context={context} picture={cost} />
    </div>
  );
}

const scoreSentence = ({ run }: LensContext) =>
  run.view.value.dataset?.task === 'regression' ? 'Training and test: R².' : 'Training and test: accuracy.';

function RunRow({ context, row }: { context: LensContext; row: ListedRun }) {
  const { choices, others, send } = context;
  const isNaming = useSignal(false);
  const { overlaid } = choices;
  const isOverlaid = overlaid.value.includes(row.id);
  const name = runName(row);
  const epoch = row.measure?.epoch ?? 0;
  return (
    <tr data-run={row.id} aria-current={row.isShown}>
      <th scope="row">
        {isNaming.value ? (
          <Name
            row={row}
            done={(given) => {
              isNaming.value = false;
              if (given !== null && given !== row.name) send({ type: 'nameRun', id: row.id, name: given });
            }}
          />
        ) : (
          <button
            class="link"
            title={
              row.isShown
                ? `${startText(row.startedAt)}, shown now`
                : `Show this run, started ${startText(row.startedAt)}`
            }
            aria-disabled={row.isShown}
            onClick={() => {
              if (!row.isShown) send({ type: 'showRun', id: row.id });
            }}
          >
            {name}
          </button>
        )}
        {row.isShown && <span class="shown"> shown</span>}
      </th>
      <td title={`${row.status}, epoch ${whole(epoch)} of ${whole(row.epochs)}`}>
        {whole(epoch)}
        {row.status !== 'finished' && <span class="shown">, {row.status}</span>}
      </td>
      <Score of={row.measure?.trainScore ?? null} />
      <Score of={row.measure?.testScore ?? null} note={row.chosen ? 'chosen by looking at it' : ''} />
      <td class="text">{row.isShown ? '' : row.differences.join(', ') || 'no setting'}</td>
      <td>
        {!row.isShown && (
          <input
            type="checkbox"
            aria-label={`Draw the curve of ${name}`}
            checked={isOverlaid}
            disabled={!isOverlaid && !mayOverlay(overlaid.value, others.rows.value)}
            onChange={({ currentTarget }) => {
              const chosen = { id: row.id, isDrawn: currentTarget.checked };
              overlaid.value = overlaidAfter(overlaid.value, others.rows.value, chosen);
            }}
          />
        )}
      </td>
      <td class="actions">
        <button
          class="tool"
          title={`Rename ${name}`}
          aria-label={`Rename ${name}`}
          onClick={() => (isNaming.value = true)}
        >
          <Icon name="edit" />
        </button>
        <button
          class="tool"
          title={row.isShown ? 'The run that is shown cannot be deleted' : `Delete ${name}`}
          aria-label={`Delete ${name}`}
          aria-disabled={row.isShown}
          onClick={() => {
            if (row.isShown) return;
            overlaid.value = overlaid.value.filter((id) => id !== row.id);
            send({ type: 'deleteRun', id: row.id });
          }}
        >
          <Icon name="trash" />
        </button>
      </td>
    </tr>
  );
}

function Score({ of, note = '' }: { of: number | null; note?: string }) {
  return of === null ? (
    <td />
  ) : (
    <td title={full(of)} data-value={of}>
      {score(of)}
      {note !== '' && <span class="shown"> {note}</span>}
    </td>
  );
}

/** A field for the name of a run: Enter takes it, Escape does not. */
function Name({ row, done }: { row: ListedRun; done(name: string | null): void }) {
  // The field may lose the focus once more as it goes.
  const isDone = useRef(false);
  const end = (name: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    done(name);
  };
  return (
    <input
      class="name"
      type="text"
      aria-label={`Name of the run of ${startText(row.startedAt)}`}
      value={row.name}
      maxLength={80}
      placeholder={startText(row.startedAt)}
      ref={(element) => element?.focus()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(event.currentTarget.value);
        else if (event.key === 'Escape') end(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onBlur={({ currentTarget }) => end(currentTarget.value)}
    />
  );
}
