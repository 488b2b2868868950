import { CR, LF } from './cells';
import { concatenated } from './encoding';
import type { KnownEncoding } from './encodings';

/** An encoding that bytes which are no UTF-8 seem to be in. */
export interface EncodingGuess {
  readonly encoding: KnownEncoding;
  /** Whether its letters make words of a language; where not, Windows-1252 stands for want of a better one. */
  readonly fits: boolean;
}

/** Letters beyond ASCII of languages, by the encodings that they are written in. */
const WESTERN =
  'äöüß àâçéèêëîïôùûüœæÿ áéíóúüñçºª áâãàçéêíóôõúüºª àèéìíîòóù æøåéäöü áðéíóúýþæö ëïéèöüê äöõüšž àçèéíïòóúü';
const CENTRAL =
  'ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţ ăâîșț čćđšž äöüßąćęłńóśźż äöüßáčďéěíňóřšťúůýž';
const LATIN: readonly (readonly [encoding: KnownEncoding, languages: string])[] = [
  ['windows-1252', WESTERN],
  ['windows-1250', CENTRAL],
  ['iso-8859-2', CENTRAL],
  ['windows-1254', 'çğıöşüâîûi̇'],
  ['windows-1257', 'āčēģīķļņšūž ąčęėįšųūž'],
  ['macintosh', WESTERN],
];
/** The commonest letters of other scripts: about four of five in a text. */
const CYRILLIC = 'оеаинтсрвлкмдпуы';
const GREEK = 'αοιετσνηυρπκμλωάίόής';
const SCRIPTS: readonly (readonly [encoding: KnownEncoding, letters: string])[] = [
  ['windows-1251', CYRILLIC],
  ['koi8-r', CYRILLIC],
  ['ibm866', CYRILLIC],
  ['x-mac-cyrillic', CYRILLIC],
  ['iso-8859-5', CYRILLIC],
  ['windows-1253', GREEK],
  ['iso-8859-7', GREEK],
  ['windows-1255', 'יוהלארתבמשםנדעח'],
  ['windows-1256', 'اليمونرتبةسدعفهكحقأ'],
  ['windows-874', 'านรอกเงมยลวตดทสชคบปพห่้ัิีื์แไ'],
];

/** Text that is looked at, in bytes. */
const SAMPLE = 65_536;
/** Fewer bytes beyond ASCII that differ by what stands around them say nothing of a language. */
const FEWEST = 3;
/** So few letters may be those of names from elsewhere. */
const MOST_FOREIGN = 0.08;
/** From this share of letters on that stand beside others, they are no accents in words of ASCII. */
const LEAST_BESIDE = 0.45;
const LEAST_COMMON = 0.55;
/** Bytes that are no UTF-8 for one character that is, from which on the latter is chance. */
const MORE_BROKEN = 3;

/**
 * The encoding of text that is no UTF-8, by the letters that its words would have. `isMixed`: whether some of it is UTF-8
 * all the same; null where that is no chance.
 */
export function guessEncoding(chunks: Iterable<Uint8Array>, isMixed: boolean): EncodingGuess | null {
  const sample = sampleOf(chunks);
  if (isMixed) {
    const text = textOf(sample, 'utf-8');
    const broken = text.split('\ufffd').length - 1;
    if (broken <= MORE_BROKEN * (text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0)) return null;
  }
  const isLatin = besideOthers(sample) < LEAST_BESIDE;
  const triples = triplesOf(sample);
  const encoding = asianOf(sample) ?? (isLatin ? latinOf(triples) : scriptOf(triples));
  if (isMixed) return isLatin || encoding === null ? null : { encoding, fits: true };
  const fits = encoding !== null || contextsOf(triples, 'windows-1252').length < FEWEST;
  return { encoding: encoding ?? 'windows-1252', fits };
}

/** Lines with bytes beyond ASCII, one behind the other. */
function sampleOf(chunks: Iterable<Uint8Array>): Uint8Array {
  const sample = new Uint8Array(SAMPLE);
  let size = 0;
  const add = (line: Uint8Array) => {
    // A line that is longer than the sample is cut.
    if (size > 0 && size + line.length > SAMPLE) return false;
    sample.set(line.subarray(0, SAMPLE), size);
    size += Math.min(SAMPLE, line.length);
    return size < SAMPLE;
  };
  let rest: Uint8Array = new Uint8Array();
  for (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : concatenated(rest, chunk);
    const end = Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1;
    for (let k = 0; k < end; k++) {
      if (bytes[k] < 128) continue;
      let start = k;
      while (start > 0 && !isLineEnd(bytes[start - 1])) start--;
      while (!isLineEnd(bytes[k])) k++;
      if (!add(bytes.subarray(start, k + 1))) return sample.subarray(0, size);
    }
    rest = bytes.slice(end);
    if (rest.length > SAMPLE) break;
  }
  if (rest.some((byte) => byte > 127)) add(rest);
  return sample.subarray(0, size);
}

const isLineEnd = (byte: number) => byte === LF || byte === CR;

/** The share of the bytes beyond ASCII that have another one behind them. */
function besideOthers(sample: Uint8Array): number {
  let [all, beside] = [0, 0];
  sample.forEach((byte, k) => {
    if (byte < 128) return;
    all++;
    if (sample[k + 1] > 127) beside++;
  });
  return beside / Math.max(1, all);
}

/** The bytes beyond ASCII, each between those before and behind it; the same three count once. */
function triplesOf(sample: Uint8Array): number[] {
  const triples = new Set<number>();
  for (let k = 0; k < sample.length; k++) {
    if (sample[k] < 128) continue;
    const before = k > 0 ? sample[k - 1] : BLANK;
    triples.add((before << 16) | (sample[k] << 8) | (k + 1 < sample.length ? sample[k + 1] : BLANK));
  }
  return [...triples];
}
const BLANK = 32;
const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** The characters that such bytes are in an encoding of one byte for each: not decoded anew for each of a dozen. */
function contextsOf(triples: readonly number[], encoding: string): string[] {
  const characters = Array.from(textOf(BYTES, encoding));
  const contexts = new Set<string>();
  for (const three of triples)
    contexts.add(characters[three >> 16] + characters[(three >> 8) & 255] + characters[three & 255]);
  return [...contexts];
}

/** The last character of a sample may be cut; and without `stream`, Node takes Windows-1252 for Latin-1. */
const textOf = (sample: Uint8Array, encoding: string, fatal = false) =>
  new TextDecoder(encoding, { fatal }).decode(sample, { stream: true });

const isLetter = (text: string) => /^[\p{L}\p{M}]/u.test(text);
/** What stands inside words of many languages, and before units. */
const ANYWHERE = 'µ’‘´·–\u00ad\u00a0';

/** The encoding of words in Latin letters; null where none makes words of a language. */
function latinOf(triples: readonly number[]): KnownEncoding | null {
  let [found, least]: [KnownEncoding | null, number] = [null, MOST_FOREIGN];
  for (const [encoding, languages] of LATIN) {
    const contexts = contextsOf(triples, encoding);
    // One letter may be a sign of another encoding, such as stands between the cells.
    if (new Set(contexts.map(([, middle]) => middle)).size < FEWEST && encoding !== 'windows-1252') continue;
    for (const letters of languages.split(' ')) {
      const odd = contexts.filter((three) => !fits(three, letters)).length / contexts.length;
      if (odd < least) [found, least] = [encoding, odd];
    }
  }
  // Names from many countries.
  const all = contextsOf(triples, 'windows-1252');
  const odd = all.filter((three) => !fits(three, WESTERN)).length;
  return found ?? (odd <= MOST_FOREIGN * all.length ? 'windows-1252' : null);
}

/** Whether the middle one of three characters is a letter of a language, or a sign that stands in no word. */
function fits([before, middle, behind]: string, letters: string): boolean {
  if (ANYWHERE.includes(middle)) return true;
  if (isLetter(middle)) return letters.includes(middle.toLowerCase());
  if (/[\x80-\x9f\ufffd]/.test(middle)) return false;
  return !isLetter(before) || !isLetter(behind);
}

const isCapital = (text: string) => /\p{Lu}/u.test(text);
const A_LITTLE = 0.2;

/** The encoding of words in the letters of another script, by how many are common ones. */
function scriptOf(triples: readonly number[]): KnownEncoding | null {
  let [found, most]: [KnownEncoding | null, number] = [null, LEAST_COMMON];
  for (const [encoding, letters] of SCRIPTS) {
    const contexts = contextsOf(triples, encoding);
    if (contexts.length < FEWEST) return null;
    let score = 0;
    for (const [before, middle, behind] of contexts) {
      if (letters.includes(middle.toLowerCase())) score++;
      // A capital within a word, unless all of it is capitals, and a sign between its letters.
      if (isCapital(middle) && isLetter(before)) score -= isCapital(before) ? A_LITTLE : 1;
      if (!isLetter(middle) && isLetter(before) && isLetter(behind)) score--;
    }
    if (score / contexts.length > most) [found, most] = [encoding, score / contexts.length];
  }
  return found;
}

/** Encodings of two bytes for a character, each with the first bytes of its common ones, and what these are called. */
const ASIAN: readonly (readonly [
  encoding: KnownEncoding,
  isCommon: (first: number, second: number) => boolean,
])[] = [
  ['shift_jis', (first) => first === 0x82 || first === 0x83 || (first >= 0x88 && first <= 0x97)],
  ['euc-jp', (first, second) => (first === 0xa4 || first === 0xa5) && second > 0xa0],
  ['euc-kr', (first, second) => first >= 0xb0 && first <= 0xc8 && second > 0xa0],
  ['gb18030', (first, second) => first >= 0xb0 && first <= 0xd7 && second > 0xa0],
  ['big5', (first) => first >= 0xa4 && first <= 0xc6],
];
const LEAST_OF_PAIRS = 0.8;
/** Japanese has so much of its own letters among those of Chinese. */
const LEAST_KANA = 0.2;

/** The encoding of text in characters of two bytes; null where it seems to be in none such. */
function asianOf(sample: Uint8Array): KnownEncoding | null {
  for (const [encoding, isCommon] of ASIAN) {
    const pairs = pairsOf(sample, encoding);
    if (pairs.size < FEWEST) continue;
    const common = [...pairs].filter((pair) => isCommon(pair >> 8, pair & 255)).length;
    const areMost = common >= (encoding === 'euc-jp' ? LEAST_KANA : LEAST_OF_PAIRS) * pairs.size;
    if (areMost && isWhole(sample, encoding)) return encoding;
  }
  return null;
}

/** The different characters beyond ASCII; a katakana of one byte is one. */
function pairsOf(sample: Uint8Array, encoding: string): Set<number> {
  const pairs = new Set<number>();
  for (let k = 0; k < sample.length; k++) {
    const byte = sample[k];
    if (byte < 128) continue;
    const isAlone = encoding === 'shift_jis' && byte > 0xa0 && byte < 0xe0;
    pairs.add(isAlone ? byte : (byte << 8) | sample[++k]);
  }
  return pairs;
}

/** Whether all bytes are characters of an encoding, none of which, in a word of ASCII, is one of those alone. */
function isWhole(sample: Uint8Array, encoding: string): boolean {
  try {
    const text = textOf(sample, encoding, true);
    const inWords = text.match(/[a-z][^\0-\x7f][a-z]/gi)?.length ?? 0;
    return 4 * inWords <= (text.match(/[^\0-\x7f]/g)?.length ?? 0);
  } catch {
    return false;
  }
}
