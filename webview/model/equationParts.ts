import type { QuantityKey, Step } from '../../src/core/chain';
import type { Network } from '../../src/core/network';

/** A symbol or a sign of an equation; `dot` is the matrix product, `star` the one entry by entry. */
export type Part =
  | { readonly kind: 'quantity'; readonly key: QuantityKey; readonly transposed?: boolean }
  | { readonly kind: 'sign'; readonly sign: string }
  | { readonly kind: 'dot' | 'star' | 'mean' };

const q = (key: QuantityKey): Part => ({ kind: 'quantity', key });
const transposed = (key: QuantityKey): Part => ({ kind: 'quantity', key, transposed: true });
const sign = (text: string): Part => ({ kind: 'sign', sign: text });
const DOT: Part = { kind: 'dot' };
const STAR: Part = { kind: 'star' };
/** 1/m Σ over the examples. */
const MEAN: Part = { kind: 'mean' };

export interface EquationOptions {
  /** Whether classes are balanced. */
  readonly isWeighted: boolean;
  /** Whether the update is −α · dw and nothing else. */
  readonly isPlain: boolean;
}

/** The equation of a step, and for the cost and the update those that belong to it. */
export function equationsOf(
  step: Step,
  { output }: Network,
  { isWeighted, isPlain }: EquationOptions,
): Part[][] {
  const { l } = step;
  switch (step.kind) {
    case 'linear':
      return [[q(`Z${l}`), sign('='), q(`W${l}`), DOT, q(`A${l - 1}`), sign('+'), q(`b${l}`)]];
    case 'activation':
      return [[q(`A${l}`), sign('='), sign(`g(`), q(`Z${l}`), sign(')')]];
    case 'cost':
      return [
        [q('J'), sign('='), MEAN, ...(isWeighted ? [q('c'), STAR] : []), q('loss')],
        [q('loss'), sign('='), ...lossOf(output, q(`A${l}`), q('Y'))],
      ];
    case 'outputError':
      return isWeighted
        ? [[q(`dZ${l}`), sign('='), sign('('), q(`A${l}`), sign('−'), q('Y'), sign(')'), STAR, q('c')]]
        : [[q(`dZ${l}`), sign('='), q(`A${l}`), sign('−'), q('Y')]];
    case 'weightGradient':
      return [[q(`dW${l}`), sign('='), sign('1/m'), q(`dZ${l}`), DOT, transposed(`A${l - 1}`)]];
    case 'biasGradient':
      return [[q(`db${l}`), sign('='), MEAN, q(`dZ${l}`)]];
    case 'hiddenError':
      return [[q(`dZ${l}`), sign('='), transposed(`W${l + 1}`), DOT, q(`dZ${l + 1}`), STAR, q(`slope${l}`)]];
    case 'update':
      return (['W', 'b'] as const).map((w) => [
        ...[q(`new${w}${l}`), sign('='), q(`${w}${l}`)],
        ...(isPlain ? [sign('− α'), q(`d${w}${l}`)] : [sign('+'), q(`change${w}${l}`)]),
      ]);
    default:
      return step satisfies never;
  }
}

function lossOf(output: Network['output'], A: Part, Y: Part): Part[] {
  switch (output) {
    case 'sigmoid':
      return [
        ...[sign('−'), sign('('), Y, STAR, sign('ln'), A, sign('+')],
        ...[sign('(1 −'), Y, sign(')'), STAR, sign('ln(1 −'), A, sign(')'), sign(')')],
      ];
    case 'softmax':
      return [sign('−'), sign('Σ'), Y, STAR, sign('ln'), A];
    case 'linear':
      return [sign('½'), sign('('), A, sign('−'), Y, sign(')²')];
    default:
      return output satisfies never;
  }
}

/** The matrices of a step, in the order of its equation: each once. */
export function matricesOf(step: Step, network: Network, options: EquationOptions): Part[][] {
  const { l } = step;
  switch (step.kind) {
    case 'cost':
      return [
        [q('J'), sign('='), MEAN, ...(options.isWeighted ? [q('c'), STAR] : []), q('loss')],
        [q(`A${l}`), q('Y')],
      ];
    case 'update':
      return [
        [q(`W${l}`), q(`dW${l}`), q(`changeW${l}`), q(`newW${l}`)],
        [q(`b${l}`), q(`db${l}`), q(`changeb${l}`), q(`newb${l}`)],
      ];
    default:
      return equationsOf(step, network, options);
  }
}

/** A name taken apart: `dW` and `[1]`; A[0] is X. */
export interface QuantityName {
  readonly letter: string;
  /** The layer; null where there is none. */
  readonly l: number | null;
  readonly prime: boolean;
}

export function nameOfQuantity(key: QuantityKey): QuantityName {
  const found = /^([A-Za-z]+?)(\d+)$/.exec(key);
  if (!found) return { letter: key === 'loss' ? 'ℓ' : key, l: null, prime: false };
  const [, name, layer] = found;
  const l = Number(layer);
  if (name === 'A' && l === 0) return { letter: 'X', l: null, prime: false };
  if (name === 'slope') return { letter: 'g′(Z', l, prime: false };
  if (name.startsWith('new')) return { letter: name.slice(3), l, prime: true };
  if (name.startsWith('change')) return { letter: `Δ${name.slice(6)}`, l, prime: false };
  return { letter: name, l, prime: false };
}

/** `dW[1]`, as it stands in a text. */
export function plainName(key: QuantityKey): string {
  const { letter, l, prime } = nameOfQuantity(key);
  const close = letter.startsWith('g′(') ? ')' : '';
  return `${letter}${prime ? '′' : ''}${l === null ? '' : `[${l}]`}${close}`;
}

/** What a row or column of a quantity runs over: `m` examples, `n1` units of layer 1; empty where there is only one. */
export function axesOf(key: QuantityKey, L: number): readonly [rows: string, cols: string] {
  const { letter, l } = nameOfQuantity(key);
  if (key === 'A0') return ['n0', 'm'];
  if (key === 'Y') return [`n${L}`, 'm'];
  if (key === 'loss' || key === 'c') return ['', 'm'];
  if (l === null) return ['', ''];
  if (letter.endsWith('W')) return [`n${l}`, `n${l - 1}`];
  if (letter.endsWith('b')) return [`n${l}`, ''];
  return [`n${l}`, 'm'];
}

/** What a quantity of the update is: before, change, after. */
export function roleOf(key: QuantityKey): string {
  if (key.startsWith('new')) return 'after';
  return key.startsWith('change') ? 'change' : key.startsWith('d') ? 'gradient' : 'before';
}

const MOST_COLUMNS = 5;
const FEWEST_COLUMNS = 2;
/** CSS pixels of a column of numbers, and of what is around a matrix. */
const COLUMN = 62;
const AROUND = 74;

/** How many columns matrices may show, of `lines` with so many each, so that they take the fewest lines in `width` pixels. */
export function columnsFor(lines: readonly (readonly number[])[], width: number): number {
  const linesWith = (most: number) =>
    lines.reduce((sum, columns) => {
      let taken = 1;
      let left = width;
      for (const count of columns) {
        const wide = AROUND + COLUMN * Math.min(count, most);
        if (wide > left && left < width) {
          taken++;
          left = width;
        }
        left -= wide;
      }
      return sum + taken;
    }, 0);
  const widest = Math.max(FEWEST_COLUMNS, Math.min(MOST_COLUMNS, Math.floor((width - AROUND) / COLUMN)));
  // A matrix that has room for all of its columns is not cut only to save a line.
  const whole = lines.flat().filter((count) => count <= widest);
  const fewest = Math.max(FEWEST_COLUMNS, ...whole);
  let best = widest;
  for (let most = widest; most >= fewest; most--) if (linesWith(most) < linesWith(best)) best = most;
  return best;
}
