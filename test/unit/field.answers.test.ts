// Words for a missing value that are answers: none, no garage, not applicable.
import assert from 'node:assert/strict';

import { fixesOf } from '../../src/host/quickFixes';
import { textCounts } from '../../src/data/table/textCounts';
import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const rows = (header: string, row: (k: number) => string, count = 40) =>
  `${header}\n${Array.from({ length: count }, (_, k) => `${row(k)}\n`).join('')}`;
const measure = (k: number) => 40 + ((k * 7919 + 13) % 61);
const mixed = (k: number, n: number) => ((k * 7 + (k >> 2)) % 11) % n;
const feature = (cell: (k: number) => string) =>
  rows('prep,math,passed', (k) => `${cell(k)},${measure(k)},${'ny'[mixed(k + 1, 2)]}`);
const target = (cell: (k: number) => string) =>
  rows('age,bmi,disorder', (k) => `${measure(k)},${measure(k + 7)},${cell(k)}`);
const oneOf =
  (...texts: readonly string[]) =>
  (k: number) =>
    texts[mixed(k, texts.length)];
const OTHERS = ['missing-values', 'duplicate-rows', 'doubtful-task'];

describe('a word for a missing value beside one value', () => {
  const results = new FieldResults('answers');
  after(() => results.print());

  const pairs: readonly [word: string, value: string][] = [
    ['none', 'completed'],
    ['None', 'Insomnia'],
    ['-', 'garage'],
    ['NA', 'Grvl'],
    ['N/A', 'yes'],
    ['?', 'b'],
    ['.', '*'],
    ['-', '1'],
    ['none', '5 kg'],
  ];
  for (const [word, value] of pairs) {
    it(`is a class, and that is said with a fix: ${word} beside ${value}`, () => {
      const text = feature(oneOf(word, value, word));
      const found = checked(text);
      const [first] = found.columns;
      const said = notes(found, ...OTHERS);
      results.add(`${word}, ${value}`, `${first.typed.type} ${said.join()}`, 'category word-for-missing 2');
      assert.deepEqual([first.typed.type, first.typed.distinct, first.read.missing], ['category', 2, 0]);
      assert.deepEqual(said, ['word-for-missing 2']);
      const problem = found.table.problems.list.find(({ code }) => code === 'word-for-missing');
      assert.ok(problem);
      const [fix] = fixesOf(problem, course);
      assert.ok('map' in fix && fix.map === 'data.placeholders');
      const then = checked(text, { 'data.placeholders': { [fix.column]: fix.texts } });
      assert.equal(then.columns[0].typed.type, 'constant');
      assert.deepEqual(notes(then, ...OTHERS), ['constant-column 1']);
    });
    it(`stays the target: ${word} beside ${value}`, () => {
      const found = checked(target(oneOf(word, value, word)));
      assert.equal(found.columns[found.chosen.index].read.name, 'disorder');
      assert.equal(found.target?.task, 'binary');
      assert.equal(found.usable.length, 40);
      assert.deepEqual([...(textCounts(found.columns[2]) ?? new Map()).keys()].sort(), [word, value].sort());
      assert.deepEqual(notes(found, ...OTHERS), ['word-for-missing 2']);
    });
  }

  const misses: readonly [what: string, cell: (k: number) => string, type: string][] = [
    ['two values', oneOf('none', 'yes', 'no'), 'boolean'],
    ['numbers', (k) => (k % 3 === 0 ? '-' : String(measure(k))), 'number'],
    ['what a program writes', oneOf('NULL', 'x'), 'constant'],
    ['what a program of numbers writes', oneOf('nan', 'x'), 'constant'],
    ['an oversight', (k) => (k === 9 ? 'NA' : 'kg'), 'constant'],
    ['one remark', (k) => (k === 9 ? 'late' : '-'), 'constant'],
    ['no value at all', oneOf('-', '?'), 'constant'],
    ['one measure', oneOf('NA', '9.81'), 'constant'],
    ['noughts', oneOf('-', '0'), 'constant'],
  ];
  for (const [what, cell, type] of misses)
    it(`stands for a missing value in other columns: ${what}`, () => {
      const found = checked(feature(cell));
      const said = notes(found, ...OTHERS, 'constant-column');
      results.add(what, [found.columns[0].typed.type, ...said].join(' '), type);
      assert.equal(found.columns[0].typed.type, type);
      assert.deepEqual(said, []);
    });
});

describe('a word for a missing value as common as a class of the target', () => {
  const results = new FieldResults('lost classes');
  after(() => results.print());

  const lost: readonly [word: string, ...classes: string[]][] = [
    ['None', 'Insomnia', 'Sleep Apnea'],
    ['none', 'mild', 'severe', 'moderate'],
    ['NA', 'EU', 'AS', 'SA'],
    ['-', '+-', '++-'],
    ['N/A', 'pass', 'fail'],
  ];
  for (const [word, ...classes] of lost)
    it(`is named with the rows that it loses, and a class by the fix: ${word}`, () => {
      const text = target(oneOf(word, ...classes));
      const found = checked(text);
      const problem = found.table.problems.list.find(({ code }) => code === 'lost-class');
      results.add(`${word} as a target`, problem ? `lost-class ${problem.line}` : 'nothing', 'lost-class 2');
      assert.ok(problem?.code === 'lost-class');
      assert.equal(problem.line, 2);
      assert.equal(problem.args.count, 40 - found.usable.length);
      const [fix] = fixesOf(problem, course);
      assert.ok('list' in fix && fix.list === 'csv.missingTokens' && fix.change === 'remove');
      const tokens = course['csv.missingTokens'].filter((token) => token !== fix.item);
      const then = checked(text, { 'csv.missingTokens': tokens });
      assert.deepEqual([then.usable.length, then.target?.classes.length], [40, classes.length + 1]);
    });

  it('is not named where it is rare, in a feature, or among numbers', () => {
    const rare = target((k) => (k === 11 ? 'None' : oneOf('a', 'b', 'c')(k)));
    const inFeature = feature(oneOf('none', 'mild', 'severe'));
    const amongNumbers = target((k) => (k % 4 === 0 ? '-' : `${measure(k)}.5`));
    for (const text of [rare, inFeature, amongNumbers])
      assert.deepEqual(notes(checked(text), ...OTHERS, 'leakage'), []);
  });

  for (const { name, text } of soundTables())
    it(`is not named in ${name}`, () => {
      const codes = notes(checked(text)).filter((each) => /^(?:lost-class|word-for-missing)/.test(each));
      assert.deepEqual(codes, []);
    });
});
