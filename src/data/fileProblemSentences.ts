import { count, whole } from '../core/format';
import { isCodePageOfDos } from './csv/encodings';
import type { FileProblems, NoTable } from './fileProblems';
import type { SentencesOf } from './tableSentences';

/** The sentences of what is wrong with a file, its lines and its header. */
export const fileProblemSentences: SentencesOf<FileProblems> = {
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
  'no-table': ({ kind, name }) => NO_TABLES[kind](name),
  'no-json-row': ({ why, name }) =>
    why === 'nested'
      ? `“${name}” is a list or an object here, where a row of JSON Lines has one value for each name. Take it apart, or convert the file to CSV, a column for each value.`
      : 'This is no JSON object with one value for each name, on one line, as a row of JSON Lines is. Mend it, or convert the file to CSV.',
  'unnamed-column': ({ column }) => `This column has no name in the header; it is called “${column}”.`,
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

const commaOf = (name: string) =>
  `If the numbers of “${name}” have a decimal comma, it divides them: write a decimal point, or put such cells in quotes.`;

const MENDED = {
  'header has other delimiter': 'The header has another delimiter than the rows.',
  'other delimiter':
    'This row has another delimiter than the others; its cells fit the columns and are read.',
  'trailing delimiters': 'This row ends with delimiters too many; the empty cells are left out.',
  apostrophes: 'The cells of this row stand in apostrophes; they are read without them.',
};
