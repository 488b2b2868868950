import { datesInNumbers } from '../csv/numberDates';
import { dayText } from '../csv/settleDates';
import type { Problems, Spot } from '../problems';
import type { KnownColumn } from './known';

/** Adds to the problems what a person should know of a column that holds dates, or may hold them. */
export function adviseDates({ read, typed }: KnownColumn, place: Spot, problems: Problems): void {
  const { name: column, calendar } = read;
  if (calendar?.type === 'ambiguous' && typed.type === 'category') {
    problems.add('undecided-dates', place, { column, formats: calendar.formats });
  }
  if (calendar?.type === 'date' && calendar.settled !== null && typed.type === 'date') {
    problems.add('settled-dates', place, { column, format: calendar.settled });
  }
  if (read.holds !== 'numbers') return;
  const row = read.numbers.findIndex((value) => !Number.isNaN(value));
  const written = (value: number) => read.numberTexts?.get(value) ?? String(value);
  if (typed.type === 'date') {
    const args = { column, text: written(read.numbers[row]), day: dayText(typed.values[row]) };
    problems.add('counted-dates', place, args);
  } else if (typed.type === 'number') {
    const format = datesInNumbers(read);
    if (format) problems.add('dates-in-numbers', place, { column, text: written(read.numbers[row]), format });
  }
}
