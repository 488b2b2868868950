export { regroup } from './gather';
export { batches, epochs, help, openPart, proceed } from './training';
export { snapshot, transposeWeights, undo } from './update';
// What V8 may take copies of the loops into, which are then the ones that run.
export { one as block } from './pass';
export { step, update } from './update';
export { cancel, finish, join, spin } from './barrier';
export { peak, peakPairs } from './peak';
import { APPLY_EXP, APPLY_LOG1P, APPLY_TANH } from './codes';
import { exp, log1p, sigmoid, tanh } from './math';

// The loops that V8 is meant to widen. They are exported to be checked one by one before they are trusted.
export {
  addPanel, backwardLeakyRelu, backwardLinear, backwardRelu, backwardSigmoid, backwardTanh, forwardProduct,
} from './multiply';
export { biasGradient, gradientProduct } from './gradient';
export { activateLeakyRelu, activateRelu, activateSigmoid, activateTanh } from './activation';
export { linearOutput, sigmoidOutput, softmaxOutput } from './output';
export { addPenalties, meanGradient, stepAdam, stepDescent, stepMomentum, stepNesterov } from './steps';

/** For the tests of the functions: `count` floats at `at` become f of them, one of codes.APPLY_…. */
export function apply(f: i32, at: usize, count: i32): void {
  while (count > 0) {
    const x = v128.load(at);
    v128.store(at, f == APPLY_EXP ? exp(x) : f == APPLY_LOG1P ? log1p(x) : f == APPLY_TANH ? tanh(x) : sigmoid(x));
    at += 16;
    count -= 4;
  }
}
