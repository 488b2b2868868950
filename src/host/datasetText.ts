/** What the Dataset view says of a table and its columns, apart from how VS Code shows it. */
import { cut, short, whole } from '../core/format';
import type { Evidence } from '../data/message';
import type { ColumnView, TableView } from '../data/table/tableView';
import { dialectText, reasonText, tableText } from './tableText';

/** Why a column has its type. */
export const evidenceText = (evidence: Evidence): string => tableText(evidence);

export interface Fact {
  readonly label: string;
  readonly description: string;
}

const LEVELS = '▁▂▃▄▅▆▇█';

export const roles = {
  target: 'target',
  feature: 'feature',
  ignored: 'ignored',
  leftOut: 'left out',
  split: 'splits the rows',
};

/** `344 rows; comma-separated. Predicts Species (the last column), as one of 3 classes, because its values are texts.` */
export function summaryOf(table: TableView): string {
  const { rows, usableRows, dialect, target, targetReason, taskReason } = table;
  const used = usableRows === rows || usableRows === null ? '' : `, ${whole(usableRows)} of them used`;
  const what =
    target === ''
      ? ''
      : ` Predicts ${cut(target)} (${reasonText(targetReason)})${taskReason ? `, ${tableText(taskReason)}` : ''}.`;
  return `${whole(rows ?? 0)} rows${used}; ${dialectText(dialect)}.${what}`;
}

/** `▁▃█▂`: a bar each, the highest one full. */
export function sparkline(bars: ColumnView['bars']): string {
  const most = Math.max(...bars.map(({ rows }) => rows));
  return bars
    .map(({ rows }) => (rows === 0 ? ' ' : LEVELS[Math.min(7, Math.floor((8 * rows) / (most + 1)))]))
    .join('');
}

export const percent = (part: number, of: number) => {
  const share = of === 0 ? 0 : (100 * part) / of;
  return share > 0 && share < 1 ? '< 1 %' : `${Math.round(share)} %`;
};
export const distinctText = (distinct: number) =>
  Number.isFinite(distinct) ? whole(distinct) : 'over 1,000';

/** What is said of a column one by one, the rows of each of its values last. */
export function factsOf(
  { role, type, evidence, missing, distinct, min, max, mean, bars }: ColumnView,
  rows: number,
): Fact[] {
  const fact = (label: string, description: string): Fact => ({ label, description });
  return [
    fact('Role', roles[role]),
    fact('Type', `${type}: ${tableText(evidence)}`),
    fact('Missing', `${whole(missing)} of ${whole(rows)} (${percent(missing, rows)})`),
    fact('Distinct', distinctText(distinct)),
    ...(min !== null && max !== null && mean !== null
      ? [fact('Range', `${short(min)} … ${short(max)}`), fact('Mean', short(mean))]
      : []),
    ...bars.map((bar) => {
      const most = Math.max(...bars.map((each) => each.rows));
      const length = Math.round((12 * bar.rows) / most);
      return fact(cut(bar.label), `${'█'.repeat(length) || '▏'} ${whole(bar.rows)}`);
    }),
  ];
}
