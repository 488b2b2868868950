/** Beyond others by this factor, a number of nines is no measure. */
const FAR = 5;

/** A number of nines, such as −999, that stands in several rows and is far from all others. */
export function placeholderOf(values: Float64Array): number | undefined {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max].find((suspect) => {
    if (!/^-?99+$/.test(String(suspect))) return false;
    let count = 0;
    let most = 0;
    for (const value of values) {
      if (value === suspect) count++;
      else if (Math.abs(value) > most) most = Math.abs(value);
    }
    return count > 1 && Math.abs(suspect) > FAR * most;
  });
}
