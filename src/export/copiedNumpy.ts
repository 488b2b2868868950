import type { CopiedChain } from './chain';
import {
  PYTHON_OF_LOSSES,
  pythonActivation,
  pythonColumn,
  pythonLosses,
  pythonMatrix,
  pythonNumber,
  pythonOutput,
  pythonScales,
  pythonSlope,
  pythonSource,
  pythonUpdate,
} from './python';

/**
 * One update as a script of NumPy: the numbers, then forward, cost, backward and update, a line an equation. It runs as it
 * is, and leaves each quantity in a variable of its name: W1, Z1, A1, cost, dZ1, dW1, db1, then W1_new and b1_new.
 */
export function numpyOf(chain: CopiedChain): string {
  const { network, parameters, X, Y, weights, rule } = chain;
  const L = parameters.length;
  const down = Array.from({ length: L }, (_, k) => L - k);
  const before = (l: number) => (l === 1 ? 'X' : `A${l - 1}`);
  const update = parameters.flatMap((_, k) => {
    const l = k + 1;
    const [W, b] = [pythonUpdate(rule, `W${l}`, `dW${l}`), pythonUpdate(rule, `b${l}`, `db${l}`)];
    return W && b ? [`W${l}_new = ${W}`, `b${l}_new = ${b}`] : [];
  });
  return [
    'import numpy as np',
    '',
    ...pythonSource(chain),
    '',
    `X = ${pythonMatrix(X)}`,
    `Y = ${pythonMatrix(Y)}`,
    ...(weights ? [`c = ${pythonMatrix({ rows: 1, cols: weights.length, data: weights })}`] : []),
    'm = X.shape[1]',
    '',
    ...pythonScales(chain),
    ...parameters.flatMap(({ W, b }, k) => [
      `W${k + 1} = ${pythonMatrix(W)}`,
      `b${k + 1} = ${pythonColumn(b)}`,
    ]),
    '',
    '# Forward',
    ...parameters.flatMap((_, k) => {
      const [l, Z, A] = [k + 1, `Z${k + 1}`, `A${k + 1}`];
      return [
        `${Z} = np.dot(W${l}, ${before(l)}) + b${l}`,
        ...(l < L ? [`${A} = ${pythonActivation(network.hidden, Z)}`] : pythonOutput(network.output, Z, A)),
      ];
    }),
    '',
    '# Cost',
    ...pythonLosses(network.output, `Z${L}`),
    `cost = np.sum(${weights ? 'c * ' : ''}losses) / m`,
    '',
    '# Backward',
    PYTHON_OF_LOSSES,
    ...down.flatMap((l) => [
      l === L
        ? `dZ${l} = ${weights ? `c * (A${l} - Y)` : `A${l} - Y`}`
        : `dZ${l} = np.dot(W${l + 1}.T, dZ${l + 1}) * ${pythonSlope(network.hidden, `Z${l}`, `A${l}`)}`,
      `dW${l} = np.dot(dZ${l}, ${before(l)}.T) / m`,
      `db${l} = np.sum(dZ${l}, axis=1, keepdims=True) / m`,
    ]),
    '',
    ...(rule ? ['# Update', `learning_rate = ${pythonNumber(rule.learningRate)}`, ...update] : []),
    'print("cost =", cost)',
    '',
  ].join('\n');
}
