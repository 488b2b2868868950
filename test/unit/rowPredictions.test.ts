import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { forward, forwardPass, predictedClass } from '../../src/core/equations';
import { full } from '../../src/core/format';
import { matrix } from '../../src/core/matrix';
import { unflatten } from '../../src/core/network';
import { inOwnUnit } from '../../src/core/scale';
import { predict, rowsOf } from '../../src/host/rowPredictions';
import { rowsAt } from '../../src/train/rowsAt';
import type { TrainingRun } from '../../src/train/run';

import { runOn } from './training';
import { course } from './course';

const CSV = `size,kind\n${Array.from({ length: 80 }, (_, k) => `${k}.5,${k < 40 ? 'a' : 'b'}`).join('\n')}\n2.25,b\n`;
const trained = (csv: string, change = {}) => {
  const run = runOn(csv, { ...course, 'training.epochs': 200, ...change });
  while (run.epoch < 200) run.step(() => false, undefined, 200 - run.epoch);
  return run;
};
const predictedBy = (run: TrainingRun, from: number, to: number) =>
  predict(run.network, run.parameters(), run.dataset, rowsOf(rowsAt(run.dataset, from, to)));
/** A[L] of one example. */
function outputOf({ network, dataset: { X } }: TrainingRun, flat: Float64Array, j: number) {
  const pass = forwardPass(
    network,
    matrix(
      X.rows,
      1,
      Float64Array.from({ length: X.rows }, (_, i) => X.data[i * X.cols + j]),
    ),
  );
  forward(pass, unflatten(network, flat));
  return pass.A[pass.A.length - 1];
}

describe('what the network says of the rows of a file', () => {
  it('is the class and its probability as the equations have them, and what it is instead where it is wrong', () => {
    const run = trained(CSV, { 'training.testFraction': 0.3 });
    const said = predictedBy(run, 1, 100);
    assert.deepEqual(
      said.map(({ line }) => line),
      [...run.dataset.lines],
    );
    said.forEach(({ text, isWrong, details }, j) => {
      const A = outputOf(run, run.parameters(), j);
      const best = predictedClass('sigmoid', A, 0);
      const own = run.dataset.classOf?.[j];
      const isTest = run.dataset.test.includes(j);
      assert.equal(isWrong, best !== own);
      assert.ok(text.startsWith(`${isTest ? '○' : '●'} ${isWrong ? '✗ ' : ''}${'ab'[best]} 0.`), text);
      assert.equal(text.endsWith(`, not ${'ab'[own ?? 0]}`), isWrong);
      assert.equal(details[2], `P(kind = b) = ${full(A.data[0])}`);
      assert.equal(details[0], `Line ${run.dataset.lines[j]}, ${isTest ? 'test' : 'training'} part`);
    });
    assert.ok(said.some(({ isWrong }) => isWrong));
    assert.ok(said.some(({ text }) => text.startsWith('○')));
  });

  it('is asked for by lines, of which there may be none', () => {
    const run = trained(CSV);
    assert.deepEqual(
      predictedBy(run, 3, 5).map(({ line }) => line),
      [3, 4, 5],
    );
    assert.deepEqual(predictedBy(run, 100, 163), []);
  });

  it('of several classes is the likeliest', () => {
    const run = trained(readFileSync('samples/penguins.csv', 'utf8'), { 'data.target': 'Species' });
    const said = predictedBy(run, 2, 65);
    assert.ok(said.length > 50);
    said.forEach(({ text, details, line }) => {
      const j = run.dataset.lines.indexOf(line);
      const A = outputOf(run, run.parameters(), j);
      const best = predictedClass('softmax', A, 0);
      assert.ok(text.includes(run.dataset.classes[best]));
      assert.equal(details.length, 1 + run.dataset.classes.length);
      assert.ok(details[1 + best].endsWith(` = ${full(A.data[best])}`));
    });
  });

  it('of a number is in its own unit, with how far it is off', () => {
    const csv = `size,price\n${Array.from({ length: 40 }, (_, k) => `${k}.5,${100 + 3 * k}.25`).join('\n')}\n`;
    const run = trained(csv);
    const [first] = predictedBy(run, 2, 2);
    const value = inOwnUnit(outputOf(run, run.parameters(), 0).data[0], run.dataset.targetScale);
    assert.equal(first.details[1], `Predicted price = ${full(value)}`);
    assert.match(first.text, /^[●○] \d+\.?\d* \(off by [+−]?[\d.e−]+\)$/);
    assert.equal(first.isWrong, false);
  });
});
