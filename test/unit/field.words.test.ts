import assert from 'node:assert/strict';
import type { Settings } from '../../src/settings/settings';
import { fixesOf } from '../../src/host/quickFixes';
import { textOf } from '../../src/host/text';
import { makeDataset } from '../../src/data/dataset';
import { applyColumn, emptyTable } from '../../src/data/transform';
import type { CheckedTable } from '../../src/data/table/check';
import { checked, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

// Words of a column of names: those that may say that there is no value, and short forms beside their words.
const rows = (count: number, cell: (k: number) => string, label = (k: number) => 'ab'[k % 2]) =>
  `v,n,label\n${Array.from({ length: count }, (_, k) => `${cell(k)},${((k * 7919 + 13) % 97) / 10},${label(k)}\n`).join('')}`;
const oneOf =
  (...texts: readonly string[]) =>
  (k: number) =>
    texts[(k * 7 + (k >> 3)) % texts.length];
const wordsOf = ({ table }: CheckedTable) =>
  table.problems
    .inOrder()
    .flatMap((problem) =>
      problem.code === 'word-for-missing'
        ? [
            `${problem.args.column}: ${problem.args.texts.join(' ')} × ${problem.args.count}, line ${problem.line}`,
          ]
        : [],
    );
const classesOf = ({ columns }: CheckedTable, c = 0) => {
  const { texts, codes } = columns[c].read;
  return [...new Set(codes)].map((code) => (code < 0 ? '' : texts[code])).sort();
};

describe('words that may say that there is no value', () => {
  const results = new FieldResults('words for missing');
  after(() => results.print());

  const some = (word: string) => (k: number) => (k % 9 === 4 ? word : oneOf('red', 'green', 'blue')(k));
  const count = 7;
  const words = [
    ...[
      '--',
      'n.a.',
      'N.A.',
      'unknown',
      'Unknown',
      'UNK',
      'nil',
      '(blank)',
      '(empty)',
      '(none)',
      'not available',
    ],
    ...[
      'Not applicable',
      'no data',
      'missing',
      'k.A.',
      'keine Angabe',
      'unbekannt',
      's/o',
      'inconnu',
      '#VALUE!',
    ],
    ...['#N/A!', '??', '…', 'desconocido', 'sconosciuto', 'неизвестно', '不明', 'not specified', 'tbd'],
    ...['weiß nicht', 'não informado', 'No sabe', 'ne sait pas', 'Nu știu', 'belirtilmemiş', 'ei tietoa'],
    ...['не указано', 'немає даних', 'Άγνωστο', '不详', '無回答', '무응답'],
  ].filter((word) => word !== '#N/A!');
  for (const word of words)
    it(`are named with count, first line and a fix: ${word}`, () => {
      const text = rows(60, some(word));
      const expected = [`v: ${word} × ${count}, line 6`];
      const found = checked(text);
      results.add(word, wordsOf(found).join(), expected.join());
      assert.deepEqual(wordsOf(found), expected);
      const problem = found.table.problems.list.find(({ code }) => code === 'word-for-missing');
      assert.ok(problem);
      const [fix] = fixesOf(problem, course);
      assert.ok('map' in fix && fix.map === 'data.placeholders');
      const then = checked(text, { 'data.placeholders': { [fix.column]: fix.texts } });
      assert.deepEqual(wordsOf(then), []);
      assert.equal(then.columns[0].read.missing, count);
      assert.deepEqual(classesOf(then), ['', 'blue', 'green', 'red']);
    });

  it('are one note for all of a column’s', () => {
    const text = rows(60, (k) => (k % 9 === 4 ? 'unknown' : k % 9 === 5 ? '--' : oneOf('red', 'blue')(k)));
    assert.deepEqual(wordsOf(checked(text)), ['v: unknown -- × 14, line 6']);
  });
  it('are named in the column to predict', () => {
    const text = rows(60, oneOf('x', 'y'), (k) => (k % 9 === 4 ? 'unknown' : 'ab'[k % 2]));
    assert.deepEqual(wordsOf(checked(text)), ['label: unknown × 7, line 6']);
  });
  it('are one note for six columns', () => {
    const names = Array.from({ length: 6 }, (_, c) => `c${c}`);
    const lines = Array.from({ length: 60 }, (_, k) =>
      [...names.map((_, c) => (k % 9 === c ? 'n.a.' : oneOf('p', 'q', 'r')(k + c))), 'ab'[k % 2]].join(','),
    );
    const { problems } = checked(`${names.join(',')},label\n${lines.join('\n')}\n`).table;
    assert.deepEqual(
      problems.list.map(({ code }) => code).filter((code) => /many|word/.test(code)),
      ['of-many-columns'],
    );
  });

  const classes: readonly [what: string, cell: (k: number) => string][] = [
    ['none, no and other', oneOf('other', 'no', 'yes', 'some')],
    ['known and unknown', oneOf('known', 'unknown')],
    ['available or not', oneOf('available', 'not available')],
    ['missing or found', oneOf('missing', 'found')],
    ['Na, which is sodium', oneOf('Na', 'Fe', 'Cl')],
    ['states', oneOf('ND', 'NC', 'NY')],
    ['names', oneOf('Nan', 'Ann', 'Bob')],
    ['arrows and dashes', oneOf('--', '->', '<-')],
    ['empty and full', oneOf('empty', 'full')],
  ];
  for (const [what, cell] of classes)
    it(`are classes: ${what}`, () => {
      const came = wordsOf(checked(rows(60, cell)));
      results.add(what, came.join() || 'nothing', 'nothing');
      assert.deepEqual(came, []);
    });
  for (const { name, text } of soundTables())
    it(`are not seen in ${name}`, () => {
      results.add(name, wordsOf(checked(text)).join() || 'nothing', 'nothing');
      assert.deepEqual(wordsOf(checked(text)), []);
    });

  const signs: readonly [what: string, cell: (k: number) => string, classes: readonly string[]][] = [
    ['- and +', oneOf('-', '+'), ['+', '-']],
    ['-, + and ++', oneOf('-', '+', '++'), ['+', '++', '-']],
    ['-, ++ and +++', oneOf('-', '++', '+++'), ['++', '+++', '-']],
    ['-, +/- and +', oneOf('-', '+/-', '+'), ['+', '+/-', '-']],
    ['-, trace, + and ++', oneOf('-', 'trace', '+', '++'), ['+', '++', '-', 'trace']],
    ['- among words', oneOf('-', 'red', 'blue'), ['', 'blue', 'red']],
  ];
  for (const [what, cell, expected] of signs)
    it(`are no results of tests: ${what}`, () => {
      const found = checked(rows(60, cell));
      results.add(what, classesOf(found).join(' '), expected.join(' '));
      assert.deepEqual(classesOf(found), expected);
      assert.deepEqual(wordsOf(found), []);
    });
  it('leave a dash among numbers missing', () => {
    const { columns } = checked(rows(60, (k) => (k % 9 === 4 ? '-' : String(k * 3))));
    assert.deepEqual([columns[0].typed.type, columns[0].read.missing], ['number', 7]);
  });
});

describe('short forms beside their words', () => {
  const results = new FieldResults('short forms');
  after(() => results.print());
  const merge: Partial<Settings> = { 'data.mergeSpellings': true };
  const saidOf = ({ table }: CheckedTable) =>
    table.problems
      .inOrder()
      .flatMap(({ code, args, line }) =>
        code === 'odd-spelling' ? [`${args.text} ${args.like} ${line}`] : [],
      );

  const short: readonly [what: string, cells: readonly string[], said: string, merged: readonly string[]][] =
    [
      ['Yes, No, Y, N', ['Yes', 'No', 'Yes', 'No', 'Y', 'N'], 'Y Yes', ['No', 'Yes']],
      ['yes, YES and y', ['yes', 'no', 'YES', 'yes', 'y'], 'YES yes', ['no', 'yes']],
      ['True, T, False, F', ['True', 'False', 'True', 'False', 'T', 'F'], 'T True', ['False', 'True']],
      ['M, F and Male, Female', ['M', 'F', 'M', 'F', 'Male', 'Female'], 'Male M', ['F', 'M']],
      [
        'with others',
        ['male', 'female', 'male', 'female', 'M', 'F', 'other'],
        'M male',
        ['female', 'male', 'other'],
      ],
      ['ja, nein, J, N', ['ja', 'nein', 'ja', 'nein', 'J', 'N'], 'J ja', ['ja', 'nein']],
      ['oui, non, O', ['oui', 'non', 'oui', 'O'], 'O oui', ['non', 'oui']],
      [
        'männlich, weiblich, m, w',
        ['männlich', 'weiblich', 'männlich', 'weiblich', 'm', 'w'],
        'm männlich',
        ['männlich', 'weiblich'],
      ],
    ];
  for (const [what, cells, said, merged] of short)
    it(`are named at the first odd one, and merged when told: ${what}`, () => {
      const text = rows(84, (k) => cells[k % cells.length]);
      const came = saidOf(checked(text)).map((each) => each.replace(/ \d+$/, ''));
      results.add(what, came.join(), said);
      assert.deepEqual(came, [said]);
      const mended = checked(text, merge);
      assert.deepEqual(classesOf(mended), merged);
      assert.deepEqual(saidOf(mended), []);
    });

  it('make two classes of a target', () => {
    const text = rows(60, oneOf('x', 'y'), oneOf('Yes', 'No', 'Yes', 'No', 'Y', 'N'));
    assert.equal(checked(text).target?.classes.length, 4);
    const { target } = checked(text, merge);
    assert.deepEqual([target?.task, target?.classes], ['binary', ['No', 'Yes']]);
  });

  for (const [what, cells] of [
    ['words', ['male', 'female', 'male', 'female', 'M', 'F', 'other']],
    ['booleans', ['Yes', 'No', 'Yes', 'No', 'Y', 'N']],
  ] as const)
    it(`are understood of rows to come: ${what}`, () => {
      const settings = { ...course, ...merge };
      const { transform } = makeDataset(
        checked(
          rows(84, (k) => cells[k % cells.length]),
          merge,
        ),
        settings,
      );
      const [column] = transform.columns;
      const [long, brief] = [cells.slice(0, 2), cells.slice(4, 6)].map((each) => {
        const { columns } = checked(
          rows(40, (k) => each[k % 2]),
          merge,
        );
        const X = emptyTable(4, 40, 'reference');
        applyColumn(
          column,
          columns[0],
          Int32Array.from({ length: 40 }, (_, k) => k),
          X,
          0,
        );
        return [...X.data];
      });
      assert.deepEqual(brief, long);
      assert.ok(new Set(long).size > 1);
    });

  const apart: readonly [what: string, cells: readonly string[]][] = [
    ['points of the compass', ['N', 'S', 'E', 'W']],
    ['sizes', ['S', 'M', 'L', 'XL']],
    ['grades', ['A', 'B', 'F', 'P']],
    ['yes and no', ['yes', 'no']],
    ['letters beside words', ['Male', 'Female', 'M', 'F', 'X']],
    ['M without a word', ['M', 'F', 'other']],
    ['words without the other', ['yes', 'y', 'maybe']],
    ['many names', ['yes', 'y', 'no', 'red', 'green', 'blue']],
  ];
  for (const [what, cells] of apart)
    it(`are not seen where there are none: ${what}`, () => {
      const came = saidOf(checked(rows(60, (k) => cells[k % cells.length])));
      results.add(what, came.join() || 'nothing', 'nothing');
      assert.deepEqual(came, []);
    });
});

describe('what is taken for missing', () => {
  const sentenceOf = (cells: readonly string[]) => {
    const rows = cells.map((cell, i) => `${i % 7},${cell},${'ab'[i % 2]}`);
    const { table } = checked(`n,medal,label\n${rows.join('\n')}`);
    const found = table.problems.list.find(({ code }) => code === 'missing-values');
    return found ? textOf(found) : '';
  };
  const medals = ['gold', 'silver', 'bronze'];

  it('is named by its texts, as they may be answers', () => {
    const cells = Array.from({ length: 40 }, (_, i) => (i % 4 === 3 ? 'none' : medals[i % 3]));
    assert.match(sentenceOf(cells), /misses 10 of 40 values \(25 %\); “none” is taken for missing\./);
    cells[3] = 'NA';
    cells[7] = '';
    assert.match(sentenceOf(cells), /; “NA”, “none” are taken for missing\./);
  });

  it('is nothing where the cells are empty', () => {
    const cells = Array.from({ length: 40 }, (_, i) => (i % 4 === 3 ? '' : medals[i % 3]));
    assert.match(sentenceOf(cells), /misses 10 of 40 values \(25 %\)\. /);
  });
});

describe('missing values', () => {
  /** A table with so many columns that miss values, column k k + 1 of them, beside a whole one and a label. */
  const missing = (columns: number, label = (k: number) => 'ab'[((k * 7) % 3) & 1]) => {
    const names = Array.from({ length: columns }, (_, c) => `m${c}`);
    const lines = Array.from({ length: 60 }, (_, k) =>
      [
        ...names.map((_, c) => (k <= c ? (c === 1 ? 'NA' : '') : ((k * 37) % 101) + c)),
        (k * 13) % 17,
        label(k),
      ].join(','),
    );
    return `${names.join(',')},whole,label\n${lines.join('\n')}\n`;
  };
  const said = (text: string, changed: Partial<Settings> = {}) =>
    checked(text, { 'data.target': 'label', ...changed }).table.problems.list.filter(({ code }) =>
      code.startsWith('missing'),
    );

  it('of up to five columns are one note each', () => {
    assert.deepEqual(
      said(missing(5)).map(({ code }) => code),
      new Array(5).fill('missing-values'),
    );
  });

  it('of six columns are one note, at the first of them, that names five and the most', () => {
    const [problem, ...others] = said(missing(6));
    assert.deepEqual(others, []);
    assert.deepEqual(
      [problem.code, problem.line, problem.column, problem.severity],
      ['missing-in-columns', 1, 1, 'information'],
    );
    assert.equal(
      textOf(problem),
      '6 columns miss values: “m0” 1, “m1” 2, “m2” 3, “m3” 4, “m4” 5 and 1 more, up to 6 of 60 (10 %); “NA” is taken for missing. What is missing is filled in, and a feature of its own says where.',
    );
    assert.deepEqual(
      fixesOf(problem, course).map(({ title }) => title),
      ['Leave out rows that miss a value'],
    );
  });

  it('of the target are said by themselves', () => {
    const found = said(missing(8, (k) => (k === 50 ? '' : 'ab'[((k * 7) % 3) & 1])));
    assert.deepEqual(found.map(({ code }) => code).sort(), ['missing-in-columns', 'missing-values']);
  });

  it('of columns that are ignored are not said', () => {
    assert.deepEqual(said(missing(6), { 'data.ignoredColumns': ['m5'] }).length, 5);
  });

  it('that leave rows out say so once', () => {
    const [problem] = said(missing(9), { 'data.missingValues': 'dropRows' });
    assert.match(
      textOf(problem),
      /and 4 more, up to 9 of 60 \(15 %\).*Rows without one of them are left out\.$/,
    );
  });
});
