import { idleSettings } from '../data/idleSettings';
import { mutedInVain } from '../data/mutedInVain';
import type { Notice } from '../data/message';
import type { Divergence } from '../train/divergence';
import type { Session } from './session';

/** What a person should know of a training besides its numbers: codes here, sentences where they are shown. */
export type SessionNotice =
  | { readonly code: 'diverged'; readonly divergence: Divergence }
  /** A sentence about the settings, as reading them gave it. */
  | { readonly code: 'settings'; readonly text: string }
  /** What reading the table gave, and what of the settings cannot act on it. */
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
  /** A file of a folder of runs that cannot be read, and stays where it is. */
  | { readonly code: 'passedOver'; readonly file: string; readonly reason: string }
  /** The folder that a setting names is not used. */
  | { readonly code: 'locationRefused'; readonly reason: string }
  /** A run that was kept has made room for newer ones. */
  | { readonly code: 'runRemoved'; readonly startedAt: number }
  | { readonly code: 'more'; readonly count: number };

/** A table of ten thousand text columns says of each that it is left out. */
const MOST_NOTICES = 30;

/** What there is to say of a run, the most important first. */
export function noticesOf(run: Session): SessionNotice[] {
  const all: SessionNotice[] = [
    ...(run.diverged ? [{ code: 'diverged' as const, divergence: run.diverged }] : []),
    ...(run.file === 'changed' ? [{ code: 'fileChanged' as const }] : []),
    ...(run.file === 'deleted' ? [{ code: 'fileDeleted' as const }] : []),
    ...(run.readsOtherwise ? [{ code: 'otherReading' as const }] : []),
    ...run.outerNotices,
    ...run.settingsProblems.map((text) => ({ code: 'settings' as const, text })),
    ...idleOf(run).map((notice) => ({ code: 'table' as const, notice })),
    ...(run.unsavedText ? [{ code: 'unsavedText' as const }] : []),
    ...(run.dataset?.notices ?? []).map((notice) => ({ code: 'table' as const, notice })),
  ];
  const more = all.length - MOST_NOTICES;
  return more > 0 ? [...all.slice(0, MOST_NOTICES), { code: 'more', count: more }] : all;
}

/** What a person has set that cannot act on this training; nothing is known before the table is. */
function idleOf({
  dataset,
  settings,
  wantedSettings,
  automatic,
  everGiven,
  isRegression,
}: Session): Notice[] {
  if (!dataset) return [];
  return [
    ...idleSettings(settings, automatic, everGiven, { ...dataset, isRegression }),
    ...mutedInVain(wantedSettings),
  ];
}
