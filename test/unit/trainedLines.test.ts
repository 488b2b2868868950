import assert from 'node:assert/strict';
import { TrainedLines } from '../../src/host/trainedLines';
import { random } from '../../src/core/random';

/** A text that is edited as an editor does it, with what is known of its lines. */
class Edited {
  private present: string[];
  readonly lines: TrainedLines;

  constructor(private readonly trained: readonly string[]) {
    this.present = [...trained];
    this.lines = new TrainedLines(trained);
  }

  replace(first: number, last: number, ...texts: string[]): this {
    this.present.splice(first, last - first + 1, ...texts);
    this.lines.change([{ first, last, count: texts.length }], (line) => this.present[line]);
    return this;
  }

  /** The text of the trained line that each present one is. */
  get found(): (string | null)[] {
    return this.present.map((_, line) => {
      const origin = this.lines.at(line);
      return origin === null ? null : this.trained[origin];
    });
  }

  get texts(): string[] {
    return this.present;
  }
}

describe('the lines that were trained on, in a text that is edited', () => {
  it('are all there before an edit, and without those that were changed after it', () => {
    const text = new Edited(['h', 'a', 'b', 'c']);
    assert.deepEqual(text.found, ['h', 'a', 'b', 'c']);
    assert.deepEqual(text.replace(2, 2, 'B').found, ['h', 'a', null, 'c']);
  });

  it('stay where lines come and go before them', () => {
    const text = new Edited(['h', 'a', 'b', 'c']);
    assert.deepEqual(text.replace(1, 1, 'x', 'y', 'a').found, ['h', null, null, 'a', 'b', 'c']);
    assert.deepEqual(text.replace(1, 4, 'b').found, ['h', 'b', 'c']);
  });

  it('are there again once their text is, one after the other or at once', () => {
    const text = new Edited(['h', 'a', 'b', 'c', 'd'])
      .replace(1, 1, 'A')
      .replace(2, 2, 'B')
      .replace(3, 3, 'C');
    assert.deepEqual(text.found, ['h', null, null, null, 'd']);
    assert.deepEqual(text.replace(2, 2, 'b').found, ['h', null, null, null, 'd']);
    assert.deepEqual(text.replace(3, 3, 'c').found, ['h', null, 'b', 'c', 'd']);
    assert.deepEqual(text.replace(0, 4, 'h', 'a', 'b', 'c', 'd').found, ['h', 'a', 'b', 'c', 'd']);
  });

  it('are none where another line of a quoted record was changed', () => {
    const text = new Edited(['h', '1,"first', 'second",a', '2,b']);
    assert.deepEqual(text.found, ['h', '1,"first', 'second",a', '2,b']);
    assert.deepEqual(text.replace(2, 2, 'other",a').found, ['h', null, null, '2,b']);
  });

  it('of several changes at once are those of the text before them', () => {
    const trained = ['h', 'a', 'b', 'c', 'd'];
    const present = ['h', 'x', 'a', 'b', 'C', 'd'];
    const lines = new TrainedLines(trained);
    lines.change(
      [
        { first: 3, last: 3, count: 1 },
        { first: 1, last: 1, count: 2 },
      ],
      (line) => present[line],
    );
    assert.deepEqual(
      present.map((_, line) => lines.at(line)),
      [0, null, 1, 2, null, 4],
    );
  });

  it('always hold their text, whatever is edited', () => {
    const next = random(7, 'sample');
    const pick = (n: number) => Math.floor(next.uniform() * n);
    const text = new Edited(Array.from({ length: 30 }, (_, k) => String(k % 7)));
    for (let edit = 0; edit < 500; edit++) {
      const first = pick(text.texts.length);
      const last = Math.min(text.texts.length - 1, first + pick(4));
      text.replace(first, last, ...Array.from({ length: 1 + pick(4) }, () => String(pick(9))));
      text.found.forEach((origin, line) => origin === null || assert.equal(origin, text.texts[line]));
    }
  });
});
