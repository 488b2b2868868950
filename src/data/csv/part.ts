import type { ColumnCells } from './columnBuilder';
import type { Dialect } from './dialect';
import type { LoneCellsSoFar } from './loneCells';
import type { Damaged } from './rowStore';
import type { LineEnds, PassedOver } from './tokens';
import type { Problems, Spot } from '../problems';

const encoder = new TextEncoder();

/** How the rows of a file are to be read: the same for all of its parts. */
export interface Plan {
  readonly dialect: Dialect;
  readonly skipLines: number;
  /** Lines on which records begin that are left out. */
  readonly leftOut: ReadonlySet<number>;
  /** Rows at most; 0: all. */
  readonly maxRows: number;
  /** Texts that mean that a cell is missing. */
  readonly missing: ReadonlySet<string>;
  /** Columns whose numbers are kept as they are written. */
  readonly texts: ReadonlySet<number>;
  /** Rows that are expected. */
  readonly capacity: number;
}

/** What is passed over in a file, or in a later part of one. */
export const passedOver = ({ dialect, skipLines, leftOut }: Plan): PassedOver => ({
  skipLines,
  leftOut,
  prefixes: dialect.commentPrefixes.map((prefix) => encoder.encode(prefix)),
  width: dialect.width,
});

/** The rows of a part of a file, in the form in which they cross threads. Lines count from the part's first. */
export interface Part {
  readonly rows: number;
  readonly columns: readonly ColumnCells[];
  readonly lines: Int32Array;
  readonly problems: Pick<Problems, 'list' | 'counts'>;
  /** Lines in the part, and how they end. */
  readonly lineCount: number;
  readonly lineEnds: LineEnds;
  /** The first cell that is no UTF-8. */
  readonly broken: Spot | null;
  readonly damaged: Damaged | null;
  /** Whether a letter beyond ASCII has been seen. */
  readonly foreign: boolean;
  readonly comments: { readonly count: number; readonly line: number };
  /** Lone cells of text at the end: footers if nothing follows; and whether there is nothing but these. */
  readonly lones: LoneCellsSoFar;
  readonly onlyLones: boolean;
  /** Whether anything but blank lines and comments is in the part. */
  readonly begun: boolean;
}
