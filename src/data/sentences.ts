import { count, layers, whole } from '../core/format';
import { runSentence } from '../sentences/runs';
import type { Place } from './userError';
import type { FileError, Message, MessageCode, Messages, WhyNotBack } from './message';
import { problemSentences } from './problemSentences';
import { tableSentences, type Say, type SettingName } from './tableSentences';

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

const quoted = (names: readonly string[], more: number) =>
  `${names.map((name) => `“${name}”`).join(', ')}${more > 0 ? ` and ${whole(more)} more` : ''}`;

/** Each code's sentence. */
const sentences: { readonly [C in MessageCode]: (args: Messages[C], say: Say) => string } = {
  ...problemSentences,
  ...tableSentences,

  // ------------------------------------------------------------------------ what cannot be predicted
  'no-such-target': ({ name, names, more }) =>
    `There is no column “${name}” to predict. The columns are ${names.join(', ')}${more > 0 ? ` and ${whole(more)} more` : ''}.`,
  'all-ignored': () => 'No column can be predicted: all are ignored.',
  'target-empty': ({ target }) => `The target “${target}” has no values.`,
  'target-holds-text': ({ target, text }) =>
    `The target “${target}” holds the text “${text}”; a linear output needs numbers.`,
  'one-class': ({ target, text }) =>
    `The target “${target}” has only one class, “${text}”. At least two are needed.`,
  'target-all-differs': ({ target }) =>
    `No two rows have the same text in the target “${target}”: it names the rows, and nothing can be learnt of the next one. Choose another target.`,
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
  'process-ended': ({ signal }) =>
    `The process that trains was ended from outside (${signal}): by somebody, or by the system because memory ran out.`,
  'process-silent': ({ seconds }) =>
    `The process that trains did not get on for ${whole(seconds)} s, and was ended.`,
  'network-too-large': ({ sizes, rows, megabytes, allowed }, { setting }) =>
    `A ${layers(sizes)} network on ${whole(rows)} rows needs ${whole(megabytes)} MB of memory; ${setting('training.memoryBudget')} allows ${whole(allowed)}. Use smaller hidden layers or fewer rows, or raise the budget.`,
  'unpacked-too-large': ({ most }) =>
    `Unpacked, the file is larger than ${most} MB. Unpack it and train on the file itself.`,
  'input-too-large': ({ most }) =>
    `Standard input is read up to ${most} MB. Save it in a file and read that.`,
  'cannot-unpack': ({ reason }) => `The file is compressed with gzip and cannot be unpacked: ${reason}.`,
  'file-changed': () => 'The file changed while it was being read. Try again when nothing writes to it.',
  'no-such-run': () => 'This run is not kept any more.',
  'nothing-to-compare': () => 'These values cannot be compared.',
  'too-many-folds': ({ folds, most }) =>
    `This table allows ${whole(most)} folds at most, not ${whole(folds)}.`,
  'too-many-trainings': ({ trainings, folds, most }) =>
    `On ${count(folds, 'fold')} these are ${whole(trainings)} trainings; at most ${whole(most)} are compared.`,
  'run-is-shown': () => 'The run that is shown cannot be deleted: show another one first.',
  'nothing-to-answer': () => 'There is nothing to answer any more.',
  'cannot-go-back': ({ why }) => NO_WAY_BACK[why],
  'model-column-absent': ({ names, more }) =>
    names.length + more === 1
      ? `The file has no column ${quoted(names, more)}, which the model takes.`
      : `The file does not have ${whole(names.length + more)} columns that the model takes: ${quoted(names, more)}.`,
  'model-class-new': ({ target, text, classes, more }) =>
    `“${target}” is “${text}” here, which is no class of the model: it knows ${quoted(classes, more)}.`,
  'model-takes-number': ({ target }) => `The model predicts “${target}” as a number, and here it is none.`,
  'row-of-other-file': () =>
    'The file is another now than the one that was trained on: this row cannot be shown as it was.',
  'epoch-not-trained': ({ epoch, trained }) =>
    `Epoch ${whole(epoch)} has not been trained; the last one is ${whole(trained)}.`,
  'step-diverges': ({ epoch }) =>
    `The step after epoch ${whole(epoch)} diverges: the cost or a weight would no longer be finite.`,
  'again-while-running': () => 'The training runs: pause it to run it again.',
  'edited-while-running': () => 'The training runs: pause it to change its weights by hand.',
  'nothing-to-undo': () => 'No change by hand is left to take back.',
  'edit-not-finite': () =>
    'With this number the cost, or the weight itself, would no longer be finite. Nothing was changed.',
  'picture-of-other-run': () => 'Another training is shown by now. Save its picture instead.',
  'not-saved': ({ file, why }) => `${file} was not saved: ${why}`,
  'unusable-value': ({ key, why }) => `${key}: ${why}. Nothing was changed.`,
  overridden: ({ key, value, now }) =>
    `${key} ${value} was written, but ${now} holds: another entry for this file, in the user settings, says so.`,
  'edited-since': ({ key }) => `${key} has been edited in the settings since: it is left as it is.`,
  'remote-too-large': ({ megabytes, most }) =>
    `The file has ${whole(megabytes)} MB. Files that are not on a local disk are read up to ${most} MB; copy it to one.`,
  other: ({ text }) => text,
  bug: ({ text }) => `A bug in Neuron Lens: ${text}`,

  // ----------------------------------------------------------------------------------------- notices
  'setting-names-no-column': ({ key, name }, { setting }) =>
    `${setting(key)} names “${name}”, which is not a column of this file.`,
  'on-line': ({ line, problem }, { of }) => `Line ${whole(line)}: ${of(problem)}`,
  'more-problems': ({ count: more }) => `And ${whole(more)} more problems like these.`,
  'left-out': ({ column, evidence }, { of }) => `“${column}” is left out: ${of(evidence)}.`,
  'read-with-decimal-comma': ({ column }) => `“${column}” is read with a decimal comma.`,
  'read-with-thousands': ({ column }) => `The commas in “${column}” are read as separators of thousands.`,
  'rows-skipped': ({ skipped, rows, line, misses }) =>
    `${whole(skipped)} of ${whole(rows)} rows ${skipped === 1 ? 'is' : 'are'} skipped because ${misses === 'target' ? 'the target' : 'a value'} is missing, the first on line ${whole(line)}.`,
  'filled-in': ({ columns, more }) =>
    `Missing values are filled in, by the mean or the commonest value: ${quoted(columns, more)}.`,
  'split-without-value': ({ column, rows, line }) =>
    `${rows === 1 ? '1 row has' : `${whole(rows)} rows have`} no value in “${column}”, the column to split by, and ${rows === 1 ? 'is' : 'are'} trained on; line ${whole(line)} is the first.`,
  'listed-in-vain': ({ key, name, why }, { setting }) =>
    `${setting(key)} names “${name}” in vain: ${IN_VAIN[why]}.`,
  'idle-setting': ({ key, why }, { setting, of }) => `${setting(key)} has no effect: ${of(why)}.`,
  diverged: (args) => runSentence('diverged', args),

  // ------------------------------------------------------- why a setting cannot act: “… has no effect: …”
  'no-hidden-layers': () => 'there are no hidden layers',
  'own-parameters': () => 'the weights start as they were given',
  'starts-by': ({ method }) => `the weights start by ${method}, and it acts under smallRandom only`,
  'constant-rate': (_, { setting }) =>
    `the learning rate stays constant, as ${setting('training.learningRateSchedule')} has it`,
  'no-decay': (_, { setting }) => `${setting('training.learningRateDecay')} is 0`,
  'no-steps': ({ schedule }, { setting }) =>
    `${setting('training.learningRateSchedule')} is ${schedule}, and it acts under step only`,
  'step-too-late': ({ every, epochs }) =>
    `the first step would come after ${count(every, 'epoch')}, and there are ${whole(epochs)}`,
  'batch-of-all': ({ rows }) =>
    `only ${count(rows, 'row')} ${rows === 1 ? 'is' : 'are'} trained on, and all of them are in one batch`,
  'optimizer-without-momentum': ({ optimizer }) =>
    `the optimizer is ${optimizer}, and it acts under momentum and nesterov only`,
  'target-without-classes': () => 'the target is a number, and has no classes',
  'nothing-tested': () => 'there is no test part, and it goes by the test cost',
  'patience-too-long': ({ epochs }) => `there are only ${count(epochs, 'epoch')}`,
  'no-patience': (_, { setting }) =>
    `nothing is stopped early, as ${setting('training.earlyStopping.patience')} is 0`,
  'words-split': ({ column }) => `the words in “${column}” say what is tested on`,
  'column-splits-nothing': ({ column }) =>
    `“${column}”, the column to split by, gives no test part of about that share`,
  'too-few-to-split': ({ fewest }) => `below ${whole(fewest)} rows all are trained on`,
  'one-thread': () => 'the reference engine trains on one thread',
  'no-column-to-split-by': (_, { setting }) => `${setting('data.splitColumn')} names no column`,
};

const IN_VAIN: Readonly<Record<Messages['listed-in-vain']['why'], string>> = {
  target: 'it is the target',
  splits: 'it is the column to split by',
  ignored: 'it is ignored',
  constant: 'it has no two different values',
  feature: 'it is a feature anyway',
  noCheck: 'no check has this code',
};

const NO_PERMISSION = 'There is no permission to read the file.';
const TOO_MANY_OPEN = 'Too many files are open. Close some programs and try again.';
const NO_ANSWER = 'The disk does not give the file. It may be damaged, or out of reach.';
const NO_WAY_BACK: { readonly [W in WhyNotBack]: string } = {
  'other file':
    'Earlier epochs cannot be shown: they are not kept but trained again, and the file is another now than the one that was trained on.',
  'no file':
    'Earlier epochs cannot be shown: they are not kept but trained again, and the file that was trained on is gone.',
  'other reading':
    'Earlier epochs cannot be shown: this version reads the file otherwise than the one that trained.',
  'other engine': 'Earlier epochs cannot be shown: this version of the engine ends in other weights.',
  'no weights': 'There is nothing trained yet to look back at.',
  'old edits': 'Earlier epochs cannot be shown: what was edited during this training was not kept in full.',
  'no trainer': 'The training has been taken away meanwhile. Try again.',
};

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
