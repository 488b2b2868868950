import type { KnownColumn } from './known';
import type { Target } from './target';

/** A feature that follows the target this closely does not predict it, it is it. */
const SAME = 0.999999;

/** Whether a feature equals the target, or separates its classes without an error. */
export function givesAway(
  { read, typed }: KnownColumn,
  target: KnownColumn,
  { classes }: Target,
  classOf: Int32Array | null,
): boolean {
  if (!classOf)
    return typed.values.length > 0 && Math.abs(correlation(typed.values, target.typed.values)) > SAME;
  if (read.holds === 'texts') {
    const meant = new Int32Array(read.texts.length).fill(-1);
    for (let row = 0; row < read.rows; row++) {
      const code = read.codes[row];
      if (code < 0 || classOf[row] < 0) continue;
      if (meant[code] >= 0 && meant[code] !== classOf[row]) return false;
      meant[code] = classOf[row];
    }
    // Texts that each stand in a row or two say nothing.
    return typed.distinct <= read.rows / 4 && new Set(meant.filter((k) => k >= 0)).size > 1;
  }
  const ranges = classes.map(() => [Infinity, -Infinity]);
  for (let row = 0; row < read.rows; row++) {
    const value = read.numbers[row];
    const k = classOf[row];
    if (k < 0 || Number.isNaN(value)) continue;
    if (value < ranges[k][0]) ranges[k][0] = value;
    if (value > ranges[k][1]) ranges[k][1] = value;
  }
  const sorted = ranges.filter(([least, most]) => least <= most).sort((a, b) => a[0] - b[0]);
  return sorted.length > 1 && sorted.every(([least], k) => k === 0 || least > sorted[k - 1][1]);
}

/** Pearson's correlation over the rows that have both. */
function correlation(x: Float64Array, y: Float64Array): number {
  let [count, meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    if (Number.isNaN(x[row]) || Number.isNaN(y[row])) continue;
    count++;
    const dx = x[row] - meanX;
    const dy = y[row] - meanY;
    meanX += dx / count;
    meanY += dy / count;
    xx += dx * (x[row] - meanX);
    yy += dy * (y[row] - meanY);
    xy += dx * (y[row] - meanY);
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
