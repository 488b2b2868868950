import { LEAKY_SLOPE } from '../core/activations';
import type { Matrix } from '../core/matrix';
import type { Exported } from './exported';
import { pythonText } from './python';
import {
  PYTHON_AGREES,
  PYTHON_FEATURES,
  PYTHON_MAIN,
  pythonCheckRows,
  pythonFeatures,
  pythonHead,
  pythonLayers,
} from './pythonModel';

/** What scikit-learn calls an activation; leaky ReLU it has not. */
const ACTIVATIONS = {
  ...{ tanh: 'tanh', sigmoid: 'logistic', relu: 'relu', leakyRelu: 'identity', linear: 'identity' },
} as const;

/** A model as a fitted Pipeline of scikit-learn 1.2 or later, made by a script, without pickle. */
export function sklearnModel(exported: Exported): string {
  const { head, scale } = exported;
  return [
    ...pythonHead([
      ...head,
      '',
      'model is a fitted Pipeline that takes a DataFrame. Run as a script, it checks itself.',
    ]),
    'import numpy as np',
    'from sklearn.base import BaseEstimator, TransformerMixin',
    'from sklearn.neural_network import MLPClassifier, MLPRegressor',
    'from sklearn.pipeline import Pipeline',
    'from sklearn.preprocessing import LabelBinarizer',
    '',
    ...pythonLayers(asSklearnHasIt(exported)),
    ...pythonCheckRows(exported),
    '',
    PYTHON_FEATURES,
    '',
    ...pythonFeatures(exported),
    '',
    '',
    ...classes(exported),
    '',
    '',
    ...made(asSklearnHasIt(exported)),
    PYTHON_AGREES,
    '',
    'def check():',
    '    import pandas',
    '',
    '    table = pandas.DataFrame({name: pandas.Series(values, dtype=object) for name, values in CHECK.items()})',
    '    # The order of the columns does not matter.',
    '    table = table[table.columns[::-1]]',
    ...(scale
      ? ['    return agrees(model.predict(table)[:, np.newaxis], np.array(EXPECTED_INDEXES))']
      : [
          '    order = [list(model.classes_).index(label) for label in LABELS]',
          '    indexes = [LABELS.index(label) for label in model.predict(table)]',
          '    return agrees(model.predict_proba(table)[:, order], indexes)',
        ]),
    '',
    PYTHON_MAIN,
  ].join('\n');
}

/** Classes in their order as Python sorts texts, with the outputs moved along; of two classes one output, for the second. */
function asSklearnHasIt(exported: Exported): Exported {
  const { labels, parameters } = exported;
  if (labels.length === 0) return exported;
  const order = [...labels.keys()].sort((a, b) => byCodePoint(labels[a], labels[b]));
  const { W, b } = parameters[parameters.length - 1];
  const row = (k: number) => W.data.subarray(k * W.cols, (k + 1) * W.cols);
  const last = (rows: readonly (readonly number[])[], bias: readonly number[]) => {
    const moved: Matrix = { rows: rows.length, cols: W.cols, data: Float64Array.from(rows.flat()) };
    return [...parameters.slice(0, -1), { W: moved, b: Float64Array.from(bias) }];
  };
  const [low, high] = order;
  const sorted = order.map((k) => labels[k]);
  if (labels.length > 2)
    return {
      ...exported,
      labels: sorted,
      parameters: last(
        order.map((k) => [...row(k)]),
        order.map((k) => b[k]),
      ),
    };
  const difference =
    W.rows === 2
      ? last([Array.from(row(high), (w, j) => w - row(low)[j])], [b[high] - b[low]])
      : high > low
        ? parameters
        : last([Array.from(row(0), (w) => -w)], [-b[0]]);
  return { ...exported, labels: sorted, parameters: difference };
}

function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (const [k, character] of left.entries()) {
    const other = right.at(k);
    if (k >= right.length || other === undefined) return 1;
    if (character !== other) return (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
  }
  return left.length - right.length;
}

function classes({ hidden, scale, inputs }: Exported): string[] {
  const base = scale ? 'MLPRegressor' : 'MLPClassifier';
  const forward =
    hidden === 'leakyRelu'
      ? [
          '    def fit(self, X, y):',
          '        raise NotImplementedError("scikit-learn has no leaky ReLU to train with")',
          '',
          '    def _forward_pass_fast(self, X, check_input=True):',
          '        A = np.asarray(X, dtype=np.float64)',
          '        for W, b in zip(self.coefs_[:-1], self.intercepts_[:-1]):',
          '            Z = A @ W + b',
          `            A = np.where(Z < 0, ${LEAKY_SLOPE} * Z, Z)`,
          '        Z = A @ self.coefs_[-1] + self.intercepts_[-1]',
          '        if self.out_activation_ == "logistic":',
          '            E = np.exp(-np.abs(Z))',
          '            return np.where(Z < 0, E / (1 + E), 1 / (1 + E))',
          '        if self.out_activation_ == "softmax":',
          '            E = np.exp(Z - np.max(Z, axis=1, keepdims=True))',
          '            return E / np.sum(E, axis=1, keepdims=True)',
          '        return Z',
          '',
        ]
      : [];
  const predict = scale
    ? [
        '    def predict(self, X):',
        `        return super().predict(X) * ${scale.deviation} + ${scale.mean}`,
        '',
      ]
    : [];
  const own = [...forward, ...predict];
  return [
    'class Features(TransformerMixin, BaseEstimator):',
    '    """What the network takes of a DataFrame with these columns, in any order."""',
    '',
    '    def fit(self, X, y=None):',
    '        self.feature_names_in_ = np.array(NAMES, dtype=object)',
    '        self.n_features_in_ = len(NAMES)',
    '        return self',
    '',
    '    def transform(self, X):',
    '        return features(X).T',
    '',
    '    def __sklearn_is_fitted__(self):',
    '        return True',
    '',
    '',
    `NAMES = [${inputs.map(({ name }) => pythonText(name)).join(', ')}]`,
    '',
    '',
    `class Network(${base}):`,
    ...(own.length > 0
      ? ['    """As scikit-learn has it, but for what follows."""', '', ...own]
      : ['    """As scikit-learn has it."""']),
  ];
}

function made({ hidden, output, labels, parameters, scale }: Exported): string[] {
  const sizes = parameters.slice(0, -1).map(({ b }) => b.length);
  const out = scale ? 'identity' : output === 'softmax' && labels.length > 2 ? 'softmax' : 'logistic';
  return [
    'def fitted():',
    `    network = Network(hidden_layer_sizes=(${sizes.map((n) => `${n},`).join(' ')}), activation="${ACTIVATIONS[hidden]}")`,
    '    network.coefs_ = [W.T for W, b in LAYERS]',
    '    network.intercepts_ = [b for W, b in LAYERS]',
    '    network.n_layers_ = len(LAYERS) + 1',
    '    network.n_outputs_ = len(LAYERS[-1][1])',
    '    network.n_features_in_ = LAYERS[0][0].shape[1]',
    `    network.out_activation_ = "${out}"`,
    '    network.n_iter_, network.t_, network.loss_ = 1, 1, 0.0',
    ...(scale
      ? []
      : [
          '    network._label_binarizer = LabelBinarizer().fit(sorted(LABELS))',
          '    network.classes_ = network._label_binarizer.classes_',
        ]),
    '    return Pipeline([("features", Features().fit(None)), ("network", network)])',
    '',
    '',
    'model = fitted()',
  ];
}
