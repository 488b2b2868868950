import type { Evidence, Message, ProblemMessages } from './message';

/** What can keep a table from being learnt from, or mislead. `column` is the column it is about, `text` the text of its cell. */
export interface TableProblems {
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
  /** `rows`: those that have a value. */
  'placeholder-value': {
    readonly column: string;
    readonly texts: readonly string[];
    readonly count: number;
    readonly rows: number;
    /** Whether they are the only ones below zero, and near the others. */
    readonly isBelow?: boolean;
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
  /** Numbers in what seem to be two units, one of each, and the line of the one that is larger. */
  'two-units': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly likeLine: number;
    readonly units: string;
  };
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

/** What small trainings score on the same rows: with like ones drawn by chance to learn from, and apart from them. */
interface SplitScores {
  readonly column: string;
  readonly measure: 'accuracy' | 'R²';
  readonly byChance: number;
  readonly apart: number;
}
