import assert from 'node:assert/strict';
import fc from 'fast-check';
import { panned, showing, wholeWindow, zoomed, SPACINGS } from '../../webview/model/epochWindow';

const near = (actual: number | undefined, expected: number) =>
  assert.ok(
    Math.abs((actual ?? NaN) - expected) < 1e-6 * Math.max(1, expected),
    `${actual}, not ${expected}`,
  );

describe('the epochs that a chart shows', () => {
  it('are all, from 1 on where they are spaced by powers of ten', () => {
    assert.deepEqual(wholeWindow(500, 'linear'), { from: 0, to: 500 });
    assert.deepEqual(wholeWindow(500, 'log'), { from: 1, to: 500 });
    assert.deepEqual(wholeWindow(0, 'linear'), { from: 0, to: 1 });
  });

  it('are fewer after zooming in, around an epoch that stays where it is', () => {
    const whole = wholeWindow(1000, 'linear');
    assert.deepEqual(zoomed(whole, whole, 0.5, 500, 'linear'), { from: 250, to: 750 });
    assert.deepEqual(zoomed(whole, whole, 0.5, 0, 'linear'), { from: 0, to: 500 });
    const decades = wholeWindow(10_000, 'log');
    const inner = zoomed(decades, decades, 0.5, 100, 'log');
    near(inner?.from, 10);
    near(inner?.to, 1000);
  });

  it('are all again once as many are wanted', () => {
    const whole = wholeWindow(1000, 'linear');
    assert.equal(zoomed({ from: 250, to: 750 }, whole, 2, 500, 'linear'), null);
    assert.equal(zoomed({ from: 0, to: 10 }, whole, 1000, 5, 'linear'), null);
  });

  it('move by a share of their width, and stop at the first and the last', () => {
    const whole = wholeWindow(1000, 'linear');
    assert.deepEqual(panned({ from: 200, to: 400 }, whole, 0.5, 'linear'), { from: 300, to: 500 });
    assert.deepEqual(panned({ from: 200, to: 400 }, whole, -9, 'linear'), { from: 0, to: 200 });
    assert.deepEqual(panned({ from: 200, to: 400 }, whole, 9, 'linear'), { from: 800, to: 1000 });
  });

  it('follow an epoch that is looked at', () => {
    const whole = wholeWindow(1000, 'linear');
    assert.deepEqual(showing({ from: 200, to: 400 }, whole, 300, 'linear'), { from: 200, to: 400 });
    assert.deepEqual(showing({ from: 200, to: 400 }, whole, 450, 'linear'), { from: 250, to: 450 });
    assert.deepEqual(showing({ from: 200, to: 400 }, whole, 20, 'linear'), { from: 20, to: 220 });
  });

  it('lie within all of them, in their order, whatever is done', () => {
    const acts = fc.array(
      fc.tuple(fc.constantFrom('zoom', 'pan', 'show'), fc.double({ min: -2, max: 2, noNaN: true })),
      {
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(...SPACINGS),
        acts,
        (last, spacing, all) => {
          const whole = wholeWindow(last, spacing);
          let window = whole;
          for (const [act, by] of all) {
            const epoch = (Math.abs(by) / 2) * last;
            const next =
              act === 'zoom'
                ? zoomed(window, whole, 2 ** by, Math.min(window.to, Math.max(window.from, epoch)), spacing)
                : act === 'pan'
                  ? panned(window, whole, by, spacing)
                  : showing(window, whole, epoch, spacing);
            window = next ?? whole;
            assert.ok(window.from >= whole.from * (1 - 1e-9) && window.to <= whole.to * (1 + 1e-9));
            assert.ok(window.to > window.from);
          }
        },
      ),
    );
  });
});
