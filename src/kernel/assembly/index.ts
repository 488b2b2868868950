export { shard, regroup } from './pass';
export { snapshot, transposeWeights, undo, update } from './update';
export { peak, peakPairs } from './peak';
export { cancel, claim, finish, join, next, open, spin } from './barrier';
import { APPLY_EXP, APPLY_LOG1P, APPLY_TANH } from './codes';
import { exp, log1p, sigmoid, tanh } from './math';

/** For the tests of the functions: `count` floats at `at` become f of them, one of codes.APPLY_…. */
export function apply(f: i32, at: usize, count: i32): void {
  while (count > 0) {
    const x = v128.load(at);
    v128.store(at, f == APPLY_EXP ? exp(x) : f == APPLY_LOG1P ? log1p(x) : f == APPLY_TANH ? tanh(x) : sigmoid(x));
    at += 16;
    count -= 4;
  }
}
