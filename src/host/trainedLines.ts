/** A change of a text: the lines `first` to `last`, from 0, become `count` others. */
export interface LinesChange {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** A record with open quotes may go on for this many lines. */
const MOST_LINES_OF_RECORD = 100;

/**
 * Knows of each line of a text that is edited which line of the trained text it is, if it still is one: lines that were
 * changed are none, those that were moved stay, and one whose text comes back between the same others is one again.
 */
export class TrainedLines {
  /** The trained line of each present one, from 0; −1: none. */
  private origins: Int32Array;

  constructor(private readonly texts: readonly string[]) {
    this.origins = Int32Array.from(texts, (_, line) => line);
  }

  /**
   * Takes the changes of one edit, each in the lines of the text before it.
   * @param textAt a line of the text after them
   */
  change(changes: readonly LinesChange[], textAt: (line: number) => string): void {
    for (const { first, last, count } of changes.toSorted((a, b) => b.first - a.first)) {
      if (count === last - first + 1) {
        this.origins.fill(-1, first, last + 1);
        continue;
      }
      const origins = new Int32Array(this.origins.length + count - (last - first + 1)).fill(-1);
      origins.set(this.origins.subarray(0, first));
      origins.set(this.origins.subarray(last + 1), first + count);
      this.origins = origins;
    }
    this.findAgain(textAt);
  }

  /** The trained line, from 0, that a present one still is, with all lines of its record; null: it is none. */
  at(line: number): number | null {
    const origin = this.origins[line] ?? -1;
    if (origin < 0) return null;
    let isOpen = hasOddQuotes(this.texts[origin]);
    for (let k = 1; isOpen && k < MOST_LINES_OF_RECORD && origin + k < this.texts.length; k++) {
      if (this.origins[line + k] !== origin + k) return null;
      if (hasOddQuotes(this.texts[origin + k])) isOpen = false;
    }
    return origin;
  }

  /** A line is what would come next after the one before it, or before the one after it, where the text is the same. */
  private findAgain(textAt: (line: number) => string): void {
    const { origins, texts } = this;
    const isFound = (line: number, origin: number): boolean => {
      if (origin < 0 || origin >= texts.length || textAt(line) !== texts[origin]) return false;
      origins[line] = origin;
      return true;
    };
    let before = -1;
    for (let line = 0; line < origins.length; line++) {
      if (origins[line] >= 0 || (before !== NONE && isFound(line, before + 1))) before = origins[line];
      else before = NONE;
    }
    let after = texts.length;
    for (let line = origins.length - 1; line >= 0; line--) {
      if (origins[line] >= 0 || (after !== NONE && isFound(line, after - 1))) after = origins[line];
      else after = NONE;
    }
  }
}

const NONE = -2;

function hasOddQuotes(text: string): boolean {
  let isOdd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}
