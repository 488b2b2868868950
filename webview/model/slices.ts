import { pageClock, type Clock } from './throttled';

/** Work between two frames, in milliseconds. */
const SLICE_MS = 10;

/**
 * Does in slices what yields the share of it that is done, so that the page stays alive.
 * @param onShare hears of it after each slice but the last
 * @returns how to end it before its time; then `onDone` is not called
 */
export function inSlices<T>(
  work: Generator<number, T>,
  onShare: (share: number) => void,
  onDone: (result: T) => void,
  clock: Clock = pageClock,
): () => void {
  let cancel = () => undefined as void;
  const slice = () => {
    const end = clock.now() + SLICE_MS;
    let next = work.next();
    while (!next.done && clock.now() < end) next = work.next();
    if (next.done) onDone(next.value);
    else {
      onShare(next.value);
      cancel = clock.after(0, slice);
    }
  };
  slice();
  return () => cancel();
}
