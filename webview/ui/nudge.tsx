import { Icon, type IconName } from './icon';

interface NudgeProps {
  readonly icon?: IconName;
  /** In place of an icon. */
  readonly text?: string;
  readonly label: string;
  readonly id: string;
  readonly isEnabled: boolean;
  onNudge(): void;
}

/** A small button that stays where it is and keeps the focus when it can do nothing. */
export function Nudge({ icon, text, label, id, isEnabled, onNudge }: NudgeProps) {
  return (
    <button
      class="tool nudge"
      title={label}
      aria-label={label}
      aria-disabled={!isEnabled}
      data-nudge={id}
      onClick={() => isEnabled && onNudge()}
    >
      {icon ? <Icon name={icon} /> : text}
    </button>
  );
}
