import { count, whole } from '../core/format';
import type { SettingKey } from '../settings/settings';
import type { Message } from './message';
import type {
  DialectMessages,
  EvidenceMessages,
  ReasonMessages,
  TaskMessages,
  TaskWhyMessages,
} from './tableMessages';

/** What one edge calls a setting: `neuronLens.data.target` in the editor, `--target` on the command line. */
export type SettingName = (key: SettingKey) => string;

/** What a sentence may need besides its message's arguments. */
export interface Say {
  readonly setting: SettingName;
  /** The sentence, or the part of one, of a message inside a message. */
  readonly of: (inner: Message) => string;
}

/** A sentence for each of some messages. */
export type SentencesOf<M> = { readonly [C in keyof M]: (args: M[C], say: Say) => string };

/** What is said of a table that nothing is wrong with: apart, since the first CodeLens waits for these alone. */
type TableMessages = EvidenceMessages & ReasonMessages & TaskMessages & TaskWhyMessages & DialectMessages;
export type TableMessage = Message<keyof TableMessages>;

/** The sentence of such a message, or the part of one. */
export const tableSentence = (message: TableMessage, setting: SettingName): string =>
  (tableSentences[message.code] as (args: unknown, say: SayOfTable) => string)(message.args, {
    setting,
    of: (inner) => tableSentence(inner, setting),
  });

/** They have none but each other inside. */
interface SayOfTable extends Omit<Say, 'of'> {
  readonly of: (inner: TableMessage) => string;
}

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
  ' ': 'space',
};

function separatedBy(delimiter: string): string {
  if (delimiter === 'fixed width') return delimiter;
  if (delimiter === 'runs of blanks') return `separated by ${delimiter}`;
  const code = delimiter.charCodeAt(0);
  const name =
    delimiter.length === 1 && code < 32 ? `Ctrl-${String.fromCharCode(code + 64)}` : `“${delimiter}”`;
  return `${DELIMITERS[delimiter] ?? name}-separated`;
}

/** Parts that sentences are made of: evidence, reasons and how a file was read. */
export const tableSentences: {
  readonly [C in keyof TableMessages]: (args: TableMessages[C], say: SayOfTable) => string;
} = {
  // ---------------------------------------------------------------------- evidence: “… is left out: …”
  'digits-are-lost': () => 'its whole numbers have more digits than a number keeps, as keys have',
  'all-missing': () => 'all its values are missing',
  'all-the-same': () => 'all its values are the same',
  'counts-the-rows': () => 'it counts the rows',
  'named-like-identifier': () => 'it is named like one and no two rows have the same value',
  'holds-numbers': () => 'its values are numbers',
  'holds-amounts': ({ units }) => `its values are numbers with ${units.slice(0, 6).join(', ')}`,
  'holds-two-texts': ({ texts }) => `its values are ${texts.join(' and ')}`,
  'holds-dates': ({ format }) => `its values are dates, ${format}`,
  'holds-times': () => 'its values are times of day',
  'few-texts': ({ distinct }) => `it has ${distinct} different texts`,
  'ambiguous-dates': ({ formats, areContrary = false }) =>
    areContrary
      ? `some of its dates are ${formats.join(', others ')}`
      : `it holds dates that are ${formats.join(' or ')}: which, nothing tells`,
  'no-two-the-same': () => 'no two rows have the same text',
  'chosen-type': ({ type }) =>
    `a setting says that it is ${type === 'ticked' ? 'ticked or not' : type === 'text' ? 'text' : `a ${type}`}`,
  'many-texts': ({ distinct }) => `it holds text with ${whole(distinct)} different values`,

  'given-or-empty': ({ mark, given }) =>
    `it is ${mark === null ? 'given' : `“${mark}”`} in ${count(given, 'row')} and empty in the others`,
  'lists-answers': ({ text, answers }) => `its cells list answers, ${whole(answers)} in all, as in “${text}”`,

  // ------------------------------------------------------------------------------ why it is the target
  chosen: (_, { setting }) => `as ${setting('data.target')} says`,
  'usual-name': ({ name }) => `“${name}” is a usual name for a target`,
  'last-classes': () => 'the last column, which holds classes',
  'last-numbers': () => 'the last column of numbers',
  'last-column': () => 'the last column',

  // ----------------------------------------------------------- as what it is predicted: “predicts … …”
  'as-classes': ({ classes, why }, { of }) =>
    `as ${classes === 2 ? 'one of two' : `one of ${whole(classes)}`} classes, because ${of(why)}`,
  'as-number': ({ why }, { of }) => `as a number, because ${of(why)}`,
  'output-is-set': (_, { setting }) => `${setting('model.output')} says so`,
  'holds-texts': () => 'its values are texts',
  'few-whole-numbers': ({ distinct }) => `it holds ${whole(distinct)} whole numbers that repeat`,
  'named-like-classes': () => 'its whole numbers repeat, and it is named like classes',
  'many-whole-numbers': ({ most }) => `it holds more than ${whole(most)} different whole numbers`,
  'lone-whole-number': () => 'one of its whole numbers stands in a single row',
  'holds-fractions': () => 'its numbers have fractions',

  // ---------------------------------------------------------------------------- how a file was read
  dialect: ({ delimiter, decimalComma, header, quote, firstLine, encoding }) =>
    [
      separatedBy(delimiter),
      ...(decimalComma ? ['decimal comma'] : []),
      ...(header ? [] : ['no header']),
      ...(quote === '' ? ['no quotes'] : quote === '"' ? [] : [`quoted with ${quote}`]),
      ...(firstLine > 1 ? [`from line ${whole(firstLine)}`] : []),
      ...(encoding === 'utf-8' ? [] : [encoding]),
    ].join(', '),
};
