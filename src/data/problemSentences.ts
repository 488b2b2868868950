import { isCodePageOfDos } from './csv/encodings';
import { count, cut, short, whole } from '../core/format';
import type { NoTable, ProblemMessages } from './message';
import type { Say } from './tableSentences';

/** Texts that stand for a missing value, where several are named. */
const LONGEST_TOKEN = 40;

/** The sentences of what is wrong or doubtful with a table. */
export const problemSentences: {
  readonly [C in keyof ProblemMessages]: (args: ProblemMessages[C], say: Say) => string;
} = {
  // ------------------------------------------------------------------------------- problems of a file
  'empty-file': () => 'The file is empty. A header line and rows are needed.',
  'binary-file': () => 'This is no text file.',
  'unknown-encoding': ({ encoding }, { setting }) =>
    isCodePageOfDos(encoding)
      ? `“${encoding}” is a code page of DOS that cannot be read. Save the file as UTF-8, in a spreadsheet or with iconv, and set ${setting('csv.encoding')} to auto.`
      : `There is no encoding “${encoding}”. Change ${setting('csv.encoding')} to auto or a name such as utf-8.`,
  'unknown-delimiter': ({ delimiter }, { setting }) =>
    `“${delimiter}” cannot be a delimiter. ${setting('csv.delimiter')} has to be auto, or what stands between the cells: one character or a few signs.`,
  'unknown-quote': ({ quote }, { setting }) =>
    `“${quote}” cannot be a quote. ${setting('csv.quote')} has to be auto, empty or one character of ASCII.`,
  'no-rows': () => 'The file has a header but no rows.',
  'unterminated-quote': () => 'This quote is never closed. Close it, or remove it.',
  'text-after-quote': () => 'There is text after the closing quote. Double the quotes inside the cell.',
  'inner-quote': () => 'The quotes inside this cell are not doubled; they are read as text.',
  'ragged-row': ({ cells, expected, like }) =>
    `This row has ${count(cells, 'cell')}, the ${like} has ${whole(expected)}. ` +
    (cells < expected
      ? 'Add what is missing, or remove the row.'
      : 'Quote cells that hold the delimiter, or remove the extra ones.'),
  'mended-row': ({ how }) => MENDED[how],
  'header-mismatch': ({ names, cells, divided }) =>
    `The header has ${count(names, 'name')}, the rows have ${count(cells, 'cell')}.` +
    (divided === undefined ? '' : ` ${commaOf(divided)}`),
  'doubtful-header': (_, { setting }) =>
    `This line is read as data. If it names the columns, set ${setting('csv.header')} to present.`,
  'doubtful-decimals': ({ column, mark }, { setting }) => {
    const read = mark === ',' ? ['1.234', '1234'] : ['1234', '1.234'];
    return `The marks in “${column}” may be those of thousands or of decimals: 1,234 is read as ${read[0]}, and 1.234 as ${read[1]}. If that is wrong, set ${setting('csv.decimalSeparator')}.`;
  },
  'words-in-numbers': () =>
    'A line of words over columns of numbers: units, a second header or another table. Remove it.',
  'repeated-header': () => 'The header once more; it is passed over.',
  preamble: () => 'This line is above the table and is passed over.',
  footer: () => 'A lone cell below the table; it is passed over.',
  comments: ({ lines }) =>
    lines === 1
      ? 'A line of comment is passed over.'
      : `${whole(lines)} lines of comment are passed over, this the first of them.`,
  'rows-left-out': ({ rows }, { setting }) =>
    rows === 1
      ? `This row is left out: ${setting('csv.leaveOutLines')} names its line.`
      : `${whole(rows)} rows are left out, this the first of them: ${setting('csv.leaveOutLines')} names their lines.`,
  'no-row-on-line': ({ line }, { setting }) =>
    `${setting('csv.leaveOutLines')} names line ${whole(line)}, on which no row begins.`,
  'duplicate-header': ({ name, column }) =>
    `“${name}” is the name of two columns; this one is called “${column}”.`,
  'zero-bytes': ({ where }) =>
    where === 'rows'
      ? 'Zero bytes stand where rows should be: the end of the file is lost.'
      : 'A zero byte stands in this cell: what was there is lost.',
  'broken-character': () => 'These bytes are no UTF-8; the cell is taken for missing.',
  'guessed-encoding': ({ encoding, fits }, { setting }) =>
    fits
      ? `The file is not UTF-8; that it is ${encoding}, as which it is read, is a guess. If names look wrong, save it as UTF-8 or set ${setting('csv.encoding')}.`
      : `The file is not UTF-8, and its letters make words in no encoding that was tried; it is read as ${encoding}, which is likely wrong. Save it as UTF-8 or set ${setting('csv.encoding')}.`,
  'lost-characters': ({ text }) =>
    `“${text}” holds the sign for a character that was lost, when the table was read in another encoding and saved; there may be more of them. Save it again from its source, or choose the encoding.`,
  'suspicious-encoding': ({ text }) =>
    `“${text}” looks like UTF-8 that was once read as Windows-1252 and saved again.`,
  'row-too-long': ({ megabytes }) =>
    `This row is longer than ${megabytes} MB: a quote may not be closed, or the file is no table.`,
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
  'mixed-truths': ({ column, text, like }) =>
    `“${text}” and “${like}” in “${column}” say the same, and are read as one.`,
  'mixed-years': ({ column, text, like, count: cells }) =>
    `“${text}” in “${column}” may be a year of two digits beside those of four, such as ${like}; ` +
    (cells === 1 ? 'it is' : `${whole(cells)} such cells, this the first of them, are`) +
    ' read as the number that is written. Write all years with four digits.',
  'range-as-date': ({ column, text, like, of, count: cells }) =>
    `“${text}” stands among ${of}s such as “${like}” in “${column}”` +
    (cells === 1 ? '' : `, in ${whole(cells)} cells, this the first of them`) +
    `: a spreadsheet may have made a date of a ${of}. If so, write the ${of} in its place.`,
  'word-is-class': ({ column, text, count: rows }) =>
    `“${text}” stands among the numbers of the target “${column}” in ${count(rows, 'row')}: it is a class like them.`,
  'odd-spelling': ({ column, text, like, names, spellings, isShort }, { setting }) =>
    `“${text}” and “${like}” ${isShort ? 'seem to be one name, in short and in full' : 'are spelt differently, but are likely the same name'}; they are taken for two. ` +
    (spellings > 2 ? `“${column}” has ${whole(spellings)} spellings of ${count(names, 'name')}. ` : '') +
    `Turn ${setting('data.mergeSpellings')} on to make them one.`,

  // -------------------------------------------------------------------------------- problems of a table
  'no-target': ({ why }, { of }) => of(why),
  'no-examples': ({ why }, { of }) => of(why),
  'too-few-rows': ({ rows }) =>
    `There ${rows === 1 ? 'is' : 'are'} only ${count(rows, 'row')}: what is learnt from ${rows === 1 ? 'it' : 'them'} may be chance.`,
  'missing-values': ({ column, missing, rows, then, texts }) =>
    `“${column}” misses ${whole(missing)} of ${whole(rows)} values (${percent(missing / rows)})${writtenAs(texts)}.${THEN[then]}`,
  'missing-in-columns': ({ columns, more, most, rows, then, texts }) => {
    const named = columns.map(({ name, missing }) => `“${name}” ${whole(missing)}`).join(', ');
    return (
      `${whole(columns.length + more)} columns miss values: ${named} and ${whole(more)} more, ` +
      `up to ${whole(most)} of ${whole(rows)} (${percent(most / rows)})${writtenAs(texts)}.${then === 'dropRows' ? ' Rows without one of them are left out.' : THEN[then]}`
    );
  },
  'constant-column': ({ column, evidence }, { of }) => `“${column}” is left out: ${of(evidence)}.`,
  'identifier-column': ({ column, evidence }, { of }) =>
    `“${column}” is left out, as an identifier: ${of(evidence)}.`,
  'identifier-feature': ({ column, evidence }, { of }) =>
    `“${column}” is used as a feature although it is an identifier: ${of(evidence)}. What is learnt from it holds for no other row.`,
  'free-text': ({ column, evidence }, { of }) => `“${column}” is left out: ${of(evidence)}.`,
  'unscaled-features': ({ column, largest }, { setting }) =>
    `“${column}” has values up to ${Number(largest.toPrecision(3))} and nothing scales it: training may be slow or diverge. Turn ${setting('data.standardize')} on.`,
  'placeholder-value': ({ column, texts, count: found, rows }) =>
    texts.length === 1
      ? `“${column}” is ${texts[0]} in ${whole(found)} of ${whole(rows)} rows, this the first of them, and far from that in all others. If that stands for a missing value, take it for one.`
      : `“${column}” is ${texts.slice(0, -1).join(', ')} or ${texts[texts.length - 1]} in ${whole(found)} of ${whole(rows)} rows, this the first of them, and far from these in all others. If these stand for missing values, take them for such.`,
  'total-row': ({ texts, lines, more }, { setting }) =>
    lines.length === 1
      ? `This row is called “${texts[0]}”: it seems to sum up others, or to say what they are compared with, and is read as one of them. If so, leave it out.`
      : `${whole(lines.length + more)} rows, ${listed(lines, more)}, are called ${inQuotes(texts)}: they seem to sum up others, or to say what they are compared with, and are read as rows like them. If so, leave them out with ${setting('csv.leaveOutLines')}.`,
  'note-rows': ({ text, lines, areBelow }, { setting }) =>
    !areBelow
      ? `${whole(lines.length)} rows, ${listed(lines, 0)}, have nothing but a text such as “${text}”: they seem to be the ends of pages, and are read as rows. If so, leave them out with ${setting('csv.leaveOutLines')}.`
      : lines.length === 1
        ? `This row has nothing but “${text}”: it seems to be a note below the table, and is read as a row. If so, leave it out.`
        : `The last ${whole(lines.length)} rows, ${listed(lines, 0)}, have nothing but a text such as “${text}”: they seem to be notes below the table, and are read as rows. If so, leave them out with ${setting('csv.leaveOutLines')}.`,
  'section-rows': ({ texts, lines, more }, { setting }) =>
    `${whole(lines.length + more)} rows, ${listed(lines, more)}, have nothing but a text (${inQuotes(texts)}): they seem to be the titles of the rows below them, and are read as rows. If so, leave them out with ${setting('csv.leaveOutLines')}.`,
  'merged-cells': ({ column, blocks }) =>
    `“${column}” is filled in the first row of each of ${whole(blocks)} blocks only, and empty from here on: merged cells? Where they are empty, they are taken for missing. Fill them in the spreadsheet, or ignore the column.`,
  'ditto-marks': ({ column, texts, count: cells }) =>
    `${inQuotes(texts)} in “${column}” seems to mean “as above”, in ${count(cells, 'cell')}, this the first of them: it is a class like others. Write the text in its place, or take it for missing.`,
  'of-many-columns': ({ columns, more, first }, { of }) =>
    `${of(first)} The same holds for ${columns.map((name) => `“${name}”`).join(', ')}${more > 0 ? ` and ${whole(more)} more` : ''}.`,
  'class-imbalance': ({ target, text, count: rare, rows }, { setting }) =>
    `“${target}” is “${text}” in only ${whole(rare)} of ${whole(rows)} rows. ${setting('training.classWeights')} “balanced” lets it count as much as the others.`,
  leakage: ({ column, target }) =>
    `“${column}” alone gives away “${target}”. If it would not be known beforehand, ignore it.`,
  'leakage-missing': ({ column, target, text }) =>
    `Whether “${column}” is missing gives away “${target}”: it tells the rows that are “${text}” from all others. If it would not be known beforehand, ignore it.`,
  'rows-follow-order': ({ column, measure, byChance, apart }, { setting }) =>
    `The rows follow “${column}”. ${flattered(measure, byChance)}; where the last rows are told from those before them, it is ${short(apart)}. For a score that holds for rows to come, set ${setting('data.splitColumn')} to “${column}” and ${setting('data.splitBy')} to order.`,
  'rows-in-groups': ({ column, measure, byChance, apart }, { setting }) =>
    `Rows with the same “${column}” are alike. ${flattered(measure, byChance)}; where none of the same “${column}” is learnt from, it is ${short(apart)}. For a score that holds for others, set ${setting('data.splitColumn')} to “${column}”.`,
  'duplicate-rows': ({ rows }) =>
    rows === 1
      ? 'This row is the same as an earlier one.'
      : `${whole(rows)} rows are the same as an earlier one, this the first of them.`,
  'leakage-copy': ({ column, target, how }) => {
    const form = {
      rounded: `“${column}” is “${target}” but for rounding.`,
      rising: `“${column}” is in the very order of “${target}”: it is the same in another form.`,
      falling: `“${column}” is in the very order of “${target}”, turned round: it is the same in another form.`,
    }[how];
    return `${form} If it would not be known beforehand, ignore it.`;
  },
  'leakage-together': ({ columns, more, target, how }) => {
    const names = columns.map((column) => `“${column}”`);
    const [last, others] = more > 0 ? [`${whole(more)} more`, names] : [names.pop() ?? '', names];
    const all = `${others.join(', ')} and ${last}`;
    const together =
      how === 'sum'
        ? `together make up “${target}”, each by a factor`
        : `together name the class of “${target}”`;
    return `${all} ${together}. If they would not be known beforehand, ignore them.`;
  },
  'leakage-not-sought': ({ features, most }) =>
    `There are ${whole(features)} features: whether several of them give the target away together is looked for up to ${whole(most)}.`,
  'wild-value': ({ column, text }) =>
    `“${column}” is ${text} in this row, far from all its other values. If that is a slip, mend it or leave the row out.`,
  'heavy-tail': ({ column }, { setting }) =>
    `“${column}” has a heavy tail: beside a few large values, most others look the same to the network. Set ${setting('data.transform')} to log or rank.`,
  'no-table': ({ kind, name }) => NO_TABLES[kind](name),
  'no-json-row': ({ why, name }) =>
    why === 'nested'
      ? `“${name}” is a list or an object here, where a row of JSON Lines has one value for each name. Take it apart, or convert the file to CSV, a column for each value.`
      : 'This is no JSON object with one value for each name, on one line, as a row of JSON Lines is. Mend it, or convert the file to CSV.',
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
  'unread-numbers': ({ column, text, why }) => {
    const what = {
      formulas: 'is a formula, and so are the others: export what they come to',
      tolerances: 'is a number with its error, and so are the others: put the two into columns of their own',
      hidden:
        'is what a spreadsheet shows where a column is too narrow, and the values are lost in the file: widen the column, and export it once more',
      'two numbers': 'is two numbers in one cell, and so are the others: put them into columns of their own',
      'two marks':
        'has a decimal mark that others beside it do not have: a comma in some, a point in others; write all of them alike',
      'days without a year': 'is a day without a year, and so are the others: add the year',
    }[why];
    return `“${text}” in “${column}” ${what}. The column is read as text.`;
  },
  'unnamed-column': ({ column }) => `This column has no name in the header; it is called “${column}”.`,
  'doubtful-times': ({ column, text, may }, { setting }) =>
    may === 'be no times'
      ? `“${text}” and the others in “${column}” are read as times of day. If they are durations, scores or ratios, set ${setting('data.columnTypes')} to number or category.`
      : `The times in “${column}” are read as those of a clock of 24 hours, yet none is past 12:59: if am and pm are left out, 1:15 in the afternoon is read as one at night. Write them as 13:15.`,
  'two-units': ({ column, text, like, likeLine, units }) =>
    `“${column}” is ${text} in this row and ${like} on line ${whole(likeLine)}, with nothing between: it may hold two units, ${units}. If so, write all of it in one.`,
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
  'names-above': ({ how }) =>
    ({
      comment: 'The names of the columns stand behind the mark of a comment; they are read without it.',
      ARFF: 'The names of the columns are those of the attributes of this ARFF file.',
      'JSON Lines':
        'These are JSON Lines: a column for each name, in the order in which they came first, and a row for each line.',
      'two lines':
        'The names of the columns stand on two lines, the upper of which spans columns; both are put together.',
    })[how],
  'short-header': ({ names, cells }) =>
    `The header has ${count(names, 'name')}, the rows have ${count(cells, 'cell')}: the names are those of the first columns, and what follows, always empty, is left out. If a delimiter is missing in the header, add it.`,
  'row-names': ({ names, cells, divided }) =>
    `The header has ${count(names, 'name')}, the rows have ${count(cells, 'cell')}: the first column is taken for names of the rows. ` +
    (divided === undefined ? 'If a name is missing elsewhere, add it.' : commaOf(divided)),
  'second-header': () =>
    'A second line of the header: it has no number where the others have, and texts that stand in no other row. It is passed over.',
  'quote-in-cell': () =>
    'A quote stands inside this cell, and a cell behind it ends with one: a delimiter may be missing before the quote. Both are read as text.',
  'rule-line': () => 'This line only draws the table; it is passed over.',
  'unsplit-lines': ({ separator, times }, { setting }) =>
    `Each line is read as one cell, and in each “${separator}” stands ${times === 1 ? 'once' : `${whole(times)} times`}. If it separates cells, set ${setting('csv.delimiter')} to it.`,
  'ticked-column': ({ column, mark, given, rows }, { setting }) =>
    `“${column}” is ${mark === null ? 'given' : `“${mark}”`} in ${whole(given)} of ${count(rows, 'row')} and empty in the others: an empty cell is taken for “no”. If it means that nobody knows, ignore the column, or set ${setting('data.columnTypes')} to category.`,
  'list-column': ({ column, text, answers, areNumbers }, { setting }) =>
    `“${column}” lists answers, as in “${text}”: each of its ${whole(answers)} answers is a feature of its own. ` +
    `If its cells are ${areNumbers ? 'numbers with a decimal comma' : 'single texts'}, set ${setting('data.columnTypes')} to ${areNumbers ? 'number' : 'category'}.`,
  'may-be-list': ({ column, text, areNumbers }, { setting }) =>
    `“${column}” may list answers, as in “${text}”; it is read as ${areNumbers ? 'numbers with a decimal comma' : 'single texts'}. If it lists answers, set ${setting('data.columnTypes')} to list.`,
  'word-for-missing': ({ column, texts, count: found, rows }) =>
    `“${column}” is ${inQuotes(texts)} in ${whole(found)} of ${count(rows, 'row')}, this the first of them: that is a class like others. If it stands for a missing value, take it for one.`,
  'lost-class': ({ column, text, count: lost, rows }, { setting }) =>
    `“${column}” is “${text}” in ${whole(lost)} of ${count(rows, 'row')}, this the first of them: the word is taken for missing, and these rows are left out. If it is a class, take it off ${setting('csv.missingTokens')}.`,
  'group-gives-away': ({ column, target }, { setting }) =>
    `All rows of the same “${column}” have the same “${target}”, and the network can learn them by heart. For a score that holds for others, set ${setting('data.splitColumn')} to “${column}”, or ignore the column.`,
  'doubtful-task': ({ column, distinct, as }, { setting }) =>
    `“${column}” holds ${whole(distinct)} different whole numbers, which ` +
    (as === 'classes'
      ? `are taken for the names of classes. If they are amounts or grades, set ${setting('data.columnTypes')} to number.`
      : `are taken for amounts. If they name classes, set ${setting('data.columnTypes')} to category.`),
};

const NO_TABLES: { readonly [K in NoTable['kind']]: (name: string) => string } = {
  'web page': () =>
    'This is a web page, not a table. Download the file itself: on a page that shows a file, look for “Raw” or “Download”.',
  'server error': (name) =>
    `This is what a server answered in place of the file: “${name}”. Download the file again.`,
  pointer: () => 'This is a pointer of Git LFS, not the file. Fetch the file with “git lfs pull”.',
  workbook: (name) => `This is a workbook, ${name}, not a text file. Open it and save the sheet as CSV.`,
  archive: (name) => `This is a ${name} archive. Unpack it and open the table that is in it.`,
  packed: (name) => `This file is packed with ${name}. Unpack it and open what comes out.`,
  store: (name) => `This file is ${name}, not text. Export the table as CSV.`,
  document: (name) => `This file is ${name}, not text. Save the table that is in it as CSV.`,
  text: (name) => `This is ${name}, not a table. Convert it to CSV, a row for each record.`,
  LIBSVM: () =>
    'These are the sparse rows of LIBSVM (“1 3:0.5 …”), not a table. Convert them to CSV, a column for each feature.',
  'sparse ARFF': () =>
    'The rows of this ARFF file are sparse (“{1 5, …}”). Save it in the dense form, or as CSV.',
  log: () => 'This is a log, not a table. Save what is to be learnt from it as CSV, a column for each value.',
};

const OTHER_UNIT = {
  missing: ({ column, text, unit, count: cells }: ProblemMessages['other-unit']) =>
    `“${text}” is ${unit === '' ? 'in a unit' : `not in ${unit}`}, as the other numbers of “${column}” are${unit === '' ? ' not' : ''}, and nothing tells the factor; ` +
    (cells === 1 ? 'it is taken for missing.' : `${whole(cells)} such cells are taken for missing.`),
  same: ({ column, text, unit }: ProblemMessages['other-unit']) =>
    `“${text}” has no unit, the other numbers of “${column}” are in ${unit}; it is read as if it were, too.`,
  text: ({ column, text, unit }: ProblemMessages['other-unit']) =>
    unit === ''
      ? `“${text}” has a unit, and the numbers above it in “${column}” have none: nothing tells what they are in, and it is read as text.`
      : `“${text}” has another unit than “${unit}” above it, and nothing tells the factor: “${column}” is read as text.`,
};

/** Lines that are said. */
const MOST_LINES = 8;
const listed = (lines: readonly number[], more: number): string => {
  const rest = Math.max(0, lines.length - MOST_LINES) + more;
  const shown = lines.slice(0, MOST_LINES).map(whole);
  return rest > 0
    ? `lines ${shown.join(', ')} and ${whole(rest)} more`
    : `lines ${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
};
const MOST_TEXTS = 4;
const inQuotes = (texts: readonly string[]): string => {
  const shown = texts.slice(0, MOST_TEXTS).map((text) => `“${text}”`);
  return texts.length > MOST_TEXTS ? `${shown.join(', ')} and the like` : shown.join(', ');
};

const CODE_SIGNS = {
  zeros: 'whose zeros in front count',
  fractions: 'in which 1.1 and 1.10 are not the same',
  exponents: 'in which E is a letter',
};

function codesSentence(
  { column, text, why, areTexts, like = '' }: ProblemMessages['codes-like-numbers'],
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
  if (why === 'name')
    return `“${text}” in “${column}” is taken for the number of something, not for an amount: the column is read as texts. If it holds amounts, set ${setting} to number.`;
  return areTexts
    ? `“${text}” in “${column}” is a code, ${CODE_SIGNS[why]}: the column is read as texts. If it holds amounts, set ${setting} to number.`
    : `“${text}” in “${column}” may be a code, ${CODE_SIGNS[why]}; the column is read as numbers. If it names something, set ${setting} to category.`;
}

const commaOf = (name: string) =>
  `If the numbers of “${name}” have a decimal comma, it divides them: write a decimal point, or put such cells in quotes.`;
const FILLED_IN = 'What is missing is filled in, and a feature of its own says where.';
const THEN = { impute: ` ${FILLED_IN}`, dropRows: ' Rows without it are left out.', nothing: '' };
/** What stands in cells that are taken for missing. */
function writtenAs(texts: readonly string[] | undefined): string {
  if (!texts) return '';
  const names = texts.map((text) => `“${cut(text, LONGEST_TOKEN)}”`).join(', ');
  return `; ${names} ${texts.length === 1 ? 'is' : 'are'} taken for missing`;
}
const flattered = (measure: string, byChance: number) =>
  `A short trial with rows drawn by chance has ${measure === 'R²' ? 'an R²' : 'an accuracy'} of ${short(byChance)}`;
const percent = (share: number) => `${share < 0.01 ? '< 1' : Math.round(100 * share)} %`;

const MENDED = {
  'header has other delimiter': 'The header has another delimiter than the rows.',
  'other delimiter':
    'This row has another delimiter than the others; its cells fit the columns and are read.',
  'trailing delimiters': 'This row ends with delimiters too many; the empty cells are left out.',
  apostrophes: 'The cells of this row stand in apostrophes; they are read without them.',
};
