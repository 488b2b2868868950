/**
 * All that going on needs besides the parameters, in one array: how long the trainer's part is stands first; below 0, that a
 * watch's part follows.
 */
export function stateOf(
  ofTrainer: Float64Array,
  ofEarly: Float64Array,
  ofWatch: Float64Array | null,
): Float64Array {
  if (!ofWatch) return joined([ofTrainer.length], ofTrainer, ofEarly);
  return joined([-1 - ofTrainer.length, ofEarly.length], ofTrainer, ofEarly, ofWatch);
}

/** One array behind the other. */
export function joined(...parts: readonly ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The inverse of {@link stateOf}; an empty state is that of a fresh optimizer. */
export function partsOf(state: Float64Array): {
  ofTrainer: Float64Array;
  ofEarly: Float64Array;
  ofWatch: Float64Array | null;
} {
  const [first = 0, ofEarly = 0] = state;
  if (state.length === 0) return { ofTrainer: Float64Array.of(0), ofEarly: state, ofWatch: null };
  if (first >= 0)
    return { ofTrainer: state.slice(1, 1 + first), ofEarly: state.slice(1 + first), ofWatch: null };
  const end = 2 - 1 - first;
  return {
    ofTrainer: state.slice(2, end),
    ofEarly: state.slice(end, end + ofEarly),
    ofWatch: state.slice(end + ofEarly),
  };
}
