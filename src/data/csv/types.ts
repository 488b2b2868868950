import type { DateFormat } from './dates';
import type { DigitClock } from './digitTimes';
import { countedDays } from './numberDates';
import { message, type Evidence } from '../message';
import type { ColumnKind } from '../../settings/data';
import { listOf, type AnswerList, type TextRows } from './lists';
import type { ReadColumn } from './resolve';
import { findTicks, ticksOf, type Ticks } from './ticks';
import { booleanOf } from './truthWords';

export const columnTypes = [
  'number',
  'category',
  'boolean',
  'date',
  'time',
  'ticked',
  'list',
  'text',
  'identifier',
  'constant',
] as const;
export type ColumnType = (typeof columnTypes)[number];

/** What a column is, and why: by the first of the rules in {@link typeOf} that holds. */
export interface TypedColumn {
  readonly type: ColumnType;
  readonly evidence: Evidence;
  /** How many different values; in a column of numbers counted up to {@link MOST_COUNTED}, then infinite. */
  readonly distinct: number;
  /**
   * Number, boolean (0 and 1), date (days since 1970-01-01) and time (the part of the day, from 0 to less than 1): every
   * cell, NaN where it is missing; ticked: 1 where something is given, else 0; else empty.
   */
  values: Float64Array;
  /** Ticked: what stands in each cell that is not empty; null where that may be anything. */
  readonly mark?: string | null;
  /** How its cells list answers. */
  readonly list?: AnswerList;
  /** How its dates are written. */
  readonly format?: DateFormat;
  /** How its times of day are written, where in digits alone. */
  readonly clock?: DigitClock;
}

/** Different numbers are counted this far: more than classes can be. */
export const MOST_COUNTED = 1000;
/** More distinct texts than this are free text, not categories. */
export const MOST_CATEGORIES = 20;
/** So many rows at least, each with a value of its own, are an identifier rather than chance. */
const FEWEST_IDENTIFIERS = 20;

const NAMES = 'id|uuid|guid|index|row|rowname|rownames|nr|no|number|key';
/** user_id, S.No., PassengerId, Unnamed: 0 */
const identifierNames = [
  new RegExp(`^(?:.*[_\\s.])?(?:${NAMES})\\.?$`, 'i'),
  /[a-z](?:I[dD]|Index|N[ro]|Number|Key)$/,
  /^Unnamed: \d+$/,
];
/** What a column is called that counts its rows, but may hold other numbers as well: 序号, № п/п, Lfd., L.p. */
const COUNTERS =
  /^(?:#|№(?: ?п\/п)?|п\/п|n[º°]|序号|序號|编号|編號|番号|連番|번호|순번|lfd|lp|l\.p|stt|nro|num|nummer|n[uú]mero|numéro|sıra|s\/n|sn|s\.?r|sl|srno|sno|serial|ลำดับ(?:ที่)?|الرقم|\.\.\.1)\.?$/iu;
/** Nobody names a column at greater length. */
const LONGEST_NAME = 10_000;
/** Whether a column is called like one that tells rows apart. */
export const isIdentifierName = (name: string) =>
  name.length <= LONGEST_NAME && identifierNames.some((pattern) => pattern.test(name));

/**
 * Calls a column ticked, constant, identifier, number, boolean, date, time, list, category or text, in this order; or
 * what a person says that it is.
 */
export function typeOf(column: ReadColumn, wanted?: ColumnKind): TypedColumn {
  const { holds, rows, missing, name } = column;
  const present = rows - missing;
  const named =
    isIdentifierName(name) ||
    (name.length <= LONGEST_NAME && (/^column \d+$/.test(name) || COUNTERS.test(name)));
  const distinct =
    holds === 'numbers'
      ? distinctNumbers(column.numbers, named ? Infinity : MOST_COUNTED)
      : distinctTexts(column).length;
  const as = (
    type: ColumnType,
    evidence: Evidence,
    values: Float64Array = new Float64Array(),
  ): TypedColumn => ({
    type,
    evidence,
    distinct,
    values,
  });
  const asTicked = ({ mark, values }: Ticks, evidence: Evidence): TypedColumn => ({
    ...as('ticked', evidence, values),
    mark,
  });
  if (wanted === 'ticked' && distinct > 0)
    return asTicked(ticksOf(column), message('chosen-type', { type: wanted }));
  const ticks = wanted === undefined && distinct === 1 ? findTicks(column) : null;
  if (ticks) return asTicked(ticks, message('given-or-empty', { mark: ticks.mark, given: ticks.given }));
  if (wanted !== undefined && distinct > 1) {
    const said = message('chosen-type', { type: wanted });
    if (wanted === 'list') return { ...as(wanted, said), list: listOf(textRows(column)) };
    if (holds === 'numbers') return as('number', said, column.numbers);
    if (wanted === 'category' || wanted === 'text') return as(wanted, said);
  }
  if (column.areLong) return as('identifier', message('digits-are-lost', {}));
  if (distinct <= 1) return as('constant', message(distinct === 0 ? 'all-missing' : 'all-the-same', {}));
  const allDiffer = distinct === present && present >= FEWEST_IDENTIFIERS;
  if (holds === 'numbers') {
    if (allDiffer && named && counts(column.numbers)) return as('identifier', message('counts-the-rows', {}));
    if (allDiffer && isIdentifierName(name) && column.numbers.every((value) => !(value % 1)))
      return as('identifier', message('named-like-identifier', {}));
    const days = countedDays(column);
    if (days) {
      const format = 'days since 1899-12-30';
      return { ...as('date', message('holds-dates', { format }), days), format };
    }
    const { taken: units = [] } = column.unit ?? {};
    const evidence = units.length > 0 ? message('holds-amounts', { units }) : message('holds-numbers', {});
    return as('number', evidence, column.numbers);
  }
  const used = distinctTexts(column);
  const values = (read: (text: string) => number | undefined) => {
    const table = Float64Array.from(column.texts, (text) => read(text) ?? NaN);
    if (used.some((text) => Number.isNaN(read(text) ?? NaN))) return undefined;
    return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : table[code]));
  };
  // A 0 beside “yes” alone is its contrary.
  const areWords = used.some((text) => booleanOf(text) !== undefined);
  const flags = areWords
    ? values((text) => booleanOf(text) ?? (text === '0' ? 0 : text === '1' ? 1 : undefined))
    : undefined;
  if (flags) return as('boolean', message('holds-two-texts', { texts: used }), flags);
  const { calendar } = column;
  if (calendar && calendar.type !== 'ambiguous') {
    const table = calendar.values;
    const cells = Float64Array.from(column.codes, (code) => (code < 0 ? NaN : table[code]));
    if (calendar.type === 'time') {
      const { clock } = calendar;
      return { ...as('time', message('holds-times', {}), cells), ...(clock && { clock }) };
    }
    const { format } = calendar;
    return { ...as('date', message('holds-dates', { format }), cells), format };
  }
  if (column.list?.sure) {
    const { example, answers } = column.list;
    const evidence = message('lists-answers', { text: example, answers: answers.length });
    return { ...as('list', evidence), list: column.list };
  }
  if (distinct <= MOST_CATEGORIES || column.areNames)
    return as('category', message('few-texts', { distinct }));
  if (calendar)
    return as(
      'text',
      message('ambiguous-dates', { formats: calendar.formats, areContrary: calendar.contrary !== null }),
    );
  if (allDiffer) return as('identifier', message('no-two-the-same', {}));
  return as('text', message('many-texts', { distinct }));
}

/** The texts of a column, each with the rows that it stands in. */
function textRows({ texts, codes }: ReadColumn): TextRows {
  const rows = new Int32Array(texts.length);
  for (const code of codes) if (code >= 0) rows[code]++;
  return { texts, rows };
}

/** The texts of a column that stand in a cell, each once, in alphabetical order. */
export function distinctTexts({ texts, codes }: ReadColumn): string[] {
  const used = new Uint8Array(texts.length);
  for (const code of codes) if (code >= 0) used[code] = 1;
  const found = texts.filter((_, code) => used[code] === 1);
  // Numbers that a person calls categories stand in their order.
  const byNumber = found.every((text) => text.trim() !== '' && Number.isFinite(Number(text)));
  return found.sort((a, b) => (byNumber && Number(a) - Number(b)) || (a < b ? -1 : a > b ? 1 : 0));
}

/** How many different numbers there are, infinite when there are more than `most`. */
export function distinctNumbers(numbers: Float64Array, most: number): number {
  // An open hash table over the bits; an empty slot is NaN.
  let slots = new Float64Array(64).fill(NaN);
  let count = 0;
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  const slotOf = (table: Float64Array, value: number) => {
    const mask = table.length - 1;
    // + 0: the two zeros are one number.
    bits[0] = value + 0;
    let hash = Math.imul(words[0] ^ Math.imul(words[1], 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    while (table[slot] === table[slot] && table[slot] !== value) slot = (slot + 1) & mask;
    return slot;
  };
  for (const value of numbers) {
    if (Number.isNaN(value)) continue;
    const slot = slotOf(slots, value);
    if (slots[slot] === value) continue;
    slots[slot] = value;
    if (++count > most) return Infinity;
    if (count * 2 > slots.length) {
      const larger = new Float64Array(slots.length * 4).fill(NaN);
      for (const known of slots) if (!Number.isNaN(known)) larger[slotOf(larger, known)] = known;
      slots = larger;
    }
  }
  return count;
}

/** Whether each value is one more than the one before. */
function counts(numbers: Float64Array): boolean {
  return numbers.every((value, row) => row === 0 || value === numbers[row - 1] + 1);
}
