/** Sines of whole eighths of a turn. */
const EIGHTHS = [0, Math.SQRT1_2, 1, Math.SQRT1_2, 0, -Math.SQRT1_2, -1, -Math.SQRT1_2];
const HALF_TURN = Math.PI;

/**
 * The sine of an angle in turns, within 2 units in the last place of 1, by sums and products alone: `Math.sin` may end
 * in another bit on another machine.
 */
export function sineOfTurn(turns: number): number {
  const turn = turns - Math.floor(turns);
  const eighth = Math.round(8 * turn);
  const rest = 2 * HALF_TURN * (turn - eighth / 8);
  return EIGHTHS[eighth % 8] * smallCosine(rest) + EIGHTHS[(eighth + 2) % 8] * smallSine(rest);
}

/** The cosine of an angle in turns, as {@link sineOfTurn} has it. */
export const cosineOfTurn = (turns: number): number => sineOfTurn(turns + 0.25);

/** Taylor's series, of angles within an eighth of π: what is left out is below 1e−18. */
function smallSine(x: number): number {
  const square = x * x;
  let sum = 0;
  for (let n = 13; n >= 3; n -= 2) sum = (-square / (n * (n - 1))) * (1 + sum);
  return x * (1 + sum);
}

function smallCosine(x: number): number {
  const square = x * x;
  let sum = 0;
  for (let n = 14; n >= 2; n -= 2) sum = (-square / (n * (n - 1))) * (1 + sum);
  return 1 + sum;
}
