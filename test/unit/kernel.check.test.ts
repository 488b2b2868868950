import assert from 'node:assert/strict';
import { loopHashes, loopNames, wholeNames, wrongLoops } from '../../src/kernel/check';
import { kernelModule } from '../../src/kernel/kernel';

const module = kernelModule();

describe('the check of the loops that V8 may widen', () => {
  it('finds the stored bits, in narrow and in wide tiles', () => {
    assert.deepEqual(wrongLoops(module), [], `stored must be ${JSON.stringify(loopHashes(module, 4))}`);
    const narrow = loopHashes(module, 4);
    const wide = loopHashes(module, 8);
    assert.deepEqual(wide, narrow);
  });

  it('leaves no number that is not one, whose bits machines do not agree on', () => {
    loopHashes(module, 8, (name, words) => {
      const floats = new Float32Array(words.buffer).subarray(1024);
      // What says that an example is right is no number: −1 in 32 bits.
      const isNumber = (value: number, k: number) => Number.isFinite(value) || words[1024 + k] === -1;
      assert.ok(floats.every(isNumber), name);
    });
  });

  for (const loop of [...loopNames, ...wholeNames]) {
    it(`tells one bit of ${loop} from what it should be`, () => {
      const wrong = wrongLoops(module, (name, words) => {
        if (name === loop) words[12_300] ^= 1;
      });
      assert.deepEqual(wrong, [loop]);
    });
  }
});
