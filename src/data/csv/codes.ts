import { NUMBER, type ColumnCells } from './columnBuilder';

/** What makes codes of what could be read as numbers. */
export type CodeSign = 'zeros' | 'fractions' | 'exponents' | 'digits';

/** Codes that look like numbers, and one of them that shows it. */
export interface Codes {
  readonly why: CodeSign;
  readonly text: string;
  /** Whether the name of the column says so too. */
  readonly isSure: boolean;
}

const CODES = new Set([
  ...['code', 'codes', 'sku', 'id', 'ids', 'part', 'item', 'article', 'product', 'model', 'key', 'ref'],
  ...['zip', 'zipcode', 'zips', 'postcode', 'postal', 'plz', 'cep', 'fips', 'naics', 'sic', 'icd', 'cpt'],
  ...['isbn', 'ean', 'upc', 'gtin', 'barcode', 'account', 'acct', 'branch', 'serial', 'lot', 'batch', 'ssn'],
  ...['phone', 'telephone', 'tel', 'fax', 'no', 'nr', 'number', 'num', 'artikel', 'konto', 'reference'],
]);
const VERSIONS = new Set([
  ...[
    'version',
    'versions',
    'ver',
    'release',
    'firmware',
    'revision',
    'rev',
    'section',
    'sections',
    'clause',
  ],
  ...['chapter', 'paragraph', 'para', 'heading', 'code', 'codes', 'kapitel', 'abschnitt'],
]);
/** Behind the word that says what it is. */
const BEHIND = new Set(['no', 'nr', 'num', 'number', 'id', 'code']);
const TIMES = /time|hour|hhmm|year|month|day|date|uhr|zeit/i;

function isNamed(name: string, as: ReadonlySet<string>): boolean {
  const words = name
    .slice(0, 200)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  const [last = '', before = ''] = words.reverse();
  return as.has(last) || (BEHIND.has(last) && as.has(before));
}

/** Different numbers that are looked at. */
const MOST_LOOKED_AT = 1000;
/** So many codes with zeros in front, and so long ones, say something without a name. */
const FEWEST_PADDED = 3;
const SHORTEST_PADDED = 3;

/**
 * The codes among numbers as they are written, each once; null where nothing speaks for codes: zeros in front, digits that
 * float64 loses, and under the names of codes and versions 12E4 and 1.10 beside 1.1.
 */
function codesAmong(name: string, texts: readonly string[]): Codes | null {
  const long = texts.find((text) => /^[-+]?\d{16,}$/.test(text) && isLost(text));
  if (long !== undefined && !texts.some((text) => text.includes('.')))
    return { why: 'digits', text: long, isSure: true };
  const isCode = isNamed(name, CODES);
  const padded = texts.filter((text) => /^0\d+$/.test(text));
  if (padded.length > 0 && isCode) return { why: 'zeros', text: padded[0], isSure: true };
  if (padded.length >= FEWEST_PADDED && padded[0].length >= SHORTEST_PADDED && !TIMES.test(name)) {
    const { length } = padded[0];
    if (texts.every((text) => text.length === length && /^\d+$/.test(text)))
      return { why: 'zeros', text: padded[0], isSure: false };
  }
  const isVersion = isNamed(name, VERSIONS);
  const exponent = isCode || isVersion ? texts.find((text) => /^\d+[eE]\d+$/.test(text)) : undefined;
  if (exponent !== undefined) return { why: 'exponents', text: exponent, isSure: true };
  if (!isVersion) return null;
  const fractions = texts.map((text) => /^\d+(?:\.(\d+))?$/.exec(text)?.[1]);
  const lengths = new Set(fractions.flatMap((fraction) => fraction?.length ?? []));
  if (lengths.size < 2) return null;
  const isTenth = (fraction: string | undefined) => fraction !== undefined && /[1-9]0+$/.test(fraction);
  const tenth = texts.find((_, k) => isTenth(fractions[k]));
  if (tenth !== undefined) return { why: 'fractions', text: tenth, isSure: true };
  const longer = texts.find((_, k) => (fractions[k]?.length ?? 0) === Math.max(...lengths));
  return { why: 'fractions', text: longer ?? texts[0], isSure: false };
}

/** Whether a whole number has digits that are lost; zeros at its end say nothing. */
const isLost = (text: string) => Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER && !text.endsWith('0000');

/** The codes that a column of numbers holds. `withFraction`: whether any of them has one. */
export function codesIn(
  name: string,
  { numbers, codes, numberTexts, someTexts }: ColumnCells,
  rows: number,
  withFraction: boolean,
): Codes | null {
  const odd = numberTexts ? [...numberTexts.values()] : someTexts;
  const mayBe = odd.some((text) => MAY_BE_CODE.test(text)) || (withFraction && isNamed(name, VERSIONS));
  if (!mayBe) return null;
  const others = new Set<number>();
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    const value = numbers[row];
    if (codes && codes[row] !== NUMBER) continue;
    if (value > largest) largest = value;
    if (others.size < MOST_LOOKED_AT && numberTexts?.has(value) === false) others.add(value);
  }
  // Of more spellings than are kept, one that is longer than these is seen by its size.
  if (!numberTexts && String(largest).length > odd[0].length) others.add(largest);
  return codesAmong(name, [...odd, ...Array.from(others, String)]);
}

const MAY_BE_CODE = /^0\d|^[-+]?\d{16}|^\d+[eE]/;

/** From this share of numbers on, codes among them are those that look like numbers. */
const NEARLY_ALL = 0.9;

/** The codes that a column holds whose numbers were kept as they are written; null where many other texts are among them. */
export function codesInTexts(name: string, texts: readonly string[]): Codes | null {
  const some = texts.slice(0, 2 * MOST_LOOKED_AT);
  const numbers = some.filter((text) => /^[-+]?[\d.]+(?:[eE]\d+)?$/.test(text));
  return numbers.length >= NEARLY_ALL * some.length ? codesAmong(name, numbers) : null;
}
