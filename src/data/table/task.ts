import type { KnownColumn } from './known';
import { message, type TaskWhy } from '../message';
import { textCounts } from './textCounts';

// Whether a column would be predicted as classes or as a number, where no setting says.

export interface TaskGuess {
  readonly as: 'classes' | 'number';
  readonly why: TaskWhy;
  /** Whether its whole numbers may as well be the other. */
  readonly doubtful: boolean;
}

/** An integer column with at most this many values is taken for classes. */
const MOST_INTEGER_CLASSES = 20;
/** More classes than this are not told apart. */
export const MOST_CLASSES = 100;

/** Guesses how a column would be predicted: as a number only where it holds numbers. */
export function guessTask(column: KnownColumn): TaskGuess {
  const { read, typed } = column;
  const as = (as: TaskGuess['as'], why: TaskWhy, doubtful = false): TaskGuess => ({ as, why, doubtful });
  if (typed.evidence.code === 'chosen-type')
    return as(typed.type === 'number' ? 'number' : 'classes', typed.evidence);
  if (typed.type === 'ticked') return as('classes', typed.evidence);
  if (read.holds === 'texts' || (typed.type !== 'number' && typed.type !== 'identifier'))
    return as('classes', typed.type === 'boolean' ? typed.evidence : message('holds-texts', {}));
  if (!read.numbers.every((value) => Number.isNaN(value) || Number.isInteger(value)))
    return as('number', message('holds-fractions', {}));
  const isNamed = isNamedLikeClasses(read.name);
  const most = isNamed ? MOST_CLASSES : MOST_INTEGER_CLASSES;
  const { distinct } = typed;
  if (typed.type === 'identifier') return as('number', typed.evidence);
  const counts = distinct <= MOST_CLASSES ? countsOf(column) : null;
  if (!counts || distinct > most)
    return as('number', message('many-whole-numbers', { most }), counts !== null && areLikeCodes(counts));
  if (counts.some(([, count]) => count < 2)) {
    const rows = counts.reduce((sum, [, count]) => sum + count, 0);
    return as('number', message('lone-whole-number', {}), rows >= MANY_ROWS * distinct);
  }
  if (distinct > MOST_INTEGER_CLASSES) return as('classes', message('named-like-classes', {}));
  const areSurelyCodes =
    isNamed || distinct <= 2 || (NEUTRAL.test(read.name) && isInSteps(counts.map(([value]) => value)));
  return as('classes', message('few-whole-numbers', { distinct }), !areSurelyCodes);
}

/** Whether each text of a column stands in two rows or more. */
export function isRepeated(column: KnownColumn): boolean {
  const counts = textCounts(column);
  return counts !== null && [...counts.values()].every((count) => count >= 2);
}

/** Names of targets that say nothing of what they hold. */
const NEUTRAL = /^(?:y|targets?|outcome|output|response|result)$/i;
/** What a column of classes is called, in its last word. */
const CLASS_WORDS = new Set([
  ...['label', 'labels', 'class', 'classes', 'category', 'categories', 'cat', 'type', 'kind', 'group'],
  ...['species', 'genus', 'variety', 'breed', 'cluster', 'segment', 'genre', 'diagnosis'],
  ...[
    'digit',
    'letter',
    'character',
    'symbol',
    'code',
    'klasse',
    'kategorie',
    'classe',
    'clase',
    'categoria',
  ],
]);
/** Behind the word that says what it is: species_id, class no. 2, label_encoded. */
const BEHIND = new Set(['id', 'no', 'nr', 'num', 'number', 'idx', 'index', 'code', 'encoded', 'enc']);
/** Nobody names a column at greater length. */
const LONGEST_NAME = 1000;

function isNamedLikeClasses(name: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  const isClass = (word: string | undefined) => word !== undefined && CLASS_WORDS.has(word);
  const last = words.at(-1);
  return isClass(last) || (last !== undefined && BEHIND.has(last) && isClass(words.at(-2)));
}

type Counts = readonly (readonly [value: number, count: number])[];

/** How many rows have each number, in the order of the numbers. */
function countsOf({ read }: KnownColumn): Counts {
  const counts = new Map<number, number>();
  for (const value of read.numbers) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

/** Rows for each number from which on they may be classes. */
const MANY_ROWS = 5;
/** Classes are seldom as rare beside one another as amounts are. */
const MOST_UNEVEN = 3;

/** Whether each number from 0 or 1 on stands there, about as often as the others, as codes of classes do. */
function areLikeCodes(counts: Counts): boolean {
  const numbers = counts.map(([, count]) => count);
  const least = Math.min(...numbers);
  return (
    isInSteps(counts.map(([value]) => value)) &&
    least >= MANY_ROWS &&
    Math.max(...numbers) <= MOST_UNEVEN * least
  );
}

/** Whether numbers count from 0 or 1 on, and leave none out. */
const isInSteps = (values: readonly number[]) =>
  (values[0] === 0 || values[0] === 1) && values.every((value, k) => value === values[0] + k);
