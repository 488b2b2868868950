import { matrix } from '../../src/core/matrix';
import { zeroParameters, type Network } from '../../src/core/network';
import type { CopiedChain } from '../../src/export/chain';

const wave = (count: number, phase: number) =>
  Float64Array.from({ length: count }, (_, k) => 1.3 * Math.sin(2.3 * k + phase));

/** A chain of seven examples with made numbers, as it is copied. */
export function chainOf(network: Network, change: Partial<CopiedChain> = {}): CopiedChain {
  const m = 7;
  const ny = network.sizes.at(-1)!;
  const Y = matrix(ny, m);
  for (let j = 0; j < m; j++) {
    if (network.output === 'softmax') Y.data[(j % ny) * m + j] = 1;
    else Y.data[j] = network.output === 'sigmoid' ? j % 2 : Math.cos(j);
  }
  return {
    network,
    parameters: zeroParameters(network).map(({ W, b }, l) => ({
      W: matrix(W.rows, W.cols, wave(W.data.length, l + 1)),
      b: wave(b.length, l + 9),
    })),
    X: matrix(network.sizes[0], m, wave(network.sizes[0] * m, 0.3)),
    Y,
    file: 'flower.csv',
    epoch: 120,
    features: Array.from({ length: network.sizes[0] }, (_, i) => `x${i + 1}`),
    target: 'petal',
    rule: { learningRate: 1.2, l1: 0, l2: 0 },
    ...change,
  };
}

/** Whatever a table may be called, and its columns. */
export const HOSTILE = [
  `'''+__import__('os').system('touch pwned')+'''`,
  `"""+__import__("os").system("touch pwned")+"""`,
  `\\")\nimport os; os.system("touch pwned")\n#`,
  '\\input{/etc/passwd}',
  '\\write18{touch pwned}',
  '$x$ & y_1^2 # % ~ {',
  '<script>alert(1)</script>',
  '</code><img src=x onerror=alert(1)>',
  '%{os}s {0} \\N{DIGIT ONE} \\x41 \u2028 \u202e\u0000',
  '目標 😀 \ud800',
];
