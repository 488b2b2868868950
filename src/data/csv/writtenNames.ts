// Numbers that are names, as the way in which they are written shows: addresses, weight classes, grades, pairs.

/** 192.168.100.101, whose points would otherwise part thousands; nobody fills up an address with zeros. */
const ADDRESS = /^(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-5]|0)(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-5]|0)){3}$/;
/** From this share of the texts on nearly all are such. */
const NEARLY_ALL = 0.9;
/** Most columns show by so many texts that they hold none. */
const GLANCE = 3;

/** Whether texts are addresses of computers. */
export function areAddresses(texts: readonly string[]): boolean {
  if (!texts.slice(0, GLANCE).some((text) => ADDRESS.test(text))) return false;
  return texts.filter((text) => ADDRESS.test(text)).length >= NEARLY_ALL * texts.length;
}

/** -60, +100 kg: up to so much, and more than that. */
const SIGNED = /^([-+\u2013\u2212]) ?(\d{2,3}) ?(kgs?|kilos?|lbs?)?$/iu;
const FEWEST_CLASSES = 3;
const MOST_CLASSES = 20;
const OF_CLASSES =
  /class|klasse|categor|kategori|catégor|division|weight|gewicht|\bpoids|\bpeso|\bkat\b|\bcat\b/i;

/**
 * The one text of weight classes that says “more”, as in -60, -66, +66: as heavy as the last of those that say “up to”.
 * `isSure`: the name, or a unit of weight, says so too. Null of any other texts.
 */
export function openClass(
  name: string,
  texts: readonly string[],
): { readonly text: string; readonly isSure: boolean } | null {
  if (texts.length < FEWEST_CLASSES || texts.length > MOST_CLASSES) return null;
  let open: string | undefined;
  let [above, heaviest, isOfWeight] = [0, 0, true];
  for (const text of texts) {
    const found = SIGNED.exec(text.trim());
    if (!found) return null;
    const [, sign, digits, unit] = found as (string | undefined)[];
    isOfWeight &&= unit !== undefined;
    if (sign !== '+') heaviest = Math.max(heaviest, Number(digits));
    else if (open === undefined) [open, above] = [text, Number(digits)];
    else return null;
  }
  return open !== undefined && above === heaviest
    ? { text: open, isSure: isOfWeight || OF_CLASSES.test(name.slice(0, 100)) }
    : null;
}

/** 37876.0010: the tenth of what is numbered within 37876. */
const NUMBERED_PART = /^\d{3,}\.0\d{2,3}$/;
const FEWEST_PARTS = 3;
/** A number of several, all of which have as many digits behind the point, with a zero before them. */
export function numberedPart(texts: readonly string[]): string | undefined {
  const parts = new Set(texts.map((text) => text.slice(text.indexOf('.'))));
  const areAll = texts.every((text) => NUMBERED_PART.test(text));
  return areAll && parts.size >= FEWEST_PARTS ? texts[0] : undefined;
}

/** Whether some of the numbers that are not written as usual may be such names: most columns end here. */
export const mayBeWrittenNames = (odd: readonly string[]): boolean =>
  odd.filter((text) => /^\+\d{2,3}$/.test(text)).length === 1 ||
  (odd.some((text) => NUMBERED_PART.test(text)) && odd.every((text) => NUMBERED_PART.test(text))) ||
  (odd.some((text) => /^(\d\d),\1$/.test(text)) && odd.every((text) => PAIR.test(text))) ||
  (odd.some((text) => /\.10$/.test(text)) && !odd.some((text) => /\.[3-9]0$/.test(text)));

/** Steps beyond the ninth, without more than one left out. */
const LAST_STEP = 29;
const MOST_LEFT_OUT = 1;

/** 5.10 where it follows 5.9, as grades of climbing and versions do; undefined where it may as well be 5.1. */
export function tenthStep(texts: readonly string[]): string | undefined {
  const [ones, tens] = [new Set<string>(), new Set<number>()];
  let tenth: string | undefined;
  for (const text of texts) {
    const fraction = /^\d{1,4}(?:\.([1-9]\d?|0))?$/.exec(text);
    if (!fraction) return undefined;
    const [, step = ''] = fraction as (string | undefined)[];
    if (step === '10') tenth ??= text;
    if (step.length === 2) tens.add(Number(step));
    else ones.add(step);
  }
  const last = Math.max(...tens);
  const areSteps = last <= LAST_STEP && last - 9 <= tens.size + MOST_LEFT_OUT;
  return areSteps && ones.has('9') && ones.size > 1 ? tenth : undefined;
}

/** 14,15; between smaller numbers, lists look for commas themselves. */
const PAIR = /^([1-9]\d),([1-9]\d)$/;
/** The second is seldom more than so many times the first, and different ones are needed of both. */
const FARTHEST = 2;
const FEWEST_DIFFERENT = 3;

/** Two numbers in each cell, the second nowhere the smaller one, as in the alleles 14,15 and 15,15: the first that are not the same. */
export function pairAmong(texts: readonly string[]): string | undefined {
  const [firsts, seconds] = [new Set<number>(), new Set<number>()];
  let [same, other]: (string | undefined)[] = [];
  for (const text of texts) {
    const found = PAIR.exec(text);
    const [first, second] = [Number(found?.[1]), Number(found?.[2])];
    if (!(first <= second && second <= FARTHEST * first)) return undefined;
    firsts.add(first);
    seconds.add(second);
    if (first === second) same ??= text;
    else other ??= text;
  }
  const areMany = firsts.size >= FEWEST_DIFFERENT && seconds.size >= FEWEST_DIFFERENT;
  return same !== undefined && areMany ? other : undefined;
}

/** 23,11: two counts. */
const COUNTS = /^(?:0|[1-9]\d{0,4}),(?:0|[1-9]\d{0,4})$/;
const FEWEST_COUNTS = 12;

/**
 * Two counts in each cell, of a file whose decimal mark is a point: behind the comma they are of any length, some end with a
 * zero, and none begins with one, as fractions of one length, or without zeros at their end, do not.
 */
export function countsAmong(texts: readonly string[]): string | undefined {
  if (texts.length < FEWEST_COUNTS || !texts.every((text) => COUNTS.test(text))) return undefined;
  const seconds = texts.map((text) => text.slice(text.indexOf(',') + 1));
  const lengths = new Set(seconds.map(({ length }) => length));
  const ending = seconds.filter((second) => /\d0$/.test(second)).length;
  return lengths.size > 1 && ending > 1 ? texts[0] : undefined;
}
