import type { Hindrance } from './csv/unreadNumbers';
import type { CountedParts } from './table/countedParts';

/** What can be doubtful in the cells of a column, dates apart. `column` is its name, `text` the text of a cell. */
export interface ColumnProblems {
  'doubtful-decimals': { readonly column: string; readonly mark: '.' | ',' };
  /** `areAlike`: so many cells hold texts that differ from this one in their digits alone. */
  'text-in-numbers': {
    readonly column: string;
    readonly text: string;
    readonly count: number;
    readonly areAlike?: boolean;
  };
  'mixed-decimals': { readonly column: string; readonly text: string; readonly count: number };
  'mixed-units': { readonly column: string; readonly text: string };
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
    readonly why:
      | 'zeros'
      | 'fractions'
      | 'exponents'
      | 'name'
      | 'letters'
      | 'lost'
      | 'spellings'
      | 'answers'
      | 'signs'
      | 'pairs';
    readonly areTexts: boolean;
    /** The same number otherwise written. */
    readonly like?: string;
  };
  /** What keeps a column of texts from being read as numbers, or as dates; the first of them. */
  'unread-numbers': { readonly column: string; readonly text: string; readonly why: Hindrance };
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
  /** Numbers whose digit behind the point seems to count parts, so many of which are a whole. */
  'counted-parts': { readonly column: string; readonly text: string; readonly parts: CountedParts['parts'] };
  'marked-numbers': { readonly column: string; readonly text: string; readonly count: number };
  /** Numbers in parentheses, read as below zero, as accounts write them: it may be errors or notes that stand in them. */
  'doubtful-negatives': { readonly column: string; readonly text: string; readonly count: number };
  /** A digit beside words for true and false, and the word that it is read as. */
  'mixed-truths': { readonly column: string; readonly text: string; readonly like: string };
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
}

/** The first text of a column that is read so, and the number that it is. */
interface FirstNumber {
  readonly column: string;
  readonly text: string;
  readonly value: number;
}
