import assert from 'node:assert/strict';
import { signal } from '@preact/signals';
import { stepsOf } from '../../src/core/chain';
import { checkNumbers } from '../../src/core/checkNumbers';
import { matrix } from '../../src/core/matrix';
import { outputKinds, zeroParameters, type Network, type Parameters } from '../../src/core/network';
import { cook, RIGHT } from '../../src/core/recipe';
import {
  axesOf,
  columnsFor,
  equationsOf,
  matricesOf,
  plainName,
  type Part,
} from '../../webview/model/equationParts';
import { sentenceOf } from '../../webview/model/equationSentences';
import { FEW, select } from '../../webview/model/equationExamples';
import { SLICE, workOfExample } from '../../webview/model/passes';
import { Equations } from '../../webview/model/equations';
import type { AskStep } from '../../webview/model/shownUpdate';
import type { ExamplesShown } from '../../webview/keptChoices';
import type { RunSignals } from '../../webview/store';
import { checkable } from '../../webview/pages/equationCheck';
import { errorText } from '../../webview/pages/equationGradients';
import { judged } from '../../src/core/gradientCheck';
import { standardisation } from '../../webview/model/standardised';
import { piecesOf } from '../../webview/ui/quantity';
import { scrolled } from '../../webview/ui/matrixGrid';

const wave = (count: number, phase: number) =>
  Float64Array.from({ length: count }, (_, k) => Math.sin(2.3 * k + phase));
const network: Network = { sizes: [2, 4, 1], hidden: 'tanh', output: 'sigmoid' };
const parametersFor = (phase: number): Parameters =>
  zeroParameters(network).map(({ W, b }, l) => ({
    W: matrix(W.rows, W.cols, wave(W.data.length, l + phase)),
    b: wave(b.length, l + 9),
  }));

/** A run of `count` examples, every fifth of which is for the test. */
function runOf(count: number, trainRows = count - Math.ceil(count / 5)) {
  const parameters = signal<Parameters | null>(parametersFor(1));
  const rule = { optimizer: 'gradientDescent', momentum: 0.9, l1: 0, l2: 0, batchSize: 0, balanced: false };
  const live = signal({ rule, learningRate: 0.5 });
  const run = {
    view: signal({ network, dataset: { task: 'binary', trainRows, classes: ['0', '1'] } }),
    live,
    measure: signal({ epoch: 7 }),
    features: signal([
      { name: 'x1', mean: 3, deviation: 2 },
      { name: 'x2', mean: 0, deviation: 1 },
    ]),
    sample: signal({
      X: matrix(2, count, wave(2 * count, 0.5)),
      y: Float64Array.from({ length: count }, (_, j) => j % 2),
      test: Float64Array.from({ length: count }, (_, j) => (j % 5 === 0 ? 1 : 0)),
      order: Array.from({ length: count }, (_, j) => j),
    }),
    parameters,
    frozen: signal(new Set()),
  };
  return { run: run as unknown as RunSignals, parameters, live };
}
const choicesOf = (step = 'Z1', examples: ExamplesShown = 'all') => ({
  equation: signal({ step, examples }),
  example: signal(3),
});

/** A clock that stands still until it is moved. */
function world() {
  let time = 0;
  const waiting: { readonly work: () => void; readonly at: number }[] = [];
  return {
    now: () => time,
    later: (work: () => void, ms: number) => {
      const one = { work, at: time + ms };
      waiting.push(one);
      return () => void waiting.splice(waiting.indexOf(one), 1);
    },
    wait: (ms: number) => {
      time += ms;
      for (const one of waiting.filter(({ at }) => at <= time)) {
        waiting.splice(waiting.indexOf(one), 1);
        one.work();
      }
    },
  };
}
const none: AskStep = () => Promise.resolve(null);

describe('the model of the Equations page', () => {
  it('takes the examples that are trained on, or a few of them, or the chosen one', () => {
    const { run } = runOf(40);
    const choices = choicesOf();
    const model = new Equations(run, choices, none, world());
    assert.equal(model.selection.value?.columns.length, 32);
    assert.ok(model.selection.value?.columns.every((j) => j % 5 !== 0));
    assert.equal(model.selection.value?.isWholeTraining, true);
    model.show('few');
    assert.equal(model.selection.value?.columns.length, FEW);
    model.show('one');
    assert.deepEqual(model.selection.value?.columns, [3]);
    assert.equal(model.trace.value?.m, 1);
    model.dispose();
  });

  it('says that a sample is not all that is trained on', () => {
    const model = new Equations(runOf(40, 100_000).run, choicesOf(), none, world());
    assert.equal(model.selection.value?.isWholeTraining, false);
  });

  it('is over fewer examples where the network is large, so that none blocks the page, and says so', () => {
    const { run } = runOf(2000);
    const over = (hidden: readonly number[]) => {
      const large: Network = { ...network, sizes: [2, ...hidden, 1] };
      const { columns, isThinned, isWholeTraining, X, weights } = select({
        ...{ network: large, sample: run.sample.peek()!, shown: 'all', chosen: 0 },
        ...{ trainRows: 1600, classes: 2, balanced: true },
      });
      assert.deepEqual([X.cols, weights?.length], [columns.length, columns.length]);
      assert.equal(isWholeTraining, !isThinned);
      return { count: columns.length, isThinned, work: 3 * columns.length * workOfExample(large) };
    };
    assert.deepEqual([over([64]).count, over([64]).isThinned], [1600, false]);
    for (const hidden of [[200, 200], [512, 512, 512], Array.from({ length: 6 }, () => 1024)]) {
      const { count, isThinned, work } = over(hidden);
      assert.ok(isThinned);
      assert.ok(count >= 5);
      assert.ok(work <= 400 * SLICE, `${hidden.join('–')}: ${work} multiplications over ${count}`);
    }
  });

  it('follows the weights, and seldom where that takes long', () => {
    const { run, parameters } = runOf(40);
    const clock = world();
    let slow = 0;
    const model = new Equations(run, choicesOf(), none, { ...clock, now: () => clock.now() + slow++ * 30 });
    const first = model.trace.value;
    parameters.value = parametersFor(2);
    assert.equal(model.trace.value, first, 'it took 30 ms: the next waits');
    clock.wait(300);
    assert.notEqual(model.trace.value, first);
    assert.equal(model.trace.value?.get('W1')?.data, parameters.value[0].W.data);
    model.dispose();
  });

  it('goes through the chain, and forgets what was pointed at', () => {
    const model = new Equations(runOf(20).run, choicesOf('A2'), none, world());
    model.pointed.value = { quantity: 'A2', row: 0, col: 0 };
    assert.equal(model.story.value?.origins[0]?.quantity, 'Z2');
    assert.equal(model.move(1), true);
    assert.equal(model.step.value.key, 'J');
    assert.equal(model.pointed.value, null);
    model.go('Z1');
    assert.equal(model.move(-1), false);
    model.go('no such step');
    assert.equal(model.step.value.key, 'Z1');
  });

  it('makes the step in float64 where the engine gives none', async () => {
    const model = new Equations(runOf(20).run, choicesOf('update1'), none, world());
    await Promise.resolve();
    const update = model.update.value!;
    assert.equal(update.by, 'float64');
    assert.ok(update.costAfter < update.costBefore);
    const [w, dw, next] = (['W1', 'dW1', 'newW1'] as const).map((key) => update.trace.get(key)!.data);
    next.forEach((x, k) => assert.ok(Math.abs(x - (w[k] - 0.5 * dw[k])) < 1e-15));
  });

  it('shows a step over the very examples that numbers are checked against and copied with', async () => {
    for (const examples of ['one', 'few', 'all'] as const) {
      const model = new Equations(runOf(40).run, choicesOf('update2', examples), none, world());
      await Promise.resolve();
      const situation = model.situation()!;
      const m = { one: 1, few: FEW, all: 32 }[examples];
      assert.equal(situation.X.cols, m);
      assert.equal(model.update.value?.trace.m, m);
      for (const key of ['newW2', 'newb2', 'dW2', 'db2'] as const) {
        const shown = model.trace.value!.get(key)!;
        const text = Array.from({ length: shown.rows }, (_, i) =>
          Array.from(shown.data.slice(i * shown.cols, (i + 1) * shown.cols), String).join(' '),
        ).join('\n');
        const { kind } = checkNumbers(text, situation, key, model.shownOf(key));
        // Of one example, a slip may come to nearly the same.
        assert.ok(kind === 'right' || kind === 'tooFewDigits', `${examples} ${key}: ${kind}`);
      }
      model.dispose();
    }
  });

  it('checks the engine’s step against the engine’s numbers, also where the sample is not all', async () => {
    const size = parametersFor(0).reduce((sum, { W, b }) => sum + W.data.length + b.length, 0);
    const step: AskStep = () =>
      Promise.resolve({
        ...{ epoch: 7, learningRate: 0.5, isFull: true, costBefore: 0.7, costAfter: 0.6 },
        ...{ before: wave(size, 1), gradients: wave(size, 2), after: wave(size, 3) },
      });
    const model = new Equations(runOf(40, 100_000).run, choicesOf('update2'), step, world());
    await Promise.resolve();
    await Promise.resolve();
    const shown = model.shownOf('newb2')!;
    const verdict = (text: string) =>
      checkNumbers(text, model.situation()!, 'newb2', model.shownOf('newb2')).kind;
    assert.equal(verdict(String(shown.data[0])), 'right');
    const overSample = cook(RIGHT, model.situation()!).get('newb2')!.data[0];
    assert.notEqual(verdict(String(overSample)), 'right');
    // Of a few, the step is the equations' own.
    model.show('few');
    assert.equal(model.shownOf('newb2'), undefined);
    model.dispose();
  });

  it('takes all examples for a step that only the engine can make', () => {
    const { run, live } = runOf(40);
    live.value = { ...live.value, rule: { ...live.value.rule, optimizer: 'adam' } };
    const model = new Equations(run, choicesOf('update1', 'few'), none, world());
    assert.equal(model.examples.value, 'all');
    assert.equal(model.selection.value?.columns.length, 32);
    model.go('Z1');
    assert.equal(model.selection.value?.columns.length, FEW);
    model.dispose();
  });

  it('makes none where another optimizer needs its moments', async () => {
    const { run, live } = runOf(20);
    live.value = { ...live.value, rule: { ...live.value.rule, optimizer: 'adam' } };
    const model = new Equations(run, choicesOf('update1'), none, world());
    await Promise.resolve();
    assert.equal(model.update.value, null);
    assert.equal(model.situation()?.rule, null);
  });

  it('has the raw columns and the test examples for those who took them', () => {
    const { run } = runOf(20);
    const s = new Equations(run, choicesOf(), none, world()).situation()!;
    assert.equal(s.others?.X.cols, 4);
    assert.ok(Math.abs(s.raw!.data[0] - (s.X.data[0] * 2 + 3)) < 1e-12);
    assert.equal(s.epoch, 7);
  });

  it('weighs balanced classes as training does', () => {
    const { run, live } = runOf(20);
    live.value = { ...live.value, rule: { ...live.value.rule, balanced: true } };
    const { weights, columns } = new Equations(run, choicesOf(), none, world()).selection.value!;
    const ofClass = (k: number) => columns.filter((j) => j % 2 === k).length;
    columns.forEach((j, k) => assert.equal(weights![k], 16 / (2 * ofClass(j % 2))));
  });
});

describe('the parts of an equation', () => {
  const options = { isWeighted: false, isPlain: true };
  const text = (parts: readonly Part[]) =>
    parts
      .map((part) =>
        part.kind === 'quantity'
          ? `${plainName(part.key)}${part.transposed ? 'ᵀ' : ''}`
          : { dot: '·', star: '∗', mean: '1/m Σ', sign: part.kind === 'sign' ? part.sign : '' }[part.kind],
      )
      .join(' ');

  it('are those of the course', () => {
    assert.deepEqual(
      stepsOf(network).flatMap((step) => equationsOf(step, network, options).map(text)),
      [
        'Z[1] = W[1] · X + b[1]',
        'A[1] = g( Z[1] )',
        'Z[2] = W[2] · A[1] + b[2]',
        'A[2] = g( Z[2] )',
        'J = 1/m Σ ℓ',
        'ℓ = − ( Y ∗ ln A[2] + (1 − Y ) ∗ ln(1 − A[2] ) )',
        'dZ[2] = A[2] − Y',
        'dW[2] = 1/m dZ[2] · A[1]ᵀ',
        'db[2] = 1/m Σ dZ[2]',
        'dZ[1] = W[2]ᵀ · dZ[2] ∗ g′(Z[1])',
        'dW[1] = 1/m dZ[1] · Xᵀ',
        'db[1] = 1/m Σ dZ[1]',
        'W′[1] = W[1] − α dW[1]',
        'b′[1] = b[1] − α db[1]',
        'W′[2] = W[2] − α dW[2]',
        'b′[2] = b[2] − α db[2]',
      ],
    );
  });

  it('have a sentence for each step that names its quantities', () => {
    for (const output of outputKinds) {
      for (const step of stepsOf(network)) {
        const sentence = sentenceOf(step, { ...network, output });
        const named = sentence.flatMap((part) => (typeof part === 'string' ? [] : [part.key]));
        assert.ok(named.includes(step.kind === 'update' ? `W${step.l}` : step.key), step.key);
        assert.equal(typeof sentence.at(-1), 'string');
      }
    }
  });

  it('say that dZ is the derivative of each example’s loss, in every layer', () => {
    const saying = (kind: string) => {
      const step = stepsOf(network).find((each) => each.kind === kind)!;
      return sentenceOf(step, network)
        .map((part) => (typeof part === 'string' ? part : plainName(part.key)))
        .join('');
    };
    assert.match(
      saying('outputError'),
      /how the loss of each example would change with its Z\[2\]; J, .* 1\/m/,
    );
    assert.match(saying('hiddenError'), /again of the loss of each example/);
  });

  it('may break before +, · and ∗, and lose nothing by it', () => {
    for (const output of outputKinds) {
      for (const step of stepsOf(network)) {
        for (const parts of equationsOf(step, { ...network, output }, options)) {
          const pieces = piecesOf(parts);
          assert.deepEqual(pieces.flat(), parts);
          for (const [first] of pieces.slice(1)) assert.match(text([first]), /^(\+|·|∗|− α)$/);
          for (const piece of pieces) {
            const symbols = piece.filter(({ kind }) => kind === 'quantity');
            assert.ok(symbols.length <= 3, text(piece));
          }
        }
      }
    }
  });

  it('say where a number of X comes from', () => {
    const said = standardisation((0.96544 - 0.5) / 0.8, { mean: 0.5, deviation: 0.8 });
    assert.match(said, /^\(0\.96544 − 0\.5\) \/ 0\.8: /);
    assert.match(standardisation(1, { mean: 0, deviation: 1 }), /^As it is: not standardised/);
    assert.match(standardisation(-1, { mean: -4, deviation: 2 }), /^\(−6 − \(−4\)\) \/ 2/);
  });

  it('are compared with differences without an error where both are lost in rounding', () => {
    const cell = { layer: 1, of: 'W', row: 0, col: 0, noise: 1e-9, kinks: 0 } as const;
    const lost = { ...cell, analytic: 1.524e-10, numeric: 1.554e-10 };
    const { analytic, numeric, noise, kinks } = lost;
    assert.equal(errorText({ ...lost, ...judged(analytic, numeric, noise, kinks) }), '–');
    assert.equal(errorText({ ...cell, analytic: 0, numeric: 0, ...judged(0, 0, 1e-9, 0) }), '0');
    assert.equal(
      errorText({ ...cell, analytic: 0.5, numeric: 0.500001, ...judged(0.5, 0.500001, 1e-9, 0) }),
      '1e−6',
    );
  });

  it('are multiplied in shapes that fit', () => {
    for (const step of stepsOf(network)) {
      for (const line of matricesOf(step, network, options)) {
        const shapes = line.map((part) =>
          part.kind === 'quantity'
            ? part.transposed
              ? axesOf(part.key, 2).toReversed()
              : axesOf(part.key, 2)
            : null,
        );
        line.forEach(({ kind }, k) => {
          if (kind === 'dot') assert.equal(shapes[k - 1]?.[1], shapes[k + 1]?.[0], step.key);
        });
      }
    }
  });

  it('are shown in as few lines as they need', () => {
    assert.equal(columnsFor([[400, 2, 400, 1]], 2000), 5);
    assert.equal(columnsFor([[400, 2, 400, 1]], 500), 3);
    assert.equal(columnsFor([[400]], 240), 2);
    // Four columns have room: none is left out to put two matrices on a line.
    const update = [
      [4, 4, 4, 4],
      [1, 1, 1, 1],
    ];
    assert.ok(columnsFor(update, 520) >= 4);
  });

  it('can be checked, each under its name', () => {
    assert.deepEqual(checkable(stepsOf({ sizes: [2, 1] }), true), [
      ...['W1', 'b1', 'Z1', 'A1', 'J', 'dZ1', 'dW1', 'db1', 'newW1', 'newb1'],
    ]);
    assert.ok(!checkable(stepsOf({ sizes: [2, 1] }), false).includes('newW1'));
  });

  it('scroll no farther than they must', () => {
    assert.deepEqual(
      [scrolled(3, 5, 4), scrolled(3, 5, 8), scrolled(3, 5, 2), scrolled(3, 5, 7)],
      [3, 4, 2, 3],
    );
  });
});
