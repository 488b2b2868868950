import { picturesKey } from '../runs/picturesKey';
import { defaults, type SettingKey } from '../settings/settings';
import type { AnswerTo, BesideQuestion } from '../train/questions';
import { isEndOf } from './lab';
import type { Session } from './session';

/** A search on the table of a run, as it stands. One that has moved is another object. */
export interface Searching {
  /** Names the data: runs with equal ones have the same examples. */
  readonly data: string;
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  /** Why it failed. */
  readonly error: unknown;
  /** How much of it is done, from 0 to 1. */
  readonly share: number;
}

/** Where the last search on a file is kept. */
export interface Kept<S extends Searching> {
  get(): S | null;
  put(search: S): void;
}

/**
 * The data of a run that is searched on; null where they are not known yet.
 * @param found keys that are among what is found: that a value of them was adopted makes no other data of it
 */
export function searchedData({ fileHash, settings }: Session, found: readonly SettingKey[]): string | null {
  const same = Object.fromEntries(found.map((key) => [key, defaults[key]]));
  return fileHash === null ? null : picturesKey(fileHash, { ...settings, ...same });
}

/**
 * Has the trainer search, and keeps up how that stands until it is over, or another search takes its place.
 * @param taken what an answer makes of it
 */
export async function searchBeside<Q extends BesideQuestion, S extends Searching>(
  session: Session,
  { question, asker, begun }: { question: Q; asker: string; begun: S },
  kept: Kept<S>,
  taken: (now: S, answer: AnswerTo<Q>) => S,
): Promise<void> {
  let latest = begun;
  kept.put(begun);
  const at = (next: (now: S) => S) => {
    if (kept.get() === latest && latest.status === 'running') kept.put((latest = next(latest)));
  };
  try {
    const answer = await session.ask(question, asker, (share, near) =>
      at((now) => ({ ...(near ? taken(now, near) : now), share })),
    );
    at((now) =>
      answer ? { ...taken(now, answer), status: 'done', share: 1 } : { ...now, status: 'cancelled' },
    );
  } catch (error) {
    at((now) => ({ ...now, ...(isEndOf(error) ? { status: 'cancelled' } : { status: 'failed', error }) }));
  }
}
