import assert from 'node:assert/strict';
import { forward, loss, propagation } from '../../src/core/equations';
import { exactLosses } from '../../src/core/exactLosses';
import { exponential } from '../../src/core/exponential';
import { initialize } from '../../src/core/initialization';
import { matrix } from '../../src/core/matrix';
import type { OutputKind } from '../../src/core/network';
import { random } from '../../src/core/random';

describe('e^x by arithmetic alone', () => {
  const exp = exponential();

  it('is that of Math.exp to a few bits', () => {
    for (let x = -700; x < 709; x += 0.37)
      assert.ok(Math.abs(exp(x) / Math.exp(x) - 1) < 1e-15, `${x}: ${exp(x)} for ${Math.exp(x)}`);
  });

  it('is 1 at 0, and has its limits', () => {
    assert.equal(exp(0), 1);
    assert.equal(exp(-0), 1);
    assert.equal(exp(-Infinity), 0);
    assert.equal(exp(Infinity), Infinity);
    assert.ok(Number.isNaN(exp(NaN)));
  });
});

describe('losses by arithmetic alone', () => {
  for (const output of ['sigmoid', 'softmax', 'linear'] as const satisfies OutputKind[])
    for (const hidden of [[], [7], [5, 4]])
      it(`are those of the equations: ${output}, hidden ${hidden.join(', ') || 'none'}`, () => {
        const [m, nx, ny] = [40, 3, output === 'softmax' ? 4 : 1];
        const { normal, below } = random(1, 'sample');
        const network = { sizes: [nx, ...hidden, ny], hidden: 'tanh' as const, output };
        const parameters = initialize(network, 'smallRandom', 2, random(1, 'weights'));
        const X = matrix(
          nx,
          m,
          Float64Array.from({ length: nx * m }, () => 3 * normal()),
        );
        const Y = matrix(ny, m);
        for (let j = 0; j < m; j++) {
          if (output === 'softmax') Y.data[below(ny) * m + j] = 1;
          else Y.data[j] = output === 'sigmoid' ? below(2) : normal();
        }
        const p = propagation(network, X);
        forward(p, parameters);
        exactLosses(network, parameters, X, Y).forEach((each, j) => {
          const expected = loss(output, p.Z[network.sizes.length - 1], Y, j);
          assert.ok(Math.abs(each - expected) <= 1e-12 * Math.max(1, expected), `${each} for ${expected}`);
        });
      });
});
