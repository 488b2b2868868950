import assert from 'node:assert/strict';
import { readTable, type ReadTable } from '../../src/data/csv/read';
import { corpus, type DamagedFile } from '../damage/corpus';
import type { CleanTable } from '../damage/tables';
import { cells } from './reading';

const SEEDS = [1, 2, 3];
/** Of the kinds a person would repair without asking, this many have to be read equal. */
const REPAIRED = 0.9;

/** Why a table that was read is not the clean one; undefined when it is. */
function difference(found: ReadTable, { header, columns }: CleanTable): string | undefined {
  if (found.columns.length !== columns.length)
    return `${found.columns.length} columns, not ${columns.length}`;
  if (found.rows !== columns[0].length) return `${found.rows} rows, not ${columns[0].length}`;
  for (let c = 0; c < columns.length; c++) {
    const name = header?.[c] ?? `column ${c + 1}`;
    if (found.columns[c].name !== name)
      return `column ${c + 1} is called “${found.columns[c].name}”, not “${name}”`;
  }
  const read = cells(found);
  for (let c = 0; c < columns.length; c++) {
    for (let row = 0; row < found.rows; row++) {
      const [is, should] = [read[c][row], columns[c][row]];
      // Where every cell of a column is missing, nobody can say what it holds.
      if (!Object.is(is, should) && !(is === 0 && should === 0)) {
        return `row ${row + 1} of “${found.columns[c].name}” is ${JSON.stringify(is)}, not ${JSON.stringify(should)}`;
      }
    }
  }
  return undefined;
}

type Verdict = 'equal' | 'refused' | 'reported' | 'wrong place' | 'wrongly refused' | 'silently wrong';

function judge({ bytes, expect, settings }: DamagedFile): [Verdict, string] {
  const found = readTable(() => [bytes], settings);
  const { list, blocked } = found.problems;
  const said = list.map(({ code, line, column }) => `${code} ${line}:${column}`).join(', ');
  const errorAt = (line: number, column?: number) =>
    list.some(
      (problem) =>
        problem.severity === 'error' &&
        problem.line === line &&
        (column === undefined || problem.column === column),
    );
  if (expect.outcome === 'refused') {
    if (!blocked) return ['silently wrong', `read, with ${said || 'nothing said'}`];
    return errorAt(expect.line, expect.column) ? ['refused', said] : ['wrong place', said];
  }
  if (blocked) {
    if (expect.outcome === 'equal') return ['wrongly refused', said];
    return errorAt(expect.line, 'column' in expect ? expect.column : undefined)
      ? ['refused', said]
      : ['wrong place', said];
  }
  const wrong = difference(found, expect.table);
  if (wrong !== undefined) return ['silently wrong', `${wrong}; said: ${said || 'nothing'}`];
  if (expect.outcome === 'reported') {
    return list.some(({ line }) => line === expect.line)
      ? ['reported', said]
      : ['silently wrong', `nothing at line ${expect.line}: ${said}`];
  }
  return ['equal', said];
}

describe('the reader on the corpus of damaged files', () => {
  const files = SEEDS.flatMap((seed) => corpus(seed));
  const verdicts = files.map((file) => ({ file, verdict: judge(file) }));
  const listed = (wanted: Verdict) =>
    verdicts
      .filter(({ verdict }) => verdict[0] === wanted)
      .map(({ file, verdict }) => `${file.name}: ${verdict[1]}`)
      .join('\n');

  it('is never silently wrong', () => {
    assert.equal(listed('silently wrong'), '');
  });

  it('refuses no clean dialect', () => {
    assert.equal(listed('wrongly refused'), '');
  });

  it('refuses at the line and column where the damage is', () => {
    assert.equal(listed('wrong place'), '');
  });

  it(`reads at least ${100 * REPAIRED} % of the kinds equal that a person would repair without asking`, () => {
    const kinds = new Set(files.filter(({ group }) => group === 'repairable').map(({ kind }) => kind));
    const refused = new Set(
      verdicts
        .filter(({ file, verdict }) => kinds.has(file.kind) && verdict[0] !== 'equal')
        .map(({ file }) => file.kind),
    );
    const share = 1 - refused.size / kinds.size;
    console.log(
      `      repaired: ${kinds.size - refused.size} of ${kinds.size} kinds; refused: ${[...refused].join(', ') || 'none'}`,
    );
    assert.ok(share >= REPAIRED, [...refused].join(', '));
  });
});
