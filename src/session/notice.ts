import type { Notice } from '../data/message';
import type { Divergence } from '../train/divergence';

/** What a person should know of a training besides its numbers: codes here, sentences where they are shown. */
export type SessionNotice =
  | { readonly code: 'diverged'; readonly divergence: Divergence }
  /** A sentence about the settings, as reading them gave it. */
  | { readonly code: 'settings'; readonly text: string }
  /** What reading the table gave. */
  | { readonly code: 'table'; readonly notice: Notice }
  | { readonly code: 'unsavedText' }
  /** The file holds something else than what was trained on, or is gone. */
  | { readonly code: 'fileChanged' }
  | { readonly code: 'fileDeleted' }
  /** Going on would use other arithmetic, or another way of reading. */
  | { readonly code: 'otherEngine'; readonly engine: string; readonly present: string }
  | { readonly code: 'otherReading' }
  | { readonly code: 'saveFailed'; readonly reason: string }
  | { readonly code: 'setAside'; readonly file: string; readonly reason: string }
  /** A run that was kept has made room for newer ones. */
  | { readonly code: 'runRemoved'; readonly startedAt: number }
  | { readonly code: 'more'; readonly count: number };
