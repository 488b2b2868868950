import assert from 'node:assert/strict';
import { readHead } from '../../src/data/csv/read';
import { RecordAt } from '../../src/data/csv/recordAt';

/** The cells of the record on a line, the bytes coming in pieces of a size. */
function cellsAt(text: string, line: number, size = 1_000_000): readonly string[] {
  const bytes = new TextEncoder().encode(text);
  const { dialect } = readHead(bytes, true, {});
  assert.ok(dialect);
  const record = new RecordAt(dialect, line);
  for (let at = 0; at < bytes.length; at += size) {
    const cells = record.take(bytes.subarray(at, at + size), false);
    if (cells) return cells;
  }
  return record.take(new Uint8Array(), true) ?? [];
}

const rows = Array.from({ length: 3000 }, (_, k) => `${k},"a ""${k}""\nb",${k % 2 ? 'x' : ''}`);
const text = `n,words,kind\n${rows.join('\n')}\n`;

describe('the record on a line', () => {
  it('has its cells as they are written, over several lines too, whatever the pieces', () => {
    for (const size of [1, 7, 1000, 1_000_000]) {
      // Each of them takes two lines.
      for (const k of size === 1 ? [0, 40] : [0, 1, 1500, 2999]) {
        assert.deepEqual(cellsAt(text, 2 + 2 * k, size), [String(k), `a "${k}"\nb`, k % 2 ? 'x' : '']);
      }
    }
  });

  it('counts line ends of all kinds, and has nothing on a line that is not there', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = ['a;b', ...Array.from({ length: 9 }, (_, k) => `${k};${k * 2}`)].join(end);
      for (const size of [1, 3, 100])
        assert.deepEqual(cellsAt(lines, 8, size), ['6', '12'], JSON.stringify(end));
      assert.deepEqual(cellsAt(lines, 12), []);
    }
  });

  it('is split by what the file is split by', () => {
    const lines = ['a::b::c', ...Array.from({ length: 9 }, (_, k) => `${k}::x y::${k * 2}`)].join('\n');
    assert.deepEqual(cellsAt(lines, 4, 5), ['2', 'x y', '4']);
  });
});
