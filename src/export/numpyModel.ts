import type { Exported } from './exported';
import {
  PYTHON_AGREES,
  PYTHON_FEATURES,
  PYTHON_MAIN,
  PYTHON_SIGMOID,
  pythonCheckRows,
  pythonFeatures,
  pythonHead,
  pythonHidden,
  pythonLayers,
} from './pythonModel';

/** A model as one Python file that imports NumPy alone; run as a script, it checks itself. */
export function numpyModel(exported: Exported): string {
  return [
    ...pythonHead([
      ...exported.head,
      '',
      'predict(table) takes a dict or a DataFrame. Run as a script, it checks itself.',
    ]),
    'import numpy as np',
    '',
    ...pythonLayers(exported),
    ...pythonCheckRows(exported),
    '',
    PYTHON_FEATURES,
    '',
    ...pythonFeatures(exported),
    '',
    PYTHON_SIGMOID,
    '',
    ...pythonHidden(exported.hidden),
    '',
    '',
    ...outputLines(exported),
    PYTHON_AGREES,
    '',
    'def check():',
    '    return agrees(outputs(CHECK), indexes(outputs(CHECK)))',
    '',
    PYTHON_MAIN,
  ].join('\n');
}

function outputLines({ output, scale }: Exported): string[] {
  const forward = [
    'def outputs(table):',
    scale
      ? '    """The number of each row, (m, 1)."""'
      : '    """The probability of each class, (m, classes), in the order of LABELS."""',
    '    A = features(table)',
    '    for W, b in LAYERS[:-1]:',
    '        A = activation(W @ A + b[:, np.newaxis])',
    '    W, b = LAYERS[-1]',
    '    Z = W @ A + b[:, np.newaxis]',
  ];
  if (scale)
    return [
      ...forward,
      `    return (Z * ${scale.deviation} + ${scale.mean}).T`,
      ...['', '', 'def indexes(A):', '    return np.zeros(len(A))', '', ''],
      'def predict(table):',
      '    return outputs(table)[:, 0]',
    ];
  return [
    ...forward,
    ...(output === 'sigmoid'
      ? ['    p = sigmoid(Z[0])', '    return np.stack([1 - p, p], axis=1)']
      : ['    E = np.exp(Z - np.max(Z, axis=0))', '    return (E / np.sum(E, axis=0)).T']),
    ...['', '', 'def indexes(A):'],
    output === 'sigmoid' ? '    return (A[:, 1] > 0.5).astype(int)' : '    return np.argmax(A, axis=1)',
    ...['', '', 'def predict(table):', '    return [LABELS[k] for k in indexes(outputs(table))]'],
  ];
}
