import { count, whole } from '../core/format';
import type { ColumnProblems } from './columnProblems';
import type { SentencesOf } from './tableSentences';

/** The sentences of what is doubtful in the cells of a column, dates apart. */
export const columnProblemSentences: SentencesOf<ColumnProblems> = {
  'doubtful-decimals': ({ column, mark }, { setting }) => {
    const read = mark === ',' ? ['1.234', '1234'] : ['1234', '1.234'];
    return `The marks in “${column}” may be those of thousands or of decimals: 1,234 is read as ${read[0]}, and 1.234 as ${read[1]}. If that is wrong, set ${setting('csv.decimalSeparator')}.`;
  },
  'text-in-numbers': ({ column, text, count: cells, areAlike = false }) =>
    `“${text}” is no number, in the column “${column}” that otherwise holds numbers; ` +
    (cells === 1
      ? 'it is taken for missing.'
      : areAlike
        ? `${whole(cells)} cells are written like it, this the first, and are taken for missing.`
        : `it stands in ${whole(cells)} cells, this the first, and is taken for missing.`),
  'mixed-decimals': ({ column, text, count: cells }) =>
    `“${text}” has another decimal mark than the other numbers of “${column}”` +
    (cells === 1
      ? '; it is taken for missing.'
      : `, and so have ${count(cells - 1, 'more cell')}; they are taken for missing.`),
  'mixed-units': ({ column, text }) =>
    `“${text}” has another unit than other numbers of “${column}”, whose units are passed over.`,
  'other-unit': (args) => OTHER_UNIT[args.then](args),
  'doubtful-letter': ({ column, text, value }, { setting }) =>
    `“${text}” in “${column}” is read as ${whole(value)}, and the others likewise. If the letter means something else, set ${setting('data.columnTypes')} to category.`,
  'codes-like-numbers': (args, { setting }) => codesSentence(args, setting('data.columnTypes')),
  'marked-numbers': ({ column, text, count: cells }) =>
    cells === 1
      ? `“${text}” in “${column}” is read as the number alone, without its mark.`
      : `“${text}” and ${count(cells - 1, 'more cell')} of “${column}” are read as the number alone, without its mark.`,
  'doubtful-negatives': ({ column, text, count: cells }, { setting }) =>
    `“${text}” in “${column}” is read as an amount below zero, as accounts write it` +
    (cells === 1 ? '' : `, and so are ${count(cells - 1, 'more cell')}`) +
    `. If ${text.includes('(') ? 'parentheses mean' : 'it means'} something else there, ignore the column or set ${setting('data.columnTypes')} to category.`,
  'read-as-durations': ({ column, text, value, form }, { setting }) => {
    const unit = form === 'months' ? 'month' : 'second';
    const areParts = form === 'parts' || form === 'months';
    const doubt = form === 'short' ? '; if these are hours and minutes, all are a sixtieth of theirs' : '';
    return `“${text}” in “${column}” is read as a duration of ${Number(value.toPrecision(12))} ${value === 1 ? unit : `${unit}s`}, and the others likewise${doubt}. If they are ${areParts ? 'something else' : 'times of day'}, set ${setting('data.columnTypes')} to ${areParts ? 'category' : 'time'}.`;
  },
  'read-as-fractions': ({ column, text, value, unit = '' }, { setting }) =>
    `“${text}” in “${column}” is read as the number ${Number(value.toPrecision(6))}${unit.startsWith('/') ? `, out of ${unit.slice(1)}` : unit === '°' ? unit : unit && ` ${unit}`}, and the others likewise. If it means something else, set ${setting('data.columnTypes')} to category.`,
  'other-digits': ({ column, text, value }) =>
    `“${text}” in “${column}” is written in digits of another script, and is read as ${Number(value.toPrecision(12))}; so are others like it.`,
  'units-by-case': ({ column, text, like, factor, then }) => {
    const times = factor < 1 ? `a ${whole(Math.round(1 / factor))}th` : `${whole(factor)} times as much`;
    const meaning =
      factor === 8 || factor === 1 / 8
        ? `if b is a bit and B a byte, it is ${factor === 8 ? 'eight times as much' : 'an eighth'}`
        : `if m is a thousandth and M a million, it is ${times}`;
    const read = then === 'same' ? 'Both are read as the same unit.' : 'It is read so.';
    return `“${text}” stands among numbers of “${column}” in ${like}: ${meaning}. ${read} Write all in one unit.`;
  },
  'counted-parts': ({ column, text, parts }) =>
    `“${text}” in “${column}” is read as that number. ` +
    (parts === 60
      ? 'If its digits are degrees, minutes and seconds, write degrees with their fraction.'
      : typeof parts === 'string'
        ? `If the two digits behind the mark count ${parts}, write what they stand for, or all in ${parts}.`
        : `If the digit behind the mark counts ${{ 3: 'thirds', 6: 'sixths', 7: 'days of a week' }[parts]}, write what it stands for, or all in the smaller unit.`),
  'mixed-truths': ({ column, text, like }) =>
    `“${text}” and “${like}” in “${column}” say the same, and are read as one.`,
  'word-is-class': ({ column, text, count: rows }) =>
    `“${text}” stands among the numbers of the target “${column}” in ${count(rows, 'row')}: it is a class like them.`,
  'odd-spelling': ({ column, text, like, names, spellings, isShort }, { setting }) =>
    `“${text}” and “${like}” ${isShort ? 'seem to be one name, in short and in full' : 'are spelt differently, but are likely the same name'}; they are taken for two. ` +
    (spellings > 2 ? `“${column}” has ${whole(spellings)} spellings of ${count(names, 'name')}. ` : '') +
    `Turn ${setting('data.mergeSpellings')} on to make them one.`,
  'unread-numbers': ({ column, text, why }) => {
    const what = {
      formulas: 'is a formula, and so are the others: export what they come to',
      tolerances: 'is a number with its error, and so are the others: put the two into columns of their own',
      hidden:
        'is what a spreadsheet shows where a column is too narrow, and the values are lost in the file: widen the column, and export it once more',
      'two numbers': 'is two numbers in one cell, and so are the others: put them into columns of their own',
      'two marks':
        'has a decimal mark that others beside it do not have: a comma in some, a point in others; write all of them alike',
      'a word among amounts':
        'is no amount, as the others are: write what it comes to, or read the column as numbers, among which it is missing',
      'days without a year': 'is a day without a year, and so are the others: add the year',
    }[why];
    return `“${text}” in “${column}” ${what}. The column is read as text.`;
  },
  'ticked-column': ({ column, mark, given, rows }, { setting }) =>
    `“${column}” is ${mark === null ? 'given' : `“${mark}”`} in ${whole(given)} of ${count(rows, 'row')} and empty in the others: an empty cell is taken for “no”. If it means that nobody knows, ignore the column, or set ${setting('data.columnTypes')} to category.`,
  'list-column': ({ column, text, answers, areNumbers }, { setting }) =>
    `“${column}” lists answers, as in “${text}”: each of its ${whole(answers)} answers is a feature of its own. ` +
    `If its cells are ${areNumbers ? 'numbers with a decimal comma' : 'single texts'}, set ${setting('data.columnTypes')} to ${areNumbers ? 'number' : 'category'}.`,
  'may-be-list': ({ column, text, areNumbers }, { setting }) =>
    `“${column}” may list answers, as in “${text}”; it is read as ${areNumbers ? 'numbers with a decimal comma' : 'single texts'}. If it lists answers, set ${setting('data.columnTypes')} to list.`,
};

const OTHER_UNIT = {
  missing: ({ column, text, unit, count: cells }: ColumnProblems['other-unit']) =>
    `“${text}” is ${unit === '' ? 'in a unit' : `not in ${unit}`}, as the other numbers of “${column}” are${unit === '' ? ' not' : ''}, and nothing tells the factor; ` +
    (cells === 1 ? 'it is taken for missing.' : `${whole(cells)} such cells are taken for missing.`),
  same: ({ column, text, unit }: ColumnProblems['other-unit']) =>
    `“${text}” has no unit, the other numbers of “${column}” are in ${unit}; it is read as if it were, too.`,
  text: ({ column, text, unit }: ColumnProblems['other-unit']) =>
    unit === ''
      ? `“${text}” has a unit, and the numbers above it in “${column}” have none: nothing tells what they are in, and it is read as text.`
      : `“${text}” has another unit than “${unit}” above it, and nothing tells the factor: “${column}” is read as text.`,
};

const CODE_SIGNS = {
  zeros: 'whose zeros in front count',
  fractions: 'in which 1.1 and 1.10 are not the same',
  exponents: 'in which E is a letter',
  signs: 'in which the signs mean “up to” and “more than”',
};

function codesSentence(
  { column, text, why, areTexts, like = '' }: ColumnProblems['codes-like-numbers'],
  setting: string,
): string {
  if (why === 'letters')
    return `“${text}” and others in “${column}” are codes among numbers, and are taken for missing. If the numbers are codes like them, set ${setting} to category.`;
  if (why === 'lost')
    return `“${text}” in “${column}” is what a spreadsheet makes of a long number: the last digits are lost in the file, and different numbers may be the same now. Export them once more, as text.`;
  if (why === 'spellings')
    return `“${text}” and “${like}” in “${column}” are read as the same number. If they name different things, set ${setting} to category.`;
  if (why === 'answers')
    return `“${text}” in “${column}” may be several answers, ${[...text].join(', ')}, as the digits rise in every cell; the column is read as numbers. If it lists answers, set ${setting} to list.`;
  if (why === 'pairs')
    return `“${text}” in “${column}” is read as the number ${text.replace(',', '.')}, and may be two numbers, as what stands behind the commas in this column shows. If so, set ${setting} to category.`;
  if (why === 'name')
    return `“${text}” in “${column}” is taken for the number of something, not for an amount: the column is read as texts. If it holds amounts, set ${setting} to number.`;
  return areTexts
    ? `“${text}” in “${column}” is a code, ${CODE_SIGNS[why]}: the column is read as texts. If it holds amounts, set ${setting} to number.`
    : `“${text}” in “${column}” may be a code, ${CODE_SIGNS[why]}; the column is read as numbers. If it names something, set ${setting} to category.`;
}
