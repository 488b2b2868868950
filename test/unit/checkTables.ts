import { random } from '../../src/core/random';

/** What makes the rows of a table: numbers of the seed 1, the same on every machine. */
export interface Chance {
  normal(): number;
  uniform(): number;
}

/** A table with a header, a row for each number up to `rows`. */
export function tableOf(
  rows: number,
  row: (chance: Chance, k: number) => Readonly<Record<string, number | string>>,
): string {
  const { normal, uniform } = random(1, 'sample');
  const made = Array.from({ length: rows }, (_, k) => row({ normal, uniform }, k));
  const cell = (value: number | string) =>
    typeof value === 'number' ? String(Number(value.toFixed(4))) : value;
  return [Object.keys(made[0]), ...made.map((each) => Object.values(each).map(cell))]
    .map((cells) => cells.join())
    .join('\n');
}

/**
 * Of twenty rows one is of the rare class, `yes`. So large a share of it lies apart from the others, in two numbers; the
 * rest lies among them, where nothing tells it from them. The last number says nothing.
 */
export const imbalancedTable = (rows: number, apart: number): string =>
  tableOf(rows, ({ normal, uniform }, k) => {
    const isRare = k % 20 === 7;
    const shift = isRare && uniform() < apart ? 5 : 0;
    return {
      amount: normal() + shift,
      hours: normal() + shift,
      visits: normal(),
      fraud: isRare ? 'yes' : 'no',
    };
  });

/** Two numbers, whose sum says the answer but for so much noise. */
export const line = (noise: number) => (chance: Chance) => {
  const [a, b] = [chance.normal(), chance.normal()];
  return { a, b, y: a + b + noise * chance.normal() > 0 ? 'yes' : 'no' };
};
