import type { ReadColumn } from '../csv/resolve';

/** A date that a program may have taken for another, and one that it left alone. */
export interface SwappedDates {
  readonly row: number;
  readonly text: string;
  readonly like: string;
}

/** Fewer dates of a form may be so by chance; and so may two forms among many others. */
const FEWEST = 4;
const FEWEST_TOGETHER = 12;
const MOST_OTHERS = 0.05;
/** Months in a year: a day up to this may be read as one. */
const MONTHS = 12;

/**
 * Finds dates of two forms, one for all days up to the twelfth and one for all others: a spreadsheet that has read
 * 3/8/2023 with the month in front leaves 21/9/2023 as it is. Null where the days are not parted so.
 */
export function swappedDates(read: ReadColumn, values: Float64Array): SwappedDates | null {
  const forms = new Map<string, { early: number; late: number; first: number }>();
  const seen = new Set<number>();
  read.codes.forEach((code, row) => {
    if (code < 0 || seen.has(code) || Number.isNaN(values[row])) return;
    seen.add(code);
    const form = read.texts[code].replace(/\d{3,}/g, 'y').replace(/\d+/g, 'd');
    const found = forms.get(form) ?? { early: 0, late: 0, first: row };
    if (new Date(values[row] * 86_400_000).getUTCDate() > MONTHS) found.late++;
    else found.early++;
    forms.set(form, found);
  });
  const [one, other, ...others] = [...forms.values()].sort((a, b) => b.early + b.late - a.early - a.late);
  if (!other || one.early + one.late + other.early + other.late < FEWEST_TOGETHER) return null;
  const rest = others.reduce((sum, { early, late }) => sum + early + late, 0);
  const [early, late] = one.late === 0 ? [one, other] : [other, one];
  if (early.late > 0 || late.early > 0 || early.early < FEWEST || late.late < FEWEST) return null;
  if (rest > MOST_OTHERS * seen.size) return null;
  const textAt = (row: number) => read.texts[read.codes[row]];
  return { row: early.first, text: textAt(early.first), like: textAt(late.first) };
}
