import type { HandlesView } from '../../src/protocol/handlesView';
import type { LensContext } from './context';
import { Icon } from './icon';
import { Nudge } from './nudge';
import { bringIntoSight } from './sight';

/** What is said and done beside the handles: it keeps its place, whatever there is to say. */
export function Tail({ context, view }: { context: LensContext; view: HandlesView }) {
  const { choices, handles, run, send } = context;
  const { pending, waiting = [], canGoOn } = run.live.value;
  const isPending = pending.length > 0;
  const keys = pending.join(', ');
  return (
    <div class="tail">
      <span
        class="since"
        title={isPending ? `Edited since: ${keys}` : waiting.length > 0 ? waiting.join(', ') : undefined}
      >
        {isPending && (
          <>
            Edited since: <code>{keys}</code>
          </>
        )}
        {!isPending && waiting.length > 0 && (
          <>
            <code>{waiting.join(', ')}</code> {waiting.length > 1 ? 'act' : 'acts'}{' '}
            {canGoOn ? 'on Continue, or Restart' : 'on Restart'}
          </>
        )}
      </span>
      <Nudge
        icon="discard"
        label={view.undo === null ? 'Undo: nothing was set here' : `Undo: ${view.undo}`}
        id="undo"
        isEnabled={view.undo !== null}
        onNudge={() => void handles.undo()}
      />
      <button
        class={isPending ? 'restart' : 'restart secondary'}
        aria-label={isPending ? 'Restart with these settings' : 'Restart'}
        title={isPending ? `Restart with ${keys} as set` : 'Restart with the same seed'}
        onClick={() => send({ type: 'action', action: 'restart' })}
      >
        Restart
      </button>
      <button
        class="tool"
        data-action="handles"
        aria-expanded={choices.handlesOpen.value}
        aria-controls="all-handles"
        title={choices.handlesOpen.value ? 'Fewer handles' : 'All handles'}
        onClick={() => {
          choices.handlesOpen.value = !choices.handlesOpen.value;
          // In a low window they are no longer at the top of what is in sight, but at that of the page.
          if (choices.handlesOpen.value) bringIntoSight('.handles');
        }}
      >
        <Icon name={choices.handlesOpen.value ? 'chevron-up' : 'chevron-down'} />
        <span class="spoken">{choices.handlesOpen.value ? 'Fewer handles' : 'All handles'}</span>
      </button>
    </div>
  );
}
