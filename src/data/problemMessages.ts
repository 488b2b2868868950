import type { Hindrance } from './csv/unreadNumbers';
import type { Evidence, Message } from './message';

/** No arguments. */
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
  'header-mismatch': ShortNames;
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
  /** `fits`: whether what is read makes words of a language. */
  'guessed-encoding': { readonly encoding: string; readonly fits: boolean };
  /** A text with the sign that stands for a character that was lost. */
  'lost-characters': { readonly text: string };
  'suspicious-encoding': { readonly text: string };
  'row-too-long': { readonly megabytes: number };
  /** `areAlike`: so many cells hold texts that differ from this one in their digits alone. */
  'text-in-numbers': {
    readonly column: string;
    readonly text: string;
    readonly count: number;
    readonly areAlike?: boolean;
  };
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
  /** Columns that miss values, some of them, and how many the one that misses most does; otherwise as in the one above. */
  'missing-in-columns': {
    readonly columns: readonly { readonly name: string; readonly missing: number }[];
    readonly more: number;
    readonly most: number;
    readonly rows: number;
    readonly then: 'impute' | 'dropRows' | 'nothing';
    readonly texts?: readonly string[] | undefined;
  };
  'constant-column': { readonly column: string; readonly evidence: Evidence };
  'identifier-column': { readonly column: string; readonly evidence: Evidence };
  'identifier-feature': { readonly column: string; readonly evidence: Evidence };
  'unscaled-features': { readonly column: string; readonly largest: number };
  'mixed-decimals': { readonly column: string; readonly text: string; readonly count: number };
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
    readonly why: 'zeros' | 'fractions' | 'exponents' | 'name' | 'letters' | 'lost' | 'spellings' | 'answers';
    readonly areTexts: boolean;
    /** The same number otherwise written. */
    readonly like?: string;
  };
  /** What keeps a column of texts from being read as numbers, or as dates; the first of them. */
  'unread-numbers': { readonly column: string; readonly text: string; readonly why: Hindrance };
  /** A column without a name; `column` is what it is called instead. */
  'unnamed-column': { readonly column: string };
  /** What is written as durations, with the seconds or months of the first, or as fractions, or in digits of another script. */
  'read-as-durations': FirstNumber & { readonly form: 'clock' | 'short' | 'parts' | 'months' };
  /** `unit`: of a number in two parts, such as feet and inches, or /20 of one out of so many. */
  'read-as-fractions': FirstNumber & { readonly unit?: string };
  'other-digits': FirstNumber;
  /** Units that only capitals tell apart, and how many times the other `like` is, if they do. */
  'units-by-case': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly factor: number;
    readonly then: 'factor' | 'same';
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
  /** What a spreadsheet may have made a date of, and a range, or a name, beside it. */
  'range-as-date': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly of: 'range' | 'name';
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
  'note-rows': { readonly text: string; readonly lines: readonly number[]; readonly areBelow: boolean };
  'free-text': { readonly column: string; readonly evidence: Evidence };
  /** Rows with nothing but a text in the first column, above those that it is the title of. */
  'section-rows': {
    readonly texts: readonly string[];
    readonly lines: readonly number[];
    readonly more: number;
  };
  /** A column that is filled in the first row of each block only. */
  'merged-cells': { readonly column: string; readonly blocks: number };
  /** Marks for “as above”, and how many cells hold one. */
  'ditto-marks': { readonly column: string; readonly texts: readonly string[]; readonly count: number };
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
  /** A column that is given, or missing, in the very rows of one class. */
  'leakage-missing': { readonly column: string; readonly target: string; readonly text: string };
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
  /** A line of JSON Lines that is no row: a value of it, called `name`, is a list or an object, or it is no object at all. */
  'no-json-row': { readonly why: 'nested' | 'broken'; readonly name: string };
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
  /** Times of day that may be durations, scores or ratios, or may leave out am and pm; the first of them. */
  'doubtful-times': {
    readonly column: string;
    readonly text: string;
    readonly may: 'be no times' | 'have twelve hours';
  };
  /** Numbers in what seem to be two units, one of each, and the line of the one that is larger. */
  'two-units': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly likeLine: number;
    readonly units: string;
  };
  /** Dates of one form for days up to the twelfth, and of another for all later ones. */
  'swapped-dates': { readonly column: string; readonly text: string; readonly like: string };
  /** A date so far from the others that it may stand for none. */
  'far-date': { readonly column: string; readonly text: string; readonly cells: number };
  /** A date that lies centuries ahead, as in the years of Buddhists, and the year that it then is. */
  'other-calendar': {
    readonly column: string;
    readonly text: string;
    readonly calendar: 'Buddhist' | 'Persian' | 'Islamic';
    readonly year: number;
  };
  /** Years of two digits that lie ahead, as those of birth do not, and which day one of them is then. */
  'future-dates': { readonly column: string; readonly text: string; readonly day: string };
  /** Dates of which one has the day in front, the other the month. */
  'contrary-dates': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly likeLine: number;
  };
  'undecided-dates': { readonly column: string; readonly formats: readonly string[] };
  /** The setting says that it holds dates, and nothing tells day and month apart. */
  'settled-dates': { readonly column: string; readonly format: string };
  'names-above': { readonly how: 'comment' | 'ARFF' | 'two lines' | 'JSON Lines' };
  'short-header': { readonly names: number; readonly cells: number };
  /** A header with a name fewer than the rows have cells, whose first column is taken for names of rows. */
  'row-names': ShortNames;
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
  /** A word that may be a class of the target as well as stand for a missing value; its rows are left out. */
  'lost-class': {
    readonly column: string;
    readonly text: string;
    readonly count: number;
    readonly rows: number;
  };
  /** All rows of one text have one class: a person, say, of whom there are several rows. */
  'group-gives-away': { readonly column: string; readonly target: string };
  /** The target holds few whole numbers, which may name classes as well as be amounts. */
  'doubtful-task': { readonly column: string; readonly distinct: number; readonly as: 'classes' | 'number' };
}

/** The first text of a column that is read so, and the number that it is. */
interface FirstNumber {
  readonly column: string;
  readonly text: string;
  readonly value: number;
}

/** What a file is that is no table. `name`: of the format, or what a server answered. */
export interface NoTable {
  readonly kind:
    | ('web page' | 'server error' | 'pointer' | 'workbook' | 'archive' | 'packed' | 'store' | 'document')
    | ('text' | 'LIBSVM' | 'sparse ARFF' | 'log');
  readonly name: string;
}

/** `divided`: the name of numbers whose decimal commas may have divided them. */
interface ShortNames {
  readonly names: number;
  readonly cells: number;
  readonly divided?: string;
}

/** What small trainings score on the same rows: with like ones drawn by chance to learn from, and apart from them. */
interface SplitScores {
  readonly column: string;
  readonly measure: 'accuracy' | 'R²';
  readonly byChance: number;
  readonly apart: number;
}
