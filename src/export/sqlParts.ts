import { LEAKY_SLOPE, type HiddenActivation } from '../core/activations';

export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** With an exponent a number is of floating point to each of them. */
export const sqlNumber = (x: number): string => (x < 0 ? `(${x.toExponential()})` : x.toExponential());

/** A sum in halves: the depth of an expression is limited, and one after the other would be as deep as it is long. */
export function sqlSum(terms: readonly string[]): string {
  if (terms.length <= 4) return `(${terms.join(' + ')})`;
  const half = terms.length >> 1;
  return `(${sqlSum(terms.slice(0, half))} + ${sqlSum(terms.slice(half))})`;
}

/** What exp() may take without an overflow, which is an error in some. */
export const sqlHeld = (x: string): string =>
  `CASE WHEN ${x} > 80e0 THEN 80e0 WHEN ${x} < -80e0 THEN -80e0 ELSE ${x} END`;

export function sqlActivation(hidden: HiddenActivation, z: string): string {
  switch (hidden) {
    case 'tanh':
      return `1e0 - 2e0 / (1e0 + exp(${sqlHeld(`2e0 * ${z}`)}))`;
    case 'sigmoid':
      return `1e0 / (1e0 + exp(${sqlHeld(`-${z}`)}))`;
    case 'relu':
      return `CASE WHEN ${z} < 0e0 THEN 0e0 ELSE ${z} END`;
    case 'leakyRelu':
      return `CASE WHEN ${z} < 0e0 THEN ${sqlNumber(LEAKY_SLOPE)} * ${z} ELSE ${z} END`;
    case 'linear':
      return z;
    default:
      return hidden satisfies never;
  }
}
