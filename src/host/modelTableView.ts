import { cut, whole } from '../core/format';
import type { Looked } from '../predict/lookThrough';
import type { SeenRow } from '../predict/predicted';
import { predictedLines } from '../predict/text';
import { rowsOfUnits, unitBars } from '../predict/unitBars';
import type { ModelTable } from '../protocol/modelPage';
import type { Model } from '../runs/model';
import { axesOf, MOST_FIELDS } from './modelView';
import { lengthOf, within } from './textBudget';

/** A longer cell has no place in a field. */
const LONGEST_CELL = 1000;
/** Characters of a row, and of what is said of a table: a message has at most 256 kB. */
const MOST_TEXT = 50_000;
/** Sentences about a table, of which one may come for each of its columns. */
const MOST_SAID = 200;

/** What the page of a model shows of a table: rows that are drawn, and what is said of all. */
export function modelTableView(
  model: Model,
  name: string,
  { look, done: { matched, result } }: Looked,
  isSame: boolean,
): ModelTable {
  const rows = look.shown;
  const ofUnits = rowsOfUnits(model, rows);
  const { target } = model.transform;
  const isNumber = model.labels.length === 0;
  return {
    ...{ name: cut(name), isSame, predicted: result.predicted },
    said: saidOf(predictedLines(model, matched, result, isSame)),
    lines: Float64Array.from(rows, ({ line }) => line),
    places: (axesOf(model) ?? []).map((_, k) =>
      Float64Array.from(rows, ({ values }) => numberIn(values[k], model.transform.columns[k])),
    ),
    answers: Float64Array.from(rows, ({ answer }) => answer ?? NaN),
    predictions: Float64Array.from(rows, ({ prediction: { outputs, index } }) =>
      isNumber || target.kind !== 'classes' ? outputs[0] : index,
    ),
    sure: isNumber
      ? new Float64Array()
      : Float64Array.from(rows, ({ prediction: { outputs, index } }) => outputs[index]),
    confusion: look.confusion?.map((counts) => Float64Array.from(counts)) ?? null,
    units: [...unitBars(model, ofUnits)],
    unitRows: ofUnits.length,
  };
}

function saidOf(lines: readonly string[]): string[] {
  const said = within(lines.slice(0, MOST_SAID), MOST_TEXT);
  return lines.length > MOST_SAID ? [...said, `and ${whole(lines.length - MOST_SAID)} more lines.`] : said;
}

/** Where a row stands on the axis of a column of numbers: what is missing, where its stand-in is. */
const numberIn = (value: unknown, column: Model['transform']['columns'][number]): number =>
  typeof value === 'number' ? value : column.kind === 'number' ? column.standIn : NaN;

/** The cells of a row for the fields of the form, else why the form cannot have them. */
export function fieldsOf(
  { transform: { columns } }: Model,
  row: SeenRow | null,
  line: number,
): { readonly texts: readonly string[] | null; readonly why: string } {
  const none = (why: string) => ({ texts: null, why });
  if (!row) return none(`No row begins on line ${whole(line)}.`);
  if (row.texts.length === 0) return none(`The row on line ${whole(line)} is not whole: ${row.note}.`);
  const texts = row.texts.slice(0, MOST_FIELDS);
  const long = texts.findIndex((text) => text.length > LONGEST_CELL);
  if (long >= 0)
    return none(
      `The cell of “${cut(columns[long].name)}” on line ${whole(line)} is longer than a field takes: it has ${whole(texts[long].length)} characters.`,
    );
  if (lengthOf(texts) > MOST_TEXT)
    return none(
      `The row on line ${whole(line)} is longer than a form takes: its cells have ${whole(lengthOf(texts))} characters.`,
    );
  return { texts, why: '' };
}

/** The cells of a form with those of the row it has started from, where columns have no field. */
export const withRest = (texts: readonly string[], row: readonly string[]): readonly string[] => [
  ...texts,
  ...row.slice(texts.length),
];
