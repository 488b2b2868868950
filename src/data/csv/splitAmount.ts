import { CURRENCY_BEFORE, CURRENCY_BEHIND, CURRENCY_PER, withMinus } from './amounts';
import { magnitudeOf } from './unitTable';

/** A number with something around it, in its parts. */
export interface SplitAmount {
  /** The number as it is written, with its sign. */
  readonly core: string;
  /** What it is multiplied by, as in “12 k views”. */
  readonly scale: number;
  /** Empty where only a mark or a currency was around it. */
  readonly unit: string;
  readonly currency: string;
  /** Whether the unit stands before the number, and whether a blank is between them. */
  readonly isBefore: boolean;
  readonly hasGap: boolean;
  /** What says that the number is not quite this one: <, +, - behind a whole number, or *; empty without. */
  readonly mark: string;
}

/** Nobody writes a number with its unit at greater length. */
const LONGEST_SPLIT = 60;
const MOST_WORDS = 3;

const MARK_BEFORE = /^\s*([<>]=?|[≤≥⩽⩾~≈])\s*(?=[-+.,\d$€£¥₹])/u;
const MARK_BEHIND =
  /(?<=[\d%\p{L}])\s?(\*{1,3}|[†‡]{1,3}|\+|\?{1,2}|(?<=^\d+)-|\[[a-z\d]{1,3}\]|\((?:est(?:imated)?|[epr]|prelim(?:inary)?|prov(?:isional)?|revised|approx|ca)\.?\))$/iu;
/** All of it in brackets, and a plus before the unit. */
const BOXED = /^\[([^[\]]+)\]$/;
const MARK_WITHIN = /^(\d[\d.,]*)\s?\+\s?(?=\p{L})/u;
/** Bounds in words, and behind a number. */
const WORDS_BEFORE =
  /^\s*(?:(less than|under|below|fewer than|bef\.?|before|unter|weniger als|moins de|menos de|meno di)|(more than|over|above|aft\.?|after|über|mehr als|plus de|más de|più di)|ca\.?|circa|c(?=1\d{3}$|20\d\d$)|about|abt\.?|c\.|est\.|approx(?:\.|imately)?|around|roughly|etwa|environ|env\.)\s*(?=\d)/iu;
const WORDS_BEHIND =
  /(?<=\d)\s+(?:(?:or|and|oder|und|ou|et|o|y|e) (?:(less|fewer|under|below|younger|weniger|jünger|moins|menos|meno)|(?:more|over|above|older|up|greater|mehr|älter|plus|más|mas|mais|più))|plus)$/iu;
/** The mark that stands for the words of a bound, and what is left without them. */
function markInWords(text: string): { readonly mark: string; readonly rest: string } | null {
  const before = WORDS_BEFORE.exec(text);
  if (before) {
    const mark = before[1] !== undefined ? '<' : before[2] !== undefined ? '>' : '~';
    return { mark, rest: text.slice(before[0].length) };
  }
  const behind = WORDS_BEHIND.exec(text);
  return behind && { mark: behind[1] === undefined ? '+' : '<=', rest: text.slice(0, behind.index) };
}

const CORE = /^[-+]?(?:\d(?:[\d.,'’\s]*\d)?|[.,]\d+)(?:[.,](?=\s|$))?(?:[eE][-+]?\d+(?![\p{L}\d]))?/u;
/** Letters and signs; digits only as in m2 and in l/100km. */
const UNIT =
  /^(?:\/\s?)?[\p{L}°℃℉%‰¢"'″′](?:[\p{L}°%‰²³.·*^()\s-]|[23](?=$|\/)|\/\s?(?:\d{1,4}\s?)?(?=\p{L}))*$/u;
/** What stands behind numbers and makes something else of them: ordinals, dates, times of day, 4x2. */
const NO_UNIT = new RegExp(
  '^(?:(?:st|nd|rd|th|er|ère|e|ème|º|ª|x\\d?)(?!\\p{L})|(?:am|pm|a\\.m|p\\.m|uhr)(?!\\p{L})|' +
    '(?:jan|feb|fév|fev|mar|mär|apr|abr|avr|may|mai|jun|juin|jul|juil|aug|aoû|ago|sep|oct|okt|nov|dec|dez|déc|dic|ene)' +
    '(?:\\p{L}*)(?:[\\s.,-]|$))',
  'iu',
);

/** The dash that stands for a fraction of nothing. */
const NO_FRACTION = /^[/.,:][-–—]{1,2}$/u;
/** Where the fraction is a dash, points are no decimal marks: 14.900,- is 14900. */
const withoutGroups = (core: string) =>
  /^[1-9]\d{0,2}(?:\.\d{3})+$/.test(core) ? core.replaceAll('.', '') : core;

/** Units in one sign, as East Asian tables have them: ㎡, ㎏, ㎝, ㏄, ℓ. */
const IN_ONE_SIGN = /[\u3300-\u33ff\u2113]/gu;

/** The parts of a text that is a number with something around it, as far as can be seen; null of any other. */
export function splitAmount(written: string): SplitAmount | null {
  if (written.length > LONGEST_SPLIT) return null;
  const text = written.replace(IN_ONE_SIGN, (sign) => sign.normalize('NFKC'));
  const words = markInWords(text);
  const before = words ? null : MARK_BEFORE.exec(text);
  const behind = words || before ? null : MARK_BEHIND.exec(text);
  const boxed = words || before || behind ? null : BOXED.exec(text);
  const within = words || before || behind ? null : MARK_WITHIN.exec(text);
  const unmarked = before
    ? text.slice(before[0].length)
    : behind
      ? text.slice(0, behind.index)
      : (boxed?.[1] ?? text.replace(MARK_WITHIN, '$1 '));
  const bare = withMinus(words?.rest ?? unmarked);
  const mark = words?.mark ?? before?.[1] ?? behind?.[1] ?? (boxed ? '[]' : within ? '+' : '');
  let from = bare.search(/\d/);
  if (from < 0) return null;
  // A point or comma before the first digit is the decimal mark, unless it ends a word: Rs.500
  if (/(?:^|[\s$€£¥₹+-])[.,]$/u.test(bare.slice(0, from))) from--;
  const core = CORE.exec(bare.slice(from))?.[0] ?? '';
  const parts = { before: bare.slice(0, from), after: bare.slice(from + core.length) };
  const sign = /[-+]\s*$/.exec(parts.before) ?? /^\s*[-+]/.exec(parts.before);
  if (sign) parts.before = parts.before.replace(sign[0], '');
  const currency = takeCurrency(parts);
  const hasGap = /^\s/.test(parts.after) || /\s$/.test(parts.before);
  const plainly = {
    core: (sign?.[0].trim() === '-' ? `-${core}` : core).trim(),
    ...{ scale: 1, currency, isBefore: false, hasGap, mark },
  };
  // 500/-, 5,- and 5:- are amounts without a fraction.
  const after = parts.after.trim().replace(NO_FRACTION, '');
  const word = parts.before.trim();
  // The stop of a lens: f/2.8
  if (/^f\/$/i.test(word) && after === '') return { ...plainly, unit: 'f/', isBefore: true };
  // 築12年 and 徒歩5分 have a word on either side, which are one unit together.
  if (IN_IDEOGRAPHS.test(word) && IN_IDEOGRAPHS.test(after))
    return { ...plainly, unit: `${word}…${after}`, isBefore: false };
  if ((word !== '' && after !== '') || BEFORE_TIMES.test(word)) return null;
  // 182.5º: nobody counts in halves.
  if (after === 'º' && /[.,]\d/.test(core)) return { ...plainly, unit: '°' };
  const [first, ...rest] = after.split(/\s+/);
  const scale = rest.length > 0 ? (magnitudeOf(first) ?? 1) : 1;
  const unit = (word || (scale === 1 ? after : rest.join(' ')))
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{L})\.$/u, '');
  if (unit !== '' && !isUnit(unit, core)) return null;
  const whole = NO_FRACTION.test(parts.after.trim()) ? withoutGroups(core) : core;
  const signed = sign?.[0].trim() === '-' ? `-${whole}` : whole;
  return { core: signed.trim(), scale, unit, currency, isBefore: word !== '', hasGap, mark };
}

/** A word of one to four signs of East Asian scripts. */
const IN_IDEOGRAPHS = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{1,4}$/u;

/** Danish, Norwegian, Swedish, Finnish and German for “at”, before a time of day. */
const BEFORE_TIMES = /^(?:kl|klo|um)\.?$/i;

/** 15.3x, 5 x per week and 2x/day. */
const TIMES_PER = /^x(?:$| ?(?:\/|per|pro|par|por|al|je)(?:\s|(?<=\/))?\p{L})/iu;

const isUnit = (unit: string, core: string) =>
  UNIT.test(unit) &&
  // A large E is the east; what is second in French has a small one; ST are pieces in German. 15.3x is so many times.
  (unit === 'E' || unit === 'ST' || TIMES_PER.test(unit) || !NO_UNIT.test(unit)) &&
  unit.split(' ').length <= MOST_WORDS &&
  // 0x1F
  !(core === '0' && /^x/i.test(unit));

/** Takes the currency off what stands before or behind a number. */
function takeCurrency(parts: { before: string; after: string }): string {
  const before = CURRENCY_BEFORE.exec(parts.before);
  if (before) {
    parts.before = '';
    return before[1];
  }
  const per = CURRENCY_PER.exec(parts.after);
  if (per) {
    parts.after = parts.after.slice(per[0].length);
    return per[1];
  }
  const behind = CURRENCY_BEHIND.exec(parts.after);
  if (!behind) return '';
  parts.after = parts.after.slice(0, behind.index);
  return behind[1];
}
