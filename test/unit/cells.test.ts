import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cellText, ESCAPED, syntaxOf } from '../../src/data/csv/cells';
import { bytesOf } from './reading';

const textOf = (bytes: Uint8Array, escape = 0) =>
  cellText(bytes, 0, bytes.length, ESCAPED, syntaxOf(',', '"', escape));

describe('the text of a cell with quotes inside', () => {
  it('has each escaped quote once, wherever it stands', () => {
    const inside = fc.array(fc.constantFrom('"', '""', '\\', '\\"', 'a', 'é', '漢', '😀', '\n', ','));
    fc.assert(
      fc.property(inside, (pieces) => {
        const text = pieces.join('');
        assert.equal(textOf(bytesOf(`"${text}"`)), text.replaceAll('""', '"'));
        assert.equal(textOf(bytesOf(`"${text}"`), 92), text.replaceAll('\\"', '"'));
      }),
    );
  });

  it('is made by going over its bytes, each at most three times: no text is cut and put together', () => {
    const bytes = bytesOf(`"${'a""b'.repeat(10_000)}"`);
    let looks = 0;
    const counted = new Proxy(bytes, {
      get: (target, key) => {
        looks++;
        return Reflect.get(target, key) as unknown;
      },
    });
    assert.equal(textOf(counted), 'a"b'.repeat(10_000));
    assert.ok(looks <= 3 * bytes.length, `${looks} looks at ${bytes.length} bytes`);
  });
});
