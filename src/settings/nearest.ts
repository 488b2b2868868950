/** Longer texts are compared by their start. */
const LONGEST = 80;

/** The least number of characters to insert, leave out or replace that makes one text of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

/** The key that was probably meant, whole or without its group; undefined when none is like it. */
export function nearestKey<K extends string>(written: string, keys: readonly K[]): K | undefined {
  const text = written
    .slice(0, LONGEST)
    .replace(/^neuronLens\./, '')
    .toLowerCase();
  let best: K | undefined;
  let least = Math.max(2, text.length / 3);
  for (const key of keys) {
    const whole = key.toLowerCase();
    for (const name of [whole, whole.slice(whole.indexOf('.') + 1)]) {
      const away = distance(text, name);
      if (away >= least) continue;
      least = away;
      best = key;
    }
  }
  return best;
}
