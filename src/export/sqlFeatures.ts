import type { Exported, ExportedColumn } from './exported';
import { sqlNumber, sqlText } from './sqlParts';

/** The features as expressions over the inputs. */
export const sqlFeatures = ({ columns }: Exported): string[] => columns.flatMap(featuresOf);

/** A CTE for each column whose ranks are looked up. */
export const sqlRanks = ({ columns }: Exported): string[] =>
  columns.flatMap(({ transform, inputs: [input] }) => {
    if (!('reshape' in transform) || transform.reshape?.kind !== 'rank') return [];
    const { values, below } = transform.reshape;
    const rows = values.map((value, k) => `(${sqlNumber(value)}, ${sqlNumber(below[k])})`);
    const numbers = 'CAST(v AS double precision) AS v, CAST(b AS double precision) AS b';
    return [
      `nl_r_${input.id} (v, b) AS MATERIALIZED (VALUES ${rows.length > 0 ? rows.join(', ') : '(0e0, 1e0)'}),`,
      `nl_k_${input.id} AS MATERIALIZED (SELECT ${numbers} FROM nl_r_${input.id}),`,
    ];
  });

const is = (condition: string) => `CASE WHEN ${condition} THEN 1e0 ELSE 0e0 END`;

function featuresOf({ transform, inputs }: ExportedColumn): string[] {
  const x = inputs.at(0)?.id ?? 'NULL';
  const missing = transform.missingFeature ? [is(`${x} IS NULL`)] : [];
  const scaled = (
    of: string,
    { mean, deviation, standIn }: { mean: number; deviation: number; standIn: number },
  ) => `(COALESCE(${of}, ${sqlNumber(standIn)}) - ${sqlNumber(mean)}) / ${sqlNumber(deviation)}`;
  switch (transform.kind) {
    case 'category': {
      const { categories, standIn } = transform;
      const filled = standIn === null ? x : `COALESCE(${x}, ${sqlText(standIn)})`;
      return [...categories.map((category) => is(`${filled} = ${sqlText(category)}`)), ...missing];
    }
    case 'list':
      // A list without answers is none that is missing.
      return [
        ...inputs.map(({ id }) => `COALESCE(${id}, 0e0)`),
        ...(transform.missingFeature ? ['0e0'] : []),
      ];
    case 'time': {
      const turns = `(${x} / 86400e0 - floor(${x} / 86400e0)) * 6.283185307179586e0`;
      return [scaled(`sin(${turns})`, transform.sine), scaled(`cos(${turns})`, transform.cosine), ...missing];
    }
    case 'number':
    case 'date':
    case 'boolean':
    case 'ticked': {
      const { reshape } = transform;
      const log = (median: number) => {
        const size = `ln(1e0 + abs(${x}) / ${sqlNumber(median)})`;
        return `CASE WHEN ${x} < 0e0 THEN -${size} ELSE ${size} END`;
      };
      const rank = `CASE WHEN ${x} IS NULL THEN NULL ELSE COALESCE((SELECT MIN(b) FROM nl_k_${x} WHERE v >= ${x}), 1e0) END`;
      const of = reshape?.kind === 'log' ? log(reshape.median) : reshape ? rank : x;
      return [scaled(of, transform), ...missing];
    }
    default:
      return transform satisfies never;
  }
}
