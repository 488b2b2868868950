// Tables laid out to be looked at: merged cells, titles of sections, marks for “as above”; and what is missing with the target.
import assert from 'node:assert/strict';

import { fixesOf } from '../../src/host/quickFixes';
import type { ProblemCode } from '../../src/data/problems';
import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const many = <T>(count: number, make: (k: number) => T) => Array.from({ length: count }, (_, k) => make(k));
const mixed = (k: number, n: number) => ((k * 7919 + 13) % 104729) % n;
const table = (header: string, rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`;
const numbers = (k: number) => `${mixed(k, 97)}.5,${mixed(k + 7, 89)},${'yn'[mixed(k, 2)]}`;
const HEADER = 'region,sales,cost,open';
const SIZE = 48;
const regions = ['North', 'South', 'East', 'West', 'Middle', 'Isles', 'Hills', 'Coast'];

/** The lines, or the columns with a line, at which a code is said. */
const said = (text: string, code: ProblemCode) =>
  checked(text)
    .table.problems.inOrder()
    .flatMap((problem) =>
      problem.code !== code
        ? []
        : problem.code === 'section-rows'
          ? problem.args.lines.map(String)
          : [`${'column' in problem.args ? problem.args.column : ''} ${problem.line}`],
    );

function tests(
  title: string,
  code: ProblemCode,
  named: readonly (readonly [what: string, text: string, expected: string])[],
  near: readonly (readonly [what: string, text: string])[],
): void {
  describe(title, () => {
    const results = new FieldResults(code);
    after(() => results.print());
    for (const [what, text, expected] of named)
      it(`named, with a fix: ${what}`, () => {
        results.add(what, said(text, code).join(), expected);
        assert.equal(said(text, code).join(), expected);
        const problem = checked(text).table.problems.list.find((each) => each.code === code);
        assert.ok(problem && fixesOf(problem, course).length > 0);
      });
    const sound = soundTables().map((each) => [each.name, each.text] as const);
    for (const [what, text] of [...near, ...sound])
      it(`not seen where there are none: ${what}`, () => {
        results.add(what, said(text, code).join() || 'nothing', 'nothing');
        assert.deepEqual(said(text, code), []);
      });
  });
}

const inBlocks = (sizes: readonly number[], name: (block: number) => string, row: (k: number) => string) =>
  sizes.flatMap((size, block) => many(size, (k) => `${k === 0 ? name(block) : ''},${row(100 * block + k)}`));

tests(
  'merged cells are',
  'merged-cells',
  [
    [
      'blocks of one size',
      table(
        HEADER,
        inBlocks([12, 12, 12, 12], (k) => regions[k], numbers),
      ),
      'region 3',
    ],
    [
      'few rows',
      table(
        HEADER,
        inBlocks([3, 3, 3], (k) => regions[k], numbers),
      ),
      'region 3',
    ],
    [
      'blocks of other sizes',
      table(
        HEADER,
        inBlocks([5, 7, 4, 9, 6], (k) => regions[k], numbers),
      ),
      'region 3',
    ],
    [
      'years',
      table(
        'year,a,b,open',
        inBlocks([4, 4, 4, 4, 4], (k) => String(2019 + k), numbers),
      ),
      'year 3',
    ],
    [
      'days',
      table(
        'day,a,b,open',
        inBlocks([6, 5, 7, 6], (k) => `2024-05-0${k + 1}`, numbers),
      ),
      'day 3',
    ],
    [
      'two columns, one within the other',
      table(
        'region,shop,sales,cost,open',
        many(48, (k) => `${k % 12 ? '' : regions[k / 12]},${k % 4 ? '' : 'ABC'[(k / 4) % 3]},${numbers(k)}`),
      ),
      'region 3,shop 3',
    ],
    [
      'a column of texts further right',
      table(
        'sales,cost,region,open',
        many(
          40,
          (k) => `${mixed(k, 97)},${mixed(k + 3, 97)},${k % 5 ? '' : regions[k / 5]},${'yn'[mixed(k, 2)]}`,
        ),
      ),
      'region 3',
    ],
  ],
  [
    [
      'remarks',
      table(
        'a,b,open,note',
        many(SIZE, (k) => `${numbers(k)},${[0, 3, 17, 29].includes(k) ? `late ${k}` : ''}`),
      ),
    ],
    [
      'remarks in front',
      table(
        'note,a,b,open',
        many(SIZE, (k) => `${[2, 13, 17, 39].includes(k) ? `late ${k}` : ''},${numbers(k)}`),
      ),
    ],
    [
      'remarks from the first row',
      table(
        'note,a,b,open',
        many(SIZE, (k) => `${[0, 2, 17, 19].includes(k) ? `late ${k}` : ''},${numbers(k)}`),
      ),
    ],
    [
      'a weekly measure',
      table(
        'day,weight,a,open',
        many(SIZE, (k) => `${k},${k % 7 ? '' : mixed(k, 90)},${mixed(k, 50)},${'yn'[mixed(k, 2)]}`),
      ),
    ],
    [
      'half of it missing',
      table(
        HEADER,
        many(SIZE, (k) => `${mixed(k + 1, 2) ? regions[mixed(k, 4)] : ''},${numbers(k)}`),
      ),
    ],
    [
      'a tick in every third row',
      table(
        'x,a,b,open',
        many(SIZE, (k) => `${k % 3 ? '' : 'x'},${numbers(k)}`),
      ),
    ],
  ],
);

const sections = (title: (block: number) => string, row: (k: number, block: number) => string) =>
  many(4, (block) => [title(block), ...many(10, (k) => row(100 * block + k, block))]).flat();
const item = (k: number) => `${'abcd'[mixed(k, 4)]},${numbers(k)}`;

tests(
  'titles of sections are',
  'section-rows',
  [
    [
      'plain',
      table(
        'item,qty,price,sold',
        sections((b) => `${regions[b]},,,`, item),
      ),
      '2,13,24,35',
    ],
    [
      'between strokes',
      table(
        'item,qty,price,sold',
        sections((b) => `--- ${regions[b]} ---,,,`, item),
      ),
      '2,13,24,35',
    ],
    [
      'below rows without a title, with colons',
      table('item,qty,price,sold', [item(1), item(2), ...sections((b) => `${regions[b]}:,,,`, item)]),
      '4,15,26,37',
    ],
    [
      'above names of their own',
      table(
        'item,qty,price,sold',
        sections(
          (b) => `${regions[b]},,,`,
          (k) => `i${k},${numbers(k)}`,
        ),
      ),
      '2,13,24,35',
    ],
    [
      'above numbers of articles',
      table(
        'item;qty;price;sold',
        sections((b) => `# ${regions[b]};;;`, item).map((each) => each.replaceAll(',', ';')),
      ),
      '2,13,24,35',
    ],
  ],
  [
    [
      'people of whom nothing is known',
      table(
        'name,a,b,open',
        many(SIZE, (k) => (k % 15 === 4 ? `P${k},,,` : `P${k},${numbers(k)}`)),
      ),
    ],
    [
      'the first and the last of them',
      table(
        'name,a,b,open',
        many(SIZE, (k) => (k % 47 === 0 ? `P${k},,,` : `P${k},${numbers(k)}`)),
      ),
    ],
    [
      'rows of a class without measures',
      table(
        'kind,a,b,open',
        many(SIZE, (k) => (k % 15 === 0 ? 'red,,,' : `${['red', 'blue'][mixed(k, 2)]},${numbers(k)}`)),
      ),
    ],
    [
      'notes at the end',
      table('kind,a,b,open', [...many(SIZE, (k) => `red,${numbers(k)}`), '--- a ---,,,', '--- b ---,,,']),
    ],
  ],
);

const ditto = (...marks: readonly string[]) =>
  table(
    'field,crop,ok',
    many(
      SIZE,
      (k) =>
        `${k},${k % 4 ? marks[k % marks.length] : ['Wheat', 'Barley', 'Oats'][mixed(k, 3)]},${'yn'[mixed(k, 2)]}`,
    ),
  );

tests(
  'marks for “as above” are',
  'ditto-marks',
  [
    ['a quote', ditto('""""'), 'crop 3'],
    ['two apostrophes', ditto("''"), 'crop 3'],
    ['do.', ditto('do.'), 'crop 3'],
    ['dto. and ditto', ditto('dto.', 'ditto'), 'crop 3'],
    ['a mark of its own', ditto('〃'), 'crop 3'],
    ['a curly quote', ditto('”'), 'crop 3'],
    ['German words', ditto('ebd.', 'wie oben'), 'crop 3'],
    ['Polish ones', ditto('j.w.', 'j. w.'), 'crop 3'],
    ['Russian ones', ditto('то же', '-//-'), 'crop 3'],
    ['Japanese and Chinese ones', ditto('同上', '々'), 'crop 3'],
    ['words for it', ditto('as above', 'Same as above'), 'crop 3'],
    [
      'a quote below numbers, in most of the cells',
      table(
        'field,crop,ok',
        many(SIZE, (k) => `${k},${k % 4 ? '""""' : [10, 20, 30][mixed(k, 3)]},${'yn'[mixed(k, 2)]}`),
      ),
      'crop 3',
    ],
  ],
  [
    [
      'one in the first row',
      table(
        'a,crop,ok',
        many(SIZE, (k) => `${mixed(k, 90)},${k % 3 ? 'Oats' : '""""'},${'yn'[mixed(k, 2)]}`),
      ),
    ],
    [
      'one alone',
      table(
        'a,crop,ok',
        many(
          SIZE,
          (k) => `${mixed(k, 90)},${k === 9 ? 'do.' : ['Oats', 'Rye'][mixed(k, 2)]},${'yn'[mixed(k, 2)]}`,
        ),
      ),
    ],
    [
      'signs among signs',
      table(
        'a,sign,ok',
        many(SIZE, (k) => `${mixed(k, 90)},${["'", "''", '+'][mixed(k + 2, 3)]},${'yn'[mixed(k, 2)]}`),
      ),
    ],
    [
      'answers that are the same',
      table(
        'a,word,ok',
        many(
          SIZE,
          (k) => `${mixed(k, 90)},${['better', 'same', 'worse'][mixed(k + 2, 3)]},${'yn'[mixed(k, 2)]}`,
        ),
      ),
    ],
    [
      'feet and inches',
      table(
        'a,size,ok',
        many(SIZE, (k) => `${mixed(k, 90)},${1 + mixed(k, 9)}″,${'yn'[mixed(k, 2)]}`),
      ),
    ],
    [
      'words that begin so',
      table(
        'a,word,ok',
        many(SIZE, (k) => `${mixed(k, 90)},${['do', 'done', 'dot'][mixed(k + 2, 3)]},${'yn'[mixed(k, 2)]}`),
      ),
    ],
  ],
);

const dead = (k: number) => mixed(k, 3) === 0;
const patients = (
  cell: (k: number) => string,
  state: (k: number) => string = (k) => (dead(k) ? 'yes' : 'no'),
) =>
  table(
    'age,stay,when,died',
    many(60, (k) => `${mixed(k, 80)},${mixed(k + 5, 30)},${cell(k)},${state(k)}`),
  );

tests(
  'features that are missing with the target are',
  'leakage-missing',
  [
    [
      'a date of death',
      patients((k) => (dead(k) ? `2020-0${1 + mixed(k, 9)}-1${mixed(k, 10)}` : '')),
      'when 1',
    ],
    ['a reason', patients((k) => (dead(k) ? ['flu', 'fall', 'stroke'][mixed(k + 1, 3)] : '')), 'when 1'],
    ['an amount', patients((k) => (dead(k) ? '' : String(mixed(k + 1, 55)))), 'when 1'],
    ['a word for it', patients((k) => (dead(k) ? String(mixed(k + 1, 55)) : 'NA')), 'when 1'],
    [
      'of three classes, one',
      patients(
        (k) => (dead(k) ? ['flu', 'fall'][mixed(k + 1, 2)] : ''),
        (k) => (dead(k) ? 'dead' : ['well', 'ill'][mixed(k + 3, 2)]),
      ),
      'when 1',
    ],
    [
      'as 0 and 1',
      patients(
        (k) => (dead(k) ? ['flu', 'fall'][mixed(k + 1, 2)] : ''),
        (k) => (dead(k) ? '1' : '0'),
      ),
      'when 1',
    ],
  ],
  [
    [
      'mostly',
      patients((k) =>
        dead(k) && k !== 30 && k !== 33 && k !== 3 ? ['flu', 'fall'][mixed(k + 1, 2)] : k === 4 ? 'flu' : '',
      ),
    ],
    ['only for some of a class', patients((k) => (dead(k) && k % 2 ? ['flu', 'fall'][mixed(k + 1, 2)] : ''))],
    ['by chance', patients((k) => (mixed(k + 1, 2) ? '' : ['flu', 'fall'][mixed(k + 1, 2)]))],
    [
      'too few',
      patients(
        (k) => (k < 3 ? String(mixed(k, 9)) : ''),
        (k) => (k < 3 ? 'yes' : 'no'),
      ),
    ],
  ],
);

describe('a feature with few cells that are not empty', () => {
  const few = (cell: (k: number) => string) =>
    table(
      'a,rare,open',
      many(80, (k) => `${mixed(k, 97)},${k % 8 === 3 ? cell(k) : ''},${'yn'[mixed(k, 2)]}`),
    );
  it('does not give the target away', () => {
    const texts = few((k) => `${'yn'[mixed(k, 2)]} it is`);
    const values = few((k) => (mixed(k, 2) ? `${1 + mixed(k, 9)}.5` : `${20 + mixed(k, 9)}.5`));
    for (const text of [texts, values])
      assert.deepEqual(
        notes(checked(text)).filter((each) => each.startsWith('leakage')),
        [],
      );
  });
  it('does, where there are more of them', () => {
    const text = table(
      'a,rare,open',
      many(80, (k) => `${mixed(k, 97)},${k % 2 ? `${'yn'[mixed(k, 2)]} it is` : ''},${'yn'[mixed(k, 2)]}`),
    );
    assert.deepEqual(
      notes(checked(text)).filter((each) => each.startsWith('leakage')),
      ['leakage 1'],
    );
  });
});
