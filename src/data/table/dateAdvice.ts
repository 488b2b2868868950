import { doubtfulTimes } from './clockAdvice';
import { timesInNumbers } from '../csv/digitTimes';
import { datesInNumbers } from '../csv/numberDates';
import { dayText } from '../csv/settleDates';
import type { ReadTable } from '../csv/read';
import type { Spot } from '../problems';
import type { KnownColumn } from './known';
import { rangesAsDates } from './rangesAsDates';
import { swappedDates } from './swappedDates';
import { otherCalendar } from './yearAdvice';

/** Adds to the problems what a person should know of a column that holds dates, or may hold them. */
export function adviseDates({ read, typed }: KnownColumn, place: Spot, { problems, lines }: ReadTable): void {
  const { name: column, calendar } = read;
  const written = (value: number) => read.numberTexts?.get(value) ?? String(value);
  if (calendar?.type === 'ambiguous' && calendar.contrary) {
    const [first, second] = calendar.contrary.map((code) => read.codes.indexOf(code)).sort((a, b) => a - b);
    const [like, text] = [first, second].map((row) => read.texts[read.codes[row]]);
    const args = { column, text, like, likeLine: lines[first] };
    problems.add('contrary-dates', [lines[second], 1, 2], args, { rows: second });
  } else if (calendar?.type === 'ambiguous' && typed.type === 'category') {
    problems.add('undecided-dates', place, { column, formats: calendar.formats });
  }
  if (calendar?.type === 'date' && calendar.settled !== null && typed.type === 'date') {
    problems.add('settled-dates', place, { column, format: calendar.settled });
  }
  if (typed.type === 'date' && read.holds === 'texts' && calendar?.type === 'date') {
    const row = yearsAhead(typed.values, column);
    const text = row < 0 ? '' : read.texts[read.codes[row]];
    if (TWO_DIGITS.test(text))
      problems.add('future-dates', [lines[row], 1, 2], { column, text, day: dayText(typed.values[row]) });
  }
  const swapped = typed.type === 'date' && read.holds === 'texts' ? swappedDates(read, typed.values) : null;
  if (swapped) {
    const { row, text, like } = swapped;
    problems.add('swapped-dates', [lines[row], 1, 2], { column, text, like }, { rows: row });
  }
  const other = typed.type === 'date' ? otherCalendar(typed.values) : null;
  if (other) {
    const { row, year, calendar } = other;
    const text = read.holds === 'numbers' ? written(read.numbers[row]) : read.texts[read.codes[row]];
    problems.add('other-calendar', [lines[row], 1, 2], { column, text, year, calendar });
  }
  const ranges = typed.type === 'category' || typed.type === 'text' ? rangesAsDates(read) : null;
  if (ranges) {
    const { row, ...found } = ranges;
    const args = { column, text: read.texts[read.codes[row]], ...found };
    problems.add('range-as-date', [lines[row], 1, 2], args);
  }
  if (typed.type === 'date') {
    for (const { row, cells } of farDates(typed.values)) {
      const text = read.holds === 'numbers' ? written(read.numbers[row]) : read.texts[read.codes[row]];
      const args = { column, text, cells };
      problems.add('far-date', [lines[row], 1, 2], args);
    }
  }
  const times = calendar?.type === 'time' && calendar.isChosen !== true ? doubtfulTimes(read) : null;
  if (times) {
    const { row, may } = times;
    problems.add('doubtful-times', [lines[row], 1, 2], { column, text: read.texts[read.codes[row]], may });
  }
  if (read.holds !== 'numbers') return;
  const row = read.numbers.findIndex((value) => !Number.isNaN(value));
  if (typed.type === 'date') {
    const args = { column, text: written(read.numbers[row]), day: dayText(typed.values[row]) };
    problems.add('counted-dates', place, args);
  } else if (typed.type === 'number' && typed.evidence.code !== 'chosen-type') {
    const format = datesInNumbers(read);
    const text = written(read.numbers[row]);
    if (format) problems.add('dates-in-numbers', place, { column, text, format });
    else {
      const clock = timesInNumbers(read);
      if (clock) problems.add('times-in-numbers', place, { column, text, format: clock });
    }
  }
}

/** 31.12.45 and 31-Dec-45. */
const TWO_DIGITS = /^\d\d?[-/. ](?:\d\d?|\p{L}+)\.?[-/. ]'?\d\d(?:$|[ ,T])/u;
const BIRTH = /(?:^|[^a-z])(?:dob|birth|born|geb|geburt|naissance|nacimiento|nascita|nascimento)|birth/i;
/** Days to 2035 and to 1999, since 1970. */
const AHEAD = 23_741;
const LAST_CENTURY = 10_957;

/** The first row of a date that lies ahead, under the name of a birth or beside dates of the last century; else −1. */
function yearsAhead(values: Float64Array, name: string): number {
  const row = values.findIndex((value) => value >= AHEAD);
  return row >= 0 && (BIRTH.test(name) || values.some((value) => value < LAST_CENTURY)) ? row : -1;
}

const YEAR = 365;
/** Dates that programs write where there is none. */
const STAND_INS = /^(?:9999|2999|3000|0001)-|^1753-01-01|^1900-01-0[01]|^1899-12-3|^1970-01-01|^2099-12-31/;

/** The day from which spreadsheets count, and the first that many forms take. */
const ZERO_DAY = /^1900-01-0[01]|^1899-12-3|^1753-01-01/;

/** The first or the last date where it is so far from the others that it may stand for none, and where it first is. */
function farDates(values: Float64Array): { readonly row: number; readonly cells: number }[] {
  let [first, last] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < first) first = value;
    if (value > last) last = value;
  }
  const isUsual = (value: number) => STAND_INS.test(dayText(value));
  return [first, last].flatMap((far) => {
    const other = far === first ? last : first;
    const isUsualOther = isUsual(other);
    let [least, most, cells, others] = [Infinity, -Infinity, 0, 0];
    for (const value of values) {
      if (value === far) cells++;
      else if (!Number.isNaN(value) && !(value === other && isUsualOther)) {
        others++;
        if (value < least) least = value;
        if (value > most) most = value;
      }
    }
    const span = most - least;
    const gap = far === first ? least - far : far - most;
    // One that repeats, or is written by programs, need not be as far; 1900-01-01 least of all.
    const apart = !isUsual(far) ? 3 : !ZERO_DAY.test(dayText(far)) ? 1 : cells > 1 ? 0.25 : 0.5;
    if (others < FEWEST_OTHERS || gap < 5 * YEAR || gap < apart * span) return [];
    return isUsual(far) || cells > 1 ? [{ row: values.indexOf(far), cells }] : [];
  });
}

/** Fewer dates do not show how far they spread. */
const FEWEST_OTHERS = 5;
