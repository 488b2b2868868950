import { useSignal } from '@preact/signals';
import type { HandlesView } from '../../src/protocol/handlesView';
import { whole } from '../../src/core/format';
import { paceOf, SLOW, speedOf, type Speed } from '../model/handleValues';
import type { LensContext } from './context';

const KEY = 'view.epochsPerSecond';

/** How fast a training that is looked at goes: it changes no result. */
export function SpeedControl({ context, view }: { context: LensContext; view: HandlesView }) {
  const { handles, run, send } = context;
  const { status, canGoOn } = run.live.value;
  const present = handles.draftOf(KEY) ?? view.handles.find(({ key }) => key === KEY)?.value;
  const pace = typeof present === 'number' ? present : paceOf.paced;
  const isPaused = status === 'paused';
  const isStepping = useSignal(false);
  // A training that is merely paused goes on at its pace.
  const now: Speed = isPaused && isStepping.value ? 'step' : speedOf(pace);
  const choose = (speed: Speed) => {
    isStepping.value = speed === 'step';
    if (speed === 'step') {
      if (status === 'running') send({ type: 'action', action: 'pause' });
      else if (canGoOn) send({ type: 'action', action: 'step' });
      return;
    }
    if (speed !== speedOf(pace)) void handles.set(KEY, paceOf[speed]);
    if (isPaused && canGoOn) send({ type: 'action', action: 'resume' });
  };
  const paced = speedOf(pace) === 'paced' ? pace : paceOf.paced;
  const titles: { readonly [K in Speed]: string } = {
    step: 'Pause, then one epoch at each click',
    slow: `${whole(SLOW)} epochs a second`,
    paced: `${whole(paced)} epochs a second`,
    full: 'As fast as it can',
  };
  return (
    <div class="handle speed" role="group" aria-label="speed" data-key={KEY}>
      <span class="label">speed</span>
      <span class="control segments">
        {(['step', 'slow', 'paced', 'full'] as const).map((speed) => (
          <button
            key={speed}
            class="segment"
            data-speed={speed}
            aria-pressed={now === speed}
            title={titles[speed]}
            onClick={() => choose(speed)}
          >
            {speed}
          </button>
        ))}
      </span>
    </div>
  );
}
