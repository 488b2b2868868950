import { useRef } from 'preact/hooks';
import { whole } from '../../src/core/format';
import { SPEEDS, whenText } from '../model/time';
import type { LensContext } from './context';
import { Icon, type IconName } from './icon';

/** The training so far as a line: whatever epoch is chosen on it is shown by every picture and number. */
export function Timeline({ context }: { context: LensContext }) {
  const { time } = context;
  const isPlaying = time.isPlaying.value;
  const isLive = time.chosen.value === null;
  const refusal = time.refusal.value;
  const play = isPlaying ? 'Stop playing' : 'Play the training so far';
  return (
    <>
      <section class="timeline" aria-label="Timeline">
        <Tool
          name="play"
          icon={isPlaying ? 'debug-pause' : 'play-circle'}
          label={play}
          onClick={() => (isPlaying ? time.pause() : time.play())}
        />
        <Slider context={context} />
        <When context={context} />
        <span class="playing">
          <select
            aria-label="Speed of playing"
            title="Speed of playing"
            value={time.speed.value}
            onChange={({ currentTarget }) => time.setSpeed(Number(currentTarget.value))}
          >
            {SPEEDS.map((speed) => (
              <option key={speed} value={speed}>
                × {speed}
              </option>
            ))}
          </select>
          <Tool
            name="live"
            icon="pulse"
            label="Back to Live"
            hasText
            isOff={isLive}
            onClick={() => time.live()}
          />
          <Tool
            name="branch"
            icon="git-branch"
            label="Branch from Here"
            title="Branch from Here: a new run from this epoch, under the settings of today"
            hasText
            onClick={() => branch(context)}
          />
        </span>
      </section>
      {refusal !== '' && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}

function branch({ time, run, send }: LensContext): void {
  const epoch = time.chosen.peek() ?? run.measureNow.peek()?.epoch;
  if (epoch !== undefined) send({ type: 'branch', epoch });
}

interface ToolProps {
  readonly name: string;
  readonly icon: IconName;
  readonly label: string;
  readonly title?: string;
  /** Whether the label stands beside the icon, where there is room. */
  readonly hasText?: boolean;
  readonly isOff?: boolean;
  onClick(): void;
}

/** `aria-disabled`, as a button that is `disabled` would lose the focus. */
function Tool({ name, icon, label, title = label, hasText = false, isOff = false, onClick }: ToolProps) {
  return (
    <button
      class="tool"
      title={title}
      aria-label={label}
      aria-disabled={isOff}
      data-time={name}
      onClick={() => !isOff && onClick()}
    >
      <Icon name={icon} />
      {hasText && <span class="text">{label}</span>}
    </button>
  );
}

/** Which epoch is shown, in words. */
function When({ context: { time, run } }: { context: LensContext }) {
  const isSearching = time.found.value !== null;
  const text = whenText({ time, run });
  return (
    <span class="when" title={text}>
      <span class={time.chosen.value === null ? 'text' : 'text past'}>{text}</span>
      <button
        class="tool"
        aria-label="Stop looking for this epoch"
        title="Stop looking for this epoch, and keep the one near it"
        aria-disabled={!isSearching}
        aria-hidden={!isSearching}
        tabIndex={isSearching ? 0 : -1}
        data-time="cancel"
        onClick={() => time.cancel()}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}

function Slider({ context }: { context: LensContext }) {
  const { time, run, palette } = context;
  const track = useRef<HTMLDivElement>(null);
  const last = run.measureNow.value?.epoch ?? 0;
  const { epochs, edits } = run.live.value;
  const total = Math.max(1, epochs, last);
  const shown = time.chosen.value ?? last;
  const percent = (epoch: number) => `${(100 * Math.min(epoch, total)) / total}%`;
  const epochAt = ({ clientX }: PointerEvent) => {
    const { left = 0, width = 1 } = track.current?.getBoundingClientRect() ?? {};
    return ((clientX - left) / Math.max(1, width)) * total;
  };
  return (
    <div
      ref={track}
      class="slider"
      role="slider"
      tabIndex={0}
      aria-label="Epoch shown"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={shown}
      aria-valuetext={whenText(context)}
      aria-busy={time.found.value !== null}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        time.go(epochAt(event));
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) time.go(epochAt(event));
      }}
      onKeyDown={(event) => {
        if (!onKey(context, event, shown, last)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <svg aria-hidden="true">
        <rect class="all" x="0" y="8" width="100%" height="4" rx="2" />
        <rect class="done" x="0" y="8" width={percent(last)} height="4" rx="2" />
        {edits.map(({ epoch, text }, k) => (
          <svg key={k} x={percent(epoch)} y="12" overflow="visible" data-mark={epoch}>
            <path d="M0 0 l4.5 7 h-9 z" fill={palette.value.mark} />
            <title>{`Epoch ${whole(epoch)}: ${text}`}</title>
          </svg>
        ))}
        <circle class={time.chosen.value === null ? 'live' : 'past'} cx={percent(shown)} cy="10" r="6" />
      </svg>
    </div>
  );
}

/** Goes where a key leads; false where it leads nowhere. */
function onKey(
  { time }: LensContext,
  { key, shiftKey }: KeyboardEvent,
  shown: number,
  last: number,
): boolean {
  const few = shiftKey ? Math.max(10, Math.round(last / 100)) : 1;
  const many = Math.max(100, Math.round(last / 10));
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      time.go(shown - few);
      return true;
    case 'ArrowRight':
    case 'ArrowUp':
      time.go(shown + few);
      return true;
    case 'PageDown':
      time.go(shown - many);
      return true;
    case 'PageUp':
      time.go(shown + many);
      return true;
    case 'Home':
      time.go(0);
      return true;
    case 'End':
      time.live();
      return true;
    case ' ':
      if (time.isPlaying.peek()) time.pause();
      else time.play();
      return true;
    case 'Escape':
      if (time.chosen.peek() === null) return false;
      if (time.found.peek() !== null) time.cancel();
      else time.live();
      return true;
    default:
      return false;
  }
}
