import { distinctTexts } from '../csv/types';
import type { KnownColumn } from './known';

/** With fewer groups, or fewer rows in each on average, a column does not say whose its rows are. */
export const FEWEST_GROUPS = 10;
export const FEWEST_IN_GROUP = 3;

/** Names of a column that says whose a row is, though few texts stand in it. */
const WHOSE =
  /^(?:.*[ _-])?(?:person|patient|subject|participant|proband|user|customer|client|player|animal|device|machine|household|student|pupil|employee|driver|athlete|speaker|donor|respondent|volunteer|specimen|pid|uid)(?:[ _-]?(?:id|no|nr|name|code))?$/i;

/** P1, P2 or s-01, s-02: numbers behind the same letters. */
const NUMBERED = /^(\p{L}+[-_ ]?)\d+$/u;

/** Whether its texts are numbered, as those are of whom there are several rows. */
function areNumbered({ read }: KnownColumn): boolean {
  const prefixes = new Set(distinctTexts(read).map((text) => NUMBERED.exec(text)?.[1]));
  return prefixes.size === 1 && !prefixes.has(undefined);
}

/** Whether a column says whose the rows are: many texts, most of which stand in several of `rows`. */
export function comesInGroups(column: KnownColumn, rows: number): boolean {
  const { role, read, typed } = column;
  if (role === 'ignored' || role === 'split') return false;
  const isWhose = WHOSE.test(read.name);
  const isText = typed.type === 'text' && typed.evidence.code === 'many-texts';
  const isNumber = read.holds === 'numbers' && isWhose && read.numbers.every((value) => !(value % 1));
  if (typed.distinct < FEWEST_GROUPS || rows < FEWEST_IN_GROUP * typed.distinct) return false;
  return isText || isNumber || (typed.type === 'category' && (isWhose || areNumbered(column)));
}
