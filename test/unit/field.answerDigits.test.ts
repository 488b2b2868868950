// Several answers in a cell without anything between them: 135 for 1, 3 and 5.
import assert from 'node:assert/strict';
import { makeDataset } from '../../src/data/dataset';
import { fixesOf } from '../../src/host/quickFixes';
import { textOf } from '../../src/host/text';
import type { Settings } from '../../src/settings/settings';
import { checked, notes, soundTables } from '../field/reading';
import { course } from './course';

const many = (make: (i: number) => string | number, count = 80) =>
  Array.from({ length: count }, (_, i) => String(make(i)));
const tableOf = (name: string, cells: readonly string[]) =>
  [`${name},z`, ...cells.map((cell, i) => `${cell},${(i * 7) % 11}.5`), ''].join('\n');
const settings: Settings = { ...course, 'data.target': 'z' };
const isNamed = (name: string, cells: readonly string[]) =>
  notes(checked(tableOf(name, cells), settings)).some((note) => note.startsWith('codes-like-numbers'));

/** Some of the answers 1 to `last`, by the bits of a number. */
const chosen = (bits: number, last: number) =>
  Array.from({ length: last }, (_, k) => ((bits >> k) & 1 ? k + 1 : '')).join('');
const mixed = (i: number, count: number) => ((i * 2654435761) >>> 8) % count;
const answers = (last: number) => many((i) => chosen(1 + mixed(i, 2 ** last - 1), last));

describe('several answers in the digits of a number', () => {
  for (const [what, name, cells] of [
    ['of five', 'Q5', answers(5)],
    ['of seven, under any name', 'media', answers(7)],
    ['of nine', 'reasons', answers(9)],
    ['some of them missing', 'Q5', answers(6).map((text, i) => (i % 7 === 3 ? '' : text))],
    ['some of them 0', 'Q5', answers(6).map((text, i) => (i % 7 === 3 ? '0' : text))],
  ] as const) {
    it(`are named: ${what}`, () => {
      assert.ok(isNamed(name, cells));
    });
  }

  for (const [what, cells] of [
    ['ages of pupils, 12 to 19', many((i) => 12 + (i % 8))],
    ['whole numbers up to 300', many((i) => 1 + mixed(i, 300))],
    ['numbers from 123 to 129', many((i) => 123 + (i % 7))],
    ['a scale of nine', many((i) => 1 + (i % 9))],
    ['one of them with digits that fall', [...answers(6), '31']],
    ['one of them with a digit twice', [...answers(6), '1135']],
    ['fractions', answers(6).map((text) => `${text}.5`)],
    ['two answers at most', many((i) => [12, 13, 23, 2, 3, 1][i % 6])],
    ['numbers below zero', answers(6).map((text) => `-${text}`)],
  ] as const) {
    it(`are not seen in ${what}`, () => {
      assert.ok(!isNamed('x', cells));
    });
  }

  it('are a feature each, when told so by the fix', () => {
    const text = tableOf('Q5', answers(4));
    const found = checked(text, settings).table.problems.list.find(
      ({ code }) => code === 'codes-like-numbers',
    );
    assert.ok(found);
    assert.match(textOf(found), /may be several answers, \d, \d.*neuronLens\.data\.columnTypes to list/);
    assert.equal(fixesOf(found, course)[0]?.title, 'Read “Q5” as lists');
    const told: Settings = { ...settings, 'data.columnTypes': { Q5: 'list' } };
    const { features, transform } = makeDataset(checked(text, told), told);
    assert.deepEqual(
      features.map(({ name }) => name),
      [1, 2, 3, 4].map((answer) => `Q5 = ${answer}`),
    );
    assert.equal(transform.columns[0].kind, 'list');
  });

  it('are not named where a setting says what the numbers are, and in no table that nothing is wrong with', () => {
    const told: Settings = { ...settings, 'data.columnTypes': { Q5: 'number' } };
    assert.ok(!notes(checked(tableOf('Q5', answers(5)), told)).some((note) => note.startsWith('codes-like')));
    for (const { name, text } of soundTables())
      assert.ok(
        !checked(text).table.problems.list.some(
          ({ code, args }) => code === 'codes-like-numbers' && 'why' in args && args.why === 'answers',
        ),
        name,
      );
  });
});
