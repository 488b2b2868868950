import { LEAKY_SLOPE, type HiddenActivation } from '../core/activations';

/** A text as a literal of JavaScript, in ASCII: it can end no string, no line and no script element. */
export const javascriptText = (text: string): string =>
  `"${Array.from(text, (character) => {
    if (/^[ !#-%(-;=?-[\]-~]$/.test(character)) return character;
    return Array.from(
      { length: character.length },
      (_, k) => `\\u${character.charCodeAt(k).toString(16).padStart(4, '0')}`,
    ).join('');
  }).join('')}"`;

/** A list over as many lines as it takes. */
export function javascriptList(items: readonly string[], indent = ''): string {
  if (items.length <= 8) return `[${items.join(', ')}]`;
  const lines: string[] = [];
  for (let k = 0; k < items.length; k += 8) lines.push(items.slice(k, k + 8).join(', '));
  return `[\n${indent}  ${lines.join(`,\n${indent}  `)},\n${indent}]`;
}

export function javascriptActivation(hidden: HiddenActivation): string {
  switch (hidden) {
    case 'tanh':
      return 'Math.tanh(z)';
    case 'sigmoid':
      return 'sigmoid(z)';
    case 'relu':
      return 'z < 0 ? 0 : z';
    case 'leakyRelu':
      return `z < 0 ? ${LEAKY_SLOPE} * z : z`;
    case 'linear':
      return 'z';
    default:
      return hidden satisfies never;
  }
}

/** Functions that read a row and make features. */
export const JAVASCRIPT_FEATURES = `
function own(row, name) {
  if (!Object.prototype.hasOwnProperty.call(row, name)) throw new RangeError("The row has no " + JSON.stringify(name));
  return row[name];
}

function number(row, name) {
  const value = own(row, name);
  if (value === null || value === undefined || value === "") return NaN;
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  throw new TypeError(JSON.stringify(name) + " is no number");
}

function text(row, name) {
  const value = own(row, name);
  if (value === null || value === undefined || value === "" || value !== value) return null;
  return String(value);
}

const isMissing = (value) => (value === null || value !== value ? 1 : 0);

const scaled = (x, mean, deviation, standIn) => ((x !== x ? standIn : x) - mean) / deviation;

function log(x, median) {
  const ratio = Math.abs(x) / median;
  const size = ratio === Infinity ? Math.log(Math.abs(x)) - Math.log(median) : Math.log1p(ratio);
  return x < 0 ? -size : size;
}

function rank(x, values, below) {
  if (x !== x) return NaN;
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low < values.length ? below[low] : 1;
}

function turn(seconds) {
  const turns = seconds / 86400;
  return 2 * Math.PI * (turns - Math.floor(turns));
}

function sigmoid(z) {
  const e = Math.exp(-Math.abs(z));
  return z < 0 ? e / (1 + e) : 1 / (1 + e);
}

function layer(W, b, A) {
  return b.map((sum, i) => {
    for (let j = 0; j < A.length; j++) sum += W[i][j] * A[j];
    return sum;
  });
}
`;
