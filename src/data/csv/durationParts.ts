// Durations in parts: 2 yrs 3 mos, 1h 10m, PT1H30M, and 4m alone.

export const LONGEST_DURATION = 60;
const YEARS = 'y|yrs?\\.?|years?|jahre?|ans?|años?|anni|anno|anos?|jaar|jr|år|год|года|лет';
/** In front of weeks or days, m are months, too. */
const MONTHS =
  'mos?\\.?|mths?\\.?|months?|monate?|mois|mes|meses|mese|mesi|mês|mnd|maanden?|måneder|månader|мес\\.?|месяц(?:а|ев)?|m(?=,? ?\\d+(?:[.,]\\d+)? ?[wd])';
const AND = 'and|und|et|y|e';
const NUMBER = String.raw`(\d+(?:[.,]\d+)?) ?`;
/** 2 yrs 3 mos, 1h 10m, 3m20s, 2 hours 5 min, 1 d, 4 h: parts from the greatest to the least. */
const PARTS = new RegExp(
  String.raw`^([-+]?)(?:${NUMBER}(?:${YEARS}))?,? ?(?:(?:${AND}) )?(?:${NUMBER}(?:${MONTHS}))?,? ?(?:(?:${AND}) )?(?:${NUMBER}(?:w|wks?|weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|нед\.?|недел[яиь]))?,? ?(?:${NUMBER}(?:d|days?|tage?|jours?|días?|giorn[oi]|dage?n?|дн\.?|д(?:ень|ня|ней)))?,? ?(?:${NUMBER}(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?))?,? ?(?:(?:and|und) )?(?:${NUMBER}(?:m|mins?\.?|minutes?|minuten?))?,? ?(?:(?:and|und) )?(?:${NUMBER}(?:s|secs?\.?|seconds?|sek\.?|sekunden?))?$`,
  'i',
);
/** 1h30, 1 h 05: a time of day as well. */
const HOURS_AND_MINUTES = /^([-+]?)(\d{1,3}) ?h(?:rs?|ours?)? ?([0-5]\d)$/i;
/** PT1H30M, P1DT2H, P2Y3M */
const ISO =
  /^([-+]?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/;
/** A year of the Gregorian calendar, and the twelfth of it. */
const YEAR = 365.2425 * 86_400;
const SECONDS = [YEAR, YEAR / 12, 604_800, 86_400, 3600, 60, 1];
/** Years and months exactly. */
const IN_MONTHS = SECONDS.map((seconds, k) => (k < 2 ? [12, 1][k] : (12 * seconds) / YEAR));

/** Years to days, which hours and minutes alone have none of. */
const NONE_BEFORE_HOURS = Array.from({ length: 4 }, () => undefined);

export const decimal = (text: string) => Number(text.replace(',', '.'));

/** 4m, and no 4 min. */
export const LETTER_M = /\d ?m$/i;

export interface Parts {
  readonly seconds: number;
  readonly months: number;
  /** Whether it has years or months. */
  readonly isLong: boolean;
  readonly count: number;
  /** Whether it may be a time of day: 9h30. */
  readonly mayBeTime: boolean;
  /** 4m and no more: minutes, or months beside years. */
  readonly isLoneM: boolean;
  /** Whether it has years; whether it has hours, minutes or seconds. */
  readonly hasYears: boolean;
  readonly hasClock: boolean;
}

/** The seconds of a duration in parts; null of any other text. */
export function partsIn(text: string): Parts | null {
  // Most texts are no such: these need not be looked at any closer.
  if (text.length > LONGEST_DURATION || !/^[-+]?(?:\d.*(?:[\p{L}.]|h ?\d\d)|P.*\d.*[A-Z])$/iu.test(text))
    return null;
  const short = HOURS_AND_MINUTES.exec(text);
  const found = short ?? PARTS.exec(text) ?? ISO.exec(text);
  if (!found) return null;
  const [, sign, ...all] = found;
  const parts: (string | undefined)[] = short ? [...NONE_BEFORE_HOURS, ...all] : [...all];
  // The minutes of 2y 3m are months, those of P2YT3M are none.
  const isIso = /^[-+]?P/.test(text);
  if (
    !isIso &&
    LETTER_M.test(text) &&
    parts[0] !== undefined &&
    parts.slice(1, 5).every((part) => part === undefined)
  ) {
    [parts[1], parts[5]] = [parts[5], undefined];
  }
  const count = parts.filter((part) => part !== undefined).length;
  const inUnits = (units: readonly number[]) =>
    (sign === '-' ? -1 : 1) * parts.reduce((sum, part, k) => sum + units[k] * decimal(part ?? '0'), 0);
  const seconds = inUnits(SECONDS);
  const mayBeTime = short !== null && sign === '' && seconds <= 86_400;
  if (count === 0) return null;
  const isLong = parts[0] !== undefined || parts[1] !== undefined;
  const isLoneM = !isIso && count === 1 && parts[5] !== undefined && LETTER_M.test(text);
  const months = isLoneM ? seconds / 60 : inUnits(IN_MONTHS);
  const hasClock = !isLoneM && parts.slice(4).some((part) => part !== undefined);
  return { seconds, months, isLong, count, mayBeTime, isLoneM, hasYears: parts[0] !== undefined, hasClock };
}

/** 3 y, with years and no more. */
export const IN_YEARS = new RegExp(String.raw`^\d+ ?(?:${YEARS})$`, 'i');
