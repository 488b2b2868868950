import type { Fitted } from '../data/transform';
import type { Exported, ExportedColumn } from './exported';
import { columnName, fixedCell, type Cell, type Sheet } from './excelBook';

/** Scales in cells, a row each: mean, deviation, stand-in, median. The first row is that of the target. */
export function excelScales({ columns, scale }: Exported): Cell[][] {
  const own = columns.flatMap(({ transform }) => {
    if (transform.kind === 'category' || transform.kind === 'list') return [];
    const row = ({ mean, deviation, standIn }: Fitted, median: number | null = null): Cell[] => [
      ...[mean, deviation, standIn],
      median,
    ];
    if (transform.kind === 'time') return [row(transform.sine), row(transform.cosine)];
    return [row(transform, transform.reshape?.kind === 'log' ? transform.reshape.median : null)];
  });
  return [[scale?.mean ?? 0, scale?.deviation ?? 1], ...own];
}

/** Texts in cells: the classes in the first column, then the categories of each column that has some. */
export function excelTexts({ columns, labels }: Exported): Cell[][] {
  const lists = [
    labels,
    ...columns.flatMap(({ transform: t }) => (t.kind === 'category' ? [t.categories] : [])),
  ];
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, r) => lists.map((list) => list[r] ?? null));
}

/** A sheet for the ranks, two columns for each column that has some; none where none has. */
export function excelRanks({ columns }: Exported): Sheet[] {
  const ranks = columns.flatMap(({ transform }) => (ranksOf(transform) ? [ranksOf(transform)] : []));
  const lists = ranks.flatMap((each) => (each ? [each.values, [...each.below, 1]] : []));
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const rows = Array.from({ length: longest }, (_, r) => lists.map((list) => list[r] ?? null));
  return lists.length > 0 ? [{ name: 'Ranks', rows }] : [];
}

const ranksOf = (transform: ExportedColumn['transform']) =>
  'reshape' in transform && transform.reshape?.kind === 'rank' ? transform.reshape : null;

/** The features of a row of a sheet, as formulas over its inputs. */
export function excelFeatures({ columns }: Exported, sheet: string, r: number): string[] {
  let [input, scales, texts, ranks] = [0, 1, 1, 0];
  return columns.flatMap(({ transform, inputs }) => {
    const x = `${sheet}!$${columnName(input)}${r}`;
    const own = inputs.map((_, k) => `${sheet}!$${columnName(input + k)}${r}`);
    input += inputs.length;
    const missing = transform.missingFeature ? [`IF(${x}="",1,0)`] : [];
    const scaled = (value: string) => {
      const [mean, deviation, standIn] = [0, 1, 2].map((c) => `Scales!${fixedCell(scales, c)}`);
      scales++;
      return `(IF(${x}="",${standIn},${value})-${mean})/${deviation}`;
    };
    switch (transform.kind) {
      case 'category': {
        const { categories, standIn } = transform;
        const column = texts++;
        const is = categories.map((category, k) => {
          const cell = `Texts!${fixedCell(k, column)}`;
          return `IF(${x}="",${category === standIn ? 1 : 0},IF(EXACT(${x},${cell}),1,0))`;
        });
        return [...is, ...missing];
      }
      case 'list':
        // A list without answers is none that is missing.
        return [...own.map((each) => `IF(${each}="",0,${each})`), ...(transform.missingFeature ? ['0'] : [])];
      case 'time': {
        const turns = `2*PI()*(${x}/86400-INT(${x}/86400))`;
        return [scaled(`SIN(${turns})`), scaled(`COS(${turns})`), ...missing];
      }
      case 'number':
      case 'date':
      case 'boolean':
      case 'ticked': {
        const { reshape } = transform;
        const median = `Scales!${fixedCell(scales, 3)}`;
        if (reshape?.kind === 'log') return [scaled(`SIGN(${x})*LN(1+ABS(${x})/${median})`), ...missing];
        if (!reshape) return [scaled(x), ...missing];
        const count = Math.max(1, reshape.values.length);
        const [values, below] = [ranks, ranks + 1].map(columnName);
        ranks += 2;
        const place =
          reshape.values.length === 0 ? '1' : `SUMPRODUCT(--(Ranks!$${values}$1:$${values}$${count}<${x}))+1`;
        return [scaled(`INDEX(Ranks!$${below}$1:$${below}$${count + 1},${place})`), ...missing];
      }
      default:
        return transform satisfies never;
    }
  });
}
