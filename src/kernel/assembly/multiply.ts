/**
 * The products of weights with activations and errors. Examples stand in lanes: a matrix (n, m) lies in groups of 8
 * examples, within a group unit by unit, so that a unit's 8 examples are two v128; `stride` is the bytes from a group
 * to the next. Weights W (units, inputs) are packed: each 4 units as [input][unit of the 4], what is left over unit by
 * unit.
 *
 * Tiles of two groups keep a wide machine busy, but spill the registers of a narrow one: WIDE says which of the two
 * serve. The sums, and so the bits, are the same.
 */
import * as at from './addresses';
import { LEAKY_RELU, RELU, SIGMOID, TANH } from './codes';
import { fourByTwo } from './fourByTwo';
import { fourByOne, oneByOne, twoByOne } from './narrowTiles';
import { FROM_BIAS, FROM_OUTPUT, FROM_ZERO, NONE } from './tiles';
import { oneByTwo, twoByTwo } from './wideTiles';

/** Inputs whose 16 examples stay in the first cache while all units take them. */
const PANEL: i32 = 256;

/**
 * out = W·a over `groups` groups of 8 examples, added to what a sum starts from, times the derivative; of the inputs
 * `some`, from `from` on.
 */
@inline
function multiply(
  weights: usize,
  bias: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
  from: i32,
  some: i32,
  start: i32,
  derivative: i32,
): void {
  // From a unit's weights of these inputs to the next one's.
  const second = <usize>inputs << 2;
  const skip = <usize>(inputs - some) << 2;
  input += <usize>from << 5;
  let pairs = load<i32>(at.WIDE) ? groups >> 1 : 0;
  groups -= pairs << 1;
  while (pairs > 0) {
    let w = weights + (<usize>from << 4);
    let b = bias;
    let out = output;
    let tile = units >> 2;
    while (tile > 0) {
      w = fourByTwo(w, b, input, strideIn, out, strideOut, some, start, derivative) + (skip << 2);
      b += 16;
      out += 128;
      tile--;
    }
    w -= <usize>from * 12;
    if (units & 2) {
      w = twoByTwo(w, second, b, input, strideIn, out, strideOut, some, start, derivative) + second + skip;
      b += 8;
      out += 64;
    }
    if (units & 1) oneByTwo(w, b, input, strideIn, out, strideOut, some, start, derivative);
    input += strideIn << 1;
    output += strideOut << 1;
    pairs--;
  }
  while (groups > 0) {
    let w = weights + (<usize>from << 4);
    let b = bias;
    let out = output;
    let tile = units >> 2;
    while (tile > 0) {
      w = fourByOne(w, b, input, out, some, start, derivative) + (skip << 2);
      b += 16;
      out += 128;
      tile--;
    }
    w -= <usize>from * 12;
    if (units & 2) {
      w = twoByOne(w, second, b, input, out, some, start, derivative) + second + skip;
      b += 8;
      out += 64;
    }
    if (units & 1) oneByOne(w, b, input, out, some, start, derivative);
    input += strideIn;
    output += strideOut;
    groups--;
  }
}

/** Z = W·A + b. */
export function forwardProduct(
  weights: usize,
  bias: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
): void {
  const some = min(inputs, PANEL);
  multiply(weights, bias, input, strideIn, output, strideOut, inputs, units, groups, 0, some, FROM_BIAS, NONE);
  for (let from = some; from < inputs; from += PANEL)
    addPanel(weights, input, strideIn, output, strideOut, inputs, units, groups, from);
}

/** Adds to Z what the inputs from `from` on give it, {@link PANEL} of them at most. */
export function addPanel(
  weights: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
  from: i32,
): void {
  const some = min(inputs - from, PANEL);
  multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, from, some, FROM_OUTPUT, NONE);
}

/** dZ[l−1] = W[l]ᵀ·dZ[l] ∗ g′(A[l−1]) for tanh, written over A[l−1]. `weights` is W transposed. */
export function backwardTanh(
  weights: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
): void {
  multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, 0, inputs, FROM_ZERO, TANH);
}

/** dZ[l−1] = W[l]ᵀ·dZ[l] ∗ g′(A[l−1]) for sigmoid, written over A[l−1]. `weights` is W transposed. */
export function backwardSigmoid(
  weights: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
): void {
  multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, 0, inputs, FROM_ZERO, SIGMOID);
}

/** dZ[l−1] = W[l]ᵀ·dZ[l] ∗ g′(A[l−1]) for ReLU, written over A[l−1]. `weights` is W transposed. */
export function backwardRelu(
  weights: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
): void {
  multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, 0, inputs, FROM_ZERO, RELU);
}

/** dZ[l−1] = W[l]ᵀ·dZ[l] ∗ g′(A[l−1]) for leaky ReLU, written over A[l−1]. `weights` is W transposed. */
export function backwardLeakyRelu(
  weights: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
): void {
  multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, 0, inputs, FROM_ZERO, LEAKY_RELU);
}

/** dZ[l−1] = W[l]ᵀ·dZ[l] ∗ g′(A[l−1]) for the identity, written over A[l−1]. `weights` is W transposed. */
export function backwardLinear(
  weights: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
): void {
  multiply(weights, 0, input, strideIn, output, strideOut, inputs, units, groups, 0, inputs, FROM_ZERO, NONE);
}

/** dZ[l−1] for the hidden activation `hidden`. */
export function backwardProduct(
  weights: usize,
  input: usize,
  strideIn: usize,
  output: usize,
  strideOut: usize,
  inputs: i32,
  units: i32,
  groups: i32,
  hidden: i32,
): void {
  if (hidden == TANH) backwardTanh(weights, input, strideIn, output, strideOut, inputs, units, groups);
  else if (hidden == SIGMOID) backwardSigmoid(weights, input, strideIn, output, strideOut, inputs, units, groups);
  else if (hidden == RELU) backwardRelu(weights, input, strideIn, output, strideOut, inputs, units, groups);
  else if (hidden == LEAKY_RELU)
    backwardLeakyRelu(weights, input, strideIn, output, strideOut, inputs, units, groups);
  else backwardLinear(weights, input, strideIn, output, strideOut, inputs, units, groups);
}
