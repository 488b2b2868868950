import type { ComponentChildren, ComponentType } from 'preact';

/** Exact numbers, as a table. */
export interface NumberTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * What every picture gives. Its frame adds the title, the table of its numbers behind a button, and the sentence
 * below; a new picture is one file of this folder and one line in pages/app.tsx.
 */
export interface Picture {
  /** The style of its card, and its key. */
  readonly name: string;
  title(): ComponentChildren;
  /** Choices at the right of the title. */
  readonly controls?: ComponentType;
  /** The picture with its legend and the exact number under the pointer. It keeps its place while it has nothing. */
  readonly view: ComponentType;
  /** A plain sentence that says what is seen, and what is left out of it. */
  caption(): ComponentChildren;
  /** The numbers that it shows. */
  numbers(): NumberTable;
  /** The picture alone as an image, at twice its size in pixels; null while there is nothing to draw. */
  image(): HTMLCanvasElement | null;
}
