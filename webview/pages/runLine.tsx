import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { full, score, short, whole } from '../../src/core/format';
import { mayOverlay, overlaidAfter, runName, startText, type ListedRun } from '../model/otherRuns';
import { looksAtTest, orderedBy, type RunOrder } from '../model/runOrder';
import type { LensContext } from '../ui/context';
import { Icon, type IconName } from '../ui/icon';

/** Which columns the list has besides those that it always has. */
export interface RunColumns {
  readonly order: RunOrder;
  readonly hasBest: boolean;
}

interface LineProps {
  readonly context: LensContext;
  readonly row: ListedRun;
  readonly columns: RunColumns;
  /** Whether it is the best by what they are sorted by. */
  readonly isBest: boolean;
}

/** Whether what the runs are sorted by stands in no other column. */
export const hasOwnColumn = (order: RunOrder): boolean =>
  order !== 'newest' &&
  order !== 'last.testScore' &&
  order !== 'last.trainScore' &&
  order !== 'best.testScore';

const BY_LOOKING = 'chosen by looking at it';

/** A run in the list. */
export function RunLine({ context, row, columns, isBest }: LineProps) {
  const { choices, others, send } = context;
  const writes = useSignal<'name' | 'note' | null>(null);
  const isRunning = useSignal(false);
  const { overlaid } = choices;
  const isOverlaid = overlaid.value.includes(row.id);
  const name = runName(row);
  const epoch = row.measure?.epoch ?? 0;
  const { order } = columns;
  const ordered = orderedBy(row, order);
  const isWriting = writes.value;
  return (
    <tr data-run={row.id} aria-current={row.isShown}>
      <th scope="row">
        {isWriting === 'name' ? (
          <Text
            what="Name"
            row={row}
            most={80}
            text={row.name}
            done={(given) => {
              writes.value = null;
              if (given !== null && given !== row.name) send({ type: 'labelRun', id: row.id, name: given });
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
        {isBest && <span class="best"> {looksAtTest(order) ? `best, ${BY_LOOKING}` : 'best'}</span>}
        {isWriting === 'note' ? (
          <Text
            what="Note"
            row={row}
            most={500}
            text={row.note}
            done={(given) => {
              writes.value = null;
              if (given !== null && given !== row.note) send({ type: 'labelRun', id: row.id, note: given });
            }}
          />
        ) : (
          row.note !== '' && <p class="note">{row.note}</p>
        )}
      </th>
      <td class="named" data-name="curve">
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
        <Tool
          icon={row.starred ? 'star-full' : 'star-empty'}
          label={`Star ${name}`}
          title={
            row.starred ? `Take the star from ${name}` : `Star ${name}: it stays when ten newer ones are kept`
          }
          isPressed={row.starred}
          act={() => send({ type: 'labelRun', id: row.id, starred: !row.starred })}
        />
        <Tool icon="edit" label={`Rename ${name}`} act={() => (writes.value = 'name')} />
        <Tool icon="note" label={`Note on ${name}`} act={() => (writes.value = 'note')} />
        <Tool
          icon="settings-gear"
          label={`Apply Settings of ${name}`}
          title={`Apply Settings of ${name}: sets them for this file, and trains with them`}
          act={() => send({ type: 'applyRun', id: row.id })}
        />
        <Tool
          icon={isRunning.value ? 'debug-stop' : 'debug-rerun'}
          label={isRunning.value ? `End running ${name} again` : `Run ${name} Again Exactly`}
          title={
            isRunning.value
              ? `Running again: end that`
              : `Run Again Exactly: trains ${name} from its beginning, with its edits, as a new run`
          }
          act={() => {
            if (isRunning.value) send({ type: 'endRunAgain' });
            else send({ type: 'runAgain', id: row.id }, () => (isRunning.value = false));
            isRunning.value = !isRunning.value;
          }}
        />
        <Tool
          icon="trash"
          label={`Delete ${name}`}
          title={row.isShown ? 'The run that is shown cannot be deleted' : `Delete ${name}`}
          isDisabled={row.isShown}
          act={() => {
            overlaid.value = overlaid.value.filter((id) => id !== row.id);
            send({ type: 'deleteRun', id: row.id });
          }}
        />
      </td>
      <td
        class="named"
        data-name="epochs"
        title={`${row.status}, epoch ${whole(epoch)} of ${whole(row.epochs)}`}
      >
        {whole(epoch)}
        {row.status !== 'finished' && <span class="shown">, {row.status}</span>}
      </td>
      <Score name="training" of={row.measure?.trainScore ?? null} />
      <Score name="test" of={row.measure?.testScore ?? null} note={row.chosen ? BY_LOOKING : ''} />
      <td class="named" data-name="95 %">
        {row.interval && `${score(row.interval[0])} – ${score(row.interval[1])}`}
      </td>
      <Score name="guess" of={row.baselines?.guess ?? null} />
      <Score name="line" of={row.baselines?.line ?? null} />
      {columns.hasBest && (
        <Score
          name="best epoch"
          of={row.best?.testScore ?? null}
          note={row.best ? `epoch ${whole(row.best.epoch)}` : ''}
        />
      )}
      {hasOwnColumn(order) && (
        <td class="named" data-name="sorted by" title={ordered === null ? '' : full(ordered)}>
          {ordered === null ? '' : order.endsWith('Score') ? score(ordered) : short(ordered)}
        </td>
      )}
      <td class="text named" data-name="differs in">
        {row.isShown ? '' : row.differences.join(', ') || 'no setting'}
      </td>
    </tr>
  );
}

interface ToolProps {
  readonly icon: IconName;
  /** What it does, with the run: no two of a page are called the same. */
  readonly label: string;
  readonly title?: string;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  act(): void;
}

function Tool({ icon, label, title = label, isPressed, isDisabled = false, act }: ToolProps) {
  return (
    <button
      class="tool"
      title={title}
      aria-label={label}
      aria-pressed={isPressed}
      aria-disabled={isDisabled || undefined}
      onClick={() => {
        if (!isDisabled) act();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}

function Score({ name, of, note = '' }: { name: string; of: number | null; note?: string }) {
  return of === null ? (
    <td class="named" data-name={name} />
  ) : (
    <td class="named" data-name={name} title={full(of)} data-value={of}>
      {score(of)}
      {note !== '' && <span class="shown remark"> {note}</span>}
    </td>
  );
}

interface TextProps {
  readonly what: 'Name' | 'Note';
  readonly row: ListedRun;
  readonly most: number;
  readonly text: string;
  /** Null: it stays as it is. */
  done(text: string | null): void;
}

/** A field for what a person says of a run: Enter takes it, Escape does not. */
function Text({ what, row, most, text, done }: TextProps) {
  // The field may lose the focus once more as it goes.
  const isDone = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    // One goes on where the text ends.
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  const end = (given: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    done(given);
  };
  return (
    <input
      class="name"
      type="text"
      aria-label={`${what} of the run of ${startText(row.startedAt)}`}
      // Not `value`: the list is drawn anew with each frame of a training, and what was typed would go.
      defaultValue={text}
      maxLength={most}
      placeholder={what === 'Name' ? startText(row.startedAt) : 'What is to be known of it'}
      ref={field}
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
