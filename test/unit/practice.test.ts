import assert from 'node:assert/strict';
import { sharedMachine } from '../../src/threads/machine';
import { practise } from '../../src/threads/practice';
import { PartReaders } from '../../src/threads/readers';

const never = (): never => {
  throw new Error('must not be asked for');
};

describe('the practice of a trainer that waits', () => {
  it('reads a table and trains on it, alone: no thread is started, nothing is left to be done', () => {
    const readers = new PartReaders('there is no such script');
    const cost = practise(readers, { count: 1, start: never, machine: sharedMachine });
    assert.ok(cost > 0 && cost < Math.log(2) + 0.1, `cost ${cost}`);
  });
});
