/**
 * The numbers that stand for activations, outputs, optimizers and constants between TypeScript and the kernels; this
 * one file is compiled for both.
 */

// ------------------------------------------------------------------------------------- hidden activations
export const TANH = 0;
export const SIGMOID = 1;
export const RELU = 2;
export const LEAKY_RELU = 3;
export const LINEAR = 4;

// ------------------------------------------------------------------------------------- outputs
export const OUTPUT_SIGMOID = 0;
export const OUTPUT_SOFTMAX = 1;
export const OUTPUT_LINEAR = 2;

// ------------------------------------------------------------------------------------- optimizers
/** In the order of how many arrays of moments they have: none, one, one, two. */
export const GRADIENT_DESCENT = 0;
export const MOMENTUM = 1;
export const NESTEROV = 2;
export const ADAM = 3;

// ------------------------------------------------------------------------------------- training
/** How a call that trains ended: all is done, the budget is spent, a helper still works, or a number is not finite. */
export const DONE = 0;
export const MORE = 1;
export const WAITING = 2;
export const DIVERGED = 3;
/** What comes next: a new epoch or batch, the rest of its pass, the rest of a pass over the test part. */
export const STAGE_BEGIN = 0;
export const STAGE_PASS = 1;
export const STAGE_TEST = 2;

// ------------------------------------------------------------------------------------- functions
/** What `apply` computes, for the tests. */
export const APPLY_EXP = 0;
export const APPLY_LOG1P = 1;
export const APPLY_TANH = 2;
export const APPLY_SIGMOID = 3;

// ------------------------------------------------------------------------------------- constants
// Which of the constants in memory, from addresses.CONSTANTS on: kernel.ts has their values.
export const ONE = 0;
export const TWO = 1;
export const LOG2_E = 2;
/** ln 2 in two parts. */
export const LN2_HIGH = 3;
export const LN2_LOW = 4;
/** Adding it rounds to a whole number. */
export const ROUNDER = 5;
export const LEAST_EXP = 6;
export const MINUS_ONE = 7;
/** expm1(r) = r + r² (E0 + E1 r + E2 r² + E3 r³ + E4 r⁴) for |r| ≤ ½ ln 2. */
export const E0 = 8;
export const E1 = 9;
export const E2 = 10;
export const E3 = 11;
export const E4 = 12;
/** 2 artanh(s) = 2 s + s³ (L0 + L1 s² + L2 s⁴ + L3 s⁶) for 0 ≤ s ≤ ⅓. */
export const L0 = 13;
export const L1 = 14;
export const L2 = 15;
export const L3 = 16;
export const SIGN = 17;
export const MANTISSA = 18;
/** The slope of leaky ReLU below 0. */
export const SLOPE = 19;
export const TANH_LEAST = 20;
export const TANH_MOST = 21;
/** P and Q of tanh, five coefficients each. */
export const P0 = 22;
export const Q0 = 27;
