import { whole } from '../../src/core/format';
import type { Action } from '../../src/protocol/lensRequests';
import type { LiveView } from '../../src/protocol/lensViews';
import type { LensContext } from './context';
import { Icon, type IconName } from './icon';

interface Tool {
  readonly action: Action;
  readonly icon: IconName;
  readonly label: string;
  /** Beside the icon. */
  readonly text?: string;
  readonly isEnabled: boolean;
}

/** The handles. Each keeps its place whatever the state is, so that no click lands on another one. */
export function Toolbar({ context }: { context: LensContext }) {
  return (
    <span class="toolbar" role="toolbar" aria-label="Training">
      {toolsOf(context.run.live.value).map((tool, place) => (
        <ToolButton key={place} context={context} tool={tool} />
      ))}
    </span>
  );
}

/** What can be done to a training, in the order of the places. */
export function toolsOf({ status, reading, paced, canGoOn, canUndo, continueEpochs }: LiveView): Tool[] {
  const isRunning = status === 'running' || status === 'loading';
  const hasEnded = status === 'finished' || status === 'stopped' || status === 'diverged';
  const more = whole(continueEpochs);
  return [
    isRunning
      ? { action: 'pause', icon: 'debug-pause', label: 'Pause', isEnabled: status === 'running' }
      : { action: 'resume', icon: 'play', label: 'Resume', isEnabled: status === 'paused' && canGoOn },
    {
      action: 'step',
      icon: 'debug-step-over',
      label: 'Train one epoch',
      isEnabled: !isRunning && canGoOn,
    },
    {
      action: 'skipToEnd',
      icon: 'debug-step-into',
      label: 'Skip to End',
      text: 'Skip to End',
      isEnabled: isRunning && paced,
    },
    {
      action: 'stop',
      icon: 'debug-stop',
      label: 'Stop',
      isEnabled: isRunning || status === 'paused' || reading !== null,
    },
    {
      action: 'continue',
      icon: 'debug-continue',
      label: `Continue from the current weights for ${more} epochs more`,
      text: `+${more}`,
      isEnabled: hasEnded && canGoOn,
    },
    { action: 'restart', icon: 'debug-restart', label: 'Restart with the same seed', isEnabled: true },
    { action: 'undo', icon: 'history', label: 'Undo: bring back the run before', isEnabled: canUndo },
    { action: 'openSettings', icon: 'settings-gear', label: 'Settings', isEnabled: true },
  ];
}

/** `aria-disabled`, as a button that is `disabled` would lose the focus. */
function ToolButton({
  context: { send },
  tool: { action, icon, label, text, isEnabled },
}: {
  context: LensContext;
  tool: Tool;
}) {
  return (
    <button
      class="tool"
      title={label}
      aria-label={label}
      aria-disabled={!isEnabled}
      data-action={action}
      onClick={() => isEnabled && send({ type: 'action', action })}
    >
      <Icon name={icon} />
      {text && <span class="text">{text}</span>}
    </button>
  );
}
