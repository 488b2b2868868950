import type { HandMark } from '../core/handEdits';
import type { SettingKey } from '../settings/settings';

/** A live setting before and after an edit; learning rates are the numbers that `auto` stood for. */
export interface Change {
  readonly key: SettingKey;
  readonly before: number | string;
  readonly after: number | string;
}

/** What happened to a training besides its epochs, at the epoch from which it acts. */
export type Mark =
  | {
      readonly kind: 'edit';
      readonly epoch: number;
      readonly changes: readonly Change[];
      /** Edits of one drag of a handle have the same number: to a person they are one. */
      readonly drag?: number | undefined;
    }
  | HandMark
  /** It stopped `at` an epoch and went back to the best one. */
  | { readonly kind: 'stoppedEarly'; readonly epoch: number; readonly at: number }
  /** What an earlier version kept as a sentence. */
  | { readonly kind: 'note'; readonly epoch: number; readonly text: string };
