import assert from 'node:assert/strict';
import { readDataset } from '../../src/data/dataset';
import type { CheckedTable } from '../../src/data/table/check';
import { fixesOf } from '../../src/host/quickFixes';
import type { Settings } from '../../src/settings/settings';
import { randomOf, tableOf, type RandomNumbers } from '../field/random';
import { checked, fieldFile, soundTables, testScore } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

type Make = (row: number, random: RandomNumbers) => number | string;
const label: Make = (_, { uniform }) => (uniform() < 0.5 ? 'a' : 'b');
const fixed = (value: number, digits: number) => value.toFixed(digits);

/** What is said of the numbers of a table, as in `wild-value height 1731 line 119`. */
function saidOfNumbers({ table }: CheckedTable): string[] {
  return table.problems.inOrder().flatMap((problem) => {
    const { code, args, line } = problem;
    if (code === 'placeholder-value')
      return [`${args.column}: ${args.texts.join(' ')} × ${args.count}, line ${line}`];
    if (code === 'wild-value') return [`${args.column}: wild ${args.text}, line ${line}`];
    if (code === 'heavy-tail') return [`${args.column}: tail`];
    return [];
  });
}

describe('numbers that stand for missing values', () => {
  const results = new FieldResults('placeholders');
  after(() => results.print());

  const gsod = fieldFile('02-gsod-nines.csv');
  /** A value in each row but some, which hold another; the first of these is row `from`. */
  const some =
    (make: Make, placeholder: number | string, every: number, from = 3): Make =>
    (row, random) => {
      const value = make(row, random);
      return row % every === from ? placeholder : value;
    };
  const age: Make = (_, { whole }) => whole(18, 80);
  const files: [what: string, text: string, ...expected: string[]][] = [
    [
      '02-gsod-nines.csv',
      gsod,
      ...['GUST: 999.9 × 210, line 2', 'VISIB: 999.9 × 46, line 6', 'DEWP: 9999.9 × 24, line 5'],
      ...['PRCP: 99.99 × 20, line 6', 'SLP: 9999.9 × 79, line 6'],
    ],
    [
      'air quality, −200',
      tableOf(300, {
        co: some((_, r) => fixed(r.uniform() * 11 + 0.1, 1), '-200', 9),
        nox: some((_, r) => r.whole(2, 1479), -200, 5),
        label,
      }),
      'co: -200 × 33, line 5',
      'nox: -200 × 60, line 5',
    ],
    [
      'a well log, −999.25',
      tableOf(200, { gr: some((_, r) => fixed(r.normal(60, 20), 2), '-999.25', 20), label }),
      'gr: -999.25 × 10, line 5',
    ],
    [
      'counters, −32768',
      tableOf(200, { v: some((_, r) => r.whole(-500, 500), -32768, 40), label }),
      'v: -32768 × 5, line 5',
    ],
    [
      'a model grid, 1e36 and 9.96921e36',
      tableOf(200, {
        t: some(
          some((_, r) => fixed(r.normal(280, 9), 2), '1e36', 40),
          '9.96921e36',
          40,
          5,
        ),
        label,
      }),
      't: 1e36 9.96921e36 × 10, line 5',
    ],
    [
      'a survey, 97, 98 and 99 of ten points',
      tableOf(300, {
        q: some(
          some(
            some((_, r) => r.whole(1, 10), 99, 20),
            98,
            30,
            4,
          ),
          97,
          60,
          5,
        ),
        label,
      }),
      'q: 97 98 99 × 30, line 5',
    ],
    [
      'ages, 98 and 99',
      tableOf(300, { age: some(some(age, 99, 20), 98, 30, 4), label }),
      'age: 98 99 × 25, line 5',
    ],
    ['ages, 99 alone', tableOf(300, { age: some(age, 99, 15), label }), 'age: 99 × 20, line 5'],
    ['ages, −1', tableOf(300, { age: some(age, -1, 15), label }), 'age: -1 × 20, line 5'],
    [
      'both ends: −999 and 9999',
      tableOf(300, {
        v: some(
          some((_, r) => fixed(r.normal(5, 3), 2), -999, 20),
          9999,
          30,
          4,
        ),
        label,
      }),
      'v: -999 9999 × 25, line 5',
    ],
    [
      'one that nobody knows: 123456',
      tableOf(300, { v: some((_, r) => fixed(r.uniform() * 90, 1), 123456, 50), label }),
      'v: 123456 × 6, line 5',
    ],
    [
      'the year 0',
      tableOf(300, { built: some((_, r) => r.whole(1950, 2020), 0, 25), label }),
      'built: 0 × 12, line 5',
    ],
    [
      'zeros among blood pressures',
      tableOf(400, { bp: some((_, r) => r.whole(60, 140), 0, 25), label }),
      'bp: 0 × 16, line 5',
    ],
    [
      'zeros among pressures that thin out',
      tableOf(700, { pressure: some((_, r) => Math.max(24, Math.round(r.normal(72, 12))), 0, 20), label }),
      'pressure: 0 × 35, line 5',
    ],
    [
      'zeros among measures of any name',
      tableOf(400, { v: some((_, r) => fixed(Math.max(18, r.normal(32, 6.5)), 1), '0.0', 30), label }),
      'v: 0.0 × 14, line 5',
    ],
    [
      'zeros in half of the rows of Insulin',
      tableOf(400, {
        Insulin: some((_, r) => Math.max(14, Math.round(r.logNormal(125, 0.6))), 0, 2, 1),
        label,
      }),
      'Insulin: 0 × 200, line 3',
    ],
    [
      'zeros and −999',
      tableOf(400, {
        glucose: some(
          some((_, r) => Math.max(44, Math.round(r.normal(120, 28))), 0, 25),
          -999,
          25,
          6,
        ),
        label,
      }),
      'glucose: -999 0 × 32, line 5',
    ],
    [
      'ages up to 85, and 99',
      tableOf(400, { age: some((_, r) => r.whole(18, 85), 99, 15), label }),
      'age: 99 × 27, line 5',
    ],
    [
      'scores up to 85, and 99',
      tableOf(400, { score: some((_, r) => r.whole(0, 85), 99, 15), label }),
      'score: 99 × 27, line 5',
    ],
    [
      'a typing error farther out than they are',
      tableOf(300, {
        v: (row, r) => (row === 9 ? 1e7 : row % 20 === 3 ? 9999 : fixed(r.normal(50, 9), 1)),
        label,
      }),
      'v: 9999 × 15, line 5',
      'v: wild 10000000, line 11',
    ],
    [
      'decimal commas',
      tableOf(60, { v: some((_, r) => fixed(r.uniform() * 9, 1), '999.9', 9), label })
        .replaceAll(',', ';')
        .replaceAll('.', ','),
      'v: 999,9 × 7, line 5',
    ],
    [
      'the column to predict',
      tableOf(300, {
        x: (_, r) => fixed(r.normal(), 2),
        y: some((_, r) => fixed(r.normal(20, 4), 1), -999, 30),
      }),
      'y: -999 × 10, line 5',
    ],
  ];
  for (const [what, text, ...expected] of files) {
    it(`${what}: ${expected.join('; ')}`, () => {
      const came = saidOfNumbers(checked(text));
      results.add(what, came.join('; '), expected.join('; '));
      assert.deepEqual([...came].sort(), [...expected].sort());
    });
    it(`${what}: one fix for each column takes all of its placeholders away`, () => {
      const { table } = checked(text);
      const placeholders: Record<string, readonly string[]> = {};
      for (const problem of table.problems.list) {
        if (problem.code !== 'placeholder-value') continue;
        const [fix] = fixesOf(problem, course);
        assert.ok('map' in fix && fix.map === 'data.placeholders');
        placeholders[fix.column] = fix.texts;
      }
      const then = checked(text, { 'data.placeholders': placeholders });
      assert.deepEqual(
        saidOfNumbers(then).filter((each) => each.includes('×')),
        [],
      );
      for (const { read, typed } of then.columns) {
        if (read.name in placeholders)
          assert.ok(Math.max(...typed.values.filter((value) => value < 1e7)) < 9999, read.name);
      }
    });
  }
});

describe('one wild value', () => {
  const results = new FieldResults('wild values');
  after(() => results.print());
  const height: Make = (_, { normal }) => fixed(normal(170, 8), 1);
  const inRow =
    (wild: number, value: number | string, make: Make): Make =>
    (row, random) => {
      const own = make(row, random);
      return row === wild ? value : own;
    };
  const files: [what: string, text: string, ...expected: string[]][] = [
    ['T9-one-wild-value.csv', fieldFile('T9-one-wild-value.csv'), 'height: wild 17000000, line 152'],
    [
      'a point that was lost',
      tableOf(200, { height: inRow(77, 1731, height), label }),
      'height: wild 1731, line 79',
    ],
    [
      'a point that was misplaced',
      tableOf(200, { height: inRow(5, 17.3, height), label }),
      'height: wild 17.3, line 7',
    ],
    ['a zero', tableOf(200, { height: inRow(5, 0, height), label }), 'height: wild 0, line 7'],
    [
      'a target of 1e9 among thousands',
      tableOf(200, {
        x: (_, r) => fixed(r.normal(), 2),
        price: inRow(150, '1e9', (_, r) => r.whole(1000, 9000)),
      }),
      'price: wild 1e9, line 152',
    ],
    [
      '1e9 among incomes',
      tableOf(400, { income: inRow(3, 1000000000, (_, r) => Math.round(r.logNormal(40000, 0.6))), label }),
      'income: wild 1000000000, line 5',
    ],
    [
      'two in 300 rows',
      tableOf(300, {
        v: inRow(
          9,
          -7000,
          inRow(200, 8000, (_, r) => fixed(r.normal(3, 2), 2)),
        ),
        label,
      }),
      'v: wild -7000, line 11',
      'v: wild 8000, line 202',
    ],
    [
      'forty rows',
      tableOf(40, { kg: inRow(11, 650, (_, r) => fixed(r.normal(65, 9), 1)), label }),
      'kg: wild 650, line 13',
    ],
    [
      'a year',
      tableOf(200, { year: inRow(4, 20190, (_, r) => r.whole(1990, 2020)), label }),
      'year: wild 20190, line 6',
    ],
  ];
  for (const [what, text, ...expected] of files) {
    it(`${what}: ${expected.join('; ')}, and is gone when its row is left out`, () => {
      const found = checked(text);
      const came = saidOfNumbers(found);
      results.add(what, came.join('; '), expected.join('; '));
      assert.deepEqual(came, expected);
      const lines = found.table.problems.list.flatMap((problem) => {
        if (problem.code !== 'wild-value') return [];
        const [fix] = fixesOf(problem, course);
        assert.ok('list' in fix && fix.list === 'csv.leaveOutLines' && typeof fix.item === 'number');
        return [fix.item];
      });
      const then = checked(text, { 'csv.leaveOutLines': lines });
      assert.deepEqual(saidOfNumbers(then), []);
      assert.equal(then.table.rows, found.table.rows - lines.length);
    });
  }

  it('is a notice of the training, with its line', () => {
    const { notices } = readDataset(fieldFile('T9-one-wild-value.csv'), course);
    assert.ok(notices.some((notice) => notice.code === 'on-line' && notice.args.line === 152));
  });
});

describe('heavy tails', () => {
  const results = new FieldResults('heavy tails');
  after(() => results.print());
  const tails: [what: string, make: Make, has: boolean][] = [
    ['log-normal, σ 2', (_, r) => r.logNormal(1, 2), true],
    ['log-normal, σ 2.5, whole', (_, r) => Math.round(r.logNormal(1000, 2.5)), true],
    ['1 / uniform', (_, r) => 1 / (0.001 + r.uniform()), true],
    ['both sides', (_, r) => r.logNormal(1, 2.2) * (r.uniform() < 0.5 ? -1 : 1), true],
    ['populations of towns', (_, r) => Math.round(500 / (1 - r.uniform()) ** 1.4), true],
    ['incomes', (_, r) => Math.round(r.logNormal(40_000, 0.7)), false],
    ['prices', (_, r) => fixed(r.logNormal(20, 0.9), 2), false],
    ['counts, mostly 0', (_, r) => (r.uniform() < 0.7 ? 0 : Math.round(r.logNormal(8, 1))), false],
    ['waiting times', (_, r) => fixed(-20 * Math.log(1 - r.uniform()), 1), false],
  ];
  for (const [what, make, has] of tails) {
    it(`${what}: ${has ? 'advice to take the logarithm' : 'nothing'}`, () => {
      const text = tableOf(500, { v: make, label });
      const came = saidOfNumbers(checked(text));
      results.add(what, came.join('; ') || 'nothing', has ? 'v: tail' : 'nothing');
      assert.deepEqual(came, has ? ['v: tail'] : []);
      for (const how of ['none', 'log', 'rank'] as const)
        assert.deepEqual(saidOfNumbers(checked(text, { 'data.transform': how })), [], how);
    });
  }

  it('are the business of features, not of the target', () => {
    const text = tableOf(500, { x: (_, r) => fixed(r.normal(), 2), y: (_, r) => r.logNormal(1, 2) });
    assert.deepEqual(saidOfNumbers(checked(text)), []);
  });

  it('cost accuracy that log and rank give back', () => {
    // The label follows from the ratio of two columns whose sizes span six powers of ten.
    const random = randomOf(3);
    const rows = Array.from({ length: 600 }, () => [random.logNormal(1, 2.5), random.logNormal(1, 2.5)]);
    const text = `a,b,label\n${rows.map(([a, b]) => `${a},${b},${a > b ? 'more' : 'less'}`).join('\n')}\n`;
    const scores = (['auto', 'log', 'rank'] as const).map((how) =>
      testScore(text, { 'data.transform': how }),
    );
    results.add(
      'which of two is more: auto, log, rank',
      scores.map((each) => each.toFixed(2)).join(', '),
      '., ≥ .95, ≥ .95',
    );
    assert.ok(scores[1] >= 0.95 && scores[2] >= 0.95 && scores[0] < scores[1], scores.join(' '));
  });
});

describe('numbers of ordinary tables', () => {
  const results = new FieldResults('false alarms');
  after(() => results.print());
  const nothing = (what: string, text: string, changed: Partial<Settings> = {}) => {
    it(`${what}: nothing is said of its numbers`, () => {
      const came = saidOfNumbers(checked(text, changed));
      results.add(what, came.join('; ') || 'nothing', 'nothing');
      assert.deepEqual(came, []);
    });
  };
  for (const { name, text } of soundTables()) nothing(name, text);
  const ordinary: Readonly<Record<string, Readonly<Record<string, Make>>>> = {
    'a count and a rare event': {
      v: (_, r) => r.poisson(0.5),
      e: (_, r) => Number(r.uniform() < 0.02),
      label,
    },
    'ratings, mostly 5': { stars: (_, r) => Math.min(5, Math.max(1, Math.round(r.normal(4.7, 1)))), label },
    'ages, capped at 90': { age: (_, r) => Math.min(90, Math.max(18, Math.round(r.normal(60, 20)))), label },
    'shares, capped at 100': { share: (_, r) => fixed(Math.min(100, r.normal(85, 15)), 1), label },
    'a sensor that saturates': {
      v: (_, r) => Math.min(1023, Math.round(Math.abs(r.normal(700, 300)))),
      label,
    },
    'prices that end with .99': {
      v: (_, r) => [4.99, 9.99, 14.99, 19.99, 29.99, 99.99][r.whole(0, 5)],
      label,
    },
    'many prices that end with 9, and a few of 999': {
      v: (row, r) => (row % 30 === 4 ? 999 : 10 * r.whole(1, 40) + 9),
      label,
    },
    'a house and its price': {
      rooms: (_, r) => r.whole(1, 9),
      price: (_, r) => Math.round(r.logNormal(300_000, 0.5)),
    },
    'hours, capped at 99': {
      hours: (_, r) => Math.min(99, Math.max(1, Math.round(r.normal(45, 20)))),
      label,
    },
    'degrees around 0, −9 among them': { t: (_, r) => r.whole(-9, 30), label },
    'a change, −1, 0 or 1': { d: (_, r) => r.whole(-1, 1), label },
    'codes of three kinds': { kind: (_, r) => [1, 2, 9][r.whole(0, 2)], label },
    'fares, three of them the same and far out': {
      fare: (row, r) => (row % 200 === 7 ? 512.3292 : fixed(Math.min(263, r.logNormal(14, 0.95)), 4)),
      label,
    },
    'rain, mostly none': {
      mm: (_, r) => (r.uniform() < 0.7 ? 0 : fixed(-8 * Math.log(1 - r.uniform()), 1)),
      label,
    },
    'a dose, 0 for a third': { dose: (_, r) => (r.uniform() < 0.33 ? 0 : fixed(r.normal(100, 3), 1)), label },
    siblings: { sibsp: (_, r) => [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 8][r.whole(0, 12)], label },
    'a machine that stands still for a while': {
      power: (row, r) => (row % 100 < 8 ? 0 : fixed(r.normal(100, 9), 1)),
      label,
    },
    'speeds, now and then 0': {
      speed: (row, r) => (row % 20 === 3 ? 0 : fixed(Math.abs(r.normal(30, 15)) + 1, 1)),
      label,
    },
    'counts from 0 on': { count: (_, r) => r.poisson(9), label },
    'rooms and floors': { floor: (_, r) => r.whole(0, 20), rooms: (_, r) => r.whole(1, 9), label },
    'marks from 0 to 100': {
      mark: (_, r) => Math.min(100, Math.max(0, Math.round(r.normal(60, 20)))),
      label,
    },
    'hourly temperatures': { t: (_, r) => Math.max(0, Math.round(r.normal(9, 5))), label },
    'bills, now and then free': {
      bill: (row, r) => (row % 25 === 3 ? 0 : fixed(r.logNormal(20, 0.8), 2)),
      label,
    },
    'cycles of a pulse': { pulse: (_, r) => r.whole(0, 30), label },
    'scores up to 99': { score: (_, r) => Math.min(99, Math.max(1, Math.round(r.normal(70, 18)))), label },
    'ages up to 99': { age: (_, r) => (r.uniform() < 0.05 ? r.whole(86, 99) : r.whole(18, 85)), label },
    'returns of shares': {
      r: (_, r) =>
        fixed(r.normal() / Math.sqrt((r.normal() ** 2 + r.normal() ** 2 + r.normal() ** 2) / 3), 4),
      label,
    },
    'a time stamp': { at: (row) => 1_600_000_000 + 3600 * row, label },
    'a scale of 1 to 7': { q1: (_, r) => r.whole(1, 7), q2: (_, r) => r.whole(1, 7), label },
    'two groups of sizes': {
      v: (_, r) => fixed(r.uniform() < 0.8 ? r.normal(10, 1) : r.normal(100, 5), 1),
      label,
    },
  };
  for (const [what, columns] of Object.entries(ordinary)) {
    for (const seed of [1, 2, 3]) nothing(`${what} (${seed})`, tableOf(400, columns, seed));
  }
});
