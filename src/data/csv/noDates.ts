// Texts that could all be dates and are none: the shares of a fertiliser, 10-20-10, and 12MAR0845.

const HYPHENATED = /^(\d{1,2})-(\d{1,2})-(\d{1,2})$/;
/** Fertilisers, and what is taken in the morning, at noon and at night. */
const NAMES =
  /(?:^|[^\p{L}])(?:npk|n-p-k|fertili[sz]ers?|dünger|duenger|engrais|abono|fertilizante|concime|formulation|dosage|dose|dosierung|posologie|schema|scheme)(?:[^\p{L}]|$)/iu;
const FEWEST = 3;
const MOST = 20;
/** From this share of the texts on, two of three numbers that are the same are no chance. */
const MOSTLY = 0.75;

/**
 * Whether few texts of three numbers are no dates, as their name says, or two of the numbers being the same in most of
 * them. Those of one month of one year have these the same.
 */
export function areFormulas(name: string, texts: readonly string[]): boolean {
  if (texts.length > MOST) return false;
  const parts = texts.map((text) => HYPHENATED.exec(text));
  if (parts.some((found) => found === null)) return false;
  if (NAMES.test(name.slice(0, 100))) return true;
  const lasts = new Set(parts.map((found) => found?.[3]));
  const alike = parts.filter((found) => found && new Set(found.slice(1)).size < 3);
  return lasts.size >= FEWEST && texts.length >= FEWEST && alike.length >= MOSTLY * texts.length;
}

const DAY_AND_TIME = /^\d\d?[A-Za-z]{3}([01]\d|2[0-3])[0-5]\d$/;
const FEWEST_TIMES = 5;
/** Centuries that dates in one column seldom span, whose years end in no more than 59. */
const MOST_CENTURIES = 3;

/** Whether 12MAR0845 is a quarter to nine on a day of March, as airlines write it, and no day of the year 845. */
export function areDaysWithTimes(texts: readonly string[]): boolean {
  const hours = new Set<string>();
  for (const text of texts) {
    const hour = DAY_AND_TIME.exec(text)?.[1];
    if (hour === undefined) return false;
    hours.add(hour);
  }
  return texts.length >= FEWEST_TIMES && hours.size > MOST_CENTURIES;
}
