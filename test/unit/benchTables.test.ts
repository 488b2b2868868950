import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface MadeTable {
  readonly name: string;
  readonly kind: string;
  readonly task: 'classes' | 'number';
  readonly half: 'choose' | 'judge';
  readonly rows: number;
  csv(): string;
}

describe('the tables on which automatic settings are chosen and judged', () => {
  let tables: readonly MadeTable[];
  before(async () => {
    const { href } = pathToFileURL(path.resolve('bench', 'tables.mjs'));
    ({ TABLES: tables } = (await import(href)) as { TABLES: readonly MadeTable[] });
  });
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');

  it('are at least sixty, half of them to choose on, of each kind one in either half', () => {
    assert.ok(tables.length >= 60);
    const [chosen, judged] = (['choose', 'judge'] as const).map((half) =>
      tables.filter((table) => table.half === half).map(({ name }) => name),
    );
    assert.deepEqual(chosen, judged);
    assert.equal(new Set(chosen).size, chosen.length);
  });

  it('are the same whenever they are made, and no two are', () => {
    const hashes = tables.map((table) => hash(table.csv()));
    assert.deepEqual(
      tables.slice(0, 10).map((table) => hash(table.csv())),
      hashes.slice(0, 10),
    );
    assert.equal(new Set(hashes).size, tables.length);
  });

  it('have the rows that they say, all as long, and more than one answer', () => {
    for (const { name, csv, rows, task } of tables.map((table) => ({ ...table, csv: table.csv() }))) {
      const [head, ...lines] = csv.trimEnd().split('\n');
      assert.equal(lines.length, rows, name);
      const width = head.split(',').length;
      assert.ok(
        lines.every((line) => line.split(',').length === width),
        name,
      );
      const answers = new Set(lines.map((line) => line.slice(line.lastIndexOf(',') + 1)));
      assert.ok(task === 'number' ? answers.size > 5 : answers.size >= 2 && answers.size <= 10, name);
    }
  });

  it('are cut into folds that test each row once a repeat, each class in all of them', async () => {
    const { href } = pathToFileURL(path.resolve('bench', 'folds.mjs'));
    const { withFold } = (await import(href)) as { withFold(table: MadeTable, seed: number): string };
    for (const table of [tables[0], tables.find(({ task, rows }) => task === 'number' && rows < 1500)]) {
      assert.ok(table);
      const plain = table.csv().trimEnd().split('\n');
      const seeds = Array.from({ length: 10 }, (_, k) =>
        withFold(table, k + 1)
          .trimEnd()
          .split('\n'),
      );
      for (const lines of seeds) {
        assert.equal(lines[0], `part,${plain[0]}`);
        assert.deepEqual(
          lines.slice(1).map((line) => line.replace(/^(?:test|train),/, '')),
          plain.slice(1),
        );
      }
      const testedBy = (from: number) =>
        plain
          .slice(1)
          .map((_, j) =>
            seeds.slice(from, from + 5).flatMap((lines, k) => (lines[j + 1].startsWith('test,') ? [k] : [])),
          );
      for (const from of [0, 5]) assert.ok(testedBy(from).every((folds) => folds.length === 1));
      assert.notDeepEqual(testedBy(0), testedBy(5));
      if (table.task === 'number') continue;
      const shareOf = (lines: string[], part: string) => {
        const own = lines.filter((line) => line.startsWith(`${part},`));
        return own.filter((line) => line.endsWith(',yes')).length / own.length;
      };
      for (const lines of seeds)
        assert.ok(Math.abs(shareOf(lines, 'test') - shareOf(lines, 'train')) < 0.03, table.name);
    }
  });
});
