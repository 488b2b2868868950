/** A time of day, and how far the clock it is read from is ahead of universal time, in minutes. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly zone: number;
}

/** What is written like a time of day and is none: 25:00, 12:75, 13 pm. */
export const NO_TIME = 'no time';

const ZONE = String.raw`z|utc|gmt|(?:utc|gmt)?[-+]\d\d?(?::?\d\d)?|[ecmpw]e?[sd]?t|cest|bst`;
const HALF = String.raw`(?: ?([ap])\.? ?m\.?)?`;
const TAIL = String.raw`(?: ?(${ZONE}))?(?: ?\([a-z ]+\))?(?: ?(?:uhr|h|hs|hrs))?`;
/** 9:30, 09:30:15.5, 9:30 pm, 09:30+02:00, 14:30 Uhr */
const digital = new RegExp(`^(\\d\\d?):(\\d\\d)(?::(\\d\\d(?:[.,:]\\d+)?))?${HALF}${TAIL}$`, 'i');
/** 9 am, 12 p.m. */
const halfDay = /^(\d\d?) ?([ap])\.? ?m\.?$/i;
/** 9h, 9h30, 09h30m, 14.30 Uhr */
const lettered = /^(\d\d?)(?: ?h ?(?:(\d\d)(?: ?m(?:in)?)?)?|\.(\d\d) ?uhr| uhr)$/i;

/** 0845h, 1730 hrs */
const military = /^([01]\d|2[0-4])([0-5]\d) ?(?:h|hrs?|hours|uhr)$/i;

/** Minutes that zones are ahead which are told by name. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420 },
  ...{ wet: 0, west: 60, cet: 60, cest: 120, bst: 60, eet: 120 },
};

/** kl. 18.49, klo 9.05, um 7:30 Uhr */
const atTime = /^(?:kl|klo|um)\.? ?(\d\d?)[.:](\d\d)(?:[.:](\d\d))?(?: uhr)?$/i;
export const mayBeAtTime = (text: string): boolean => /^(?:klo?|um)\.? ?\d/i.test(text);

/** The time of day in a text; undefined for what is not written like one. */
export function clockIn(text: string): Clock | typeof NO_TIME | undefined {
  const whole = digital.exec(text);
  if (whole) {
    const [, hour, minute, second = '0', half, zone] = whole;
    return clock(Number(hour), Number(minute), Number(second.replace(/[,:]/, '.')), half, zone);
  }
  const short = halfDay.exec(text);
  if (short) return clock(Number(short[1]), 0, 0, short[2], undefined);
  const at = atTime.exec(text);
  if (at) return clock(Number(at[1]), Number(at[2]), Number(at[3] ?? 0), undefined, undefined);
  const together = military.exec(text);
  if (together) return clock(Number(together[1]), Number(together[2]), 0, undefined, undefined);
  const named = lettered.exec(text);
  return named
    ? clock(Number(named[1]), Number(named[2] ?? named[3] ?? 0), 0, undefined, undefined)
    : undefined;
}

function clock(
  written: number,
  minute: number,
  second: number,
  half: string | undefined,
  zoneName: string | undefined,
): Clock | typeof NO_TIME {
  let hour = written;
  if (half && hour > 12) {
    // 14:30 pm is said twice, 0:30 am as well.
    if (half.toLowerCase() === 'a') return NO_TIME;
  } else if (half) hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const zone = minutesAhead(zoneName);
  if (zone === undefined || minute > 59 || second >= 60) return NO_TIME;
  // 24:00 is the end of a day.
  return hour < 24 || (hour === 24 && minute === 0 && second === 0)
    ? { hour, minute, second, zone }
    : NO_TIME;
}

function minutesAhead(name: string | undefined): number | undefined {
  if (name === undefined) return 0;
  const digits = /([-+])(\d\d?)(?::?(\d\d))?$/.exec(name);
  if (!digits) return /^(?:z|utc|gmt)$/i.test(name) ? 0 : ZONES[name.toLowerCase()];
  const minutes = 60 * Number(digits[2]) + Number(digits[3] ?? 0);
  if (minutes > FARTHEST) return undefined;
  return digits[1] === '-' ? -minutes : minutes;
}

/** No clock is farther from universal time. */
const FARTHEST = 14 * 60;

const MINUTES_A_DAY = 1440;
/** 06:20+1 and 6:20 am (+1): so many days later, as timetables have it; zones have two digits. */
const DAYS_LATER =
  /^(\d\d?:\d\d(?::\d\d)?(?: ?[ap]\.? ?m\.?)?) ?(?:[+⁺][1-3¹²³](?: ?(?:d|days?|tage?))?|\([+⁺][1-3¹²³](?: ?(?:d|days?|tage?))?\))$/iu;

/**
 * The time of day in a text as a part of the day, from 0 to less than 1; NaN for what is written like one and is none,
 * undefined for any other text.
 */
export function partOfDay(text: string): number | undefined {
  // 9:00-12:00 are opening hours.
  if (text.length > LONGEST_TIME || !(/^\d/.test(text) || mayBeAtTime(text)) || /-\d/.test(text))
    return undefined;
  const found = clockIn(DAYS_LATER.exec(text)?.[1] ?? text);
  if (found === undefined) return undefined;
  if (found === NO_TIME) return NaN;
  const minutes = 60 * found.hour + found.minute - found.zone + found.second / 60;
  return (((minutes % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY) / MINUTES_A_DAY;
}

const LONGEST_TIME = 40;
