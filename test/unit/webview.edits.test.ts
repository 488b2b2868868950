import assert from 'node:assert/strict';
import { batch, signal } from '@preact/signals';
import { backward, forward, propagation } from '../../src/core/equations';
import { matrix } from '../../src/core/matrix';
import { flatten, unflatten, type Network, type Parameters } from '../../src/core/network';
import type { Request } from '../../src/protocol/lensRequests';
import type { LiveView } from '../../src/protocol/lensViews';
import { alongEdge, edgeAt, layoutOf } from '../../webview/model/diagram';
import { shownBefore, shownGradients } from '../../webview/model/gradients';
import { numberOf, sliderLimit, WeightEdits, whyNotEdited } from '../../webview/model/weightEdits';
import { parameterText } from '../../webview/pictures/parameterText';
import type { RunSignals } from '../../webview/store';
import type { LensContext } from '../../webview/ui/context';

const network: Network = { sizes: [2, 3, 1], hidden: 'tanh', output: 'sigmoid' };
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('an edge under the pointer', () => {
  const layout = layoutOf(network, [0, 1]);
  const middle = (l: number, slot: number) => layout.top(l, slot) + layout.size / 2;

  it('is found along its whole curve', () => {
    for (const [l, i, k] of [
      [1, 0, 1],
      [1, 2, 0],
      [2, 0, 2],
    ] as const) {
      const [x1, x2] = [layout.across(l - 1), layout.across(l)];
      const [y1, y2] = [middle(l - 1, k), middle(l, i)];
      // The points of the curve as it is drawn: two control points half way across.
      for (const t of [0.15, 0.4, 0.8]) {
        const bend = (x2 - x1) / 2;
        const bezier = (a: number, b: number, c: number, d: number) =>
          a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t * t * (1 - t) + d * t ** 3;
        const x = bezier(x1, x1 + bend, x2 - bend, x2);
        assert.ok(Math.abs(alongEdge((x - x1) / (x2 - x1)) - t) < 1e-6);
        assert.deepEqual(edgeAt(layout, x, bezier(y1, y1, y2, y2)), { l, i, k });
      }
    }
  });

  it('is none where none is near', () => {
    assert.equal(edgeAt(layout, 40, layout.height + 50), null);
    assert.equal(edgeAt(layout, -5, middle(0, 0)), null);
    assert.equal(edgeAt(layout, 105, middle(2, 0)), null);
  });
});

describe('a weight that is looked at', () => {
  const parameters = unflatten(
    network,
    Float64Array.from({ length: 13 }, (_, k) => Math.sin(k)),
  );
  const X = matrix(2, 4, Float64Array.of(0, 0, 1, 1, 0, 1, 0, 1));
  const runOf = () => {
    const live = signal({ rule: { balanced: false }, edits: [] as { epoch: number; byHand?: number }[] });
    const shown = {
      live,
      parameters: signal(parameters),
      measure: signal({ epoch: 3, trainCost: 0.5 }),
    };
    const run = {
      ...shown,
      view: signal({ network, dataset: { trainRows: 3, classes: ['0', '1'] } }),
      live,
      sample: signal({
        ...{ X, y: Float64Array.of(0, 1, 1, 0), test: Float64Array.of(0, 0, 0, 1) },
        ...{ lines: Float64Array.of(2, 3, 4, 5), order: [0, 3, 1, 2] },
      }),
    } as unknown as RunSignals;
    return { run, ...shown };
  };

  it('has the gradient of the training examples alone', () => {
    const found = shownGradients(runOf().run);
    const stop = found.subscribe(() => undefined);
    const p = propagation(network, matrix(2, 3, Float64Array.of(0, 0, 1, 0, 1, 0)));
    forward(p, parameters);
    backward(p, parameters, matrix(1, 3, Float64Array.of(0, 1, 1)));
    assert.deepEqual(flatten(found.value?.layers ?? []), flatten(p.gradients.slice(1)));
    assert.deepEqual([found.value?.examples, found.value?.isWhole], [3, true]);
    stop();
  });

  it('is compared with what was shown before, and not with itself sent again', () => {
    const { run, parameters: now, measure } = runOf();
    const { before, dispose } = shownBefore(run);
    const since = () => before.value?.epoch;
    assert.equal(since(), undefined);
    now.value = [...parameters];
    assert.equal(since(), undefined);
    measure.value = { epoch: 4, trainCost: 0.4 };
    assert.equal(since(), 3);
    measure.value = { epoch: 4, trainCost: 0.6 };
    assert.equal(since(), 4, 'a change by hand is at the same epoch');
    dispose();
  });
});

describe('a weight that is dragged', () => {
  const with4 = (value: number) => {
    const flat = Float64Array.from({ length: 13 }, () => 0.5);
    flat[4] = value;
    return unflatten(network, flat);
  };
  const of4 = (parameters: Parameters | undefined) => parameters && flatten(parameters)[4];

  it('is compared with what it was before the drag, each step of which is the same change', () => {
    const run = {
      parameters: signal(with4(4.366)),
      measure: signal({ epoch: 3, trainCost: 0.5 }),
      live: signal({ edits: [] as { epoch: number; byHand?: number }[] }),
    };
    const { before, dispose } = shownBefore(run as unknown as RunSignals);
    const drag = (value: number, byHand: number, trainCost: number, epoch = 3) =>
      batch(() => {
        run.parameters.value = with4(value);
        run.measure.value = { epoch, trainCost };
        run.live.value = { edits: [{ epoch, byHand }] };
      });
    [3, 0, -9.4, -10].forEach((value, k) => drag(value, 0, 0.6 + k));
    assert.equal(of4(before.value?.parameters), 4.366);
    drag(-8, 1, 8);
    drag(-7, 1, 7);
    assert.equal(of4(before.value?.parameters), -10, 'another drag is another change');
    batch(() => {
      run.parameters.value = with4(-6);
      run.measure.value = { epoch: 4, trainCost: 6 };
    });
    assert.equal(of4(before.value?.parameters), -7, 'an epoch is another change');
    dispose();
  });

  it('of an earlier epoch is compared with the later one forwards', () => {
    const context = {
      run: {
        parameters: signal(with4(0.25)),
        measure: signal({ epoch: 0, trainCost: 0.7 }),
        ...{ view: signal({ network, dataset: null }), features: signal([]), frozen: signal(new Set()) },
      },
      models: {
        gradients: signal(null),
        before: signal({ epoch: 20_000, parameters: with4(0.75) }),
      },
      lastUpdate: signal(null),
    } as unknown as LensContext;
    const text = parameterText(context, { layer: 1, unit: 2, input: 0 });
    assert.match(text, /^W\[1\]\(3,1\), .* = 0\.25; by epoch 20,000 it changes by \+0\.5$/);
  });

  it('has a slider whose ends stay where they are, unless it is typed or trained beyond them', () => {
    const first = sliderLimit(null, 4.366, 4.366);
    assert.equal(first, 10);
    assert.equal(sliderLimit(first, -10, 10), 10);
    assert.equal(sliderLimit(first, 0.1, 0.1), 10);
    assert.equal(sliderLimit(first, -30, 30), 100);
    assert.equal(sliderLimit(null, NaN, 0), 1);
  });
});

describe('changes by hand', () => {
  it('are sent one after the other while a weight is dragged, and the last is never left out', async () => {
    const sent: Request[] = [];
    let answer = () => undefined as void;
    const edits = new WeightEdits(
      {
        send: (request) => {
          sent.push(request);
          return new Promise((resolve) => (answer = () => resolve(true)));
        },
      },
      () => Promise.resolve(),
    );
    for (const value of [1, 2, 3]) edits.hold(4, value);
    assert.equal(edits.held.value?.value, 3);
    answer();
    await turn();
    edits.set(4, 5);
    answer();
    await turn();
    answer();
    await turn();
    const values = sent.flatMap((each) =>
      each.type === 'editByHand' && each.edit.kind === 'set' ? [[each.edit.value, each.held]] : [],
    );
    assert.deepEqual(values, [
      [1, true],
      [3, true],
      [5, false],
    ]);
    assert.equal(edits.held.value, null);
  });

  it('say why they cannot be made', () => {
    const why = (status: LiveView['status'], canGoOn = true, earlier = false) =>
      whyNotEdited({ status, canGoOn } as LiveView, earlier);
    assert.equal(why('paused'), '');
    assert.equal(why('diverged'), '');
    assert.match(why('running'), /Pause/);
    assert.match(why('finished', false), /cannot go on/);
    assert.match(why('paused', true, true), /back to live/);
  });

  it('take numbers as people write them', () => {
    assert.deepEqual(['1e-3', '−0,5', ' 2 ', '-.5', '', 'x', '1e999', '1,000.5'].map(numberOf), [
      1e-3,
      -0.5,
      2,
      -0.5,
      null,
      null,
      null,
      null,
    ]);
  });
});
