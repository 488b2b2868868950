// Cells that can be read in two ways: what is certain is read so, what is not is named, and like tables stay quiet.
import assert from 'node:assert/strict';
import { fixesOf } from '../../src/host/quickFixes';
import { defaults } from '../../src/settings/settings';
import { checked, notes, soundTables } from '../field/reading';
import { FieldResults } from '../field/results';

/** A row of a table from its number. */
type Row = (i: number) => string;
interface Expected {
  readonly what: string;
  readonly header: string;
  readonly row: Row;
  readonly rows?: number;
  /** What is said, each with its line. */
  readonly said?: readonly string[];
  /** The type of a column and, of numbers, its first values. */
  readonly column?: string;
  readonly type?: string;
  readonly first?: readonly number[];
  /** Titles of fixes of the first note. */
  readonly fixes?: readonly RegExp[];
}

const COMMON = [
  ...['missing-values', 'duplicate-rows', 'identifier-column', 'free-text', 'leakage', 'doubtful-task'],
  ...['group-gives-away', 'heavy-tail', 'wild-value', 'leakage-copy', 'leakage-together', 'class-imbalance'],
  ...['too-few-rows', 'rows-follow-order', 'rows-in-groups', 'constant-column'],
];
/** A number from 0 to 1, the same at each run, that follows neither the row nor other salts. */
const chance = (i: number, salt = 0): number => {
  const x = Math.sin(12.9898 * (i + 1) + 78.233 * (salt + 1)) * 43758.5453;
  return x - Math.floor(x);
};
const among = (i: number, salt: number, least: number, most: number): number =>
  least + Math.floor(chance(i, salt) * (most - least + 1));
const oneOf = <T>(i: number, salt: number, of: readonly T[]): T =>
  of[Math.floor(chance(i, salt) * of.length)];

function suite(kind: string, tables: readonly Expected[]): void {
  describe(kind, () => {
    const results = new FieldResults(kind);
    after(() => results.print());
    for (const { what, header, row, rows = 40, said = [], column, type, first, fixes } of tables) {
      it(what, () => {
        const text = [header, ...Array.from({ length: rows }, (_, i) => row(i))].join('\n');
        const table = checked(text);
        const came = notes(table, ...COMMON);
        results.add(what, came.join(', ') || 'nothing', said.join(', ') || 'nothing');
        assert.deepEqual(came, said);
        const found = table.columns.find(({ read }) => read.name === column);
        if (type !== undefined) assert.equal(found?.typed.type, type);
        if (first) assert.deepEqual([...(found?.typed.values.subarray(0, first.length) ?? [])], first);
        if (!fixes) return;
        const problem = table.table.problems.inOrder().find(({ code }) => said[0].startsWith(`${code} `));
        assert.ok(problem);
        const titles = fixesOf(problem, defaults).map(({ title }) => title);
        for (const fix of fixes)
          assert.ok(
            titles.some((title) => fix.test(title)),
            titles.join(', '),
          );
      });
    }
  });
}

const inhabitants = (i: number) => `${among(i, 1, 1, 160)}.${among(i, 2, 100, 999)}`;
suite('thousands with points', [
  {
    what: 'beside decimal commas, in as many cells',
    header: 'Stadt;Quote;Einwohner;Kreis',
    row: (i) =>
      `${'AB'[i % 2]};6${i % 9},${i % 7};${i === 0 ? '3.347' : inhabitants(i)};${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'Einwohner', first: [3347], said: ['doubtful-decimals 1'] },
  },
  {
    what: 'of a target beside decimal commas',
    header: 'Lage;Fläche;Preis',
    row: (i) => `${'AB'[i % 2]};${among(i, 1, 40, 160)},${i % 9};${i === 0 ? '350.000' : inhabitants(i)}`,
    ...{ column: 'Preis', first: [350_000], said: ['doubtful-decimals 1'] },
  },
  {
    what: 'in more cells than decimal commas are',
    header: 'Umsatz;Kosten;Marge;b',
    row: (i) =>
      `${inhabitants(i)};${i === 0 ? '12.001' : inhabitants(i + 50)};${i % 9},${i % 7};${i % 2 ? 'x' : 'y'}`,
    ...{ column: 'Kosten', first: [12_001], said: ['doubtful-decimals 1', 'doubtful-decimals 1'] },
  },
  {
    what: 'beside quoted decimal commas, between commas',
    header: 'Verein,Quote,Einwohner,Sieger',
    row: (i) =>
      `${'KM'[i % 2]},"6${i % 9},${i % 7}",${i === 0 ? '2.001' : inhabitants(i)},${oneOf(i, 3, ['H', 'G'])}`,
    ...{ column: 'Einwohner', first: [2001], said: ['doubtful-decimals 1'] },
  },
  {
    what: 'before euros, where nothing tells, are in doubt',
    header: 'Stadt;Miete;Kreis',
    row: (i) => `S;${1 + (i % 9)}.${among(i, 1, 10, 99)}0 €;${oneOf(i, 3, ['x', 'y'])}`,
    ...{ said: ['doubtful-decimals 1'], fixes: [/decimal comma/] },
  },
  {
    what: 'behind kroner, where nothing tells, are in doubt',
    header: 'by\thusleje\tb',
    row: (i) => `S\tkr ${1 + (i % 9)}.${among(i, 1, 10, 99)}0\t${oneOf(i, 3, ['x', 'y'])}`,
    ...{ said: ['doubtful-decimals 1'], fixes: [/decimal comma/] },
  },
  {
    what: 'under a name of what is many, where nothing tells, are in doubt',
    header: 'Ort;Einwohner;b',
    row: (i) => `S;${inhabitants(i)};${oneOf(i, 3, ['x', 'y'])}`,
    said: ['doubtful-decimals 1'],
  },
  {
    what: 'are none where a number starts with a zero',
    header: 'Quote;Gewicht;b',
    row: (i) =>
      `6${i % 9},${i % 7};${i === 0 ? '1.250' : `${i % 3}.${among(i, 1, 100, 999)}`};${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'Gewicht', first: [1.25] },
  },
  {
    what: 'are none in degrees of latitude beside decimal commas',
    header: 'lat;Preis;b',
    row: (i) =>
      `${i === 0 ? '48.137' : `${among(i, 1, 47, 55)}.${among(i, 2, 100, 999)}`};1${i % 9},${i % 7};${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'lat', first: [48.137] },
  },
  {
    what: 'are none where other columns have decimal points',
    header: 'dose;conc;b',
    row: (i) =>
      `${i === 0 ? '1.250' : `${1 + (i % 8)}.${among(i, 1, 100, 999)}`};${i % 9}.${i % 7};${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'dose', first: [1.25] },
  },
  {
    what: 'are none before dollars, as at a pump',
    header: 'station,price,b',
    row: (i) => `S,$3.${among(i, 1, 100, 999)},${oneOf(i, 3, ['x', 'y'])}`,
  },
  {
    what: 'with commas between tabs are sure beside decimal points',
    header: 'ctr\tviews\ttype',
    row: (i) =>
      `${i % 9}.${10 + (i % 83)}\t${i === 0 ? '14,210' : `${among(i, 1, 10, 99)},${among(i, 2, 100, 999)}`}\t${oneOf(i, 3, ['x', 'y'])}`,
    ...{ column: 'views', first: [14_210] },
  },
]);

describe('tables that nothing is wrong with', () => {
  const NEW = ['doubtful-decimals'];
  for (const { name, text } of soundTables()) {
    it(`${name} gets none of these notes`, () => {
      assert.deepEqual(
        notes(checked(text)).filter((note) => NEW.some((code) => note.startsWith(`${code} `))),
        [],
      );
    });
  }
});
