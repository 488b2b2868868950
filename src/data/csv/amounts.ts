import { LONGEST_AMOUNT } from './number';

/** The number in a text, NaN where it is none. */
export type Style = (text: string) => number;

/** Signs and codes of currencies that need no blank between them and the number. */
const SIGN = '[$€£¥₹₽₩₺₪₫₴₦฿৳₱₵₸₼₾₮₭]|(?:US|CA|AU|NZ|HK|SG|NT|MX|TT|R|A|C|S)\\$';
const CODE =
  'CHF|EUR|USD|GBP|JPY|INR|AUD|CAD|CNY|RMB|SEK|NOK|DKK|PLN|CZK|HUF|RUB|BRL|MXN|ZAR|KRW|SGD|HKD|NZD|IDR|MYR|THB|VND|AED|SAR|ILS|EGP|NGN|KES|PKR|BDT|LKR|TWD|BGN|UAH|CLP|QAR|KWD|ISK|UGX|TZS|GHS';
const NUMBER_LIKE = new RegExp(
  `^[\\s(]*(?:[-+\\u00b1\\u2010-\\u2013\\u2212\\uFE63\\uFF0D\\d.,]|${SIGN}|${CODE})[^a-cf-z]*$`,
  'u',
);
/** Most texts are not looked at any closer. */
const mayBeNumber = (text: string) => text.length <= LONGEST_AMOUNT && NUMBER_LIKE.test(text);

/** The sign or code of the currency in an amount, or its percent sign. */
const UNIT = new RegExp(`%|${SIGN}|${CODE}`, 'u');
export const signIn = (text: string): string => UNIT.exec(text)?.[0] ?? '';
const BEFORE = new RegExp(`^([-+]?)\\s*(?:${SIGN}|(?:${CODE})(?=[\\s\\d]))\\s*([-+]?)`, 'u');
const BEHIND = new RegExp(`\\s?(?:%|${SIGN}|${CODE})$`, 'u');

/** Currencies with their words, as all that stands before a number, and as the last that stands behind it. */
const WORDS =
  '[Rr]s\\.?|[Kk]r\\.?|Kč|zł|lei|Ft|Fr\\.|[Dd]ollars?|[Ee]uros?|[Rr]upees?|[Yy]en|[Yy]uan|[Ff]rancs?';
export const CURRENCY_BEFORE = new RegExp(
  `^\\s*(${SIGN}|${CODE}|Rs\\.?|rs\\.|Rp\\.?|K[Ss]h\\.?|S/\\.?|(?:${WORDS})(?=\\s))\\s*$`,
  'u',
);
export const CURRENCY_BEHIND = new RegExp(`((?:${SIGN})|(?<=^|\\s)(?:${CODE}|${WORDS}))\\s*$`, 'u');
/** 24,90 €/Fl. and 12 EUR/h: what stands before the stroke. */
export const CURRENCY_PER = new RegExp(`^\\s*(${SIGN}|${CODE}|${WORDS})\\s?(?=/\\s?\\p{L})`, 'u');

const plain = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
/** Fortran's double precision. Without a point or a sign it may as well be a code: 12D3. */
const fortran = /^([-+]?(?:\d+\.\d*|\.\d+|\d+(?=[dD][-+])))[dD]([-+]?\d+)$/;
/** Numbers as programs write them. */
export const read: Style = (text) => {
  if (plain.test(text)) return Number(text);
  return fortran.test(text) ? Number(text.replace(/[dD]/, 'e')) : NaN;
};

/** Other signs that stand for a minus, in front of an amount: hyphens, dashes, and that of mathematics. */
const MINUS = /^(\(?)[\u2010-\u2013\u2212\uFE63\uFF0D]\s?(?=[-+.,\d]|\p{Sc})|\u2212/gu;
export const withMinus = (text: string): string => text.replace(MINUS, '$1-');
const IN_PARENTHESES = new RegExp(
  `^(?:(?:${SIGN}|${CODE})\\s?)?\\(([^()]*)\\)\\s?(?:%|${SIGN}|${CODE})?$`,
  'u',
);
/** No difference at all, as tables of results have it. */
const NEITHER = /^\u00b1\s?(?=0(?:[.,]0+)?\s?%?$)/u;

/** The minus of Japanese accounts: ▲1,234 and △5 */
export const TRIANGLE = /^[▲△] ?(?=[\d.,¥￥])/u;
export const withoutTriangle = (text: string): string => text.replace(TRIANGLE, '-');
/**
 * Whether triangles are such a minus in these texts, not a rise: something is above zero without one, nothing falls, nor
 * has another minus. `range`: of the numbers that nothing is around.
 */
export const areBelowZero = (texts: readonly string[], range: () => readonly [number, number]): boolean =>
  texts.some((text) => TRIANGLE.test(text)) &&
  !(range()[0] < 0) &&
  !texts.some((text) => /^(?:[▼▽△▲↑↓]$|[▼▽↓↑-])/u.test(text)) &&
  (texts.some((text) => /^[1-9]/.test(text)) || range()[1] > 0);

/** Names of what may be below zero in accounts. */
const OF_ACCOUNTS =
  /(?:^|[^a-z])(?:profit|loss|losses|income|earnings?|ebitda?|margin|balance|cash|flow|net|gain|gains|revenue|sales|amount|change|pnl|p&l|return|variance|surplus|deficit|debit|credit|saldo|gewinn|verlust|betrag|umsatz|resultat|ergebnis)(?:[^a-z]|$)/i;

/**
 * The texts in parentheses that are read as amounts below zero, as accounts write these, where nothing else says so: no
 * currency, thousands, other amount below zero or name. Else none.
 */
export function doubtfulParentheses(
  name: string,
  amounts: readonly { readonly code: number; readonly text: string; readonly value: number }[],
  least: () => number,
): number[] {
  const inside = amounts.filter(({ text }) => IN_PARENTHESES.test(text.trim()));
  if (inside.length === 0 || least() < 0) return [];
  const words = name.slice(0, 100).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  const saysSo = ({ text, value }: { readonly text: string; readonly value: number }) =>
    /\p{Sc}|\d[,. '’]\d{3}(?!\d)/u.test(text) ||
    signIn(text).length > 1 ||
    (value < 0 && !text.includes('('));
  return OF_ACCOUNTS.test(words) || amounts.some(saysSo) ? [] : inside.map(({ code }) => code);
}

/** 5- among whole numbers is a grade or a bound; with a fraction or thousands it is what accounts write for −5. */
export const WHOLE_WITH_MINUS = /^\d+-$/;

/**
 * The number in an amount as accounts have it: without currency or percent sign, with the minus in front, however the
 * minus is written: −5.2, (5), 5.2-.
 */
function withoutSign(text: string): string {
  const signed = withMinus(text.trim())
    .replace(IN_PARENTHESES, '-$1')
    .replace(NEITHER, '')
    .replace(/^([^-+]*\d)-$/, (text, amount: string) => (WHOLE_WITH_MINUS.test(text) ? text : `-${amount}`));
  return signed
    .replace(BEFORE, '$1$2')
    .replace(BEHIND, '')
    .replace(
      /^([-+]?\d{1,3})((?:['’]\d{3})+)/u,
      (_, first: string, groups: string) => first + groups.replace(/['’]/gu, ''),
    );
}

/** 1,234.5, and with lakhs and crores 12,34,567.5; what starts with a zero is in no thousands: 0,065. */
const BY_COMMA = /^[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.\d+)?$/;
/** 1 234.5 with any blank. A plus or a zero in front makes a telephone number of it. */
const BY_BLANK = /^-?[1-9]\d{0,2}(?:\s\d{3})+(?:\.\d+)?$/;

/** Commas or blanks group thousands: 1,234.5 */
export const thousandsByComma: Style = (text) => {
  const bare = withoutSign(text);
  if (BY_COMMA.test(bare)) return Number(bare.replaceAll(',', ''));
  return BY_BLANK.test(bare) ? Number(bare.replace(/\s/g, '')) : read(bare);
};
/** A comma before the fraction, points or blanks between thousands: 1.234,5 */
export const decimalComma: Style = (text) => {
  const bare = withoutSign(text);
  if (/^[-+]?[1-9]\d{0,2}(?:[.\s]\d{3})+(?:,\d+)?$/.test(bare)) {
    return Number(bare.replace(/[.\s]/g, '').replace(',', '.'));
  }
  return /^[-+]?\d*,\d+(?:[eE][-+]?\d+)?$/.test(bare) || /^[-+]?\d+(?:[eE][-+]?\d+)?$/.test(bare)
    ? Number(bare.replace(',', '.'))
    : NaN;
};
/** Whether a text with commas can only be meant in thousands. */
const surelyThousands = (text: string) =>
  /^[-+]?[^\d]*\d{1,3}(?:,\d{3}){2,}|^[-+]?[^\d]*\d{1,2}(?:,\d{2})+,\d{3}|,\d{3}\./.test(text);

/** How the texts of a column that are numbers after all are written: one way for all of them. */
export function styleOf(words: readonly string[], mark: '.' | ',', withFraction: boolean): Style {
  if (mark === ',') {
    // A column of its own kind, such as coordinates among prices.
    const isPoint = (text: string) => Number.isFinite(read(text)) && !Number.isFinite(decimalComma(text));
    return !withFraction && words.some(isPoint) && !words.some((text) => text.includes(','))
      ? read
      : decimalComma;
  }
  const commas = words.filter((text) => text.includes(','));
  if (commas.length === 0 || withFraction || commas.some(surelyThousands)) return thousandsByComma;
  // What is a number with neither tells nothing.
  const isDecimal = (text: string) =>
    Number.isFinite(decimalComma(text)) && !Number.isFinite(thousandsByComma(text));
  return commas.some(isDecimal) ? decimalComma : thousandsByComma;
}

/** The number in a text of one style; NaN for what does not look like one. */
export const amountIn = (text: string, style: Style): number => (mayBeNumber(text) ? style(text) : NaN);

/**
 * A text without what spreadsheets put around it so that nobody takes it for a number: ="007" and '007. Only an
 * apostrophe before a number is one of theirs.
 */
export function unwrapped(text: string): string {
  const first = text.charCodeAt(0);
  if (first === 61) return text.length <= LONGEST_AMOUNT ? (/^="([^"]*)"$/.exec(text)?.[1] ?? text) : text;
  return first === 39 && /^'[-+.,\d$€£¥₹]/u.test(text) && !text.endsWith("'") ? text.slice(1) : text;
}
