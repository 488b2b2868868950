import { thousandsByComma } from './amounts';
import { NO_AMOUNTS, type Amounts, type ColumnTexts } from './columnAmounts';
import type { ColumnCells } from './columnBuilder';
import { compoundsIn } from './compounds';
import { durationsIn, type DurationForm } from './durations';
import { FRACTIONS, fractionsIn } from './fractions';
import { hasOtherDigits } from './otherDigits';
import { placesIn } from './firstPlaces';
import type { KnownTexts, Resolving } from './resolve';

/**
 * A form of their own in which numbers are written: durations, of which the seconds or months count, fractions, and
 * numbers in two parts, such as feet and inches.
 */
export type NumberForm =
  | { readonly kind: 'durations'; readonly form: DurationForm }
  | { readonly kind: 'fractions' }
  | { readonly kind: 'compounds'; readonly unit: string };

const TAKEN: Readonly<Record<DurationForm, string>> = {
  ...{ clock: 'h:mm:ss', short: 'm:ss' },
  parts: 'h, min, s',
  months: 'years, months',
};

/** Looks for numbers in a form of their own; `forced`: a person says that they are numbers. Null where there are none. */
export function formIn(column: ColumnTexts, forced: boolean): Amounts | null {
  const durations = durationsIn(column, forced);
  const base = { ...NO_AMOUNTS, style: thousandsByComma };
  if (durations) {
    const { values, code, form, areSecondsBeside = false } = durations;
    const unit = { name: form === 'months' ? 'months' : 's', taken: [TAKEN[form]] };
    const read = { unitIsRead: true, needsUnit: !areSecondsBeside };
    return { ...base, ...read, values, unit, form: { kind: 'durations', form, code } };
  }
  const fractions = fractionsIn(column, forced);
  if (!fractions) {
    const compounds = compoundsIn(column, forced);
    if (!compounds) return null;
    const { values, code, unit: name } = compounds;
    return { ...base, values, unit: { name, taken: [name] }, form: { kind: 'compounds', unit: name, code } };
  }
  const { values, code } = fractions;
  const unit = { name: FRACTIONS, taken: [FRACTIONS] };
  return { ...base, values, unit, form: { kind: 'fractions', code } };
}

/** Says at the first cell of each in what form the numbers of a column are written, and which units capitals tell apart. */
export function nameForms(
  column: ColumnCells,
  rows: number,
  { name, texts, counts, isMissing }: KnownTexts,
  { form, values, byCase }: Amounts,
  { problems, lines, wanted }: Resolving,
): void {
  if (wanted !== undefined) return;
  const places = placesIn(column, rows, lines);
  const first = (code: number) => ({ column: name, text: texts[code], value: values[code] });
  if (form?.kind === 'durations') {
    problems.add('read-as-durations', places.of(form.code), { ...first(form.code), form: form.form });
  } else if (form) {
    const unit = form.kind === 'compounds' ? { unit: form.unit } : {};
    problems.add('read-as-fractions', places.of(form.code), { ...first(form.code), ...unit });
  }
  if (byCase) {
    const { code, like, factor, then } = byCase;
    problems.add('units-by-case', places.of(code), { column: name, text: texts[code], like, factor, then });
  }
  const other = texts.findIndex(
    (text, code) =>
      !isMissing[code] && counts[code] > 0 && Number.isFinite(values[code]) && hasOtherDigits(text),
  );
  if (other >= 0) problems.add('other-digits', places.of(other), first(other));
}
