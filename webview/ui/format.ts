/** The short form of a number: 4 significant digits, with a real minus sign. The same in all pictures. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : 'not a number';
  return String(Number(value.toPrecision(4))).replaceAll('-', '−');
}

/** The full form: every digit that tells this float64 from its neighbours. */
export const full = (value: number): string => String(value).replaceAll('-', '−');

/** `1 example`, `2 examples`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

const subscripts = '₀₁₂₃₄₅₆₇₈₉';
/** Digits as subscripts: `a₁₂`. */
export const subscript = (n: number): string => String(n).replace(/\d/g, (d) => subscripts[Number(d)]);
