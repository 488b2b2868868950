import * as assert from 'node:assert/strict';
import { signal } from '@preact/signals';
import { BUDGET_MS, FrameWork, drawnInTurn } from '../../webview/ui/frameWork';

/** A screen that is drawn by hand, and a clock that goes on by the work alone. */
function world() {
  let time = 0;
  let next: (() => void)[] = [];
  let rendered: (() => void)[] = [];
  const done: string[] = [];
  const frames = new FrameWork(
    (work) => next.push(work),
    (work) => rendered.push(work),
    () => time,
  );
  const work = (name: string, ms: number) => () => {
    time += ms;
    done.push(name);
  };
  return {
    ...{ frames, done, work },
    /** A drawing that has not been drawn yet, or took so long when it was. */
    drawing: (name: string, ms: number, took = 0) => ({ run: work(name, ms), took }),
    /** Draws the screen once; how often anybody had asked for that. */
    screen: () => {
      const asked = next;
      next = [];
      try {
        asked.forEach((work) => work());
      } finally {
        const after = rendered;
        rendered = [];
        after.forEach((work) => work());
      }
      return asked.length;
    },
  };
}

describe('the work of the pictures', () => {
  it('is done in the next frame of the screen, as far as its time allows, and goes on in those after it', () => {
    const { frames, done, drawing, screen } = world();
    for (const name of ['a', 'b', 'c', 'd']) frames.draw(drawing(name, BUDGET_MS / 2));
    assert.deepEqual(done, []);
    assert.equal(screen(), 1);
    assert.deepEqual(done, ['a', 'b']);
    assert.equal(screen(), 1);
    assert.deepEqual(done, ['a', 'b', 'c', 'd']);
    assert.equal(screen(), 0);
  });

  it('leaves what will take longer than there is time for to the next frame', () => {
    const { frames, done, drawing, screen } = world();
    const long = drawing('long', BUDGET_MS - 1);
    for (const each of [drawing('a', 1), long]) frames.draw(each);
    screen();
    // What has never been drawn has to be tried.
    assert.deepEqual(done, ['a', 'long']);
    for (const each of [drawing('b', 2), long]) frames.draw(each);
    screen();
    assert.deepEqual(done, ['a', 'long', 'b']);
    screen();
    assert.deepEqual(done, ['a', 'long', 'b', 'long']);
    assert.equal(screen(), 0);
  });

  it('takes drawings before computations, of which one is done in any two frames', () => {
    const { frames, done, drawing, work, screen } = world();
    frames.compute(work('1', 1));
    frames.compute(work('2', 1));
    for (const name of ['a', 'b', 'c']) frames.draw(drawing(name, BUDGET_MS));
    screen();
    assert.deepEqual(done, ['a']);
    screen();
    assert.deepEqual(done, ['a', 'b', '1']);
    screen();
    assert.deepEqual(done, ['a', 'b', '1', 'c']);
    screen();
    assert.deepEqual(done, ['a', 'b', '1', 'c', '2']);
    assert.equal(screen(), 0);
  });

  it('begins with what has arrived, whose components count as well', () => {
    const { frames, done, drawing, work, screen } = world();
    frames.arrive(() => {
      work('arrived', BUDGET_MS - 1)();
      for (const name of ['a', 'b']) frames.draw(drawing(name, 1));
    });
    screen();
    assert.deepEqual(done, ['arrived', 'a']);
    frames.arrive(work('next', BUDGET_MS));
    screen();
    assert.deepEqual(done, ['arrived', 'a', 'next'], 'no time is left');
    screen();
    assert.deepEqual(done, ['arrived', 'a', 'next', 'b']);
  });

  it('is told to be drawn once no drawing waits, whatever is still to be computed', () => {
    const { frames, done, drawing, work, screen } = world();
    for (const name of ['a', 'b']) frames.draw(drawing(name, BUDGET_MS));
    for (const name of ['1', '2', '3']) frames.compute(work(name, BUDGET_MS));
    frames.whenDrawn(work('drawn', 0));
    screen();
    assert.deepEqual(done, ['a']);
    screen();
    assert.deepEqual(done, ['a', 'b', '1', 'drawn']);
    screen();
    screen();
    assert.equal(screen(), 0);
    assert.deepEqual(done, ['a', 'b', '1', 'drawn', '2', '3']);
  });

  it('goes on with what asks for more while it works', () => {
    const { frames, done, work, screen } = world();
    frames.compute(() => {
      work('first', BUDGET_MS)();
      frames.compute(work('second', 1));
    });
    screen();
    screen();
    assert.deepEqual(done, ['first', 'second']);
  });
});

describe('a drawing that fails', () => {
  it('does not keep the others waiting, nor the frame that waits for them', () => {
    const { frames, done, drawing, work, screen } = world();
    frames.draw({
      run: () => {
        throw new Error('no canvas');
      },
      took: 0,
    });
    frames.draw(drawing('other', 1));
    frames.whenDrawn(work('drawn', 0));
    assert.throws(screen, /no canvas/);
    screen();
    assert.deepEqual(done, ['other', 'drawn']);
  });
});

describe('what has arrived and cannot be shown', () => {
  it('does not keep the drawings waiting', () => {
    const { frames, done, drawing, screen } = world();
    frames.arrive(() => {
      throw new Error('no such run');
    });
    frames.draw(drawing('other', 1));
    assert.throws(screen, /no such run/);
    screen();
    assert.deepEqual(done, ['other']);
  });
});

describe('a drawing in turns', () => {
  it('is drawn at once, and again in a frame when what it read has changed, once for many changes', () => {
    const { frames, screen } = world();
    const [a, b] = [signal(1), signal(10)];
    const drawn: number[] = [];
    const end = drawnInTurn(frames, () => drawn.push(a.value + b.value));
    assert.deepEqual(drawn, [11]);
    a.value = 2;
    b.value = 20;
    a.value = 3;
    assert.deepEqual(drawn, [11]);
    screen();
    assert.deepEqual(drawn, [11, 23]);
    assert.equal(screen(), 0);
    b.value = 30;
    screen();
    assert.deepEqual(drawn, [11, 23, 33]);
    end();
    b.value = 40;
    screen();
    assert.deepEqual(drawn, [11, 23, 33]);
  });

  it('follows what it read last', () => {
    const { frames, screen } = world();
    const [isShown, shown] = [signal(true), signal('x')];
    const drawn: string[] = [];
    drawnInTurn(frames, () => drawn.push(isShown.value ? shown.value : 'nothing'));
    isShown.value = false;
    screen();
    shown.value = 'y';
    assert.equal(screen(), 0);
    isShown.value = true;
    screen();
    assert.deepEqual(drawn, ['x', 'nothing', 'y']);
  });
});
