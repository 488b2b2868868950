import assert from 'node:assert/strict';
import { readDataset } from '../../src/data/dataset';
import { readOptionsOf } from '../../src/data/csv/readOptions';
import { readTable } from '../../src/data/csv/read';
import { knowColumns } from '../../src/data/table/known';
import { optionsHelp, settingsFrom } from '../../src/settings/commandLine';
import type { Settings } from '../../src/settings/settings';
import { readValues } from '../../src/settings/values';
import { saidOf } from './sayings';
import { course } from './course';

/** The columns of a table: how each is typed, and its cells as they were read. */
function columnsOf(text: string, changed: Partial<Settings>) {
  const settings: Settings = { ...course, ...changed };
  const bytes = new TextEncoder().encode(text);
  const table = readTable(() => [bytes], readOptionsOf(settings));
  return knowColumns(table, settings).map(({ read, typed }) => ({
    type: typed.type,
    cells:
      read.holds === 'numbers'
        ? [...read.numbers]
        : [...read.codes].map((code) => (code < 0 ? null : read.texts[code])),
  }));
}

describe('data.columnTypes', () => {
  it('makes numbers categories, as they are written', () => {
    const [zip] = columnsOf('zip,y\n01234,1\n99,2\n01234,3\n', { 'data.columnTypes': { zip: 'category' } });
    assert.deepEqual(zip, { type: 'category', cells: ['01234', '99', '01234'] });
  });

  it('makes a column of words numbers, the words missing', () => {
    const [size] = columnsOf('size,y\nsmall,1\nlarge,2\n3,3\n4,1\nlarge,2\n', {
      'data.columnTypes': { size: 'number' },
    });
    assert.deepEqual(size, { type: 'number', cells: [NaN, NaN, 3, 4, NaN] });
  });

  it('leaves out what is called text', () => {
    const { features } = readDataset('a,b,y\nu,1,0\nv,2,1\nu,3,0\nv,4,1\n', {
      ...course,
      'data.columnTypes': { a: 'text' },
    });
    assert.deepEqual(
      features.map(({ name }) => name),
      ['b'],
    );
  });

  it('makes an identifier a feature where it is called a number', () => {
    const rows = Array.from({ length: 30 }, (_, k) => `${k + 1},${k % 2}`);
    const [id] = columnsOf(`id,y\n${rows.join('\n')}\n`, { 'data.columnTypes': { id: 'number' } });
    assert.equal(id.type, 'number');
  });

  it('makes classes of a target of numbers, in their order', () => {
    const rows = Array.from({ length: 120 }, (_, k) => `${k / 7},${k % 30}`);
    const { task, classes } = readDataset(`x,y\n${rows.join('\n')}\n`, {
      ...course,
      'data.columnTypes': { y: 'category' },
    });
    assert.equal(task, 'multiclass');
    assert.deepEqual(
      classes,
      Array.from({ length: 30 }, (_, k) => String(k)),
    );
  });

  it('may name a column like a property of every object', () => {
    const [first, second] = columnsOf('constructor,y\n1,1\n2,2\n3,1\n', { 'data.columnTypes': {} });
    assert.deepEqual([first.type, second.type], ['number', 'number']);
  });

  it('says so where it names no column', () => {
    const { notices } = readDataset('a,y\n1,0\n2,1\n3,0\n', {
      ...course,
      'data.columnTypes': { b: 'number' },
      'data.placeholders': { c: ['9'] },
    });
    const said = saidOf(notices);
    assert.match(said, /data\.columnTypes.*“b”/);
    assert.match(said, /data\.placeholders.*“c”/);
  });
});

describe('data.placeholders', () => {
  it('are compared as numbers where the column holds numbers', () => {
    const [age] = columnsOf('age,y\n31,1\n99.0,2\n-1,3\n$99,1\n42,2\n', {
      'data.placeholders': { age: ['99', '-1'] },
    });
    assert.deepEqual(age, { type: 'number', cells: [31, NaN, NaN, NaN, 42] });
  });

  it('are compared as texts where it holds texts', () => {
    const [colour, other] = columnsOf('colour,other,y\nred,TBD,1\nTBD,blue,2\nblue,TBD,3\n', {
      'data.placeholders': { colour: ['TBD'] },
    });
    assert.deepEqual(colour.cells, ['red', null, 'blue']);
    assert.deepEqual(other.cells, ['TBD', 'blue', 'TBD']);
  });

  it('keep a word among numbers from being an error', () => {
    const { notices, features } = readDataset('x,y\n1,0\nnone yet,1\n3,0\n4,1\n', {
      ...course,
      'data.placeholders': { x: ['none yet'] },
    });
    assert.deepEqual(
      features.map(({ name }) => name),
      ['x', 'x is missing'],
    );
    assert.deepEqual(
      notices.filter(({ code }) => code === 'on-line'),
      [],
    );
  });
});

describe('a setting by column', () => {
  const valid = (raw: Readonly<Record<string, unknown>>) => readValues(raw).problems.map(({ key }) => key);

  it('is a map from names to choices, or to lists of texts', () => {
    assert.deepEqual(valid({ 'data.columnTypes': { a: 'list' }, 'data.placeholders': { a: ['9', ''] } }), []);
    assert.deepEqual(valid({ 'data.columnTypes': { a: 'colour' } }), ['data.columnTypes']);
    assert.deepEqual(valid({ 'data.columnTypes': ['a'] }), ['data.columnTypes']);
    assert.deepEqual(valid({ 'data.placeholders': { a: '9' } }), ['data.placeholders']);
    assert.deepEqual(valid({ 'data.placeholders': { a: [9] } }), ['data.placeholders']);
  });

  const said = (options: Record<string, string>) => {
    const read = settingsFrom(options);
    assert.ok('settings' in read);
    return [read.settings['data.columnTypes'], read.settings['data.placeholders']];
  };

  it('is written on the command line as name=value, quoted as in CSV', () => {
    assert.deepEqual(said({ 'column-types': 'uses=list,age=number', placeholders: 'age=99,age=-1' }), [
      { uses: 'list', age: 'number' },
      { age: ['99', '-1'] },
    ]);
    assert.deepEqual(said({ 'column-types': '"a, b"=list,"c=""d"""=text', placeholders: 'x="1,5",y=' }), [
      { 'a, b': 'list', 'c="d"': 'text' },
      { x: ['1,5'], y: [''] },
    ]);
  });

  it('is written there as in settings.json too', () => {
    assert.deepEqual(said({ 'column-types': '{ "a, b": "list" }', placeholders: '{"x": ["1,5", ""]}' }), [
      { 'a, b': 'list' },
      { x: ['1,5', ''] },
    ]);
    for (const text of ['{', '{"age": 5}', '{"age": "colour"}', '{"age": ["number"]}'])
      assert.ok('problem' in settingsFrom({ 'column-types': text }), text);
    assert.match(optionsHelp(), /--column-types .*zip=category,"a, b"=number/);
    const example = /Here also as (zip\S.*?)\. /.exec(`${optionsHelp().replaceAll('\n', ' ')} `)?.[1];
    assert.deepEqual(said({ 'column-types': example ?? '', placeholders: '' })[0], {
      ...{ zip: 'category', 'a, b': 'number' },
    });
  });

  it('is refused where a value is missing or is none of the choices', () => {
    for (const text of ['age', 'age=number,b', 'age=colour', '"age=number', 'a"b=number'])
      assert.ok('problem' in settingsFrom({ 'column-types': text }), text);
  });
});

describe('a setting by column that the editor gives as a proxy', () => {
  it('can be sent to another thread', () => {
    const given = new Proxy({ age: new Proxy(['99'], {}) }, {});
    assert.throws(() => structuredClone(given));
    const { settings } = readValues({ 'data.placeholders': given });
    assert.deepEqual(structuredClone(settings)['data.placeholders'], { age: ['99'] });
  });
});
