import type { ComponentChildren, ComponentType } from 'preact';
import type { Drawing } from '../ui/pen';

export type Extent = 'shown' | 'whole';

/** Exact numbers, as a table. Numbers are given as such; how they are written is the frame's and the file's. */
export interface NumberTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** How many rows there are, where not all of them are given. */
  readonly total?: number;
}

/**
 * What every picture gives. Its frame adds the title, the menu that copies and saves it, the sentence below, and the
 * table of its numbers; CONTRIBUTING says where a new one is named.
 */
export interface Picture {
  /** The style of its card, and its key. */
  readonly name: string;
  title(): string;
  /** Choices at the right of the title. */
  readonly controls?: ComponentType;
  /** The picture with its legend and the exact number under the pointer. It keeps its place while it has nothing. */
  readonly view: ComponentType;
  /** A plain sentence that says what is seen, and what is left out of it. */
  caption(): ComponentChildren;
  /** The numbers that it shows: as many as a table on the page has use of, or all, for a file. */
  numbers(extent: Extent): NumberTable;
  /** The picture as it stands alone, with its legend; null while there is nothing to draw. */
  drawing(): Drawing | null;
}
