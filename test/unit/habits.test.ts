import assert from 'node:assert/strict';
import { Problems } from '../../src/data/problems';
import { readDataset } from '../../src/data/dataset';
import { fixesOf } from '../../src/host/quickFixes';

import { saidOf } from './sayings';
import { course } from './course';

const placeholders = (columns: number): Problems => {
  const problems = new Problems();
  for (let k = 0; k < columns; k++)
    problems.add('mixed-units', [2, 1 + k, 2 + k], { column: `c${k}`, text: '5 %' });
  problems.gatherHabits();
  return problems;
};

describe('what many columns have in common', () => {
  it('is said of each up to five', () => {
    const { list } = placeholders(5);
    assert.deepEqual(
      list.map(({ code }) => code),
      Array.from({ length: 5 }, () => 'mixed-units'),
    );
  });

  it('is said once of six, at the first, as serious as it is', () => {
    const { list, total } = placeholders(6);
    assert.equal(total, 1);
    const [{ severity, line, column }] = list;
    assert.deepEqual(
      { count: list.length, severity, line, column },
      { count: 1, severity: 'warning', line: 2, column: 1 },
    );
    assert.match(saidOf(list), /“c0”.* The same holds for “c1”, “c2”, “c3”, “c4” and 1 more\.$/);
  });

  it('is said once of a table with placeholders in each column', () => {
    const names = Array.from({ length: 30 }, (_, k) => `c${k}`);
    const rows = Array.from({ length: 60 }, (_, row) =>
      [...names.map((_, k) => (row % 11 === 3 ? -999 : Math.sin(row * (k + 1)).toFixed(3))), row % 2].join(
        ',',
      ),
    );
    const { notices } = readDataset(`${names.join(',')},label\n${rows.join('\n')}\n`, course);
    const said = notices.filter(({ code }) => code === 'on-line');
    assert.equal(said.length, 1, saidOf(said));
    assert.match(saidOf(said), /“c0”.*and 25 more/);
  });

  it('leaves damage as it is', () => {
    const problems = new Problems();
    for (let k = 0; k < 9; k++)
      problems.add('text-in-numbers', [k, 1, 2], { column: `c${k}`, text: `x${k}`, count: 1 });
    problems.gatherHabits();
    assert.equal(problems.list.length, 9);
  });

  it('says once that the same word stands among the numbers of many, and takes it for missing in all', () => {
    const problems = new Problems();
    for (let k = 0; k < 9; k++)
      problems.add('text-in-numbers', [k, 1, 2], { column: `c${k}`, text: 'x', count: 1 });
    problems.add('text-in-numbers', [9, 1, 2], { column: 'c0', text: 'y', count: 1 });
    problems.gatherHabits();
    const [first, other] = problems.list;
    assert.deepEqual(
      [first.code, other.code, problems.list.length],
      ['of-many-columns', 'text-in-numbers', 2],
    );
    assert.equal(problems.total, 2);
    assert.deepEqual(fixesOf(first, course)[0], {
      title: 'Take “x” for missing in all columns',
      ...{ list: 'csv.missingTokens', change: 'add', item: 'x' },
    });
  });
});
