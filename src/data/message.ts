import { cut } from '../core/format';
import type { ColumnKind } from '../settings/data';
import type { SettingKey } from '../settings/settings';

// What a person is told, as codes with arguments: the sentences are in sentences.ts and problemSentences.ts, and made at the edges only.

type Nothing = Record<never, never>;

/** What can be wrong with a table. `column` is the column it is about, `text` the text of its cell. */
export interface ProblemMessages {
  'empty-file': Nothing;
  'binary-file': Nothing;
  'unknown-encoding': { readonly encoding: string };
  'unknown-delimiter': { readonly delimiter: string };
  'unknown-quote': { readonly quote: string };
  'no-rows': Nothing;
  'unterminated-quote': Nothing;
  'text-after-quote': Nothing;
  'inner-quote': Nothing;
  'ragged-row': { readonly cells: number; readonly expected: number; readonly like: 'header' | 'first row' };
  'mended-row': {
    readonly how: 'header has other delimiter' | 'other delimiter' | 'trailing delimiters' | 'apostrophes';
  };
  'header-mismatch': { readonly names: number; readonly cells: number };
  'doubtful-header': Nothing;
  'doubtful-decimals': { readonly column: string; readonly mark: '.' | ',' };
  'words-in-numbers': Nothing;
  'repeated-header': Nothing;
  preamble: Nothing;
  footer: Nothing;
  comments: { readonly lines: number };
  'rows-left-out': { readonly rows: number };
  'no-row-on-line': { readonly line: number };
  'duplicate-header': { readonly name: string; readonly column: string };
  'zero-bytes': { readonly where: 'rows' | 'cell' };
  'broken-character': Nothing;
  'guessed-encoding': Nothing;
  'suspicious-encoding': { readonly text: string };
  'row-too-long': { readonly megabytes: number };
  'text-in-numbers': { readonly column: string; readonly text: string; readonly count: number };
  'no-target': { readonly why: Message };
  'no-examples': { readonly why: Message };
  'too-few-rows': { readonly rows: number };
  'missing-values': {
    readonly column: string;
    readonly missing: number;
    readonly rows: number;
    readonly then: 'impute' | 'dropRows' | 'nothing';
    /** What stands in such cells, the first few; left out where they are all empty. */
    readonly texts?: readonly string[] | undefined;
  };
  'constant-column': { readonly column: string; readonly evidence: Evidence };
  'identifier-column': { readonly column: string; readonly evidence: Evidence };
  'identifier-feature': { readonly column: string; readonly evidence: Evidence };
  'unscaled-features': { readonly column: string; readonly largest: number };
  'mixed-decimals': { readonly column: string; readonly text: string };
  'mixed-units': { readonly column: string; readonly text: string };
  /** `rows`: those that have a value. */
  'placeholder-value': {
    readonly column: string;
    readonly texts: readonly string[];
    readonly count: number;
    readonly rows: number;
  };
  'other-unit': {
    readonly column: string;
    readonly text: string;
    /** The unit of the others; empty where they have none. */
    readonly unit: string;
    readonly count: number;
    /** What becomes of it: it is missing, is read in the same unit, or the column stays one of texts. */
    readonly then: 'missing' | 'same' | 'text';
  };
  /** A letter behind numbers that is read as a word for many, and the number that it makes. */
  'doubtful-letter': { readonly column: string; readonly text: string; readonly value: number };
  /** What looks like numbers and is read as texts, or may have to be: codes, versions, sections. */
  'codes-like-numbers': {
    readonly column: string;
    readonly text: string;
    readonly why: 'zeros' | 'fractions' | 'exponents' | 'name' | 'letters';
    readonly areTexts: boolean;
  };
  'marked-numbers': { readonly column: string; readonly text: string; readonly count: number };
  /** Numbers in parentheses, read as below zero, as accounts write them: it may be errors or notes that stand in them. */
  'doubtful-negatives': { readonly column: string; readonly text: string; readonly count: number };
  /** A digit beside words for true and false, and the word that it is read as. */
  'mixed-truths': { readonly column: string; readonly text: string; readonly like: string };
  /** Years of two digits among years of four. */
  'mixed-years': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly count: number;
  };
  /** What a spreadsheet may have made a date of, and a range beside it. */
  'range-as-date': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly count: number;
  };
  'word-is-class': { readonly column: string; readonly text: string; readonly count: number };
  'odd-spelling': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly names: number;
    readonly spellings: number;
    /** Whether one is a short form of the other. */
    readonly isShort: boolean;
  };
  /** Rows that sum up others: what they are called, and the first lines of them; of `more` the lines are not named. */
  'total-row': {
    readonly texts: readonly string[];
    readonly lines: readonly number[];
    readonly more: number;
    /** Whether the first of them is the last row. */
    readonly isLast: boolean;
  };
  /** Rows at the end with nothing but a text in the first column, and the lines of them. */
  'note-rows': { readonly text: string; readonly lines: readonly number[] };
  'free-text': { readonly column: string; readonly evidence: Evidence };
  /** What holds of many columns, said of the first of them; `columns` are some of the others. */
  'of-many-columns': {
    readonly columns: readonly string[];
    readonly more: number;
    readonly first: Message<Exclude<keyof ProblemMessages, 'of-many-columns'>>;
  };
  'class-imbalance': {
    readonly target: string;
    readonly text: string;
    readonly count: number;
    readonly rows: number;
  };
  leakage: { readonly column: string; readonly target: string };
  'rows-follow-order': SplitScores;
  'rows-in-groups': SplitScores;
  'duplicate-rows': { readonly rows: number };
  'leakage-copy': {
    readonly column: string;
    readonly target: string;
    readonly how: 'rounded' | 'rising' | 'falling';
  };
  /** Columns that give the target away together; `more` of them are not named. */
  'leakage-together': {
    readonly columns: readonly string[];
    readonly more: number;
    readonly target: string;
    readonly how: 'sum' | 'classes';
  };
  'leakage-not-sought': { readonly features: number; readonly most: number };
  'wild-value': { readonly column: string; readonly text: string };
  'heavy-tail': { readonly column: string };
  'no-table': NoTable;
  /** `why`: it says that there is none, there is no such day or time, or it is any other text. */
  'text-in-dates': {
    readonly column: string;
    readonly text: string;
    readonly cells: number;
    readonly why: 'none' | 'impossible' | 'text';
    readonly among: 'date' | 'time';
  };
  /** A number that counts days, and which day it is then. */
  'counted-dates': { readonly column: string; readonly text: string; readonly day: string };
  /** Numbers that seem to be dates, the first of them, and how they would be written. */
  'dates-in-numbers': { readonly column: string; readonly text: string; readonly format: string };
  /** Numbers that seem to be times of day, the first of them, and how they would be written. */
  'times-in-numbers': { readonly column: string; readonly text: string; readonly format: string };
  /** A date so far from the others that it may stand for none. */
  'far-date': { readonly column: string; readonly text: string; readonly cells: number };
  /** A date that lies centuries ahead, as in the years of Buddhists, and the year that it then is. */
  'other-calendar': { readonly column: string; readonly text: string; readonly year: number };
  /** Years of two digits that lie ahead, as those of birth do not, and which day one of them is then. */
  'future-dates': { readonly column: string; readonly text: string; readonly day: string };
  'undecided-dates': { readonly column: string; readonly formats: readonly string[] };
  /** The setting says that it holds dates, and nothing tells day and month apart. */
  'settled-dates': { readonly column: string; readonly format: string };
  'names-above': { readonly how: 'comment' | 'ARFF' | 'two lines' };
  'short-header': { readonly names: number; readonly cells: number };
  'second-header': Nothing;
  'rule-line': Nothing;
  'quote-in-cell': Nothing;
  /** `times` in each line. */
  'unsplit-lines': { readonly separator: string; readonly times: number };
  /** Where its cells have something in them, it is the same: an empty one is taken for “not given”. */
  'ticked-column': {
    readonly column: string;
    readonly mark: string | null;
    readonly given: number;
    readonly rows: number;
  };
  'list-column': {
    readonly column: string;
    readonly text: string;
    readonly answers: number;
    /** Whether the cells might be decimals, else texts. */
    readonly areNumbers: boolean;
  };
  'may-be-list': { readonly column: string; readonly text: string; readonly areNumbers: boolean };
  /** Words of a category that may say that there is no value. */
  'word-for-missing': {
    readonly column: string;
    readonly texts: readonly string[];
    readonly count: number;
    readonly rows: number;
  };
  /** All rows of one text have one class: a person, say, of whom there are several rows. */
  'group-gives-away': { readonly column: string; readonly target: string };
  /** The target holds few whole numbers, which may name classes as well as be amounts. */
  'doubtful-task': { readonly column: string; readonly distinct: number; readonly as: 'classes' | 'number' };
}

/** What a file is that is no table. `name`: of the format, or what a server answered. */
export interface NoTable {
  readonly kind:
    | ('web page' | 'server error' | 'pointer' | 'workbook' | 'archive' | 'packed' | 'store' | 'document')
    | ('text' | 'JSON Lines' | 'LIBSVM' | 'sparse ARFF' | 'log');
  readonly name: string;
}

/** What small trainings score on the same rows: with like ones drawn by chance to learn from, and apart from them. */
interface SplitScores {
  readonly column: string;
  readonly measure: 'accuracy' | 'R²';
  readonly byChance: number;
  readonly apart: number;
}

/** Why a column cannot be the target. */
export interface TargetMessages {
  'no-such-target': { readonly name: string; readonly names: readonly string[]; readonly more: number };
  'all-ignored': Nothing;
  'target-empty': { readonly target: string };
  'target-holds-text': { readonly target: string; readonly text: string };
  'one-class': { readonly target: string; readonly text: string };
  'target-all-differs': { readonly target: string };
  'too-many-classes': { readonly target: string; readonly classes: number; readonly most: number };
  'not-two-classes': { readonly target: string; readonly classes: number };
}

/** Why there is nothing to train on. */
export interface ExampleMessages {
  'no-split-column': { readonly name: string };
  'split-leaves-nothing': { readonly column: string };
  'no-features': {
    readonly target: string;
    readonly leftOut: readonly { readonly column: string; readonly evidence: Evidence }[];
  };
  'missing-value-refused': { readonly column: string };
  'too-few-usable': { readonly usable: number; readonly rows: number };
  'one-class-left': { readonly target: string; readonly text: string };
}

/** Why a file cannot be read, mostly as the codes of Node's errors. */
export const fileErrors = [
  ...(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'zero byte', 'EACCES', 'EPERM', 'EISDIR'] as const),
  ...(['EMFILE', 'ENFILE', 'EIO', 'ENXIO', 'ESTALE', 'ETIMEDOUT', 'ENOSPC'] as const),
] as const;
export type FileError = (typeof fileErrors)[number];

/** Why a training cannot be asked for its earlier epochs: what it would need is another now, or gone, or was never kept. */
export type WhyNotBack =
  'other file' | 'no file' | 'other reading' | 'other engine' | 'no weights' | 'old edits' | 'no trainer';

/** Why a file cannot be read, or a training cannot be. */
export interface FailureMessages {
  'cannot-read': { readonly why: FileError };
  'no-regular-file': { readonly kind: 'folder' | 'pipe' | 'socket' | 'device' | 'something else' };
  'out-of-memory': Nothing;
  /** The process that trains, by somebody or by the system. */
  'process-ended': { readonly signal: string };
  /** The process that trains, stopped or stuck. */
  'process-silent': { readonly seconds: number };
  'network-too-large': {
    readonly sizes: readonly number[];
    readonly rows: number;
    readonly megabytes: number;
    readonly allowed: number;
  };
  'unpacked-too-large': { readonly most: number };
  'input-too-large': { readonly most: number };
  'cannot-unpack': { readonly reason: string };
  'file-changed': Nothing;
  'nothing-to-answer': Nothing;
  'no-such-run': Nothing;
  'run-is-shown': Nothing;
  /** Why nobody can say how things stood at an earlier epoch. */
  'cannot-go-back': { readonly why: WhyNotBack };
  'epoch-not-trained': { readonly epoch: number; readonly trained: number };
  'edited-while-running': Nothing;
  'nothing-to-undo': Nothing;
  'edit-not-finite': Nothing;
  'step-diverges': { readonly epoch: number };
  'picture-of-other-run': Nothing;
  'not-saved': { readonly file: string; readonly why: string };
  /** Of settings, by their keys. */
  'unusable-value': { readonly key: string; readonly why: string };
  overridden: { readonly key: string; readonly value: string; readonly now: string };
  'edited-since': { readonly key: string };
  'remote-too-large': { readonly megabytes: number; readonly most: number };
  /** What the system or a library says. */
  other: { readonly text: string };
  bug: { readonly text: string };
}

/** Why a column has its type. */
export interface EvidenceMessages {
  'digits-are-lost': Nothing;
  'all-missing': Nothing;
  'all-the-same': Nothing;
  'counts-the-rows': Nothing;
  'named-like-identifier': Nothing;
  'holds-numbers': Nothing;
  'holds-amounts': { readonly units: readonly string[] };
  'holds-two-texts': { readonly texts: readonly string[] };
  'holds-dates': { readonly format: string };
  'holds-times': Nothing;
  'few-texts': { readonly distinct: number };
  'ambiguous-dates': { readonly formats: readonly string[] };
  'no-two-the-same': Nothing;
  'many-texts': { readonly distinct: number };
  'given-or-empty': { readonly mark: string | null; readonly given: number };
  'lists-answers': { readonly text: string; readonly answers: number };
  'chosen-type': { readonly type: ColumnKind };
}

/** Why a column is the target. */
export interface ReasonMessages {
  chosen: Nothing;
  'usual-name': { readonly name: string };
  'last-classes': Nothing;
  'last-numbers': Nothing;
  'last-column': Nothing;
}

/** As what the target is predicted, and why. */
export interface TaskMessages {
  'as-classes': { readonly classes: number; readonly why: TaskWhy };
  'as-number': { readonly why: TaskWhy };
}

/** Why the target is predicted as classes, or as a number. */
export interface TaskWhyMessages {
  'output-is-set': Nothing;
  'holds-texts': Nothing;
  'few-whole-numbers': { readonly distinct: number };
  'named-like-classes': Nothing;
  'many-whole-numbers': { readonly most: number };
  'lone-whole-number': Nothing;
  'holds-fractions': Nothing;
}

/** What a person should know of a training. */
export interface NoticeMessages {
  'setting-names-no-column': { readonly key: SettingKey; readonly name: string };
  'on-line': { readonly line: number; readonly problem: Message<keyof ProblemMessages> };
  'more-problems': { readonly count: number };
  'left-out': { readonly column: string; readonly evidence: Evidence };
  'read-with-decimal-comma': { readonly column: string };
  'read-with-thousands': { readonly column: string };
  'rows-skipped': {
    readonly skipped: number;
    readonly rows: number;
    readonly line: number;
    readonly misses: 'target' | 'value';
  };
  'filled-in': { readonly columns: readonly string[]; readonly more: number };
  'split-without-value': { readonly column: string; readonly rows: number; readonly line: number };
  'listed-in-vain': {
    readonly key: SettingKey;
    readonly name: string;
    readonly why: 'target' | 'splits' | 'ignored' | 'constant' | 'feature';
  };
  'idle-setting': { readonly key: SettingKey; readonly why: IdleReason };
  /** The epoch that made a number infinite, and the first layer it showed in, both from 1. */
  diverged: {
    readonly epoch: number;
    readonly layer: number;
    readonly learningRate: number;
    readonly suggestedRate: number | null;
  };
}

/** Why a setting that was set cannot act. */
export interface IdleMessages {
  'no-hidden-layers': Nothing;
  'own-parameters': Nothing;
  'starts-by': { readonly method: string };
  'constant-rate': Nothing;
  'no-decay': Nothing;
  'no-steps': { readonly schedule: string };
  'step-too-late': { readonly every: number; readonly epochs: number };
  'batch-of-all': { readonly rows: number };
  'optimizer-without-momentum': { readonly optimizer: string };
  'target-without-classes': Nothing;
  'nothing-tested': Nothing;
  'patience-too-long': { readonly epochs: number };
  'no-patience': Nothing;
  'words-split': { readonly column: string };
  'column-splits-nothing': { readonly column: string };
  'too-few-to-split': { readonly fewest: number };
  'one-thread': Nothing;
  'no-column-to-split-by': Nothing;
}

/** How a file was read. */
export interface DialectMessages {
  dialect: {
    readonly delimiter: string;
    readonly decimalComma: boolean;
    readonly header: boolean;
    /** Empty: quotes mean nothing. */
    readonly quote: string;
    readonly firstLine: number;
    readonly encoding: string;
  };
}

/** Each code with its arguments. */
export interface Messages
  extends
    ProblemMessages,
    TargetMessages,
    ExampleMessages,
    FailureMessages,
    EvidenceMessages,
    ReasonMessages,
    TaskMessages,
    TaskWhyMessages,
    NoticeMessages,
    IdleMessages,
    DialectMessages {}
export type MessageCode = keyof Messages;

export type Message<C extends MessageCode = MessageCode> = {
  [K in C]: { readonly code: K; readonly args: Messages[K] };
}[C];
export type Evidence = Message<keyof EvidenceMessages>;
export type Reason = Message<keyof ReasonMessages>;
export type TaskReason = Message<keyof TaskMessages>;
export type TaskWhy = Message<keyof TaskWhyMessages> | Evidence;
export type Notice = Message<keyof NoticeMessages>;
export type IdleReason = Message<keyof IdleMessages>;

/** Texts of a file in arguments, however deep, cut to what is sent and shown. */
export function cutTexts<T>(value: T): T;
export function cutTexts(value: unknown): unknown {
  if (typeof value === 'string') return cut(value);
  if (Array.isArray(value)) return value.map((each: unknown) => cutTexts(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cutTexts<unknown>(each)]));
}

/** A message whose texts are cut. */
export const message = <C extends MessageCode>(code: C, args: Messages[C]): Message<C> => ({
  code,
  args: cutTexts(args),
});
