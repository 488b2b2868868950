import { count, layers, whole } from '../core/format';
import type { SettingKey } from '../settings/settings';
import type { Place } from './userError';
import type { FileError, Message, MessageCode, Messages } from './message';

/** What one edge calls a setting: `neuronLens.data.target` in the editor, `--target` on the command line. */
export type SettingName = (key: SettingKey) => string;

/** The English sentence of a message. */
export const sentence = <C extends MessageCode>({ code, args }: Message<C>, setting: SettingName): string =>
  sentences[code](args, { setting, of: (inner) => sentence(inner, setting) });

/** `flower.csv, line 3, column 5: ` before a sentence. */
export function placed(file: string, place: Place | null, text: string): string {
  const where = [
    file,
    ...(place ? [`line ${whole(place.line)}`] : []),
    ...(place?.column === undefined ? [] : [`column ${whole(place.column)}`]),
  ];
  return `${where.join(', ')}: ${text}`;
}

/** Whether a value that was saved is a message; what wrote it is known by its checksum, so its arguments are taken as they are. */
export const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  'args' in value &&
  typeof value.code === 'string' &&
  Object.hasOwn(sentences, value.code);

interface Say {
  readonly setting: SettingName;
  /** The sentence, or the part of one, of a message inside a message. */
  readonly of: (inner: Message) => string;
}

const percent = (share: number) => `${share < 0.01 ? '< 1' : Math.round(100 * share)} %`;
const quoted = (names: readonly string[], more: number) =>
  `${names.map((name) => `“${name}”`).join(', ')}${more > 0 ? ` and ${whole(more)} more` : ''}`;

const FILLED_IN = 'What is missing is filled in, and a feature of its own says where.';
const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
  ' ': 'space',
};

/** Each code's sentence; those of evidence, reasons and dialects are parts that others are made of. */
const sentences: { readonly [C in MessageCode]: (args: Messages[C], say: Say) => string } = {
  // ------------------------------------------------------------------------------- problems of a file
  'empty-file': () => 'The file is empty. A header line and rows are needed.',
  'binary-file': () => 'This is no text file.',
  'unknown-encoding': ({ encoding }, { setting }) =>
    `There is no encoding “${encoding}”. Change ${setting('csv.encoding')} to auto or a name such as utf-8.`,
  'unknown-delimiter': ({ delimiter }, { setting }) =>
    `“${delimiter}” cannot be a delimiter. ${setting('csv.delimiter')} has to be auto or one character of ASCII.`,
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
  'header-mismatch': ({ names, cells }) =>
    `The header has ${count(names, 'name')}, the rows have ${count(cells, 'cell')}.`,
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
  'guessed-encoding': (_, { setting }) =>
    `The file is not UTF-8; it is read as Windows-1252. If names look wrong, save it as UTF-8 or set ${setting('csv.encoding')}.`,
  'suspicious-encoding': ({ text }) =>
    `“${text}” looks like UTF-8 that was once read as Windows-1252 and saved again.`,
  'row-too-long': ({ megabytes }) =>
    `This row is longer than ${megabytes} MB: a quote may not be closed, or the file is no table.`,
  'text-in-numbers': ({ column, text }) =>
    `“${text}” is no number, in the column “${column}” that otherwise holds numbers; it is taken for missing.`,
  'mixed-decimals': ({ column, text }) =>
    `“${text}” has another decimal mark than the other numbers of “${column}”; it is taken for missing.`,
  'mixed-units': ({ column, text }) =>
    `“${text}” has another unit than other numbers of “${column}”, whose units are passed over.`,

  // -------------------------------------------------------------------------------- problems of a table
  'no-target': ({ why }, { of }) => of(why),
  'no-examples': ({ why }, { of }) => of(why),
  'too-few-rows': ({ rows }) =>
    `There ${rows === 1 ? 'is' : 'are'} only ${count(rows, 'row')}: what is learnt from ${rows === 1 ? 'it' : 'them'} may be chance.`,
  'missing-values': ({ column, missing, rows, then }) => {
    const what = { impute: ` ${FILLED_IN}`, dropRows: ' Rows without it are left out.', nothing: '' }[then];
    return `“${column}” misses ${whole(missing)} of ${whole(rows)} values (${percent(missing / rows)}).${what}`;
  },
  'constant-column': ({ column, evidence }, { of }) => `“${column}” is left out: ${of(evidence)}.`,
  'identifier-column': ({ column, evidence }, { of }) =>
    `“${column}” is left out, as an identifier: ${of(evidence)}.`,
  'identifier-feature': ({ column, evidence }, { of }) =>
    `“${column}” is used as a feature although it is an identifier: ${of(evidence)}. What is learnt from it holds for no other row.`,
  'free-text': ({ column, evidence }, { of }) => `“${column}” is left out: ${of(evidence)}.`,
  'unscaled-features': ({ column, largest }, { setting }) =>
    `“${column}” has values up to ${Number(largest.toPrecision(3))} and nothing scales it: training may be slow or diverge. Turn ${setting('data.standardize')} on.`,
  'placeholder-value': ({ column, text }) =>
    `“${column}” is ${text} in several rows and far from that in all others. If that stands for a missing value, take it for one.`,
  'total-row': ({ text }) =>
    `The last row is called “${text}”: it seems to sum up the others, and is read as one of them.`,
  'class-imbalance': ({ target, text, count: rare, rows }, { setting }) =>
    `“${target}” is “${text}” in only ${whole(rare)} of ${whole(rows)} rows. ${setting('training.classWeights')} “balanced” lets it count as much as the others.`,
  leakage: ({ column, target }) =>
    `“${column}” alone gives away “${target}”. If it would not be known beforehand, ignore it.`,
  'duplicate-rows': ({ rows }) =>
    rows === 1
      ? 'This row is the same as an earlier one.'
      : `${whole(rows)} rows are the same as an earlier one, this the first of them.`,

  // ------------------------------------------------------------------------ what cannot be predicted
  'no-such-target': ({ name, names, more }) =>
    `There is no column “${name}” to predict. The columns are ${names.join(', ')}${more > 0 ? ` and ${whole(more)} more` : ''}.`,
  'all-ignored': () => 'No column can be predicted: all are ignored.',
  'target-empty': ({ target }) => `The target “${target}” has no values.`,
  'target-holds-text': ({ target, text }) =>
    `The target “${target}” holds the text “${text}”; a linear output needs numbers.`,
  'one-class': ({ target, text }) =>
    `The target “${target}” has only one class, “${text}”. At least two are needed.`,
  'too-many-classes': ({ target, classes, most }) =>
    `The target “${target}” has ${whole(classes)} classes; at most ${most} can be told apart. Choose another target.`,
  'not-two-classes': ({ target, classes }, { setting }) =>
    `A sigmoid output tells two classes apart; “${target}” has ${whole(classes)}. Set ${setting('model.output')} to auto or softmax.`,

  // ------------------------------------------------------------------------- what cannot be trained on
  'no-split-column': ({ name }, { setting }) =>
    `There is no column “${name}” to split by, as ${setting('data.splitColumn')} has it.`,
  'split-leaves-nothing': ({ column }) => `“${column}”, the column to split by, leaves no row to train on.`,
  'no-features': ({ target, leftOut }, { of }) =>
    [
      `No column is left to predict “${target}” from.`,
      ...leftOut.map(({ column, evidence }) => `“${column}” is left out: ${of(evidence)}.`),
    ].join(' '),
  'missing-value-refused': ({ column }, { setting }) =>
    `“${column}” misses a value, and ${setting('data.missingValues')} refuses that.`,
  'too-few-usable': ({ usable, rows }) =>
    `Only ${whole(usable)} of ${whole(rows)} rows can be used: the others miss a value. At least 2 are needed.`,
  'one-class-left': ({ target, text }) =>
    `Only the class “${text}” of “${target}” is left after rows with missing values were skipped.`,

  // ---------------------------------------------------------------------------------------- failures
  'cannot-read': ({ why }) => FILE_ERRORS[why],
  'no-regular-file': ({ kind }) =>
    kind === 'folder'
      ? FILE_ERRORS.EISDIR
      : `This is ${kind === 'something else' ? kind : `a ${kind}`}, not a regular file. Save what comes from it in a file and read that.`,
  'out-of-memory': () =>
    'There is not enough memory for this file and network. Use fewer rows or smaller hidden layers.',
  'network-too-large': ({ sizes, rows, megabytes, allowed }, { setting }) =>
    `A ${layers(sizes)} network on ${whole(rows)} rows needs ${whole(megabytes)} MB of memory; ${setting('training.memoryBudget')} allows ${whole(allowed)}. Use smaller hidden layers or fewer rows, or raise the budget.`,
  'unpacked-too-large': ({ most }) =>
    `Unpacked, the file is larger than ${most} MB. Unpack it and train on the file itself.`,
  'input-too-large': ({ most }) =>
    `Standard input is read up to ${most} MB. Save it in a file and read that.`,
  'cannot-unpack': ({ reason }) => `The file is compressed with gzip and cannot be unpacked: ${reason}.`,
  'file-changed': () => 'The file changed while it was being read. Try again when nothing writes to it.',
  'nothing-to-answer': () => 'There is nothing to answer any more.',
  'remote-too-large': ({ megabytes, most }) =>
    `The file has ${whole(megabytes)} MB. Files that are not on a local disk are read up to ${most} MB; copy it to one.`,
  other: ({ text }) => text,
  bug: ({ text }) => `A bug in Neuron Lens: ${text}`,

  // ---------------------------------------------------------------------- evidence: “… is left out: …”
  'digits-are-lost': () => 'its whole numbers have more digits than a number keeps, as keys have',
  'all-missing': () => 'all its values are missing',
  'all-the-same': () => 'all its values are the same',
  'counts-the-rows': () => 'it counts the rows',
  'named-like-identifier': () => 'it is named like one and no two rows have the same value',
  'holds-numbers': () => 'its values are numbers',
  'holds-two-texts': ({ texts }) => `its values are ${texts.join(' and ')}`,
  'holds-dates': ({ format }) => `its values are dates, ${format}`,
  'few-texts': ({ distinct }) => `it has ${distinct} different texts`,
  'ambiguous-dates': ({ formats }) => `it holds dates that are ${formats.join(' or ')}: which, nothing tells`,
  'no-two-the-same': () => 'no two rows have the same text',
  'many-texts': ({ distinct }) => `it holds text with ${whole(distinct)} different values`,

  // ------------------------------------------------------------------------------ why it is the target
  chosen: (_, { setting }) => `as ${setting('data.target')} says`,
  'usual-name': ({ name }) => `“${name}” is a usual name for a target`,
  'last-classes': () => 'the last column, which holds classes',
  'last-numbers': () => 'the last column of numbers',
  'last-column': () => 'the last column',

  // ----------------------------------------------------------------------------------------- notices
  'setting-names-no-column': ({ key, name }, { setting }) =>
    `${setting(key)} names “${name}”, which is not a column of this file.`,
  'on-line': ({ line, problem }, { of }) => `Line ${whole(line)}: ${of(problem)}`,
  'more-problems': ({ count: more }) => `And ${whole(more)} more problems like these.`,
  'left-out': ({ column, evidence }, { of }) => `“${column}” is left out: ${of(evidence)}.`,
  'read-with-decimal-comma': ({ column }) => `“${column}” is read with a decimal comma.`,
  'read-with-thousands': ({ column }) => `The commas in “${column}” are read as separators of thousands.`,
  'rows-skipped': ({ skipped, rows, line, misses }) =>
    `${whole(skipped)} of ${whole(rows)} rows are skipped because ${misses === 'target' ? 'the target' : 'a value'} is missing, the first on line ${whole(line)}.`,
  'filled-in': ({ columns, more }) =>
    `Missing values are filled in, by the mean or the commonest value: ${quoted(columns, more)}.`,
  diverged: ({ epoch, layer, learningRate, suggestedRate }) => {
    const advice =
      suggestedRate === null
        ? `Use a learning rate below ${learningRate}`
        : `A short trial from the initial weights was stable with a learning rate of ${suggestedRate}; this one was ${learningRate}`;
    return `Diverged in epoch ${whole(epoch)}, layer ${layer}: the cost or a weight was no longer finite. The last finite weights are kept. ${advice}.`;
  },

  // ---------------------------------------------------------------------------- how a file was read
  dialect: ({ delimiter, decimalComma, header, quote, firstLine, encoding }) =>
    [
      `${DELIMITERS[delimiter] ?? `“${delimiter}”`}-separated`,
      ...(decimalComma ? ['decimal comma'] : []),
      ...(header ? [] : ['no header']),
      ...(quote === '' ? ['no quotes'] : quote === '"' ? [] : [`quoted with ${quote}`]),
      ...(firstLine > 1 ? [`from line ${whole(firstLine)}`] : []),
      ...(encoding === 'utf-8' ? [] : [encoding]),
    ].join(', '),
};

const MENDED = {
  'header has other delimiter': 'The header has another delimiter than the rows.',
  'other delimiter':
    'This row has another delimiter than the others; its cells fit the columns and are read.',
  'trailing delimiters': 'This row ends with delimiters too many; the empty cells are left out.',
  apostrophes: 'The cells of this row stand in apostrophes; they are read without them.',
};

const NO_PERMISSION = 'There is no permission to read the file.';
const TOO_MANY_OPEN = 'Too many files are open. Close some programs and try again.';
const NO_ANSWER = 'The disk does not give the file. It may be damaged, or out of reach.';
const FILE_ERRORS: { readonly [W in FileError]: string } = {
  ENOENT: 'There is no such file. It may have been moved or deleted.',
  ENOTDIR: 'There is no such file: a part of its path is a file, not a folder.',
  ELOOP: 'There is no such file: links in its path lead in a circle.',
  ENAMETOOLONG: 'There is no such file: no name or path can be as long as this.',
  'zero byte': 'There is no such file: no path holds a zero byte.',
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EISDIR: 'This is a folder, not a file.',
  EMFILE: TOO_MANY_OPEN,
  ENFILE: TOO_MANY_OPEN,
  EIO: NO_ANSWER,
  ENXIO: NO_ANSWER,
  ESTALE: NO_ANSWER,
  ETIMEDOUT: NO_ANSWER,
  ENOSPC: 'The disk is full.',
};
