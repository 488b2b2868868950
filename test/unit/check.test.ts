import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Check } from '../../src/data/table/check';

const CLI = path.resolve('out/programs/cli.js');
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'check', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('check', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-check-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: string | Uint8Array) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const check = (file: string, ...args: string[]) => {
    const { status, stdout } = run(file, '--json', ...args);
    assert.equal(stdout.split('\n').length, 2, 'one line');
    return { status, found: JSON.parse(stdout) as Check };
  };
  const codes = ({ problems }: Check) => problems.map(({ code }) => code);

  it('describes a clean table in one line of JSON, with status 0', () => {
    const { status, found } = check('samples/iris.csv');
    assert.equal(status, 0);
    assert.deepEqual(
      [found.delimiter, found.header, found.encoding, found.lineEnding, found.rows, found.skippedRows],
      [',', true, 'utf-8', 'LF', 150, 0],
    );
    assert.deepEqual([found.target, found.task], ['species', 'multiclass']);
    const [first] = found.columns;
    assert.deepEqual(Object.keys(first), ['name', 'type', 'missing', 'distinct', 'min', 'max', 'mean']);
    assert.equal(first.type, 'number');
    assert.ok(first.min !== null && first.max !== null && first.mean !== null);
    assert.ok(first.min < first.mean && first.mean < first.max);
    assert.equal(found.columns.at(-1)?.type, 'category');
    assert.equal(found.columns.at(-1)?.mean, null);
  });

  it('names what is wrong, where, and how bad it is, in the order of the file', () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i};${i % 2 ? '1,5' : '2,25'};${i % 2 ? 'no' : 'yes'};7;${(i * 7) % 40}`,
    );
    rows[4] = '4;oops;yes;7;1';
    const { status, found } = check(
      write('many.csv', `id;a;b;k;label\n${rows.join('\n')}\n${rows[3]}\n`),
      '--target',
      'b',
    );
    assert.equal(status, 0);
    assert.equal(found.delimiter, ';');
    assert.deepEqual(
      found.columns.map(({ type }) => type),
      ['number', 'number', 'boolean', 'constant', 'number'],
    );
    assert.deepEqual(codes(found).sort(), [
      'constant-column',
      'duplicate-rows',
      'leakage',
      'missing-values',
      'text-in-numbers',
    ]);
    const wrong = found.problems.find(({ code }) => code === 'text-in-numbers');
    assert.deepEqual([wrong?.severity, wrong?.line, wrong?.column, wrong?.endColumn], ['warning', 6, 3, 7]);
    assert.deepEqual(
      found.problems.map(({ line }) => line),
      found.problems.map(({ line }) => line).sort((a, b) => a - b),
    );
  });

  it('leaves out identifiers, and says so', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${1000 + i * 3},${i % 7},${i % 2}`);
    const { found } = check(write('id.csv', `user_id,a,label\n${rows.join('\n')}\n`));
    assert.equal(found.columns[0].type, 'identifier');
    assert.ok(codes(found).includes('identifier-column'));
  });

  it('finds a rare class, too few rows and a target of one value', () => {
    const rare = Array.from({ length: 60 }, (_, i) => `${(i * 7) % 13},${i % 30 === 0 ? 'x' : 'y'}`);
    assert.ok(
      codes(check(write('rare.csv', `a,label\n${rare.join('\n')}\n`)).found).includes('class-imbalance'),
    );
    assert.ok(codes(check('samples/xor.csv').found).includes('too-few-rows'));
    const { status, found } = check(write('one.csv', 'a,label\n1,x\n2,x\n'));
    assert.equal(status, 2);
    assert.equal(found.problems.find(({ severity }) => severity === 'error')?.line, 1);
  });

  it('ends with status 2 for a file that cannot be trained on, with the place', () => {
    for (const [content, line, column] of [
      ['a,b\n1,2\n3\n', 3, 1],
      ['a,b\n1,"2\n', 2, 3],
      ['', 1, 1],
    ] as const) {
      const { status, found } = check(write('bad.csv', content));
      assert.equal(status, 2);
      assert.ok(
        found.problems.some(
          (problem) => problem.severity === 'error' && problem.line === line && problem.column === column,
        ),
        JSON.stringify(found.problems),
      );
    }
  });

  it('ends with status 2 where the column to split by is not there, or leaves nothing to train on', () => {
    const file = write('split.csv', 'x,set,label\n1,test,a\n2,test,b\n3,test,a\n4,test,b\n');
    for (const column of ['zz', 'set']) {
      const { status, found } = check(file, '--split-column', column, '--target', 'label');
      assert.equal(status, 2, column);
      assert.ok(found.problems.some(({ code }) => code === 'no-examples'));
    }
  });

  it('unpacks gzip', () => {
    const { status, found } = check(write('packed.csv.gz', gzipSync('a,label\n1,x\n2,y\n3,x\n4,y\n')));
    assert.deepEqual([status, found.rows], [0, 4]);
  });

  it('prints a table and file:line:column: severity: message without --json', () => {
    const { status, stdout } = run('samples/penguins.csv');
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^samples\/penguins\.csv: \d+ usable rows × 7 columns; comma-separated, a header, utf-8, LF/,
    );
    assert.match(stdout, /^Body Mass \(g\) +number +2 +\d+ +2700 +6300/m);
    assert.match(stdout, /^samples\/penguins\.csv:1:\d+: information: “Sex” misses/m);
  });
});
