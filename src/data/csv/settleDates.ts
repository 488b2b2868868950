import type { CellPlace } from './columnBuilder';
import { MISSING } from './columnBuilder';
import { calendarOf, mayBeCalendar, type Calendar } from './dateColumn';
import type { ReadColumn, Resolving } from './resolve';
import type { Spot } from '../problems';

/** Texts among dates that are named one by one; the others are only counted. */
const MOST_NAMED = 5;

/** How a column was resolved, and where its first texts are. */
interface Settling extends Pick<Resolving, 'lines' | 'problems' | 'wanted' | 'lose'> {
  readonly places: readonly CellPlace[];
}

/**
 * Finds out whether a column of texts holds dates or times of day, cell by cell. What is none among them is then
 * missing, and named with its first line.
 */
export function settleDates(column: ReadColumn, how: Settling): ReadColumn {
  const { wanted } = how;
  const forced = wanted === 'date' || wanted === 'time' ? wanted : undefined;
  if (column.holds !== 'texts' || (wanted !== undefined && forced === undefined)) return column;
  const { name, codes, texts } = column;
  if (forced === undefined && !mayBeCalendar(texts)) return column;
  const cells = new Int32Array(texts.length);
  for (let row = 0; row < column.rows; row++) if (codes[row] >= 0) cells[codes[row]]++;
  const used = texts.flatMap((_, code) => (cells[code] > 0 ? [code] : []));
  const calendar = calendarOf(
    name,
    used.map((code) => texts[code]),
    used.map((code) => cells[code]),
    forced,
  );
  if (!calendar) return column;
  if (calendar.type === 'ambiguous') {
    const contrary = calendar.contrary && ([used[calendar.contrary[0]], used[calendar.contrary[1]]] as const);
    return { ...column, calendar: { ...calendar, contrary } };
  }
  const values = new Float64Array(texts.length).fill(NaN);
  used.forEach((code, k) => (values[code] = calendar.values[k]));
  const settled = { ...column, calendar: { ...calendar, values } };
  say(settled, calendar, used, how);
  if (calendar.odd.length === 0) return settled;
  const isOdd = new Uint8Array(texts.length);
  for (const { text } of calendar.odd) isOdd[used[text]] = 1;
  let odd = 0;
  for (let row = 0; row < column.rows; row++) {
    if (codes[row] < 0 || isOdd[codes[row]] === 0) continue;
    how.lose(row, codes[row]);
    codes[row] = MISSING;
    odd++;
  }
  return { ...settled, missing: column.missing + odd };
}

/** Says what was taken for missing, and what was decided. */
function say(
  { name, codes, texts }: ReadColumn,
  calendar: Exclude<Calendar, { type: 'ambiguous' }>,
  used: readonly number[],
  { places, lines, problems }: Settling,
): void {
  const rowOf = new Map<number, number>();
  const cells = new Map<number, number>();
  const wanted = new Set(calendar.odd.slice(0, MOST_NAMED).map(({ text }) => used[text]));
  const counted = calendar.type === 'date' && calendar.counted !== null ? used[calendar.counted] : -1;
  if (counted >= 0) wanted.add(counted);
  if (wanted.size > 0) {
    codes.forEach((code, row) => {
      if (!wanted.has(code)) return;
      cells.set(code, (cells.get(code) ?? 0) + 1);
      if (!rowOf.has(code)) rowOf.set(code, row);
    });
  }
  const spotOf = (code: number): Spot => {
    const row = rowOf.get(code) ?? 0;
    const place = places.find((each) => each.row === row);
    return place ? [place.line, place.column, place.endColumn] : [lines[row] ?? 1, 1, 2];
  };
  for (const { text, why } of calendar.odd.slice(0, MOST_NAMED)) {
    const code = used[text];
    const args = { column: name, text: texts[code], cells: cells.get(code) ?? 0, why, among: calendar.type };
    problems.add('text-in-dates', spotOf(code), args);
  }
  problems.count('text-in-dates', calendar.odd.length - MOST_NAMED);
  if (calendar.type === 'time') return;
  if (counted >= 0) {
    const value = calendar.values[calendar.counted ?? 0];
    problems.add('counted-dates', spotOf(counted), {
      column: name,
      text: texts[counted],
      day: dayText(value),
    });
  }
}

/** A day since 1970-01-01 as ISO 8601 has it. */
export const dayText = (days: number): string => {
  const date = new Date(Math.floor(days) * 86_400_000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
};
