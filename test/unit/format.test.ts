import assert from 'node:assert/strict';
import fc from 'fast-check';
import { count, cut, full, LONGEST_TEXT, short, whole } from '../../src/core/format';

describe('a number, as a person reads it', () => {
  it('has a short form of 4 significant digits, with a real minus sign', () => {
    assert.equal(short(0.123456), '0.1235');
    assert.equal(short(-12345.6), '−12350');
    assert.equal(short(2e-7), '2e−7');
    assert.equal(short(183_812_345), '183800000');
    assert.equal(short(-1.83812345e17), '−1.838e+17');
    assert.equal(short(0), '0');
  });

  it('has a full form that tells it from every other', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.equal(Number(full(value).replaceAll('−', '-')), value === 0 ? 0 : value);
      }),
    );
  });

  it('is named where it is none', () => {
    assert.deepEqual([Infinity, -Infinity, NaN].map(short), ['∞', '−∞', 'not a number']);
    assert.deepEqual([Infinity, -Infinity, NaN].map(full), ['∞', '−∞', 'not a number']);
  });

  it('has its thousands apart where it counts something', () => {
    assert.deepEqual([0, 999, 1000, 10_000, 1_234_567].map(whole), [
      '0',
      '999',
      '1,000',
      '10,000',
      '1,234,567',
    ]);
    assert.equal(count(1, 'row'), '1 row');
    assert.equal(count(2000, 'row'), '2,000 rows');
  });
});

describe('a text of a file', () => {
  it('is shown whole up to 200 characters, and cut with an ellipsis above', () => {
    assert.equal(LONGEST_TEXT, 200);
    assert.equal(cut('x'.repeat(200)), 'x'.repeat(200));
    assert.equal(cut('x'.repeat(201)), `${'x'.repeat(199)}…`);
    assert.equal(cut('abcdef', 4), 'abc…');
  });

  it('is never cut in the middle of a character', () => {
    const text = `${'x'.repeat(198)}😀😀`;
    assert.equal(cut(text), `${'x'.repeat(198)}…`);
  });
});
