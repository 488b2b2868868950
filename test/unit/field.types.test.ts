// Tables as people have them, in which what a column is does not follow from its cells alone.
import assert from 'node:assert/strict';
import { readDataset, type Dataset } from '../../src/data/dataset';
import type { CheckedTable } from '../../src/data/table/check';
import type { Settings } from '../../src/settings/settings';
import { textOf } from '../../src/host/text';
import { checked, fieldFile, notes, testScore } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i));
const csv = (...lines: string[]) => `${lines.join('\n')}\n`;
/** Numbers without an order, so that no column is an identifier or gives another away. */
const mixed = (i: number, modulus: number) => ((i * 7919 + 13) % 104729) % modulus;

describe('the task that is guessed', () => {
  const results = new FieldResults('task');
  after(() => {
    results.print();
  });

  /** A table whose target has a name, and these cells. */
  const table = (name: string, count: number, cell: (i: number) => number | string) =>
    csv(`a,b,${name}`, ...rows(count, (i) => `${mixed(i, 1009)}.5,${mixed(i, 97)},${cell(i)}`));
  /** As an age in a survey is: middle ones are commoner. */
  const bell = (i: number, from: number, to: number) =>
    from + Math.round(((mixed(i, 1000) + mixed(i + 31, 997) + mixed(i + 77, 991)) / 2988) * (to - from));
  const DOUBT = 'doubtful-task 1';

  interface Case {
    readonly file: string;
    readonly text: string;
    readonly target: string;
    readonly is: string;
    readonly because: RegExp;
    readonly said?: readonly string[];
    readonly changed?: Partial<Settings>;
  }
  const cases: Case[] = [
    {
      file: 'T3-24-integer-classes.csv',
      text: fieldFile('T3-24-integer-classes.csv'),
      ...{ target: 'label', is: '24 classes', because: /repeat, and it is named like classes/ },
    },
    {
      file: 'species_id, 1 to 48',
      text: table('species_id', 480, (i) => 1 + (mixed(i, 480) % 48)),
      ...{ target: 'species_id', is: '48 classes', because: /named like classes/ },
    },
    {
      file: 'cellType, codes with gaps',
      text: table('cellType', 300, (i) => 7 * (i % 30)),
      ...{ target: 'cellType', is: '30 classes', because: /named like classes/ },
    },
    {
      file: 'Klasse, 100 of them',
      text: table('Klasse', 400, (i) => i % 100),
      ...{ target: 'Klasse', is: '100 classes', because: /named like classes/ },
    },
    {
      file: 'label, 101 whole numbers',
      text: table('label', 404, (i) => i % 101),
      ...{ target: 'label', is: 'number', because: /more than 100/ },
    },
    {
      file: 'label with fractions',
      text: table('label', 100, (i) => `${i % 9}.5`),
      ...{ target: 'label', is: 'number', because: /fractions/ },
    },
    {
      file: 'age',
      text: table('age', 400, (i) => bell(i, 18, 80)),
      ...{ target: 'age', is: 'number', because: /more than 20/ },
    },
    {
      file: 'year',
      text: table('year', 400, (i) => 1970 + mixed(i, 50)),
      ...{ target: 'year', is: 'number', because: /more than 20/ },
    },
    {
      file: 'count',
      text: table('count', 600, (i) => Math.round(0.6 * (mixed(i, 1000) / 100) ** 2)),
      ...{ target: 'count', is: 'number', because: /single row|more than 20/ },
    },
    {
      file: 'rating, 0 to 100',
      text: table('rating', 900, (i) => bell(i, 0, 100)),
      ...{ target: 'rating', is: 'number', because: /more than 20/ },
    },
    {
      file: 'class_count is no class',
      text: table('class_count', 400, (i) => bell(i, 5, 60)),
      ...{ target: 'class_count', is: 'number', because: /more than 20/ },
    },
    {
      file: 'target, 0 to 2',
      text: table('target', 90, (i) => mixed(i, 3)),
      ...{ target: 'target', is: '3 classes', because: /holds 3 whole numbers that repeat/ },
    },
    {
      file: 'texts',
      text: table('shade', 90, (i) => ['dark', 'light', 'grey'][mixed(i, 3)]),
      ...{ target: 'shade', is: '3 classes', because: /texts/ },
    },
    {
      file: 'satisfaction, 1 to 5: either',
      text: table('satisfaction', 90, (i) => 1 + mixed(i, 5)),
      ...{ target: 'satisfaction', is: '5 classes', because: /5 whole numbers that repeat/, said: [DOUBT] },
    },
    {
      file: 'answer, 0 to 29 as often: either',
      text: table('answer', 300, (i) => i % 30),
      ...{ target: 'answer', is: 'number', because: /more than 20/, said: [DOUBT] },
    },
    {
      file: 'quality, one of them in a single row: either',
      text: table('quality', 200, (i) => (i === 7 ? 9 : 3 + mixed(i, 6))),
      ...{ target: 'quality', is: 'number', because: /single row/, said: [DOUBT] },
    },
    {
      file: 'satisfaction, as set',
      text: table('satisfaction', 90, (i) => 1 + mixed(i, 5)),
      changed: { 'model.output': 'linear' },
      ...{ target: 'satisfaction', is: 'number', because: /neuronLens\.model\.output says so/ },
    },
  ];
  for (const { file, text, target, is, because, said = [], changed } of cases) {
    it(`is ${is}: ${file}`, () => {
      const found = checked(text, changed);
      assert.ok(found.target);
      const reason = textOf(found.target.taskReason);
      const came = found.target.task === 'regression' ? 'number' : `${found.target.classes.length} classes`;
      const noted = notes(found, 'duplicate-rows', 'class-imbalance');
      const expected = [is, ...said].join(', ');
      results.add(file, [came, ...noted].join(', '), expected);
      assert.equal(found.columns[found.chosen.index].read.name, target);
      assert.equal([came, ...noted].join(', '), expected);
      assert.match(reason, because);
    });
  }

  it('is learnt: 24 classes of whole numbers, in rows that were not trained on', () => {
    const text = fieldFile('T3-24-integer-classes.csv');
    const asIs = testScore(text);
    results.add('T3-24-integer-classes.csv, four hidden units', asIs.toFixed(3), 'at least .93');
    // Four numbers are few to tell 24 classes by.
    const score = testScore(text, { 'model.hiddenLayers': [32] });
    results.add('T3-24-integer-classes.csv, 32 hidden units', score.toFixed(3), 'at least .97');
    assert.ok(asIs >= 0.93, String(asIs));
    assert.ok(score >= 0.97, String(score));
  });

  it('never asks for numbers where nobody asked for a linear output', () => {
    const { table: read, target } = checked(table('label', 30, (i) => `row ${i}`));
    assert.equal(target, null);
    const [problem] = read.problems.list.filter(({ severity }) => severity === 'error');
    assert.match(textOf(problem), /No two rows have the same text in the target “label”/);
    const linear = checked(
      table('label', 30, (i) => `row ${i}`),
      { 'model.output': 'linear' },
    );
    const [asked] = linear.table.problems.list.filter(({ severity }) => severity === 'error');
    assert.match(textOf(asked), /a linear output needs numbers/);
  });
});

/** What a column was found to be. */
const columnOf = ({ columns }: CheckedTable, name: string) => {
  const column = columns.find(({ read }) => read.name === name);
  assert.ok(column, name);
  return column;
};
const typeIn = (found: CheckedTable, name: string) => columnOf(found, name).typed.type;
/** Row `name` of X. */
const featureIn = (dataset: Dataset, name: string): number[] => {
  const k = dataset.features.findIndex((feature) => feature.name === name);
  assert.ok(k >= 0, `no feature ${name} among ${dataset.features.map((each) => each.name).join(', ')}`);
  return [...dataset.X.data.slice(k * dataset.X.cols, (k + 1) * dataset.X.cols)];
};
/** A data set with features as they are, in float64. */
const made = (text: string, changed: Partial<Settings> = {}) =>
  readDataset(text, {
    ...course,
    ...{ 'training.engine': 'reference', 'data.standardize': false },
    ...changed,
  });
/** The columns of a table besides the one that it is about: ordinary numbers, and classes. */
const beside = (name: string, count: number, cell: (i: number) => string) =>
  csv(
    `${name},size,label`,
    ...rows(count, (i) => `${cell(i)},${mixed(i, 1009)}.5,${mixed(i, 7) > 3 ? 'x' : 'y'}`),
  );
const flags = (count: number, flag: (i: number) => boolean) =>
  Array.from({ length: count }, (_, i) => Number(flag(i)));

describe('a column with one value and empty cells', () => {
  const results = new FieldResults('ticked');
  after(() => {
    results.print();
  });

  const some =
    (mark: string, share = 3) =>
    (i: number) =>
      mixed(i, 100) % share === 0 ? mark : '';
  const cases: [file: string, text: string, columns: Record<string, string>, said: string[]][] = [
    [
      '13-ticked-boxes.csv',
      fieldFile('13-ticked-boxes.csv'),
      { newsletter: 'ticked', owns_car: 'ticked', has_garden: 'ticked', age: 'number' },
      ['ticked-column 1', 'ticked-column 1', 'ticked-column 1'],
    ],
    ['an x for some', beside('member', 60, some('x')), { member: 'ticked' }, ['ticked-column 1']],
    ['a 1 for some', beside('member', 60, some('1')), { member: 'ticked' }, ['ticked-column 1']],
    ['the name of the option', beside('Q4_3', 60, some('Radio')), { Q4_3: 'ticked' }, ['ticked-column 1']],
    ['true for few', beside('refunded', 60, some('TRUE', 25)), { refunded: 'ticked' }, ['ticked-column 1']],
    ['a tick', beside('paid', 60, some('✓')), { paid: 'ticked' }, ['ticked-column 1']],
    [
      'NaN for the others: nobody knows',
      beside('member', 60, (i) => some('x')(i) || 'NaN'),
      { member: 'constant' },
      ['constant-column 1'],
    ],
    [
      'one oversight',
      beside('unit', 60, (i) => (i === 9 ? '' : 'kg')),
      { unit: 'constant' },
      ['constant-column 1'],
    ],
    [
      'one remark',
      beside('note', 60, (i) => (i === 9 ? 'late' : '')),
      { note: 'constant' },
      ['constant-column 1'],
    ],
    ['always the same', beside('unit', 60, () => 'kg'), { unit: 'constant' }, ['constant-column 1']],
    ['never anything', beside('note', 60, () => ''), { note: 'constant' }, ['constant-column 1']],
    ['0 or empty', beside('errors', 60, some('0')), { errors: 'constant' }, ['constant-column 1']],
    [
      'a measure or empty',
      beside('gravity', 60, some('9.81')),
      { gravity: 'constant' },
      ['constant-column 1'],
    ],
    ['yes, no or empty', beside('paid', 60, (i) => ['yes', 'no', ''][mixed(i, 3)]), { paid: 'boolean' }, []],
    ['two texts or empty', beside('by', 60, (i) => ['air', 'sea', ''][mixed(i, 3)]), { by: 'category' }, []],
  ];
  for (const [file, text, columns, said] of cases) {
    it(`is ${[...new Set(Object.values(columns))].join(', ')}: ${file}`, () => {
      const found = checked(text);
      const types = Object.fromEntries(Object.keys(columns).map((name) => [name, typeIn(found, name)]));
      const noted = notes(found, 'missing-values', 'duplicate-rows');
      const came = [...Object.values(types), ...noted].join(', ');
      results.add(file, came, [...Object.values(columns), ...said].join(', '));
      assert.deepEqual(types, columns);
      assert.deepEqual(noted, said);
    });
  }

  it('is learnt from, in rows that were not trained on', () => {
    const score = testScore(fieldFile('13-ticked-boxes.csv'));
    results.add('13-ticked-boxes.csv, trained', score.toFixed(3), 'at least .85');
    assert.ok(score >= 0.85, String(score));
  });

  it('is a feature of 0 and 1 that misses nothing', () => {
    const text = beside('member', 60, some('x'));
    const dataset = made(text);
    assert.deepEqual(
      dataset.features.map(({ name }) => name),
      ['member', 'size'],
    );
    assert.deepEqual(
      featureIn(dataset, 'member'),
      flags(60, (i) => some('x')(i) === 'x'),
    );
    assert.equal(made(text, { 'data.missingValues': 'dropRows' }).X.cols, 60);
    assert.equal(made(text, { 'data.missingValues': 'refuse' }).X.cols, 60);
  });

  it('is a target of two classes, the empty cells the first of them', () => {
    const text = csv(
      'size,weight,churned',
      ...rows(60, (i) => `${mixed(i, 1009)}.5,${mixed(i, 97)}.25,${some('x')(i)}`),
    );
    const dataset = made(text);
    const { target, task, classes, skippedRows } = dataset;
    assert.deepEqual([target, task, classes, skippedRows], ['churned', 'binary', ['(empty)', 'x'], 0]);
    assert.deepEqual(
      [...dataset.Y.data],
      flags(60, (i) => some('x')(i) === 'x'),
    );
    assert.match(textOf(dataset.taskReason), /one of two classes, because it is “x” in \d+ rows and empty/);
  });

  it('is no target by its place where it holds a remark or two', () => {
    const text = csv(
      'size,weight,note',
      ...rows(60, (i) => `${mixed(i, 1009)}.5,${mixed(i, 97)}.25,${i === 7 || i === 9 ? 'late' : ''}`),
    );
    assert.equal(made(text).target, 'weight');
  });

  it('is what the settings say, and then nothing is said', () => {
    const text = beside('member', 60, some('x'));
    const typed = (kind: 'ticked' | 'category') => {
      const found = checked(text, { 'data.columnTypes': { member: kind } });
      return [typeIn(found, 'member'), ...notes(found, 'missing-values')];
    };
    assert.deepEqual(typed('ticked'), ['ticked']);
    assert.deepEqual(typed('category'), ['constant', 'constant-column 1']);
    // Remarks of any kind, NA and 0 among them: given or not.
    const remarks = beside('note', 60, (i) => ['late', 'lost', 'NA', '', '0'][mixed(i, 5)]);
    assert.deepEqual(
      featureIn(made(remarks, { 'data.columnTypes': { note: 'ticked' } }), 'note'),
      flags(60, (i) => mixed(i, 5) < 2),
    );
  });
});

describe('a column of lists', () => {
  const results = new FieldResults('list');
  after(() => {
    results.print();
  });

  const quoted = (text: string) => (/[,;]/.test(text) ? `"${text}"` : text);
  /** One of these cells in each row. */
  const of =
    (...cells: string[]) =>
    (i: number) =>
      quoted(cells[mixed(i, 1009) % cells.length]);
  /** Some of the answers in each row. */
  const some = (separator: string, ...answers: string[]) => {
    const chosen = (i: number) => answers.filter((_, k) => mixed(7 * i + k, 1013) % 5 < 2);
    return (i: number) => quoted(chosen(i).join(separator));
  };
  const number = (most: number) => (i: number) => mixed(i, 1009) % most;
  const semicolons = (text: string) => text.replaceAll(',', ';').replaceAll('.', ',');
  const LIST = 'list-column 1';
  const MAY = 'may-be-list 1';
  const cases: [file: string, text: string, columns: Record<string, string>, ...said: string[]][] = [
    [
      '09-multi-select.csv',
      fieldFile('09-multi-select.csv'),
      { race: 'list', uses: 'list', duration: 'number' },
      LIST,
      LIST,
    ],
    ['some of four numbers', beside('uses', 90, some(',', '1', '2', '3', '4')), { uses: 'list' }, LIST],
    ['with blanks', beside('uses', 90, some(', ', '1', '2', '3', '4')), { uses: 'list' }, LIST],
    [
      'numbers in any order',
      beside('uses', 90, of('3,1', '1', '2,3,1', '3', '1,2,3', '2')),
      { uses: 'list' },
      LIST,
    ],
    ['numbers and semicolons', beside('uses', 90, some(';', '1', '2', '3', '99')), { uses: 'list' }, LIST],
    ['texts and semicolons', beside('in', 90, some(';', 'red', 'green', 'blue')), { in: 'list' }, LIST],
    [
      'a semicolon at the end',
      beside('in', 90, of('red;', 'red;blue;', 'blue;', 'blue;green;', 'green;')),
      { in: 'list' },
      LIST,
    ],
    ['texts and strokes', beside('in', 90, some('|', 'Action', 'Drama', 'War')), { in: 'list' }, LIST],
    [
      'texts and commas',
      beside('on', 90, some(', ', 'Monday', 'Tuesday', 'Friday', 'Sunday')),
      { on: 'list' },
      LIST,
    ],
    [
      'as Python writes them',
      beside('tags', 90, of("['a', 'b']", "['a']", "['b', 'c']", "['a', 'b', 'c']", "['c']", '[]')),
      { tags: 'list' },
      LIST,
    ],
    [
      'two numbers in each cell: either',
      beside('pair', 60, of('1,2', '1,3', '2,3', '2,4', '3,4')),
      { pair: 'number' },
      MAY,
    ],
    ['prices', beside('price', 60, (i) => `"${number(12)(i)},${number(9)(i) + 1}"`), { price: 'number' }],
    ['measures', beside('length', 60, (i) => `"1,${number(9)(i) + 1}"`), { length: 'number' }],
    [
      'measures of two digits',
      beside('length', 60, (i) => `"${1 + number(3)(i)},${10 + number(80)(i)}"`),
      { length: 'number' },
    ],
    [
      'grades in thirds',
      beside('grade', 60, of('1', '1,3', '1,7', '2', '2,3', '2,7', '3')),
      { grade: 'number' },
    ],
    [
      'stars in halves',
      beside('stars', 60, of('1', '1,5', '2', '2,5', '3', '3,5', '4')),
      { stars: 'number' },
    ],
    ['doses', beside('dose', 60, of('0,5', '1', '1,5', '2')), { dose: 'number' }],
    [
      'millions',
      beside('people', 60, (i) => `"${1 + number(9)(i)},${100 + number(900)(i)},500"`),
      { people: 'number' },
    ],
    [
      'prices beside decimal commas',
      semicolons(beside('price', 60, (i) => `${number(12)(i)}.${number(9)(i) + 1}`)),
      { price: 'number', size: 'number' },
    ],
    [
      'measures beside decimal commas',
      semicolons(beside('length', 60, (i) => `1.${number(9)(i) + 1}`)),
      { length: 'number' },
    ],
    [
      'lists beside decimal commas',
      semicolons(beside('uses', 90, of('1', '1.2', '2', '2.3', '3'))),
      { uses: 'list', size: 'number' },
      LIST,
    ],
    [
      'towns',
      beside('town', 60, of('Bern, Switzerland', 'Basel, Switzerland', 'Lyon, France', 'Nice, France')),
      { town: 'category' },
    ],
    [
      'names, the last one first',
      beside('name', 60, of('Smith, John', 'Smith, Ann', 'Lee, Ann', 'Lee, John')),
      { name: 'category' },
    ],
    ['pairs of texts', beside('kind', 60, of('red|small', 'red|large', 'blue|small')), { kind: 'category' }],
    [
      'sentences',
      beside(
        'said',
        60,
        of('Works well, no complaints', 'Good', 'Fine; would buy again', 'Too small, late, dear'),
      ),
      { said: 'category' },
    ],
    [
      'countries',
      beside('land', 60, of('Korea, South', 'Korea, North', 'Japan', 'China', 'Congo, Rep.')),
      { land: 'category' },
    ],
    [
      'points in space',
      beside('at', 60, (i) => `"${number(7)(i)},${number(50)(i)},${number(3)(i)}"`),
      { at: 'identifier' },
      'identifier-column 1',
    ],
  ];
  for (const [file, text, columns, ...said] of cases) {
    it(`is ${[...new Set(Object.values(columns))].join(', ')}: ${file}`, () => {
      const found = checked(text);
      const types = Object.fromEntries(Object.keys(columns).map((name) => [name, typeIn(found, name)]));
      const noted = notes(found, 'missing-values', 'doubtful-task', 'leakage');
      const came = [...Object.values(types), ...noted].join(', ');
      results.add(file, came, [...Object.values(columns), ...said].join(', '));
      assert.deepEqual(types, columns);
      assert.deepEqual(noted, said);
    });
  }

  it('is a feature for each answer, all 0 where the cell is empty', () => {
    const cells = ['1', '"1,2"', '2', '"2,3"', '', '"1,3"', '3'];
    const text = beside('uses', 70, (i) => cells[i % 7]);
    for (const changed of [{}, { 'data.missingValues': 'dropRows' } as const]) {
      const dataset = made(text, changed);
      const names = dataset.features.map(({ name }) => name);
      assert.deepEqual(names, ['uses = 1', 'uses = 2', 'uses = 3', 'size']);
      assert.equal(dataset.X.cols, 70);
      for (const answer of ['1', '2', '3']) {
        assert.deepEqual(
          featureIn(dataset, `uses = ${answer}`),
          flags(70, (i) => cells[i % 7].includes(answer)),
        );
      }
    }
  });

  it('is what the settings say, and then nothing is said', () => {
    const text = fieldFile('09-multi-select.csv');
    const found = checked(text, { 'data.columnTypes': { uses: 'number', race: 'category' } });
    assert.deepEqual([typeIn(found, 'uses'), typeIn(found, 'race')], ['number', 'category']);
    assert.deepEqual(notes(found, 'doubtful-task'), []);
    assert.deepEqual([...new Set(columnOf(found, 'uses').read.numbers)].sort(), [1, 1.2, 2, 2.3, 3]);
    const dataset = made(beside('uses', 60, of('a b', 'b', 'a', 'c a b')), {
      'data.columnTypes': { uses: 'list' },
    });
    assert.deepEqual(
      dataset.features.map(({ name }) => name),
      ['uses = a', 'uses = b', 'uses = c', 'size'],
    );
  });

  it('leaves the decimal mark of the file as it is', () => {
    assert.equal(checked(fieldFile('09-multi-select.csv')).table.dialect?.decimalMark, '.');
  });
});
