import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { corpus } from '../damage/corpus';
import { KINDS, type Expectation, type Group } from '../damage/kinds';
import { type CleanTable } from '../damage/tables';

// The corpus itself: that what it expects can be true. What a reader makes of it is tested elsewhere.
const SEED = 1;

const OUTCOMES: Record<Group, readonly Expectation['outcome'][]> = {
  clean: ['equal'],
  repairable: ['equal-or-refused'],
  ambiguous: ['refused', 'reported'],
};

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const big = first === 0xfe && second === 0xff;
  const little = (first === 0xff && second === 0xfe) || second === 0;
  return new TextDecoder(big ? 'utf-16be' : little ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** The physical lines; what stands behind the last line end is a line only if there is something. */
function linesOf(bytes: Uint8Array): string[] {
  const lines = decode(bytes).split(/\r\n|\r|\n/);
  return lines.length > 1 && lines[lines.length - 1] === '' ? lines.slice(0, -1) : lines;
}

function checkTable({ header, columns, target }: CleanTable) {
  assert.ok(columns.length > 0);
  const names = header ?? columns.map((_, column) => `column ${column + 1}`);
  assert.equal(names.length, columns.length);
  assert.equal(new Set(names).size, names.length, 'names that are not unique');
  assert.ok(names.includes(target), `the target ${target} is no column`);
  for (const name of names) assert.ok(name !== '' && name === name.trim());
  for (const cells of columns) {
    assert.ok(cells.length > 0);
    assert.equal(cells.length, columns[0].length, 'columns of different lengths');
    for (const cell of cells) {
      if (typeof cell === 'number') assert.ok(Number.isFinite(cell) && !Object.is(cell, -0));
      if (typeof cell === 'string') assert.ok(cell !== '' && cell === cell.trim());
    }
  }
}

describe('the corpus of damaged files', () => {
  const files = corpus(SEED);

  it('has at least 200 files of at least 30 kinds, and at least 3 of each', () => {
    assert.ok(files.length >= 200);
    assert.ok(KINDS.length >= 30);
    for (const { name } of KINDS) assert.ok(files.filter(({ kind }) => kind === name).length >= 3, name);
  });

  it('gives every kind and every file a name of its own', () => {
    assert.equal(new Set(KINDS.map(({ name }) => name)).size, KINDS.length);
    assert.equal(new Set(files.map(({ name }) => name)).size, files.length);
    for (const { name } of KINDS) assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const { name, description, why } of KINDS)
      assert.match(`${description} ${why}`, /^.+\. .+\.$/, name);
  });

  it('has the same bytes and expectations for the same seed, and others for another', () => {
    assert.deepEqual(corpus(SEED), files);
    assert.notDeepEqual(corpus(SEED + 1), files);
  });

  // Seeds enough that a place or a table that holds only by chance does not go unnoticed.
  for (const seed of [SEED, 2, 3, 4, 5]) {
    it(`expects only what can be, for seed ${seed}`, () => {
      for (const { name, group, bytes, expect } of corpus(seed)) {
        try {
          assert.ok(OUTCOMES[group].includes(expect.outcome));
          if ('table' in expect) checkTable(expect.table);
          if (expect.outcome === 'equal') continue;
          const lines = linesOf(bytes);
          assert.ok(Number.isInteger(expect.line) && expect.line >= 1 && expect.line <= lines.length);
          if (expect.outcome === 'reported' || expect.column === undefined) continue;
          const { column, line } = expect;
          assert.ok(Number.isInteger(column) && column >= 1 && column <= lines[line - 1].length + 1);
          if (expect.outcome === 'refused' && expect.reason === 'a quote that never closes')
            assert.equal(lines[line - 1][column - 1], '"');
        } catch (error) {
          throw new Error(`${name}: ${String(error)}`, { cause: error });
        }
      }
    });
  }

  it('is what its README says', () => {
    const text = readFileSync('test/damage/README.md', 'utf8');
    const rows = text
      .split('\n')
      .map((line) => line.split(' | ').map((cell) => cell.replace(/^\|/, '').trim()));
    for (const { name, group } of KINDS) {
      const outcomes = new Set(files.filter(({ kind }) => kind === name).map(({ expect }) => expect.outcome));
      const found = rows.filter(([first]) => first === `\`${name}\``);
      assert.equal(found.length, 1, `${name} is not in the table`);
      assert.deepEqual(found[0].slice(1, 3), [group, [...outcomes].join(', ')], name);
    }
    assert.equal(rows.filter(([first]) => /^`[a-z0-9-]+`$/.test(first)).length, KINDS.length);
    for (const group of ['clean', 'repairable', 'ambiguous']) {
      const count = (of: readonly { group: Group }[]) =>
        String(of.filter((each) => each.group === group).length);
      const found = rows.filter(([first]) => first === group);
      assert.deepEqual(
        found.map((row) => row.slice(1, 3)),
        [[count(KINDS), count(files)]],
      );
    }
  });
});
