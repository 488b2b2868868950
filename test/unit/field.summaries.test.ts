import assert from 'node:assert/strict';
import type { Settings } from '../../src/settings/settings';
import { fixesOf } from '../../src/host/quickFixes';
import { tableOf } from '../field/random';
import { checked, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';
import { course } from './course';

// Rows that sum up others, and how they are named.
const many = <T>(count: number, make: (k: number) => T) => Array.from({ length: count }, (_, k) => make(k));
const unit = (k: number) => ((k * 7919 + 13) % 491) + 3;
const cost = (k: number) => (((k * 104_729 + 7) % 8999) + 11) / 100;
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const text = (header: string, rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`;

/** Three groups of rows, each with a row below it, and perhaps rows at the end. */
function groups(
  below: (group: string, units: number, costs: number, size: number) => string,
  end: (units: number, costs: number) => readonly string[] = () => [],
): string {
  const [units, costs]: [number[], number[]] = [[], []];
  const rows = ['North', 'South', 'East'].flatMap((group, g) => {
    const own = many(7 + g, (k) => 10 * g + k);
    units.push(...own.map(unit));
    costs.push(...own.map(cost));
    const each = own.map((k) => `${group} ${k},${unit(k)},${cost(k)},${'ab'[k % 2]}`);
    return [...each, below(group, sum(own.map(unit)), sum(own.map(cost)), own.length)];
  });
  return text('place,units,cost,label', [...rows, ...end(sum(units), sum(costs))]);
}

const plain = many(20, (k) => `region ${k},${unit(k)},${cost(k)},${'ab'[k % 2]}`);
const [allUnits, allCosts] = [sum(many(20, unit)), sum(many(20, cost))];
const deviation = Math.sqrt(sum(many(20, (k) => (unit(k) - allUnits / 20) ** 2)) / 19);
const footer = (...rows: readonly string[]) => text('region,units,cost,label', [...plain, ...rows]);
const mean = (digits: number) => `${(allUnits / 20).toFixed(digits)},${(allCosts / 20).toFixed(digits)}`;

const winds = many(34, (k) => `${k + 1},${k < 30 ? ['N', 'S', 'E'][k % 3] : 'N'},${(7 * k) % 38}`);

const named: readonly [what: string, content: string, ...lines: number[]][] = [
  [
    'Total below winds from the N',
    text('id,wind,knots', [...winds, `,Total,${sum(many(34, (k) => (7 * k) % 38))}`]),
    36,
  ],
  [
    'Total North, South, East',
    groups((group, units, costs) => `Total ${group},${units},${costs.toFixed(2)},`),
    9,
    18,
    28,
  ],
  [
    'North Total, and Grand Total',
    groups(
      (group, units, costs) => `${group} Total,${units},${costs.toFixed(2)},`,
      (units, costs) => [`Grand Total,${units},${costs.toFixed(2)},`],
    ),
    9,
    18,
    28,
    29,
  ],
  [
    'Subtotal, of which only one column is a sum',
    groups((_, units, costs, size) => `Subtotal,${units},${(costs / size).toFixed(2)},a`),
    9,
    18,
    28,
  ],
  [
    'Zwischensumme und Gesamtsumme',
    groups(
      (_, units, costs) => `Zwischensumme,${units},${costs.toFixed(2)},`,
      (units, costs) => [`Gesamtsumme:,${units},${costs.toFixed(2)},`],
    ),
    9,
    18,
    28,
    29,
  ],
  [
    'Sous-total',
    groups((group, units, costs) => `Sous-total ${group},${units},${costs.toFixed(2)},`),
    9,
    18,
    28,
  ],
  [
    'a mean of each group',
    groups(
      (group, units, costs, size) =>
        `${group} average,${(units / size).toFixed(2)},${(costs / size).toFixed(2)},a`,
    ),
    9,
    18,
    28,
  ],
  ['Average, Std Dev', footer(`Average,${mean(3)},`, `Std Dev,${deviation.toFixed(3)},25.1,`), 22, 23],
  [
    'as pandas describes',
    footer(
      'count,20,20,',
      `mean,${mean(4)},`,
      `std,${deviation.toFixed(4)},25.1,`,
      'min,3,1,',
      '25%,90,4,',
      '50%,180,9,',
      '75%,280,50,',
      'max,480,90,',
    ),
    22,
    23,
    24,
    25,
    26,
    27,
    28,
    29,
  ],
  [
    'Min, Max',
    footer(`Min,${Math.min(...many(20, unit))},0,`, `Max,${Math.max(...many(20, unit))},99,`),
    22,
    23,
  ],
  ['Summe', footer(`Summe,${allUnits},${allCosts.toFixed(2)},`), 22],
  ['Mittelwert', footer(`Mittelwert,${mean(2)},`), 22],
  [
    'Moyenne et écart-type',
    footer(`Moyenne,${mean(2)},`, `Écart-type,${deviation.toFixed(2)},20.5,`),
    22,
    23,
  ],
  ['Somme', footer(`Somme,${allUnits},${allCosts.toFixed(2)},`), 22],
  ['Totale, Media', footer(`Totale,${allUnits},${allCosts.toFixed(2)},`, `Media,${mean(2)},`), 22, 23],
  ['Promedio', footer(`Promedio,${mean(2)},`), 22],
  ['Итого', footer(`Итого,${allUnits},${allCosts.toFixed(2)},`), 22],
  ['합계', footer(`합계,${allUnits},${allCosts.toFixed(2)},`), 22],
  [
    'a total of rows that are not all there',
    footer(`Total,${allUnits + 900},${(allCosts + 70).toFixed(2)},`),
    22,
  ],
  [
    'Total above the rows',
    text('region,units,cost,label', [`Total,${allUnits},${allCosts.toFixed(2)},`, ...plain]),
    2,
  ],
  [
    'Total below numbers of rows',
    text('nr,units,cost,label', [
      ...many(20, (k) => `${k + 1},${unit(k)},${cost(k)},a`),
      `Total,${allUnits},${allCosts.toFixed(2)},`,
    ]),
    22,
  ],
  [
    'Total below dates',
    text('day,units,cost,label', [
      ...many(20, (k) => `2024-01-${10 + k},${unit(k)},${cost(k)},${'ab'[k % 2]}`),
      `Total,${allUnits},${allCosts.toFixed(2)},`,
    ]),
    22,
  ],
  [
    'men, women and all',
    text(
      'area,sex,people',
      many(12, (k) => [
        `A${k},male,${unit(k)}`,
        `A${k},female,${unit(k + 99)}`,
        `A${k},total,${unit(k) + unit(k + 99)}`,
      ]).flat(),
    ),
    ...many(12, (k) => 4 + 3 * k),
  ],
  [
    'small counts',
    text(
      'who,units,label',
      many(4, (g) => [...many(4, (k) => `p${g}${k},${(k + g) % 4},${'ab'[k % 2]}`), 'Subtotal,6,']).flat(),
    ),
    6,
    11,
    16,
    21,
  ],
  [
    'amounts of money',
    text('item;amount;label', [
      ...many(20, (k) => `item ${k};$${unit(k)}.50;${'ab'[k % 2]}`),
      `Total;"$${allUnits + 10}.00";`,
    ]),
    22,
  ],
];

const films = [
  'Total War',
  'Total Recall',
  'Sum of All Fears',
  'Average Joe',
  'The Mean Season',
  'Max',
  'Min',
  'Grand Hotel',
  'Total Eclipse',
  'A Total Loss',
];
const notNamed: readonly [what: string, content: string][] = [
  [
    'titles with such words',
    text(
      'title,year,votes,label',
      many(60, (k) => `${films[k % 10]} ${k < 10 ? '' : k},${1950 + (k % 70)},${unit(k) * 7},${'ab'[k % 2]}`),
    ),
  ],
  [
    'a title at the end',
    text(
      'title,year,votes,label',
      many(40, (k) => `${k === 39 ? 'Total War' : `Film ${k}`},${1950 + k},${unit(k) * 7},${'ab'[k % 2]}`),
    ),
  ],
  [
    'ratings',
    text(
      'rating,score,label',
      many(60, (k) => `${['Poor', 'Average', 'Good'][k % 3]},${1 + (unit(k) % 5)},${'ab'[k % 2]}`),
    ),
  ],
  [
    'ratings, the last of them Average',
    text(
      'rating,score,label',
      many(
        31,
        (k) => `${k === 30 ? 'Average' : ['Poor', 'Good'][k % 2]},${1 + (unit(k) % 5)},${'ab'[k % 2]}`,
      ),
    ),
  ],
  [
    'kinds of a charge',
    text(
      'charge,amount,label',
      many(60, (k) => `${['total', 'partial', 'none given'][unit(k) % 3]},${cost(k)},${'ab'[k % 2]}`),
    ),
  ],
  [
    'flags',
    text(
      'kind,flag,other,label',
      many(
        60,
        (k) => `${['total', 'partial', 'sum'][unit(k) % 3]},${unit(k) % 2},${unit(k + 1) % 2},${'ab'[k % 2]}`,
      ),
    ),
  ],
  [
    'brands, the last of them Total',
    text(
      'brand,price,size,label',
      many(
        20,
        (k) =>
          `${k === 19 ? 'Total' : `B${String.fromCharCode(65 + k)}`},${k === 19 ? 50 : unit(k)},${k === 19 ? 3 : cost(k)},a`,
      ),
    ),
  ],
  [
    'first names',
    text(
      'name,age,height,label',
      many(
        20,
        (k) =>
          `${k === 18 ? 'Min' : k === 19 ? 'Max' : `N${k}`},${20 + (unit(k) % 50)},${150 + (unit(k) % 40)},${'ab'[k % 2]}`,
      ),
    ),
  ],
  [
    'channels, Media among them',
    text(
      'channel,spend,clicks,label',
      many(40, (k) => `${['Media', 'Print', 'TV', 'Radio'][k % 4]},${unit(k)},${unit(k + 9)},${'ab'[k % 2]}`),
    ),
  ],
  [
    'statistics, one a row',
    text(
      'player,stat,value',
      many(60, (k) => `p${k >> 2},${['min', 'max', 'mean', 'count'][k % 4]},${unit(k)}`),
    ),
  ],
];

describe('rows that sum up others', () => {
  const results = new FieldResults('summaries');
  after(() => results.print());
  const linesOf = (content: string, changed: Partial<Settings> = {}) => {
    const problems = checked(content, changed).table.problems.list.flatMap((problem) =>
      problem.code === 'total-row' ? [problem] : [],
    );
    assert.ok(problems.length <= 1);
    return problems.map((problem) => ({ problem, lines: problem.args.lines }));
  };

  for (const [what, content, ...lines] of named)
    it(`are named with their lines, and left out by the fix: ${what}`, () => {
      const found = linesOf(content);
      const came = found.flatMap((each) => each.lines);
      results.add(what, came.join(), lines.join());
      assert.deepEqual(came, lines);
      const [fix] = fixesOf(found[0].problem, course);
      const left =
        'list' in fix && fix.list === 'csv.leaveOutLines'
          ? [Number(fix.item)]
          : 'key' in fix && fix.key === 'csv.leaveOutLines'
            ? (fix.value as number[])
            : [];
      assert.deepEqual(left, lines);
      const then = checked(content, { 'csv.leaveOutLines': left });
      assert.equal(then.table.rows, content.trimEnd().split('\n').length - 1 - lines.length);
      assert.deepEqual(linesOf(content, { 'csv.leaveOutLines': left }), []);
    });

  it('are not named once more as wild values', () => {
    const { table } = checked(
      footer(...many(30, (k) => `more ${k},${unit(k + 40)},${cost(k + 40)},a`), 'Total,1e9,1e9,'),
    );
    const codes = table.problems.list.map(({ code }) => code);
    assert.ok(codes.includes('total-row') && !codes.includes('wild-value'), codes.join());
  });

  for (const [what, content] of [
    ...notNamed,
    ...soundTables().map((each) => [each.name, each.text] as const),
    ...many(
      5,
      (seed) =>
        [
          `random numbers ${seed}`,
          tableOf(
            200,
            {
              name: (row) =>
                `${['Total', 'Mean', 'Plain', 'Old', 'Max'][row % 5]} ${['War', 'Peace'][row % 2]}`,
              a: (_, r) => r.whole(0, 9),
              b: (_, r) => r.whole(0, 90),
              c: (_, r) => r.normal(50, 9).toFixed(1),
            },
            seed,
          ),
        ] as const,
    ),
  ])
    it(`are not seen where there are none: ${what}`, () => {
      const came = linesOf(content).flatMap(({ lines }) => lines);
      results.add(what, came.join() || 'none', 'none');
      assert.deepEqual(came, []);
    });
});
