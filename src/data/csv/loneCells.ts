import type { ProblemMessages } from '../message';
import { MOST_OF_A_CODE, type Problems, type Spot } from '../problems';
import { movedBy } from './rowStore';

/** Lone cells of text, in the form in which they cross threads. */
export interface LoneCellsSoFar {
  readonly count: number;
  /** Where the first of them are: as many as are named. */
  readonly first: readonly Spot[];
}

/** More lone cells than this at the end are rows that lost their cells. */
const MOST_FOOTERS = 10;

/**
 * Lone cells of text that nothing but such cells has followed so far: footers if it stays so, ragged rows if not. A file
 * may have millions of them, of which all but the first are only counted.
 */
export class LoneCells implements LoneCellsSoFar {
  count = 0;
  readonly first: Spot[] = [];

  /** `place` is asked for only where it is kept. */
  add(place: () => Spot): void {
    this.count++;
    if (this.first.length < MOST_OF_A_CODE) this.first.push(place());
  }

  /** Goes on with those of a later part of the file, `lines` further down. */
  append({ count, first }: LoneCellsSoFar, lines: number): void {
    this.count += count;
    for (const spot of first.slice(0, MOST_OF_A_CODE - this.first.length)) {
      this.first.push(movedBy(lines, spot));
    }
  }

  /** Says that they are rows that lost their cells, and forgets them. */
  sayRagged(problems: Problems, args: ProblemMessages['ragged-row']): void {
    if (this.count === 0) return;
    const { length: named } = this.first;
    for (const spot of this.first.splice(0)) problems.add('ragged-row', spot, args);
    problems.count('ragged-row', this.count - named);
    this.count = 0;
  }

  /** Says what they are where the file ends behind them. */
  sayAtEnd(problems: Problems, args: ProblemMessages['ragged-row']): void {
    if (this.count > MOST_FOOTERS) this.sayRagged(problems, args);
    else for (const spot of this.first) problems.add('footer', spot, {});
  }
}
