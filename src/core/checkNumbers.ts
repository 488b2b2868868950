import type { QuantityKey } from './chain';
import { compare, digitsOf, isClose, largest, ROUNDING, shapeOf } from './comparedNumbers';
import type { Matrix } from './matrix';
import { readNumbers } from './pastedNumbers';
import { cook, RIGHT, type Situation } from './recipe';
import { slips, type Slip } from './slips';

/** What can be said of numbers that somebody has computed. */
export type Verdict =
  /** The digits shown are right. `flat`: but brackets are missing, the shape is (n,). */
  | { readonly kind: 'right'; readonly digits: number; readonly flat: boolean }
  /** Right, as far as shown; but these would look the same. */
  | { readonly kind: 'tooFewDigits'; readonly digits: number; readonly alike: readonly Named[] }
  /** These mistakes give the numbers. `apart`: they give different ones, which more digits would tell apart. */
  | { readonly kind: 'slips'; readonly slips: readonly Named[]; readonly apart: boolean }
  /** They are the numbers of other quantities. */
  | { readonly kind: 'elsewhere'; readonly keys: readonly QuantityKey[] }
  | {
      readonly kind: 'shape';
      readonly expected: readonly [rows: number, cols: number];
      /** `null`: not all is shown. */
      readonly pasted: readonly (number | null)[];
    }
  | {
      readonly kind: 'different';
      /** The cell that is farthest off. */
      readonly row: number;
      readonly col: number;
      readonly pasted: number;
      readonly exact: number;
      readonly wrong: number;
      readonly compared: number;
    }
  | { readonly kind: 'unreadable'; readonly problem: string }
  /** Computing along would take too long; `most`: with no more examples than these it would not. */
  | { readonly kind: 'tooLarge'; readonly examples: number; readonly most: number };

export type Named = Pick<Slip, 'code' | 'sentence'>;
/** Likewise, of a step as the engine makes it. */
const ENGINE_ROUNDING = 1e-5;
/** A guess of one digit fits too much. */
const FEWEST_DIGITS = 2;

/** A shape that NumPy loses and the next line of code may miss. */
const KEEPDIMS: Named = {
  code: 'no-keepdims',
  sentence: 'The numbers are right; keepdims=True is missing, so the shape is (n,) in place of (n, 1).',
};

/** What is said where no other slip changes the sign. */
const SIGN: Named = { code: 'sign', sentence: 'Only the sign is wrong.' };
const COLUMN: Named = {
  code: 'column',
  sentence: 'The numbers are right, but stand in a column: this is a row, (1, m), one column an example.',
};

/** Multiplications of one forward pass; each slip takes a few such passes, and cannot be interrupted. */
const MOST_WORK = 1e7;

/** A check at work: it yields the share that is done, after each slip. */
export type Checking = Generator<number, Verdict>;

/** A check, at once. */
export function verdictOf(checking: Checking): Verdict {
  for (;;) {
    const { done, value } = checking.next();
    if (done) return value;
  }
}

/** Where computing along would take too long: how large it is. */
function tooLarge({ network: { sizes }, X }: Situation): Verdict | null {
  const perExample = sizes.slice(1).reduce((sum, n, l) => sum + n * (sizes[l] + 1), 0);
  const most = Math.floor(MOST_WORK / perExample);
  return X.cols > most ? { kind: 'tooLarge', examples: X.cols, most } : null;
}

/** {@link checkingNumbers}, at once. */
export const checkNumbers = (text: string, s: Situation, key: QuantityKey, shown?: Matrix): Verdict =>
  verdictOf(checkingNumbers(text, s, key, shown));

/** {@link checkingGuess}, at once. */
export const checkGuess = (
  ...asked: [text: string, s: Situation, key: QuantityKey, row: number, col: number, shown?: Matrix]
): Verdict => verdictOf(checkingGuess(...asked));

/**
 * Compares pasted numbers with a quantity of the situation, and names the slips that give them. `shown` are the numbers
 * that a person sees, where they are not what the equations come to over the situation's examples.
 */
export function* checkingNumbers(text: string, s: Situation, key: QuantityKey, shown?: Matrix): Checking {
  const pasted = readNumbers(text);
  if ('problem' in pasted) return { kind: 'unreadable', problem: pasted.problem };
  const refused = tooLarge(s);
  if (refused) return refused;
  const right = cook(RIGHT, s);
  const exact = truth(right.get(key), shown, (numbers) => compare(pasted, numbers)?.wrong === 0);
  if (!exact) return { kind: 'unreadable', problem: `There is no ${key} here.` };
  const digits = digitsOf(pasted);
  const found = yield* fitting(s, key, exact, (numbers) => compare(pasted, numbers)?.wrong === 0);
  const own = compare(pasted, exact);
  if (own?.wrong === 0) {
    const flat = pasted.dimensions === 1 && exact.rows * exact.cols > 1;
    if (flat && exact.cols === 1) return { kind: 'slips', slips: [KEEPDIMS], apart: false };
    if (found.length > 0) return { kind: 'tooFewDigits', digits, alike: found.map(named) };
    return { kind: 'right', digits, flat };
  }
  const isRow = exact.rows === 1 && exact.cols > 1;
  if (found.length > 0) {
    const slips = found.map((one) => (isRow && one.slip.code === 'transposed' ? COLUMN : named(one)));
    return { kind: 'slips', slips, apart: areApart(found) };
  }
  if (compare(pasted, negative(exact))?.wrong === 0) return { kind: 'slips', slips: [SIGN], apart: false };
  const keys = [...right]
    .filter(([other, numbers]) => other !== key && compare(pasted, numbers)?.wrong === 0)
    .map(([other]) => other);
  if (keys.length > 0 && digits >= FEWEST_DIGITS) return { kind: 'elsewhere', keys };
  return own
    ? { kind: 'different', ...own.worst, wrong: own.wrong, compared: own.compared }
    : { kind: 'shape', expected: [exact.rows, exact.cols], pasted: shapeOf(pasted) };
}

/** Compares a guess with one cell of a quantity, and names the slips that give that number there. */
export function* checkingGuess(
  text: string,
  s: Situation,
  key: QuantityKey,
  row: number,
  col: number,
  shown?: Matrix,
): Checking {
  const read = readNumbers(text);
  if ('problem' in read) return { kind: 'unreadable', problem: read.problem };
  if (read.dimensions !== 0) return { kind: 'unreadable', problem: 'It is more than one number.' };
  const refused = tooLarge(s);
  if (refused) return refused;
  const [guess] = read.head[0].head;
  const agrees = (x: number | undefined) => x !== undefined && isClose(guess, x, Math.abs(x));
  const exact = truth(cook(RIGHT, s).get(key), shown, (numbers) => agrees(at(numbers, row, col)));
  const value = exact && at(exact, row, col);
  if (!exact || value === undefined)
    return { kind: 'unreadable', problem: `There is no such cell in ${key}.` };
  const isExact = guess.value === value;
  const found = yield* fitting(s, key, exact, (numbers) => agrees(at(numbers, row, col)), row, col);
  if (agrees(value)) {
    if (!isExact && guess.digits < FEWEST_DIGITS) {
      return { kind: 'tooFewDigits', digits: guess.digits, alike: found.map(named) };
    }
    return { kind: 'right', digits: guess.digits, flat: false };
  }
  if (found.length > 0) return { kind: 'slips', slips: found.map(named), apart: areApart(found, row, col) };
  if (agrees(-value)) return { kind: 'slips', slips: [SIGN], apart: false };
  return { kind: 'different', row, col, pasted: guess.value, exact: value, wrong: 1, compared: 1 };
}

/** What numbers are compared with: those that are shown, or the same ones in float64 where these fit better. */
function truth(
  computed: Matrix | undefined,
  shown: Matrix | undefined,
  fits: (numbers: Matrix) => boolean,
): Matrix | undefined {
  if (!shown || !computed) return shown ?? computed;
  return !fits(shown) && isSame(computed, shown, [], ENGINE_ROUNDING) ? computed : shown;
}

interface Found {
  readonly slip: Slip;
  readonly numbers: Matrix;
}

const named = ({ slip: { code, sentence } }: Found): Named => ({ code, sentence });

/** Slips whose numbers fit and are others than the exact ones, in the cell where one is looked at. */
function* fitting(
  s: Situation,
  key: QuantityKey,
  exact: Matrix,
  fits: (numbers: Matrix) => boolean,
  ...cell: [] | [row: number, col: number]
): Generator<number, Found[]> {
  const found: Found[] = [];
  for (const [k, slip] of slips.entries()) {
    const numbers = slip.numbers(s, key);
    if (numbers && fits(numbers) && !isSame(numbers, exact, cell)) found.push({ slip, numbers });
    yield (k + 1) / slips.length;
  }
  return found;
}

const areApart = (found: readonly Found[], ...cell: [] | [row: number, col: number]): boolean =>
  found.some(({ numbers }) => !isSame(numbers, found[0].numbers, cell));

/** Whether two matrices are the same but for rounding, all of them or in one cell. */
function isSame(A: Matrix, B: Matrix, cell: [] | [row: number, col: number], rounding = ROUNDING): boolean {
  if (cell.length === 2) {
    const [a, b] = [at(A, ...cell) ?? NaN, at(B, ...cell) ?? NaN];
    return Object.is(a, b) || Math.abs(a - b) <= rounding * Math.max(Math.abs(a), Math.abs(b));
  }
  if (A.rows !== B.rows || A.cols !== B.cols) return false;
  const size = largest(B.data);
  return A.data.every((a, k) => Object.is(a, B.data[k]) || Math.abs(a - B.data[k]) <= rounding * size);
}

const negative = (M: Matrix): Matrix => ({ ...M, data: M.data.map((x) => -x) });

const at = ({ rows, cols, data }: Matrix, row: number, col: number): number | undefined =>
  row < rows && col < cols ? data[row * cols + col] : undefined;
