import type { Severity } from './runFacts';

/** The check of what is compared: of a search as of settings that a person has named. */
export const EDGE_CODE = 'best-at-the-edge';
/** What lies beyond is not known to be better. */
export const EDGE_SEVERITY: Severity = 'information';

/** What was compared, in numbers, by the setting that it is; units of layers count together. */
export interface ComparedValues {
  readonly values: Readonly<Record<string, unknown>>;
  /** Loss of each fold that it was trained on, from the first. */
  readonly losses: readonly number[];
}

/** A setting of which the best has the least or the greatest value that was compared. */
export interface Edge {
  readonly key: string;
  readonly value: number;
  readonly edge: 'lowest' | 'highest';
}

/** So many standard errors, of the differences from fold to fold, set what is better apart from what is so by chance. */
const ERRORS = 2;
/** Of fewer folds there is hardly an error to go by. */
const FEWEST_FOLDS = 3;

/**
 * Where the best lies at the edge of what was compared, and is better than with any other value by more than chance: what lies
 * beyond may be better still. Below 0 nothing lies.
 * @param all the best among them
 */
export function edgesOf(best: ComparedValues, all: readonly ComparedValues[]): Edge[] {
  return Object.keys(best.values).flatMap((key) => {
    const value = numberOf(best.values[key]);
    const numbers = all.map(({ values }) => numberOf(values[key])).filter((number) => number !== null);
    if (value === null || numbers.every((number) => number === value)) return [];
    const isHighest = value === Math.max(...numbers);
    if (!isHighest && (value !== Math.min(...numbers) || value <= 0)) return [];
    const others = all.filter(
      ({ values, losses }) => ![null, value].includes(numberOf(values[key])) && losses.length >= FEWEST_FOLDS,
    );
    if (others.length === 0 || others.some((other) => isAsGood(other, best))) return [];
    return [{ key, value, edge: isHighest ? ('highest' as const) : ('lowest' as const) }];
  });
}

/** Units of a network's layers are one number, as that of a setting is. */
function numberOf(value: unknown): number | null {
  const number = Array.isArray(value) ? value.reduce<number>((sum, units) => sum + Number(units), 0) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** On the folds that both were trained on. */
function isAsGood({ losses }: ComparedValues, best: ComparedValues): boolean {
  if (!losses.every(Number.isFinite)) return false;
  const differences = losses.map((loss, fold) => loss - best.losses[fold]);
  const count = differences.length;
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / count;
  const squares = differences.reduce((sum, difference) => sum + (difference - mean) * (difference - mean), 0);
  return mean <= ERRORS * Math.sqrt(squares / (count - 1) / count);
}
