import assert from 'node:assert/strict';
import { effect, signal } from '@preact/signals';
import { READABLE_MS, throttled, type Clock } from '../../webview/model/throttled';

/** A clock that stands still until it is told to go on. */
function handClock() {
  let time = 0;
  let waiting: { readonly at: number; readonly work: () => void }[] = [];
  const clock: Clock = {
    now: () => time,
    after: (milliseconds, work) => {
      const entry = { at: time + milliseconds, work };
      waiting.push(entry);
      return () => void (waiting = waiting.filter((each) => each !== entry));
    },
  };
  return {
    clock,
    takes: (milliseconds: number) => (time += milliseconds),
    go: (milliseconds: number) => {
      time += milliseconds;
      const due = waiting.filter(({ at }) => at <= time);
      waiting = waiting.filter(({ at }) => at > time);
      due.forEach(({ work }) => work());
    },
    count: () => waiting.length,
  };
}

describe('what is derived a few times a second', () => {
  it('is there at once, then follows when its time has come, with the latest value', () => {
    const { clock, go, count } = handClock();
    const source = signal(1);
    const derived = throttled(source, (value) => 10 * value, clock);
    const seen: (number | null)[] = [];
    const end = effect(() => void seen.push(derived.value));
    assert.equal(derived.value, 10);
    source.value = 2;
    source.value = 3;
    assert.equal(derived.value, 10);
    go(READABLE_MS);
    assert.equal(derived.value, 30);
    go(10 * READABLE_MS);
    source.value = 4;
    assert.equal(derived.value, 40, 'after a rest it follows at once');
    source.value = 5;
    end();
    assert.equal(count(), 0, 'nothing waits when nobody looks');
    source.value = 6;
    assert.equal(derived.value, 40);
    const again = effect(() => void derived.value);
    assert.equal(derived.value, 60);
    again();
    assert.deepEqual(seen.at(-1), 40);
  });

  it('comes more rarely where it takes long', () => {
    const { clock, go, takes } = handClock();
    const source = signal(1);
    const derived = throttled(
      source,
      (value) => {
        takes(100);
        return value;
      },
      clock,
    );
    const end = effect(() => void derived.value);
    source.value = 2;
    go(READABLE_MS);
    assert.equal(derived.value, 1);
    go(2000 - READABLE_MS);
    assert.equal(derived.value, 2);
    end();
  });
});
