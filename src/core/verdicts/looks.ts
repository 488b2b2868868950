/** What a look at the rows of a table finds, for the checks: names and numbers. */
export interface RowFacts {
  /** Rows of the training part that were looked at, and columns, of so many. */
  readonly rows: number;
  readonly columns: number;
  readonly ofColumns: number;
  /** What guessing scores on these rows: the share of the commonest class, or 0 of R². */
  readonly guess: number;
  /** The column that alone scores best on them, each half of the rows predicted from the other. */
  readonly best: { readonly column: string; readonly score: number } | null;
  /** Columns of numbers whose correlation is largest, that one first. */
  readonly alike: readonly {
    readonly one: string;
    readonly other: string;
    readonly correlation: number;
  }[];
  /** Columns with test rows far beyond the range of the training part, those with most of them first. */
  readonly beyond: readonly {
    readonly column: string;
    readonly rows: number;
    /** Of the file: the first of these rows. */
    readonly line: number;
  }[];
}

/** What a look at the predictions of a network finds, for the checks. */
export interface ModelFacts {
  readonly epoch: number;
  /** Rows that were predicted: of the test part, or where there is none of the training part. */
  readonly rows: number;
  /** Of each class, how many of them there are, and how many were predicted as it; none of numbers. */
  readonly classes: readonly { readonly rows: number; readonly right: number }[];
  /** What it gains on guessing, in cost. */
  readonly gain: number;
  /** What guessing costs. */
  readonly guess: number;
  /** Columns that were shuffled, of so many. */
  readonly columns: number;
  readonly ofColumns: number;
  /** Those without which it would lose least: what the cost rises by where the column is shuffled. */
  readonly least: readonly { readonly column: string; readonly rise: number }[];
}
