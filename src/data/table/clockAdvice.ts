import { isTimeAlone, LONGEST_NAME, mayBeNamedClock, mayBeNamedSpan } from '../csv/timeNames';
import type { ReadColumn } from '../csv/resolve';

/** Times of day that may be something else: the row of one, and what it may be. */
export interface DoubtfulTimes {
  readonly row: number;
  readonly may: 'be no times' | 'have twelve hours';
}

/** 9:05, 2 h 15, 2:58:12 and 4:00 h, without a zone or a half of the day. */
const BARE = /^(\d\d?)(:| ?h ?)(\d\d)(?::(\d\d(?:[.,]\d+)?))?(?: ?h(?:rs?|s)?)?$/i;

interface Time {
  readonly hour: number;
  readonly minute: number;
  readonly second: number | null;
  readonly isPadded: boolean;
  /** 9h30, which spans have as well. */
  readonly hasLetter: boolean;
}

/** Different times are looked at this far. */
const MOST_TIMES = 5000;
/** Fewer different ones say little of what they may be. */
const FEWEST = 3;

/** The different times of a column, each with how it is written; null where one has a zone, am or pm, or a word. */
function timesIn({ texts, codes }: ReadColumn): ReadonlyMap<number, Time> | null {
  const times = new Map<number, Time>();
  for (const code of codes) {
    if (code < 0 || times.has(code)) continue;
    const found = texts[code].length < LONGEST_NAME ? BARE.exec(texts[code]) : null;
    if (!found || times.size === MOST_TIMES) return null;
    const [, hour, mark, minute, second] = found as (string | undefined)[];
    times.set(code, {
      ...{ hour: Number(hour), minute: Number(minute), isPadded: hour?.startsWith('0') === true },
      hasLetter: mark !== ':',
      second: second === undefined ? null : Number(second.replace(',', '.')),
    });
  }
  return times;
}

/** What the times of day of a column may be instead, as far as neither its name nor its values tell; null where they do. */
export function doubtfulTimes(read: ReadColumn): DoubtfulTimes | null {
  const times = timesIn(read);
  if (!times || times.size < FEWEST) return null;
  const row = read.codes.findIndex((code) => code >= 0);
  if (mayBeNoTimes(read, times)) return { row, may: 'be no times' };
  return haveTwelveHours(read, times) ? { row, may: 'have twelve hours' } : null;
}

/** Hours at which things begin, from the first to the last. */
const FIRST_HOUR = 6;
/** So many of the hours of a day are all of them but for chance. */
const NEARLY_ALL_HOURS = 20;
/** Hours that a marathon takes at most. */
const LONGEST_RACE = 10;

/** Whether times of day may be durations, scores or ratios: 13:51 on the ice, 10:19 at half-time, 1:20 of a dilution. */
function mayBeNoTimes(read: ReadColumn, all: ReadonlyMap<number, Time>): boolean {
  const { name } = read;
  const times = [...all.values()];
  // A race has a “Time” as well, with seconds.
  const isRace = isTimeAlone(name) && times.every(({ second }) => second !== null);
  if (mayBeNamedClock(name) && !mayBeNamedSpan(name) && !isRace) return false;
  const hours = new Set(times.map(({ hour }) => hour));
  if (hours.size >= NEARLY_ALL_HOURS) return false;
  const most = Math.max(...hours);
  if (times.some(({ hasLetter }) => hasLetter) && most >= LONGEST_RACE) return false;
  const isPadded = times.some((time) => time.isPadded);
  // 00:45:12 beside 01:20:05 is what a watch has measured, but for the times of a log, which rise.
  if (times.some(({ second }) => second !== null))
    return most < LONGEST_RACE && (!isPadded || (hours.has(0) && fallOften(read, all)));
  // 08:30 beside 17:45 is read off a clock; 03:35 beside 04:10 may be the length of songs.
  if (isPadded && most >= 10) return false;
  // So are full hours, halves and quarters of them, in the course of a day.
  const areRound = times.every(({ minute }) => minute % 5 === 0);
  return !(areRound && times.every(({ hour }) => hour >= FIRST_HOUR));
}

/** From this share of the rows on, times that fall follow no clock. */
const FALL_OFTEN = 0.25;

function fallOften({ codes }: ReadColumn, times: ReadonlyMap<number, Time>): boolean {
  let [last, rows, falls] = [-Infinity, 0, 0];
  for (const code of codes) {
    const time = times.get(code);
    if (!time) continue;
    const seconds = 3600 * time.hour + 60 * time.minute + (time.second ?? 0);
    rows++;
    if (seconds < last) falls++;
    last = seconds;
  }
  return falls >= FALL_OFTEN * rows;
}

/** So many different times before noon, and after it, at least; with zeros in front, as clocks of 24 hours have, more. */
const FEWEST_HALVES = 3;
const FEWEST_PADDED = 8;
/** So often at least the time goes back at noon. */
const FEWEST_BACK = 3;

/**
 * Whether times of day seem to be those of a clock of twelve hours, am and pm left out: 8:30 to 12:10 and 1:15 to 4:45, and
 * none before or after; or 1 to 7 follow 10 to 12 wherever the others rise.
 */
function haveTwelveHours({ codes }: ReadColumn, times: ReadonlyMap<number, Time>): boolean {
  const all = [...times.values()];
  if (all.some(({ hour }) => hour === 0 || hour > 12)) return false;
  const fewest = all.some(({ isPadded }) => isPadded) ? FEWEST_PADDED : FEWEST_HALVES;
  const after = all.filter(({ hour }) => hour <= 5).length;
  const before = all.filter(({ hour }) => hour >= 8).length;
  if (after < fewest || before < fewest || !all.some(({ hour }) => hour >= 9 && hour <= 11)) return false;
  if (all.every(({ hour }) => hour <= 5 || hour >= 8)) return true;
  let [last, back, atNoon, rows]: [Time | undefined, number, number, number] = [undefined, 0, 0, 0];
  for (const code of codes) {
    const time = times.get(code);
    if (!time) continue;
    rows++;
    const passed = last ? minutesBetween(last, time) : 0;
    if (passed < 0) {
      back++;
      const isAfterNoon = last !== undefined && last.hour >= 10 && time.hour <= 5;
      if (isAfterNoon && passed + HALF_A_DAY <= LONGEST_BREAK) atNoon++;
    }
    last = time;
  }
  // In no order at all, or going back from day to day alone, they are as they are written.
  return atNoon >= FEWEST_BACK && atNoon >= LEAST_AT_NOON * back && back <= rows / 4;
}

const minutesBetween = (first: Time, second: Time) =>
  60 * (second.hour - first.hour) + second.minute - first.minute;
const HALF_A_DAY = 720;
/** Minutes between the last time before noon and the first after it, at most. */
const LONGEST_BREAK = 180;
/** Where each day ends later on the clock than the next begins, it goes back once more. */
const LEAST_AT_NOON = 0.45;
