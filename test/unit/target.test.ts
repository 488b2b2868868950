import assert from 'node:assert/strict';
import { readDataset } from '../../src/data/dataset';
import { checkTable } from '../../src/data/table/check';
import { readTable } from '../../src/data/csv/read';
import { viewOf } from '../../src/data/table/tableView';
import type { Settings } from '../../src/settings/settings';
import { says } from './sayings';
import { course } from './course';

const read = (text: string, changed: Partial<Settings> = {}) => readDataset(text, { ...course, ...changed });
/** A table from rows of cells, the first of them the header. */
const table = (...rows: (string | number)[][]) => rows.map((row) => row.join(',')).join('\n');
const targetOf = (text: string, changed: Partial<Settings> = {}) => {
  const { target, task, classes } = read(text, changed);
  return [target, task, [...classes]];
};

/** A last column of these cells beside two number columns; `p` is no usual name. */
const last = (...cells: (string | number)[]) =>
  table(['x', 'q', 'p'], ...cells.map((cell, i) => [i + 0.5, i * i + 0.5, cell]));

describe('the target', () => {
  it('is the column named in the settings, before everything else', () => {
    const text = table(['x', 'label', 'p'], [1.5, 0, 'a'], [2.5, 1, 'b'], [3.5, 0, 'a'], [4.5, 1, 'b']);
    assert.deepEqual(targetOf(text, { 'data.target': 'p' }), ['p', 'binary', ['a', 'b']]);
    assert.deepEqual(targetOf(text, { 'data.target': 'x' }), ['x', 'regression', []]);
    assert.equal(read(text, { 'data.target': 'p' }).targetReason?.code, 'chosen');
  });

  for (const name of [
    'label',
    'labels',
    'target',
    'class',
    'y',
    'outcome',
    'output',
    'response',
    'diagnosis',
    'Class',
    'TARGET',
  ]) {
    it(`is else a column with a usual name, wherever it stands: ${name}`, () => {
      const text = table(['x', name, 'p'], [1.5, 0, 'a'], [2.5, 1, 'b'], [3.5, 0, 'a'], [4.5, 1, 'b']);
      assert.deepEqual(targetOf(text), [name, 'binary', ['0', '1']]);
      assert.deepEqual(read(text).targetReason, { code: 'usual-name', args: { name } });
    });
  }

  for (const name of ['survived', 'Outcome', 'churn', 'Exited', 'diagnosis', 'satisfaction']) {
    it(`is no class of passengers or customers beside a surer name: ${name}`, () => {
      const cells = ['First', 'Second', 'Third', 'First', 'Second', 'Third'];
      const text = table([name, 'Class', 'age'], ...cells.map((cell, i) => [i % 2, cell, i + 0.5]));
      assert.deepEqual(targetOf(text), [name, 'binary', ['0', '1']]);
      assert.deepEqual(read(text).targetReason, { code: 'usual-name', args: { name } });
    });
  }

  it('is a class beside such a name over numbers, and beside other names', () => {
    const cells = ['a', 'b', 'c', 'a', 'b', 'c'];
    for (const name of ['churn', 'price', 'survivors'])
      assert.equal(
        targetOf(table([name, 'class', 'age'], ...cells.map((cell, i) => [i + 0.25, cell, i])))[0],
        'class',
      );
    const label = table(
      ['survived', 'label', 'class'],
      ...cells.map((cell, i) => [i % 2, cell, 'xy'[i % 2]]),
    );
    assert.equal(targetOf(label)[0], 'label');
  });

  it('is else the last column if it holds text', () => {
    assert.deepEqual(targetOf(last('b', 'a', 'b', 'a')), ['p', 'binary', ['a', 'b']]);
    assert.deepEqual(targetOf(last('b', 'a', 'c', 'a', 'b', 'c')), ['p', 'multiclass', ['a', 'b', 'c']]);
  });

  it('is else the last column if it is boolean', () => {
    assert.deepEqual(targetOf(last('true', 'false', 'true', 'false')), ['p', 'binary', ['false', 'true']]);
  });

  it('is else the last column if it holds at most 20 integers, each in two rows or more', () => {
    assert.deepEqual(targetOf(last(3, 1, 3, 1)), ['p', 'binary', ['1', '3']]);
    const twenty = Array.from({ length: 40 }, (_, i) => i % 20);
    assert.deepEqual(targetOf(last(...twenty)).slice(0, 2), ['p', 'multiclass']);
  });

  it('is a regression on the last column of numbers when the integers are more than 20', () => {
    const many = Array.from({ length: 42 }, (_, i) => i % 21);
    assert.deepEqual(targetOf(last(...many)), ['p', 'regression', []]);
  });

  it('is a regression when one of the integers stands in a single row', () => {
    assert.deepEqual(targetOf(last(1, 2, 1, 2, 3)), ['p', 'regression', []]);
  });

  it('is a regression when the numbers are not whole', () => {
    assert.deepEqual(targetOf(last(1.5, 2.5, 1.5, 2.5)), ['p', 'regression', []]);
  });

  it('is else the last column of numbers, when the last column is free text', () => {
    const rows = Array.from({ length: 30 }, (_, i) => [i + 0.25, i * 2.5, `note ${i}`]);
    assert.deepEqual(targetOf(table(['x', 'q', 'note'], ...rows)), ['q', 'regression', []]);
  });

  it('is never an ignored column, unless it is named', () => {
    const text = table(['x', 'q', 'label'], [1.5, 2.5, 'a'], [2.5, 1.25, 'b'], [3.5, 4, 'a'], [4.5, 7, 'b']);
    assert.equal(read(text, { 'data.ignoredColumns': ['label'] }).target, 'q');
    assert.equal(read(text, { 'data.ignoredColumns': ['label'], 'data.target': 'label' }).target, 'label');
  });

  it('is found in the sample files as a person would choose it', () => {
    const header = table(
      ['sepal', 'petal', 'species'],
      [5.1, 1.4, 'setosa'],
      [6, 4.5, 'virginica'],
      [5, 1.5, 'setosa'],
      [6.1, 4.4, 'virginica'],
    );
    assert.deepEqual(targetOf(header), ['species', 'binary', ['setosa', 'virginica']]);
    assert.deepEqual(targetOf('x1,x2,xor\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n'), ['xor', 'binary', ['0', '1']]);
    assert.deepEqual(targetOf('x,y\n-2.9,-0.6\n-2.8,-0.1\n-2.7,0.2\n'), ['y', 'regression', []]);
  });
});

describe('the classes', () => {
  it('keep their texts as they stand in the file', () => {
    assert.deepEqual(read(last('Yes ', '"no, never"', 'Yes', '"no, never"')).classes, ['Yes', 'no, never']);
    assert.deepEqual(read(last('01', '02', '01', '02')).classes, ['01', '02']);
    assert.deepEqual(read(last('TRUE', 'FALSE', 'TRUE', 'FALSE')).classes, ['FALSE', 'TRUE']);
  });

  it('are in the order of their numbers, else in alphabetical order', () => {
    assert.deepEqual(read(last(10, 9, 10, 9, 2, 2)).classes, ['2', '9', '10']);
    assert.deepEqual(read(last('b', 'c', 'a', 'b', 'c', 'a')).classes, ['a', 'b', 'c']);
  });

  it('are 0 and 1 of one output in a binary task: 1 is the second class', () => {
    const { Y, classOf, output } = read(last('no', 'yes', 'yes', 'no'));
    assert.equal(output, 'sigmoid');
    assert.deepEqual([...Y.data], [0, 1, 1, 0]);
    assert.deepEqual([...(classOf ?? [])], [0, 1, 1, 0]);
  });

  it('have an output each when there are three or more: one-hot, in their order', () => {
    const { Y, output } = read(last('c', 'a', 'b', 'a', 'b', 'c'));
    assert.equal(output, 'softmax');
    assert.deepEqual([Y.rows, Y.cols], [3, 6]);
    assert.deepEqual([...Y.data], [0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1]);
  });

  it('have an output each in a binary task, too, when softmax is asked for', () => {
    const { Y, output, task } = read(last('b', 'a', 'b', 'a'), { 'model.output': 'softmax' });
    assert.deepEqual([output, task, Y.rows], ['softmax', 'binary', 2]);
    assert.deepEqual([...Y.data], [0, 1, 0, 1, 1, 0, 1, 0]);
  });

  it('are at most 100: more are an error that says so', () => {
    const cells = (classes: number) => Array.from({ length: 2 * classes }, (_, i) => `c${i % classes}`);
    assert.equal(read(last(...cells(100))).classes.length, 100);
    assert.throws(() => read(last(...cells(101))), says(/101 classes; at most 100/));
  });

  it('cannot be three for a sigmoid output', () => {
    assert.throws(
      () => read(last('a', 'b', 'c', 'a', 'b', 'c'), { 'model.output': 'sigmoid' }),
      says(/sigmoid.*has 3.*softmax/),
    );
  });

  it('are refused when one alone is left after rows with missing values are skipped', () => {
    assert.throws(
      () => read('x,label\n1,a\n2,a\n,b\n,b\n', { 'data.missingValues': 'dropRows' }),
      says(/Only the class “a”/),
    );
  });

  it('of a column with a usual name are refused when there is one alone, not passed over for another column', () => {
    assert.throws(() => read('x,q,label\n1,2.5,a\n2,3.5,a\n3,4.25,a\n'), says(/label.*only one class/));
  });
});

describe('a regression', () => {
  it('learns the target in standardised units and knows the way back', () => {
    // 2, 4, 6, 8: mean 5, deviation √5.
    const { Y, targetScale, task, output, classOf } = read('x,y\n1,2\n2,4\n3,6\n5,8\n');
    assert.deepEqual([task, output, classOf], ['regression', 'linear', null]);
    assert.equal(targetScale.mean, 5);
    assert.ok(Math.abs(targetScale.deviation - Math.sqrt(5)) < 1e-15);
    [2, 4, 6, 8].forEach((value, j) => {
      assert.ok(Math.abs(Y.data[j] - (value - 5) / Math.sqrt(5)) < 1e-15);
      assert.ok(Math.abs(Y.data[j] * targetScale.deviation + targetScale.mean - value) < 1e-14);
    });
  });

  it('on classes of numbers happens when a linear output is asked for', () => {
    const { task, output } = read(last(0, 1, 0, 1), { 'model.output': 'linear' });
    assert.deepEqual([task, output], ['regression', 'linear']);
  });

  it('on a number column becomes classes when a softmax is asked for', () => {
    const { task, classes } = read('x,y\n1,1.5\n2,2.5\n3,10.5\n', { 'model.output': 'softmax' });
    assert.deepEqual([task, classes], ['multiclass', ['1.5', '2.5', '10.5']]);
  });
});

describe('a table that is looked at before it is trained on', () => {
  it('shows its columns even where the chosen target cannot be predicted, so that another can be chosen', () => {
    const bytes = new TextEncoder().encode('a,b,label\n1,2,x\n2,1,x\n3,3,x\n');
    const settings = { ...course, 'data.target': 'label' };
    const found = viewOf(
      checkTable(
        readTable(() => [bytes]),
        settings,
      ),
    );
    assert.deepEqual(found.names, ['a', 'b', 'label']);
    assert.equal(found.target, 'label');
  });
});
