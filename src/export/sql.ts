import { commentText, type Exported } from './exported';
import { ExportRefused } from './refused';
import { sqlCheck } from './sqlCheck';
import { sqlFeatures, sqlRanks } from './sqlFeatures';
import { sqlActivation, sqlHeld, sqlName, sqlNumber, sqlSum, sqlText } from './sqlParts';

/** More columns than this no table of PostgreSQL has. */
const MOST_COLUMNS = 1600;

/** A model as SQL for SQLite, PostgreSQL and DuckDB: a query that checks it, and one that predicts the rows of a table. */
export function sqlModel(exported: Exported, { table }: { readonly table: string }): string {
  mustFit(exported);
  const { head, labels } = exported;
  return [
    ...head.map((line) => `-- ${line}`.trimEnd()),
    '-- For SQLite (3.35, with its mathematical functions), PostgreSQL (12) and DuckDB.',
    ...labels.map((label, k) => `-- nl_p${k + 1}: the probability of ${commentText(label)}`),
    '',
    '-- The first query checks the numbers: where they do not agree it fails, with an overflow.',
    ...sqlCheck(exported, forwardOf(exported)),
    '',
    '-- The second adds to each row of the table what is predicted.',
    'WITH nl_rows AS MATERIALIZED (',
    `  SELECT t.*, row_number() OVER () AS nl_row FROM ${sqlName(table)} AS t`,
    '),',
    ...forwardOf(exported),
    'SELECT r.*, o.* FROM nl_rows AS r JOIN nl_out AS o ON o.nl_out_row = r.nl_row ORDER BY r.nl_row;',
    '',
  ].join('\n');
}

/** Throws ExportRefused for names that SQL has not, and for more columns than a table can have. */
function mustFit({ columns, labels, parameters, inputs }: Exported): void {
  const isSound = (text: string) => !/[\p{Cs}\0]/u.test(text);
  const taken = new Set<string>();
  columns.forEach(({ transform, inputs: own }, k) => {
    const texts = transform.kind === 'category' ? transform.categories : [];
    if (![...own.map(({ name }) => name), ...texts].every(isSound))
      throw new ExportRefused(k, 'a name of it holds a character that SQL has not');
    for (const { name } of own) {
      // Names of columns that differ in letter case alone are one name to SQLite and DuckDB.
      const key = name.toLowerCase();
      if (name === '' || taken.has(key)) throw new ExportRefused(k, 'SQL cannot tell its name from another');
      taken.add(key);
    }
  });
  if (!labels.every(isSound)) throw new ExportRefused(null, 'a class holds a character that SQL has not');
  const most = Math.max(inputs.length, ...parameters.flatMap(({ W }) => [W.cols, W.rows]));
  if (most > MOST_COLUMNS)
    throw new ExportRefused(null, `${most} columns are more than the ${MOST_COLUMNS} that a table may have`);
}

const columnsOf = (prefix: string, n: number) => Array.from({ length: n }, (_, k) => `${prefix}${k + 1}`);
/** One CTE: an own row number, and columns. */
const cte = (name: string, from: string, columns: readonly string[]): string[] => [
  `${name} AS MATERIALIZED (`,
  '  SELECT nl_row,',
  `    ${columns.join(',\n    ')}`,
  `  FROM ${from}`,
  '),',
];

/** The CTEs from `nl_rows`, which has the columns and `nl_row`, to `nl_out`. */
function forwardOf(exported: Exported): string[] {
  const { inputs, parameters, hidden } = exported;
  const L = parameters.length;
  const features = sqlFeatures(exported);
  return [
    ...sqlRanks(exported),
    ...cte(
      'nl_x',
      'nl_rows AS t',
      inputs.map(({ id, name, kind }) =>
        kind === 'category'
          ? `NULLIF(CAST(t.${sqlName(name)} AS text), '') AS ${id}`
          : `CAST(t.${sqlName(name)} AS double precision) AS ${id}`,
      ),
    ),
    ...cte(
      'nl_a0',
      'nl_x',
      features.map((feature, k) => `CAST(${feature} AS double precision) AS a${k + 1}`),
    ),
    ...parameters.flatMap(({ W, b }, l) => {
      const sums = Array.from(b, (bias, i) =>
        sqlSum([
          sqlNumber(bias),
          ...Array.from(
            W.data.subarray(i * W.cols, (i + 1) * W.cols),
            (w, j) => `${sqlNumber(w)} * a${j + 1}`,
          ),
        ]),
      );
      return [
        ...cte(
          `nl_z${l + 1}`,
          `nl_a${l}`,
          sums.map((sum, i) => `${sum} AS z${i + 1}`),
        ),
        ...(l + 1 < L
          ? cte(
              `nl_a${l + 1}`,
              `nl_z${l + 1}`,
              sums.map((_, i) => `${sqlActivation(hidden, `z${i + 1}`)} AS a${i + 1}`),
            )
          : []),
      ];
    }),
    ...outputOf(exported, `nl_z${L}`),
  ];
}

function outputOf({ output, scale, labels }: Exported, z: string): string[] {
  const out = (from: string, columns: readonly string[]) => [
    'nl_out AS MATERIALIZED (',
    `  SELECT ${from.startsWith('nl_e') ? 'e.nl_row' : 'nl_row'} AS nl_out_row,`,
    `    ${columns.join(',\n    ')}`,
    `  FROM ${from}`,
    ')',
  ];
  if (scale)
    return out(z, [`z1 * ${sqlNumber(scale.deviation)} + ${sqlNumber(scale.mean)} AS nl_prediction`]);
  if (output === 'sigmoid') {
    const p = sqlActivation('sigmoid', 'z1');
    const [first, second] = labels.map(sqlText);
    return out(z, [
      `CASE WHEN ${p} > 0.5e0 THEN ${second} ELSE ${first} END AS nl_prediction`,
      `1e0 - ${p} AS nl_p1`,
      `${p} AS nl_p2`,
    ]);
  }
  // The largest of each two, then of each two of those, until there is one.
  const rounds: string[] = [];
  let [from, names] = [z, columnsOf('z', labels.length)];
  for (let round = 1; names.length > 1; round++) {
    const larger = names.flatMap((name, k) => {
      if (k % 2 === 1) return [];
      const other = names.at(k + 1);
      return [other === undefined ? name : `CASE WHEN ${name} >= ${other} THEN ${name} ELSE ${other} END`];
    });
    rounds.push(
      ...cte(
        `nl_m${round}`,
        from,
        larger.map((each, k) => `${each} AS m${k + 1}`),
      ),
    );
    [from, names] = [`nl_m${round}`, columnsOf('m', larger.length)];
  }
  const e = columnsOf('z', labels.length).map(
    (name, k) => `exp(${sqlHeld(`z.${name} - m.m1`)}) AS e${k + 1}`,
  );
  return [
    ...rounds,
    'nl_e AS MATERIALIZED (',
    '  SELECT z.nl_row, m.m1,',
    `    ${[...columnsOf('z.z', labels.length), ...e].join(',\n    ')}`,
    `  FROM ${z} AS z JOIN ${from} AS m ON m.nl_row = z.nl_row`,
    '),',
    ...cte('nl_s', 'nl_e', [`${sqlSum(columnsOf('e', labels.length))} AS s`]),
    ...out('nl_e AS e JOIN nl_s AS s ON s.nl_row = e.nl_row', [
      `CASE ${labels.map((label, k) => `WHEN e.z${k + 1} >= e.m1 THEN ${sqlText(label)}`).join(' ')} END AS nl_prediction`,
      ...labels.map((_, k) => `e.e${k + 1} / s.s AS nl_p${k + 1}`),
    ]),
  ];
}
