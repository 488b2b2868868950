import assert from 'node:assert/strict';
import { flatten, zeroParameters, type Network } from '../../src/core/network';
import { matrix } from '../../src/core/matrix';
import { untilDone } from '../../src/core/trainer';
import { RateProbe, type Probed } from '../../src/train/probe';
import { plain } from './training';

const m = 40;
const network: Network = { sizes: [1, 1], hidden: 'tanh', output: 'linear' };
const x = Float64Array.from({ length: m }, (_, j) => (j % 2 === 0 ? 1 : -1) * (1 + j / m));
/** Fits y = 3x from nothing: stable below a rate that the mean square of x, times the weights, sets. */
const probed = (weights: Float64Array | null): Probed => ({
  network,
  dataset: {
    X: matrix(1, m, x),
    Y: matrix(
      1,
      m,
      x.map((value) => 3 * value),
    ),
    train: Int32Array.from({ length: m }, (_, j) => j),
    classOf: null,
  },
  weights,
  initial: flatten(zeroParameters(network)),
  optimizer: 'gradientDescent',
  seed: 0,
});
const rateOf = (probe: RateProbe, shouldYield = untilDone) => {
  for (let slices = 1; slices < 100_000; slices++) {
    const found = probe.advance(shouldYield);
    if (found !== 'more') return { rate: found.rate, slices };
  }
  throw new Error('it never ends');
};

describe('the probe for a stable learning rate', () => {
  it('finds a rate below the one that was not stable', () => {
    const { rate } = rateOf(new RateProbe(probed(null), plain(90)));
    assert.ok(rate !== null && rate > 0.1 && rate < 10, String(rate));
  });

  it('goes on where it was interrupted, to the same rate', () => {
    const whole = rateOf(new RateProbe(probed(null), plain(90)));
    const often = rateOf(new RateProbe(probed(null), plain(90)), () => true);
    assert.equal(whole.slices, 1);
    assert.equal(often.rate, whole.rate);
    assert.ok(often.slices > 30);
  });

  it('finds nothing when all that it tries are too large', () => {
    assert.equal(rateOf(new RateProbe(probed(null), plain(1e9))).rate, null);
  });

  it('counts the examples as the training does: heavier ones want a smaller rate', () => {
    const light = rateOf(new RateProbe(probed(null), plain(90))).rate;
    const heavy = rateOf(new RateProbe(probed(new Float64Array(m).fill(30)), plain(90))).rate;
    assert.ok(light !== null && heavy !== null);
    assert.ok(heavy < light / 5, `${heavy} beside ${light}`);
  });

  it('leaves large networks alone', () => {
    const large = { ...probed(null), network: { ...network, sizes: [1, 600, 600, 1] } };
    assert.equal(rateOf(new RateProbe(large, plain(90))).rate, null);
  });
});
