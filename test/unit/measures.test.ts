import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MEASURE_NUMBERS, measuresOf, numbersOf } from '../../src/core/measures';

describe('measures as numbers', () => {
  const number = fc.double({ noNaN: true });
  const measure = fc.record(
    {
      epoch: fc.nat(),
      trainCost: number,
      testCost: fc.option(number),
      trainScore: number,
      testScore: fc.option(number),
    },
    { noNullPrototype: true },
  );

  it('are the same measures again, bit for bit, infinities too', () => {
    fc.assert(
      fc.property(fc.array(measure), (measures) => {
        const numbers = numbersOf(measures);
        assert.equal(numbers.length, measures.length * MEASURE_NUMBERS);
        assert.deepStrictEqual(measuresOf(numbers), measures);
      }),
    );
  });

  it('are refused when one of them is not whole', () => {
    assert.throws(() => measuresOf(new Float64Array(7)), /7 numbers are no measures of 5 each/);
  });
});
