import assert from 'node:assert/strict';
import { INSPECTED, MOVED, Pulse } from '../../src/threads/pulse';

const patience = { silent: 4, still: 6 };
const times = (count: number, act: () => unknown) => Array.from({ length: count }, act);

describe('the pulse of a process', () => {
  it('has stopped after as many looks in a row without a beat as patience allows', () => {
    const pulse = new Pulse(patience);
    assert.deepEqual(
      times(4, () => pulse.look()),
      [null, null, null, null],
    );
    pulse.beat(MOVED);
    assert.deepEqual(
      times(4, () => pulse.look()),
      [null, null, null, null],
    );
    assert.equal(pulse.look(), 3, 'seconds');
  });

  it('goes on through a long step of the main thread', () => {
    const pulse = new Pulse(patience);
    times(6, () => {
      pulse.beat(0);
      assert.equal(pulse.look(), null);
    });
    pulse.beat(MOVED);
    assert.equal(pulse.look(), null);
  });

  it('shows a main thread that does not get on any more', () => {
    const pulse = new Pulse(patience);
    times(7, () => pulse.beat(0));
    assert.equal(pulse.look(), 4, 'seconds');
  });

  it('is counted in looks, not by a clock: a host or a machine that slept looks once', () => {
    const pulse = new Pulse(patience);
    pulse.beat(MOVED);
    // However much later.
    assert.equal(pulse.look(), null);
    // All that the process said meanwhile comes at once.
    times(100, () => pulse.beat(MOVED));
    assert.equal(pulse.look(), null);
  });

  it('is not judged while an inspector is open', () => {
    const pulse = new Pulse(patience);
    times(20, () => pulse.beat(INSPECTED));
    assert.deepEqual(
      times(20, () => pulse.look()),
      times(20, () => null),
    );
    pulse.beat(0);
    assert.deepEqual(
      times(5, () => pulse.look()),
      [null, null, null, null, 3],
    );
  });
});
