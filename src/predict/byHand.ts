import { cut, full, short } from '../core/format';
import { days, timeOfDay, type DateFormat } from '../data/csv/dates';
import type { CellValue } from '../data/rowTransform';
import type { ColumnTransform } from '../data/transform';
import { Predictor, type Model } from '../runs/model';
import { writtenAs, type Seen } from './cells';
import { BEYOND, noteOf, RowReader } from './rowReader';

/** What a model says of one row that was typed. */
export interface ByHand {
  /** The class, or the number in full; null where there is no prediction. */
  readonly prediction: string | null;
  /** The probability of each class in the order of the labels; the number; empty where there is none. */
  readonly outputs: readonly number[];
  /** Columns with what is unlike all that was trained on. */
  readonly outside: readonly string[];
  /** Why there is no prediction, or what could not be read. */
  readonly note: string;
  /** How each cell was read, in the order of the columns. */
  readonly read: readonly string[];
}

/** What a model says of a row, each cell of it as it would be written in its table: what `predict` says of a file with it. */
export function predictByHand(model: Model, texts: readonly string[]): ByHand {
  const { columns } = model.transform;
  const rows = new RowReader(model);
  const look = rows.look((k) => writtenAs(texts[k] ?? ''));
  const read = columns.map((column, k) => readAs(column, look.seen[k]));
  const none = (note: string): ByHand => ({ prediction: null, outputs: [], outside: [], note, read });
  const refusal = rows.refusal(look);
  if (refusal !== null) return none(refusal);
  const [{ outputs, index }] = new Predictor(model).predict([look.values]);
  if (!outputs.every(Number.isFinite)) return none(BEYOND);
  const prediction = index < 0 ? full(outputs[0]) : model.labels[index];
  return { prediction, outputs: [...outputs], outside: look.outside, note: noteOf(look), read };
}

/** Cells to start from: the mean of a number, the commonest category, each as it would be written; empty where neither is known. */
export const startOf = ({ transform }: Model): string[] =>
  transform.columns.map((column, k) => {
    const { decimalMark = '.', range = null } = transform.reading?.columns[k] ?? {};
    switch (column.kind) {
      case 'number': {
        // The mean of what is reshaped is none of the column.
        const middle = column.reshape ? range && (range[0] + range[1]) / 2 : column.standIn;
        return middle === null ? '' : String(Number(middle.toPrecision(4))).replace('.', decimalMark);
      }
      case 'category':
        return column.standIn ?? column.categories[0] ?? '';
      case 'boolean':
        return column.standIn > 0.5 ? 'true' : 'false';
      case 'list':
        return column.answers[0] ?? '';
      case 'date':
        return dateAs(column.standIn, column.format);
      case 'time':
        return Number.isNaN(timeOfDay(NOON, column.clock)) ? '' : NOON;
      case 'ticked':
        return '';
      default:
        return column satisfies never;
    }
  });

const NOON = '12:00';

/** A day in the first of the common forms that the column is read by; empty where it is written otherwise. */
function dateAs(mean: number, format: DateFormat): string {
  const day = Math.round(mean);
  const [year, month, date] = dayText(day).split('-');
  const forms = [
    ...[`${year}-${month}-${date}`, `${date}.${month}.${year}`, `${date}/${month}/${year}`],
    ...[`${month}/${date}/${year}`, `${year}${month}${date}`, `${year}-${month}`, year],
  ];
  return forms.find((text) => Math.abs(days(text, format) - day) < DAYS_A_YEAR) ?? '';
}
/** A column of years or months has a day of each. */
const DAYS_A_YEAR = 366;

/** What a column takes, in a few words. */
export function kindText(column: ColumnTransform, range: readonly [number, number] | null): string {
  switch (column.kind) {
    case 'number': {
      const unit = column.unit === undefined ? '' : ` ${cut(column.unit)}`;
      return range ? `a number, ${short(range[0])} to ${short(range[1])}${unit}` : `a number${unit}`;
    }
    case 'date':
      return range ? `a date, ${dayText(range[0])} to ${dayText(range[1])}` : 'a date';
    case 'time':
      return 'a time of day';
    case 'boolean':
      return 'yes or no';
    case 'ticked':
      return column.mark === null ? 'something, or nothing' : `“${cut(column.mark)}”, or nothing`;
    case 'category':
      return `one of ${column.categories.length} texts`;
    case 'list':
      return `some of ${column.answers.length} answers, with “${column.separator}” between them`;
    default:
      return column satisfies never;
  }
}

function readAs(column: ColumnTransform, { value, is, isOutside }: Seen): string {
  if (is === 'missing') return column.kind === 'list' ? 'no answer' : `missing: ${standInText(column)}`;
  if (is === 'unread') return `not read: ${standInText(column)}`;
  const text = valueText(column, value);
  if (!isOutside) return text;
  return column.kind === 'category' || column.kind === 'list'
    ? `${text}: outside, the model does not know it`
    : `${text}: outside what was trained on`;
}

function standInText(column: ColumnTransform): string {
  if (column.kind === 'category')
    return column.standIn === null ? 'taken as none of them' : `taken as “${cut(column.standIn)}”`;
  if (column.kind === 'date') return `taken as ${dayText(Math.round(column.standIn))}`;
  if (column.kind === 'list' || column.kind === 'time') return 'taken as what stands in for it';
  return column.kind === 'number' && !column.reshape
    ? `taken as ${short(column.standIn)}`
    : 'taken as what stands in for it';
}

function valueText(column: ColumnTransform, value: CellValue): string {
  if (typeof value === 'string') return `“${cut(value)}”`;
  if (typeof value !== 'number') return (value ?? []).map((each) => `“${cut(each)}”`).join(', ') || 'nothing';
  switch (column.kind) {
    case 'date':
      return dayText(value);
    case 'time':
      return new Date(Math.round(value * SECONDS_A_DAY) * 1000).toISOString().slice(11, 19);
    case 'boolean':
      return value === 1 ? 'yes' : 'no';
    case 'ticked':
      return value === 1 ? 'given' : 'not given';
    default:
      return `${full(value)}${column.kind === 'number' && column.unit !== undefined ? ` ${cut(column.unit)}` : ''}`;
  }
}

const SECONDS_A_DAY = 86_400;
const MS_PER_DAY = 86_400_000;
/** Days since 1970-01-01 as a date; as they are where the calendar ends. */
const dayText = (days: number): string => {
  const date = new Date(days * MS_PER_DAY);
  if (Number.isNaN(date.getTime())) return `day ${short(days)}`;
  const text = date.toISOString();
  return Number.isInteger(days)
    ? text.slice(0, text.indexOf('T'))
    : text.replace('T', ' ').replace('.000Z', '');
};
