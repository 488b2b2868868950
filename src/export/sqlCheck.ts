import type { Value } from './checkRows';
import { TOLERANCE, type Exported } from './exported';
import { sqlName, sqlNumber, sqlText } from './sqlParts';

/** A query over rows that stand in it: a line that says that the numbers agree, or an error. */
export function sqlCheck({ check, inputs, labels, scale }: Exported, forward: readonly string[]): string[] {
  const valueOf = (value: Value) =>
    value === null ? 'NULL' : typeof value === 'string' ? sqlText(value) : sqlNumber(value);
  const unit = scale?.deviation ?? 1;
  const outputs = Array.from({ length: labels.length || 1 }, (_, k) => k + 1);
  const expected = check.outputs.map((each, j) => {
    const [best, second] = each.toSorted((a, b) => b - a);
    const isSure = labels.length > 0 && best - second > TOLERANCE.double;
    const numbers = each.flatMap((value) => [
      sqlNumber(value),
      sqlNumber(TOLERANCE.double * unit * Math.max(1, Math.abs(value / unit))),
    ]);
    return `(${[String(j + 1), isSure ? sqlText(labels[check.indexes[j]]) : 'NULL', ...numbers].join(', ')})`;
  });
  const names = [...inputs.map(({ name }) => sqlName(name)), 'nl_row'];
  const agree = outputs.map((k) => {
    const own = labels.length > 0 ? `o.nl_p${k}` : 'o.nl_prediction';
    return `abs(${own} - e.e${k}) <= e.t${k}`;
  });
  const isLabel = labels.length > 0 ? ['(e.label IS NULL OR e.label = o.nl_prediction)'] : [];
  return [
    `WITH nl_rows (${names.join(', ')}) AS MATERIALIZED (VALUES`,
    check.rows.map((row, j) => `  (${[...row.map(valueOf), String(j + 1)].join(', ')})`).join(',\n'),
    '),',
    ...forward.slice(0, -1),
    '),',
    `nl_expected (nl_row, label, ${outputs.flatMap((k) => [`e${k}`, `t${k}`]).join(', ')}) AS MATERIALIZED (VALUES`,
    `  ${expected.join(',\n  ')}`,
    ')',
    'SELECT CASE WHEN abs(-9223372036854775807 - CAST(MAX(CASE WHEN ' +
      `${[...agree, ...isLabel].join(' AND ')} THEN 0 ELSE 1 END) AS bigint)) > 0 THEN 'The numbers agree.' END AS nl_check`,
    'FROM nl_expected AS e LEFT JOIN nl_out AS o ON o.nl_out_row = e.nl_row;',
  ];
}
