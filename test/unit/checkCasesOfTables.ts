import type { Case } from './checkCases';
import { line, tableOf, type Chance } from './checkTables';

// What the advice on a table and its split says, which is a check of the model as well.

const sick = (is: boolean) => (is ? 'ill' : 'well');
/** Paid by all who said yes, or by so large a share of them. */
const paid = (chance: Chance, share: number) => {
  const row = line(1)(chance);
  return { ...row, paid: row.y === 'yes' && chance.uniform() < share ? 10 * chance.uniform() : '', y: row.y };
};
/** About the price, in tens, but for so much. */
const price = ({ normal, uniform }: Chance, error: number) => {
  const exact = 50 + 100 * uniform();
  return { size: normal(), about: 10 * Math.round((exact + error * normal()) / 10), exact };
};
const total = ({ normal, uniform }: Chance, error: number) => {
  const [a, b] = [uniform(), uniform()];
  return { c: normal(), a, b, sum: a + b + error * normal() };
};
/** Rows of one person after the other, whose numbers are alike but for so much, and whose label is theirs. */
const people = (rows: number, apart: number): string => {
  let [a, b, y] = [0, 0, ''];
  return tableOf(20 * rows, ({ normal, uniform }, k) => {
    if (k % rows === 0) [a, b, y] = [normal(), normal(), sick(uniform() < 0.5)];
    return { person: `p${Math.floor(k / rows)}`, a: a + apart * normal(), b: b + apart * normal(), y };
  });
};
/** Sales of a day, which grow by one in so many. */
const sales = ({ normal }: Chance, k: number, days: number) => ({
  day: new Date(Date.UTC(2022, 0, 1 + k)).toISOString().slice(0, 10),
  visitors: normal(),
  sales: k / days + 0.2 * normal(),
});

export const tableCases: readonly Case[] = [
  {
    ...{ code: 'leakage', severity: 'warning', says: /“sum”/ },
    raises: [
      tableOf(300, (chance) => {
        const row = line(0)(chance);
        return { sum: row.a + row.b, ...row };
      }),
    ],
    nearly: [
      tableOf(300, (chance) => {
        const row = line(0)(chance);
        return { sum: row.a + row.b + 0.4 * chance.normal(), ...row };
      }),
    ],
  },
  {
    ...{ code: 'leakage-missing', severity: 'warning', says: /“paid”/ },
    raises: [tableOf(300, (chance) => paid(chance, 1))],
    nearly: [tableOf(300, (chance) => paid(chance, 0.9))],
  },
  {
    ...{ code: 'leakage-copy', severity: 'warning', says: /“about”/ },
    raises: [tableOf(300, (chance) => price(chance, 0))],
    nearly: [tableOf(300, (chance) => price(chance, 20))],
  },
  {
    ...{ code: 'leakage-together', severity: 'warning', says: /“a” and “b”/ },
    raises: [tableOf(300, (chance) => total(chance, 0))],
    nearly: [tableOf(300, (chance) => total(chance, 0.1))],
  },
  {
    ...{ code: 'group-gives-away', severity: 'warning', says: /“person”/ },
    raises: [tableOf(400, ({ normal }, k) => ({ person: `p${k % 16}`, a: normal(), y: sick(k % 4 > 0) }))],
    nearly: [
      tableOf(400, ({ normal }, k) => ({
        ...{ person: `p${k % 16}`, a: normal(), y: sick(k % 4 > 0 !== k % 40 < 2) },
      })),
    ],
  },
  {
    ...{ code: 'rows-in-groups', severity: 'warning', says: /“person”/ },
    raises: [people(20, 0.4)],
    // Lower by 0.15, which is 2.45 standard errors.
    nearly: [people(30, 0.35)],
  },
  {
    ...{ code: 'rows-follow-order', severity: 'warning', says: /“day”/ },
    raises: [tableOf(400, (chance, k) => sales(chance, k, 60))],
    nearly: [tableOf(400, (chance, k) => sales(chance, k, 2000))],
  },
];
