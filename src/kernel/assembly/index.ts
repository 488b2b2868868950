export { shard, regroup } from './pass';
export { snapshot, transposeWeights, undo, update } from './update';
export { peak } from './peak';
export { cancel, claim, finish, join, next, open, spin } from './barrier';
import { exp, log1p, sigmoid, tanh } from './math';

/** For the tests of the functions: `count` floats at `at` become f of them. 0 exp, 1 log1p, 2 tanh, 3 sigmoid. */
export function apply(f: i32, at: usize, count: i32): void {
  while (count > 0) {
    const x = v128.load(at);
    v128.store(at, f == 0 ? exp(x) : f == 1 ? log1p(x) : f == 2 ? tanh(x) : sigmoid(x));
    at += 16;
    count -= 4;
  }
}
