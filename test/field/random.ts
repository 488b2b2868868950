import { mulberry32 } from '../damage/tables';

/** Seeded numbers of the distributions that tables are made of in the tests of field/. */
export function randomOf(seed: number) {
  const uniform = mulberry32(seed);
  const normal = (mean = 0, deviation = 1) =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    normal,
    whole: (from: number, to: number) => from + Math.floor(uniform() * (to - from + 1)),
    poisson: (mean: number) => {
      let [count, left] = [0, Math.exp(-mean)];
      for (let u = uniform() - left; u > 0 && count < 1000; u -= left) left *= mean / ++count;
      return count;
    },
    logNormal: (median: number, sigma: number) => median * Math.exp(normal(0, sigma)),
  };
}
export type RandomNumbers = ReturnType<typeof randomOf>;

/** The text of a table: a column for each name, made row by row. */
export function tableOf(
  rows: number,
  columns: Readonly<Record<string, (row: number, random: RandomNumbers) => number | string>>,
  seed = 1,
): string {
  const random = randomOf(seed);
  const cell = (value: number | string) => (typeof value === 'number' ? String(value) : value);
  const lines = Array.from({ length: rows }, (_, row) =>
    Object.values(columns)
      .map((make) => cell(make(row, random)))
      .join(','),
  );
  return `${Object.keys(columns).join(',')}\n${lines.join('\n')}\n`;
}
