import assert from 'node:assert/strict';
import { Debouncer, type Timers } from '../../src/host/debouncer';
import { Renewal } from '../../src/host/renewal';

/** A clock that only moves when it is told to. */
class FakeClock implements Timers {
  private now = 0;
  private readonly waiting = new Map<number, { at: number; run: () => void }>();
  private next = 1;

  set(run: () => void, milliseconds: number): unknown {
    this.waiting.set(this.next, { at: this.now + milliseconds, run });
    return this.next++;
  }

  clear(timer: unknown): void {
    this.waiting.delete(timer as number);
  }

  pass(milliseconds: number): void {
    this.now += milliseconds;
    for (const [timer, { at, run }] of [...this.waiting]) {
      if (at > this.now) continue;
      this.waiting.delete(timer);
      run();
    }
  }

  get timers(): number {
    return this.waiting.size;
  }
}

describe('a debouncer', () => {
  let clock: FakeClock;
  let acts: number;
  let debouncer: Debouncer;
  beforeEach(() => {
    clock = new FakeClock();
    acts = 0;
    debouncer = new Debouncer(1500, () => acts++, clock);
  });

  it('acts once nothing has happened for the whole of its time', () => {
    debouncer.touch();
    clock.pass(1499);
    assert.equal(acts, 0);
    clock.pass(1);
    assert.equal(acts, 1);
    clock.pass(10_000);
    assert.equal(acts, 1);
  });

  it('does not act while a number is typed, key after key, and then once', () => {
    '30000'.split('').forEach(() => {
      debouncer.touch();
      clock.pass(700);
      assert.equal(acts, 0);
    });
    clock.pass(800);
    assert.equal(acts, 1);
  });

  it('does nothing when nothing has happened', () => {
    debouncer.flush();
    clock.pass(10_000);
    assert.equal(acts, 0);
  });

  it('acts at once when it is flushed, and not again', () => {
    debouncer.touch();
    assert.ok(debouncer.waiting);
    debouncer.flush();
    assert.equal(acts, 1);
    assert.ok(!debouncer.waiting);
    clock.pass(10_000);
    assert.equal(acts, 1);
  });

  it('can be touched again by what it does', () => {
    let rounds = 0;
    const again: Debouncer = new Debouncer(10, () => ++rounds < 3 && again.touch(), clock);
    again.touch();
    for (let time = 0; time < 10; time++) clock.pass(10);
    assert.equal(rounds, 3);
  });

  it('leaves no timer behind, and does not act, once it is disposed of', () => {
    debouncer.touch();
    debouncer.touch();
    assert.equal(clock.timers, 1);
    debouncer.dispose();
    assert.equal(clock.timers, 0);
    clock.pass(10_000);
    assert.equal(acts, 0);
  });
});

describe('what is told of a training that changes all the time', () => {
  /** Asks so long after it was told last, as VS Code does once an answer took long. */
  function askedAfter(wait: number) {
    const clock = new FakeClock();
    let [asked, told] = [0, 0];
    const reader = new Debouncer(wait, () => (asked++, renewal.asked()), clock);
    const renewal = new Renewal(500, () => (told++, reader.touch()), clock);
    return { clock, renewal, counts: () => ({ asked, told }) };
  }

  for (const wait of [250, 2000])
    it(`is asked for ${wait} ms after it was told, again and again`, () => {
      const { clock, renewal, counts } = askedAfter(wait);
      for (let ms = 0; ms < 20_000; ms += 50) {
        renewal.changed();
        clock.pass(50);
      }
      const { asked, told } = counts();
      assert.ok(asked >= Math.floor(20_000 / (wait + 600)), `asked ${asked} times`);
      assert.ok(told <= asked + 1, 'nobody is told again before they have asked');
    });

  it('is told no more once nothing changes, and after the last change is asked for once more', () => {
    const { clock, renewal, counts } = askedAfter(2000);
    renewal.changed();
    clock.pass(500);
    renewal.changed();
    clock.pass(2000);
    clock.pass(10_000);
    assert.deepEqual(counts(), { asked: 1, told: 1 });
    assert.equal(clock.timers, 0);
    renewal.changed();
    clock.pass(500);
    clock.pass(2000);
    assert.deepEqual(counts(), { asked: 2, told: 2 });
  });

  it('is told again where nobody asks, after ever longer, until somebody does', () => {
    const clock = new FakeClock();
    let told = 0;
    const renewal = new Renewal(500, () => told++, clock);
    renewal.changed();
    clock.pass(500);
    assert.equal(told, 1);
    // VS Code's editor has lost the focus, and the question is forgotten; what changes now is not what it waits for.
    renewal.changed();
    for (const ms of [3000, 6000, 12_000]) {
      const before: number = told;
      clock.pass(ms - 1);
      assert.equal(told, before, `${ms} ms`);
      clock.pass(1);
      assert.equal(told, before + 1, `${ms} ms`);
    }
    renewal.asked();
    assert.equal(clock.timers, 0);
    renewal.changed();
    clock.pass(500);
    clock.pass(3000);
    assert.equal(told, 6, 'it waits no longer than at first');
  });
});
