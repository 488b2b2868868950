import type { HiddenActivation } from '../core/activations';
import { LEAKY_SLOPE } from '../core/activations';
import type { Matrix } from '../core/matrix';
import type { OutputKind } from '../core/network';
import type { Scale } from '../core/scale';
import type { CopiedChain } from './chain';

const NUMBERS_IN_LINE = 6;
const PLAIN = /^[ !#-%(-;=?-[\]-~]$/;

/** A text as a Python literal: whatever it holds, it is one string, and shows as nothing else. */
export function pythonText(text: string): string {
  const escaped = Array.from(text, (character) => {
    if (PLAIN.test(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

/** A number as a Python literal that reads back to the same float64. */
export const pythonNumber = (x: number): string =>
  Number.isNaN(x) ? 'np.nan' : Number.isFinite(x) ? String(x) : x > 0 ? 'np.inf' : '-np.inf';

/** `np.array([[…], […]])`, a few numbers a line. */
export function pythonMatrix({ rows, cols, data }: Matrix): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const numbers = Array.from(data.subarray(i * cols, (i + 1) * cols), pythonNumber);
    const parts: string[] = [];
    for (let k = 0; k < numbers.length; k += NUMBERS_IN_LINE) {
      parts.push(numbers.slice(k, k + NUMBERS_IN_LINE).join(', '));
    }
    return `    [${parts.join(',\n     ')}],`;
  });
  return `np.array([\n${lines.join('\n')}\n])`;
}

export const pythonColumn = (data: Float64Array): string =>
  pythonMatrix({ rows: data.length, cols: 1, data });

/** What it was copied from, as values alone. */
export function pythonSource({ file, epoch, features, target }: CopiedChain): string[] {
  return [
    `file = ${pythonText(file)}`,
    `epoch = ${pythonNumber(epoch)}`,
    `features = [${features.map(pythonText).join(', ')}]`,
    `target = ${pythonText(target)}`,
  ];
}

/**
 * How X, and of a regression Y, come from the values of the file, so that a program of one's own can make them; and those
 * values, from X.
 */
export function pythonScales({ scales, targetScale }: CopiedChain): string[] {
  const columns = (of: readonly Scale[], part: 'mean' | 'deviation') =>
    pythonColumn(Float64Array.from(of, (scale) => scale[part]));
  const lines = (name: string, small: string, of: readonly Scale[]) => [
    `${small}_mean = ${columns(of, 'mean')}`,
    `${small}_deviation = ${columns(of, 'deviation')}`,
    `${name}_raw = ${name} * ${small}_deviation + ${small}_mean`,
  ];
  return [
    ...(scales
      ? [
          '# X is standardised: X = (X_raw - x_mean) / x_deviation, a row a feature, by the training rows.',
          '# A category or "is missing" is 0 or 1 as it is (mean 0, deviation 1); a missing value has its stand-in.',
          ...lines('X', 'x', scales),
        ]
      : []),
    ...(targetScale
      ? [
          '# Y is standardised likewise: Y = (Y_raw - y_mean) / y_deviation.',
          ...lines('Y', 'y', [targetScale]),
        ]
      : []),
    ...(scales || targetScale ? [''] : []),
  ];
}

/** What dZ is the derivative of, which the cost is the mean of. */
export const PYTHON_OF_LOSSES =
  '# dZ is the derivative of the loss of each example, not of the cost: the 1 / m comes in with dW and db.';

/** g(Z) as NumPy writes it. */
export function pythonActivation(hidden: HiddenActivation, Z: string): string {
  switch (hidden) {
    case 'tanh':
      return `np.tanh(${Z})`;
    case 'sigmoid':
      return `1 / (1 + np.exp(-${Z}))`;
    case 'relu':
      return `np.maximum(0, ${Z})`;
    case 'leakyRelu':
      return `np.where(${Z} < 0, ${LEAKY_SLOPE} * ${Z}, ${Z})`;
    case 'linear':
      return Z;
    default:
      return hidden satisfies never;
  }
}

/** g′(Z), from Z or A. */
export function pythonSlope(hidden: HiddenActivation, Z: string, A: string): string {
  switch (hidden) {
    case 'tanh':
      return `(1 - np.power(${A}, 2))`;
    case 'sigmoid':
      return `(${A} * (1 - ${A}))`;
    case 'relu':
      return `np.where(${Z} < 0, 0, 1)`;
    case 'leakyRelu':
      return `np.where(${Z} < 0, ${LEAKY_SLOPE}, 1)`;
    case 'linear':
      return `np.ones_like(${Z})`;
    default:
      return hidden satisfies never;
  }
}

/** The lines that make A[L]. */
export function pythonOutput(output: OutputKind, Z: string, A: string): string[] {
  switch (output) {
    case 'sigmoid':
      return [`${A} = 1 / (1 + np.exp(-${Z}))`];
    case 'softmax':
      return [
        `E = np.exp(${Z} - np.max(${Z}, axis=0, keepdims=True))`,
        `${A} = E / np.sum(E, axis=0, keepdims=True)`,
      ];
    case 'linear':
      return [`${A} = ${Z}`];
    default:
      return output satisfies never;
  }
}

/** The lines that make the loss of each example, (1, m), from Z[L]: without a logarithm of 0. */
export function pythonLosses(output: OutputKind, Z: string): string[] {
  switch (output) {
    case 'sigmoid':
      return [
        '# The same as -(Y * np.log(A) + (1 - Y) * np.log(1 - A)), without a logarithm of 0.',
        `losses = np.logaddexp(0, ${Z}) - Y * ${Z}`,
      ];
    case 'softmax':
      return [
        '# The same as -np.sum(Y * np.log(A), axis=0, keepdims=True), without a logarithm of 0.',
        `highest = np.max(${Z}, axis=0, keepdims=True)`,
        `log_sum = highest + np.log(np.sum(np.exp(${Z} - highest), axis=0, keepdims=True))`,
        `losses = np.sum(Y * (log_sum - ${Z}), axis=0, keepdims=True)`,
      ];
    case 'linear':
      return [`losses = (${Z} - Y) ** 2 / 2`];
    default:
      return output satisfies never;
  }
}

/** `W1 - learning_rate * dW1`, with the penalty where there is one; `null` where the optimizer is another. */
export function pythonUpdate(rule: CopiedChain['rule'], w: string, dw: string): string | null {
  if (!rule) return null;
  const { l1, l2 } = rule;
  const isWeight = w.startsWith('W');
  const penalty = [
    l2 > 0 && isWeight ? ` + ${pythonNumber(l2)} * ${w}` : '',
    l1 > 0 && isWeight ? ` + ${pythonNumber(l1)} * np.sign(${w})` : '',
  ].join('');
  return `${w} - learning_rate * ${penalty === '' ? dw : `(${dw}${penalty})`}`;
}
