import type { UnitGroup } from './units';

/** Two spellings of a unit that only capitals tell apart, which may mean different things. */
export interface UnitsByCase {
  /** The first text with the rarer spelling, and the commoner one. */
  readonly code: number;
  readonly like: string;
  /** How many times the commoner one the rarer is, if capitals count. */
  readonly factor: number;
  /** What becomes of it: capitals count, or both are the same. */
  readonly then: 'factor' | 'same';
}

/** b is a bit and B a byte: Mb, MB, Mbps, MB/s. */
const OF_DATA = /^[kmgt]i?b(?:ps|\/s|\/sec)?$/i;
/** m is a thousandth and M a million: mW, MW, ms, Ms. Who writes MG writes all in capitals. */
const WITH_PREFIX = /^[mM](?:W|s|g|l|m|A|V|Hz|Pa|J|Wh|mol)$/;

/** How many times one unit another is, if capitals count; 1 where they tell nothing. */
function factorByCase(unit: string, like: string): number {
  if (unit === like || unit.toLowerCase() !== like.toLowerCase()) return 1;
  if (OF_DATA.test(unit))
    return unit.includes('B') === like.includes('B') ? 1 : unit.includes('B') ? 8 : 1 / 8;
  if (WITH_PREFIX.test(unit)) return unit[0] === like[0] ? 1 : unit.startsWith('M') ? 1e9 : 1e-9;
  return 1;
}

/**
 * Finds the spellings among groups of numbers with units, each with the factor that is applied to it, that only capitals
 * tell apart; null where there are none.
 */
export function unitsByCase(used: readonly UnitGroup[], factors: readonly number[]): UnitsByCase | null {
  const spellings = new Map<string, { cells: number; code: number; values: number[]; factor: number }>();
  used.forEach(({ members }, k) => {
    for (const { unit, code, cells, value } of members) {
      // Nearly all units mean the same in capitals.
      if (!OF_DATA.test(unit) && !WITH_PREFIX.test(unit)) continue;
      const known = spellings.get(unit) ?? { cells: 0, code, values: [], factor: factors[k] };
      known.cells += cells;
      if (value !== 0) known.values.push(Math.abs(value));
      spellings.set(unit, known);
    }
  });
  const all = [...spellings].sort(([, a], [, b]) => b.cells - a.cells);
  for (const [unit, own] of all) {
    for (const [like, main] of all) {
      const factor = factorByCase(unit, like);
      if (factor === 1 || own.cells > main.cells || like === unit) continue;
      const { code } = own;
      if (own.factor === main.factor) return { code, like, factor, then: 'same' };
      // The reading that brings the numbers nearer to the others is the likelier one.
      const ratio = medianOf(own.values) / medianOf(main.values);
      const isFactor = distance((ratio * own.factor) / main.factor) < distance(ratio);
      return { code, like, factor, then: isFactor ? 'factor' : 'same' };
    }
  }
  return null;
}

/** How many times the larger of two numbers is the smaller one. */
const distance = (ratio: number) => Math.max(ratio, 1 / ratio);

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 1;
}
