import { whole } from '../core/format';
import type { DateProblems } from './dateProblems';
import type { SentencesOf } from './tableSentences';

/** The sentences of what is doubtful in dates and times. */
export const dateProblemSentences: SentencesOf<DateProblems> = {
  'mixed-years': ({ column, text, like, count: cells, wraps }) =>
    `“${text}” in “${column}” may be a year of two digits ${wraps ? `after ${like}, below which it is as a number` : `beside those of four, such as ${like}`}; ` +
    (cells === 1 ? 'it is' : `${whole(cells)} such cells, this the first of them, are`) +
    ' read as the number that is written. Write all years with four digits.',
  'range-as-date': ({ column, text, like, of, count: cells }) =>
    `“${text}” stands among ${of}s such as “${like}” in “${column}”` +
    (cells === 1 ? '' : `, in ${whole(cells)} cells, this the first of them`) +
    `: a spreadsheet may have made a date of a ${of}. If so, write the ${of} in its place.`,
  'text-in-dates': ({ column, text, cells, why, among }) => {
    const what = {
      none: `“${text}” among the ${among}s of “${column}” says that there is none`,
      impossible: `There is no ${among} “${text}”, in the column “${column}” that holds ${among}s`,
      text: `“${text}” is no ${among}, in the column “${column}” that otherwise holds ${among}s`,
    }[why];
    return `${what}; it is taken for missing${cells === 1 ? '' : `, in ${whole(cells)} cells, this the first of them`}.`;
  },
  'counted-dates': ({ column, text, day }) =>
    `The numbers in “${column}” are read as days, as spreadsheets count them: ${text} is ${day}.`,
  'dates-in-numbers': ({ column, text, format }) =>
    `The numbers in “${column}”, such as ${text}, seem to be dates (${format}); they are read as numbers.`,
  'times-in-numbers': ({ column, text, format }) =>
    format === 'h.mm'
      ? `The numbers in “${column}”, such as ${text}, seem to be hours and minutes, as there are .15, .30 and .45 and nothing else behind the point; they are read as decimals. If so, write them with a colon.`
      : `The numbers in “${column}”, such as ${text}, seem to be times of day (${format}); they are read as numbers.`,
  'doubtful-times': ({ column, text, may }, { setting }) =>
    may === 'be no times'
      ? `“${text}” and the others in “${column}” are read as times of day. If they are durations, scores or ratios, set ${setting('data.columnTypes')} to number or category.`
      : `The times in “${column}” are read as those of a clock of 24 hours, yet none is past 12:59: if am and pm are left out, 1:15 in the afternoon is read as one at night. Write them as 13:15.`,
  'far-date': ({ column, text, cells }) =>
    `“${column}” is ${text}${cells === 1 ? '' : ` in ${whole(cells)} cells, this the first of them,`} and far from that in all others. If that stands for no date, take it for missing.`,
  'swapped-dates': ({ column, text, like }) =>
    `All dates of “${column}” up to the 12th of a month are written as “${text}”, all others as “${like}”: a spreadsheet may have taken the day for the month in the former. If so, mend them where they come from.`,
  'other-calendar': ({ column, text, year, calendar }) =>
    calendar === 'Buddhist'
      ? `“${text}” in “${column}” lies centuries ahead. If its years are those of Buddhists, it is in ${year}: take 543 off.`
      : `“${text}” in “${column}” lies centuries behind. If it is of the ${calendar} calendar, it is in about ${year}: write common dates, or days that there are not are missing, and the others some days off.`,
  'future-dates': ({ column, text, day }) =>
    `Two digits for the year in “${column}” are 2000 to 2068, then 1969 to 1999: ${text} is ${day}, which lies ahead. If the last century is meant, write years of four digits.`,
  'contrary-dates': ({ column, text, like, likeLine }) =>
    `“${text}” and “${like}” in line ${whole(likeLine)} contradict one another: in one of them the day of “${column}” stands in front, in the other the month. They are read as texts. Write all dates in one way.`,
  'undecided-dates': ({ column, formats }) =>
    `“${column}” holds dates that are ${formats.join(' or ')}: which, nothing tells. They are read as texts.`,
  'settled-dates': ({ column, format }) =>
    `Nothing tells day and month apart in the dates of “${column}”; they are read as ${format}.`,
};
