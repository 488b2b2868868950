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

const indented = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);
/** `{"W1": W1, "b1": b1}`. */
const dictionary = (names: readonly string[]): string =>
  `{${names.map((name) => `"${name}": ${name}`).join(', ')}}`;
const fromDictionary = (from: string, names: readonly string[]): string[] =>
  names.map((name) => `${name} = ${from}["${name}"]`);

/**
 * One update as a cell of a notebook of the course: forward_propagation, compute_cost, backward_propagation and
 * update_parameters, which fill `cache`, `cost`, `grads` and `parameters`. It runs as it is.
 */
export function notebookOf(chain: CopiedChain): string {
  const { network, parameters, X, Y, weights, rule } = chain;
  const L = parameters.length;
  const layers = Array.from({ length: L }, (_, k) => k + 1);
  const before = (l: number) => (l === 1 ? 'X' : `A${l - 1}`);
  const named = (...kinds: string[]) => layers.flatMap((l) => kinds.map((kind) => `${kind}${l}`));
  return [
    'import numpy as np',
    '',
    ...pythonSource(chain),
    '',
    `X = ${pythonMatrix(X)}`,
    `Y = ${pythonMatrix(Y)}`,
    ...(weights ? [`c = ${pythonMatrix({ rows: 1, cols: weights.length, data: weights })}`] : []),
    ...pythonScales(chain),
    'parameters = {}',
    ...parameters.flatMap(({ W, b }, k) => [
      `parameters["W${k + 1}"] = ${pythonMatrix(W)}`,
      `parameters["b${k + 1}"] = ${pythonColumn(b)}`,
    ]),
    '',
    '',
    'def forward_propagation(X, parameters):',
    ...indented([
      ...fromDictionary('parameters', named('W', 'b')),
      ...layers.flatMap((l) => [
        `Z${l} = np.dot(W${l}, ${before(l)}) + b${l}`,
        ...(l < L
          ? [`A${l} = ${pythonActivation(network.hidden, `Z${l}`)}`]
          : pythonOutput(network.output, `Z${l}`, `A${l}`)),
      ]),
      `cache = ${dictionary(named('Z', 'A'))}`,
      `return A${L}, cache`,
    ]),
    '',
    '',
    'def compute_cost(cache, Y):',
    ...indented([
      'm = Y.shape[1]',
      `Z${L} = cache["Z${L}"]`,
      ...pythonLosses(network.output, `Z${L}`),
      `return float(np.sum(${weights ? 'c * ' : ''}losses) / m)`,
    ]),
    '',
    '',
    'def backward_propagation(parameters, cache, X, Y):',
    ...indented([
      PYTHON_OF_LOSSES,
      'm = X.shape[1]',
      ...fromDictionary(
        'parameters',
        layers.slice(1).map((l) => `W${l}`),
      ),
      ...fromDictionary('cache', named('Z', 'A')),
      ...layers
        .toReversed()
        .flatMap((l) => [
          l === L
            ? `dZ${l} = ${weights ? `c * (A${l} - Y)` : `A${l} - Y`}`
            : `dZ${l} = np.dot(W${l + 1}.T, dZ${l + 1}) * ${pythonSlope(network.hidden, `Z${l}`, `A${l}`)}`,
          `dW${l} = 1 / m * np.dot(dZ${l}, ${before(l)}.T)`,
          `db${l} = 1 / m * np.sum(dZ${l}, axis=1, keepdims=True)`,
        ]),
      `return ${dictionary(named('dW', 'db'))}`,
    ]),
    '',
    '',
    ...(rule
      ? [
          `def update_parameters(parameters, grads, learning_rate=${pythonNumber(rule.learningRate)}):`,
          ...indented([
            ...fromDictionary('parameters', named('W', 'b')),
            ...fromDictionary('grads', named('dW', 'db')),
            ...layers.flatMap((l) =>
              ['W', 'b'].map((kind) => `${kind}${l} = ${pythonUpdate(rule, `${kind}${l}`, `d${kind}${l}`)}`),
            ),
            `return ${dictionary(named('W', 'b'))}`,
          ]),
          '',
          '',
        ]
      : []),
    `A${L}, cache = forward_propagation(X, parameters)`,
    'cost = compute_cost(cache, Y)',
    'grads = backward_propagation(parameters, cache, X, Y)',
    ...(rule ? ['parameters = update_parameters(parameters, grads)'] : []),
    'print("cost =", cost)',
    '',
  ].join('\n');
}
