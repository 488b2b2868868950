import assert from 'node:assert/strict';
import { readHead } from '../../src/data/csv/read';
import { checkTable, type CheckedTable } from '../../src/data/table/check';
import { fixesOf } from '../../src/host/quickFixes';

import { tableOf, type RandomNumbers } from '../field/random';
import { checked, fieldFile, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

const rounded = (value: number, digits = 0) => Number(value.toFixed(digits));

/** What is said of leakage, as in `a + b` or `x rounded`. */
function leaksOf({ table }: CheckedTable): string[] {
  return table.problems.inOrder().flatMap(({ code, args }) => {
    if (code === 'leakage') return [`${args.column} alone`];
    if (code === 'leakage-copy') return [`${args.column} ${args.how}`];
    if (code === 'leakage-together')
      return [`${args.columns.join(' + ')}${args.more > 0 ? ` + ${args.more} more` : ''}, ${args.how}`];
    if (code === 'leakage-not-sought') return ['not sought'];
    return [];
  });
}

/** A table of columns that follow from each other, row by row; those that begin with _ are not written. */
function derived(
  rows: number,
  make: (row: number, random: RandomNumbers) => Readonly<Record<string, number | string>>,
  seed = 1,
): string {
  let names: string[] = [];
  const body = tableOf(
    rows,
    {
      all: (row, random) => {
        const made = Object.entries(make(row, random)).filter(([name]) => !name.startsWith('_'));
        names = made.map(([name]) => name);
        return made.map(([, value]) => String(value)).join(',');
      },
    },
    seed,
  );
  return body.replace('all', names.join(','));
}

describe('leakage by several columns', () => {
  const results = new FieldResults('leakage');
  after(() => results.print());

  const files: [what: string, text: () => string, ...expected: string[]][] = [
    ['T4-parts-of-the-sum.csv', () => fieldFile('T4-parts-of-the-sum.csv'), 'casual + registered, sum'],
    [
      'a difference of two that are nearly equal',
      () =>
        derived(200, (_, r) => {
          const costs = r.whole(90_000, 110_000);
          const revenue = costs + r.whole(-3000, 4000);
          return { staff: r.whole(1, 40), revenue, costs, profit: revenue - costs };
        }),
      'revenue + costs, sum',
    ],
    [
      'a weighted grade, rounded to a point',
      () =>
        derived(200, (_, r) => {
          const [exam, home, oral] = [r.whole(0, 100), r.whole(0, 100), r.whole(0, 100)];
          return {
            age: r.whole(18, 30),
            exam,
            home,
            oral,
            final: rounded(0.5 * exam + 0.3 * home + 0.2 * oral),
          };
        }),
      'exam + home + oral, sum',
    ],
    [
      'the total of 24 items',
      () =>
        derived(300, (_, r) => {
          const items = Array.from({ length: 24 }, (_, k) => [`q${k + 1}`, r.whole(0, 4)] as const);
          const total = items.reduce((sum, [, value]) => sum + value, 0);
          return { age: r.whole(18, 80), ...Object.fromEntries(items), total };
        }),
      `${Array.from({ length: 12 }, (_, k) => `q${k + 1}`).join(' + ')} + 12 more, sum`,
    ],
    [
      'parts of which some are missing',
      () =>
        derived(400, (row, r) => {
          const [a, b] = [r.whole(0, 900), r.whole(0, 900)];
          return { c: r.whole(1, 9), a: row % 9 ? a : '', b: row % 11 ? b : '', sum: a + b };
        }),
      'a + b, sum',
    ],
    [
      'a sum among 300 columns',
      () =>
        derived(400, (_, r) => {
          const noise = Array.from({ length: 300 }, (_, k) => [`n${k}`, rounded(r.normal(), 3)] as const);
          const [a, b, c] = [r.whole(0, 900), r.whole(0, 900), r.whole(0, 900)];
          return { ...Object.fromEntries(noise), a, b, c, y: a + 2 * b - c };
        }),
      'a + b + c, sum',
    ],
    [
      'more rows than are looked at first',
      () =>
        derived(25_000, (_, r) => {
          const [a, b] = [r.whole(0, 900), r.whole(0, 900)];
          return { c: r.whole(1, 9), a, b, y: a + b };
        }),
      'a + b, sum',
    ],
    [
      'two flags that exclude each other make the class',
      () =>
        derived(200, (_, r) => {
          const k = r.whole(0, 3);
          return {
            x: rounded(r.normal(), 2),
            early: Number(k === 0),
            late: Number(k === 1),
            label: Number(k < 2),
          };
        }),
      'early + late, sum',
    ],
    [
      'one-hot columns of the class',
      () =>
        derived(200, (_, r) => {
          const k = r.whole(0, 2);
          return {
            x: rounded(r.normal(), 2),
            red: Number(k === 0),
            green: Number(k === 1),
            blue: Number(k === 2),
            colour: ['red', 'green', 'blue'][k],
          };
        }),
      'red + green + blue, classes',
    ],
    [
      'one-hot columns of all classes but one, as words',
      () =>
        derived(200, (_, r) => {
          const k = r.whole(0, 2);
          return {
            x: rounded(r.normal(), 2),
            isRed: k === 0 ? 'yes' : 'no',
            isGreen: k === 1 ? 'yes' : 'no',
            colour: ['red', 'green', 'blue'][k],
          };
        }),
      'isRed + isGreen, classes',
    ],
    [
      'a price, rounded to tens',
      () =>
        derived(200, (_, r) => {
          const price = rounded(r.logNormal(90, 0.4), 2);
          return { size: r.whole(1, 90), about: 10 * Math.round(price / 10), price };
        }),
      'about rounded',
    ],
    [
      'whole years of an exact age',
      () =>
        derived(200, (_, r) => {
          const age = 18 + 60 * r.uniform();
          return { size: r.whole(1, 90), exact: rounded(age, 3), age: Math.floor(age) };
        }),
      'exact rounded',
    ],
    [
      'degrees Celsius as whole degrees Fahrenheit',
      () =>
        derived(200, (_, r) => {
          const c = rounded(r.normal(12, 9), 1);
          return { wind: r.whole(0, 30), f: Math.round(32 + 1.8 * c), c };
        }),
      'f rounded',
    ],
    [
      'the logarithm of the target',
      () =>
        derived(200, (_, r) => {
          const price = rounded(r.logNormal(300, 1), 2);
          return { size: r.whole(1, 90), logPrice: rounded(Math.log(price), 6), price };
        }),
      'logPrice rising',
    ],
    [
      'a duration for a speed',
      () =>
        derived(200, (_, r) => {
          const speed = rounded(5 + 30 * r.uniform(), 3);
          return { size: r.whole(1, 90), minutes: rounded(600 / speed, 5), speed };
        }),
      'minutes falling',
    ],
  ];
  for (const [what, text, ...expected] of files) {
    it(`${what}: ${expected.join('; ')}; and no more once they are ignored`, () => {
      const written = text();
      const came = leaksOf(checked(written));
      results.add(what, came.join('; '), expected.join('; '));
      assert.deepEqual(came, expected);
      const [problem] = checked(written).table.problems.list.filter(({ code }) => code.startsWith('leakage'));
      const fixes = fixesOf(problem, course);
      // What cannot be named in full is not offered.
      if (fixes.length === 0) return;
      const [fix] = fixes;
      const ignored = 'key' in fix ? (fix.value as string[]) : 'item' in fix ? [String(fix.item)] : [];
      assert.deepEqual(leaksOf(checked(written, { 'data.ignoredColumns': ignored })), []);
    });
  }

  it('is said in sentences that name the columns', () => {
    const { table } = checked(fieldFile('T4-parts-of-the-sum.csv'));
    const [problem] = table.problems.list.filter(({ code }) => code === 'leakage-together');
    assert.deepEqual(problem.args, { columns: ['casual', 'registered'], more: 0, target: 'cnt', how: 'sum' });
    assert.deepEqual(
      fixesOf(problem, course).map(({ title }) => title),
      ['Ignore all of these columns', 'Ignore the column “casual”', 'Ignore the column “registered”'],
    );
  });

  it('is not looked for in the head of a file, which the CodeLens waits for', () => {
    const bytes = new TextEncoder().encode(fieldFile('T4-parts-of-the-sum.csv'));
    assert.deepEqual(leaksOf(checkTable(readHead(bytes, true, {}), course, 'quick')), []);
  });

  it('of more than 2,000 features is said not to have been looked for', () => {
    const names = Array.from({ length: 2100 }, (_, k) => `c${k}`);
    const rows = Array.from({ length: 25 }, (_, row) =>
      [...names.map((_, k) => ((row + 3) * (k + 7) * 7919) % 97), (row * 5) % 23].join(','),
    );
    assert.deepEqual(leaksOf(checked([[...names, 'y'].join(','), ...rows].join('\n'))), ['not sought']);
  });

  it('is sought in many rows and in many columns without a hang; what that takes is printed', () => {
    for (const [rows, columns] of [
      [60_000, 20],
      [1500, 1900],
    ]) {
      const text = derived(rows, (row, r) => {
        const made = Array.from(
          { length: columns },
          (_, k) => [`c${k}`, ((row + 3) * (k + 7) * 7919 + k * k) % 9973] as const,
        );
        return { ...Object.fromEntries(made), y: rounded(r.normal(), 4) };
      });
      const settings = { ...course, 'data.target': 'y' };
      const timeOf = (depth: 'quick' | 'full') => {
        const { table } = checked(text, settings);
        const from = performance.now();
        checkTable(table, settings, depth);
        return performance.now() - from;
      };
      const [quick, full] = [timeOf('quick'), timeOf('full')];
      results.add(`${rows} rows, ${columns} columns`, `${Math.round(full - quick)} ms`, 'below 1 s');
      assert.ok(full - quick < 60_000, `${rows} × ${columns}: ${full - quick} ms`);
    }
  });
});

describe('columns of ordinary tables', () => {
  const results = new FieldResults('false alarms');
  after(() => results.print());
  const nothing = (what: string, text: string) => {
    it(`${what}: nothing is said of leakage by several columns or by copies`, () => {
      const came = leaksOf(checked(text)).filter((each) => !each.endsWith(' alone'));
      results.add(what, came.join('; ') || 'nothing', 'nothing');
      assert.deepEqual(came, []);
    });
  };
  for (const { name, text } of soundTables()) nothing(name, text);
  const ordinary: Readonly<Record<string, Parameters<typeof derived>[1]>> = {
    'columns that repeat one another': (_, r) => {
      const a = r.whole(0, 900);
      const b = r.whole(0, 900);
      return { a, again: a, twice: 2 * a, sum: a + b, b, y: rounded(a + b + r.normal(0, 30), 1) };
    },
    'a law with a little noise': (_, r) => {
      const [a, b] = [r.normal(), r.normal()];
      return { a: rounded(a, 4), b: rounded(b, 4), y: rounded(3 * a - 2 * b + r.normal(0, 0.1), 4) };
    },
    'a law with a percent of noise': (_, r) => {
      const [a, b] = [100 * r.uniform(), 100 * r.uniform()];
      return { a: rounded(a, 2), b: rounded(b, 2), y: rounded(a + b + r.normal(0, 1), 2) };
    },
    'a total that grows with the days': (row, r) => ({
      day: row,
      t: rounded(r.normal(9, 4), 1),
      total: 10 * row + r.whole(0, 9),
    }),
    'two totals that grow': (row, r) => ({
      cases: 37 * row + r.whole(0, 30),
      t: r.whole(0, 9),
      deaths: 3 * row + r.whole(0, 2),
    }),
    'animals, of which one class has feathers': (_, r) => {
      const kind = r.whole(0, 4);
      return {
        feathers: Number(kind === 0),
        milk: Number(kind === 1),
        legs: 2 * r.whole(0, 3),
        class: ['bird', 'mammal', 'fish', 'insect', 'reptile'][kind],
      };
    },
    'a threshold on a sum': (_, r) => {
      const [a, b] = [r.normal(), r.normal()];
      return { a: rounded(a, 3), b: rounded(b, 3), label: a + b > 0 ? 'yes' : 'no' };
    },
    'rooms and bedrooms': (_, r) => {
      const rooms = r.whole(2, 9);
      return { rooms, size: 20 * rooms + r.whole(0, 30), bedrooms: Math.max(1, rooms - r.whole(1, 3)) };
    },
    'an area and its sides': (_, r) => {
      const [a, b] = [r.whole(10, 90), r.whole(10, 90)];
      return { a, b, area: a * b };
    },
    'ratings by two people': (_, r) => {
      const own = r.whole(1, 5);
      return {
        one: own,
        other: Math.min(5, Math.max(1, own + r.whole(-1, 1))),
        mine: own + (r.uniform() < 0.1 ? 1 : 0),
      };
    },
    flags: (_, r) => ({ a: r.whole(0, 1), b: r.whole(0, 1), c: r.whole(0, 1), label: r.whole(0, 1) }),
    'a correlation of .99': (_, r) => {
      const x = r.normal();
      return { x: rounded(x, 4), y: rounded(x + r.normal(0, 0.1), 4) };
    },
  };
  for (const [what, make] of Object.entries(ordinary))
    for (const rows of [25, 60, 400]) nothing(`${what}, ${rows} rows`, derived(rows, make, rows));

  it('more columns than rows: nothing fits by chance', () => {
    for (const seed of [1, 2, 3]) {
      const text = derived(
        40,
        (_, r) => ({
          ...Object.fromEntries(Array.from({ length: 120 }, (_, k) => [`c${k}`, rounded(r.normal(), 3)])),
          y: rounded(r.normal(), 3),
        }),
        seed,
      );
      assert.deepEqual(leaksOf(checked(text)), []);
    }
  });

  it('fewer than 20 rows say nothing', () => {
    const text = derived(19, (_, r) => {
      const [a, b] = [r.whole(0, 90), r.whole(0, 90)];
      return { a, b, y: a + b };
    });
    assert.deepEqual(leaksOf(checked(text)), []);
  });
});
