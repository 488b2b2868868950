import type { Value } from './checkRows';
import { TOLERANCE, type Exported, type ExportedColumn } from './exported';
import { pythonActivation, pythonText } from './python';

// What the exports in Python share: a table as features, in NumPy, and the rows that they check themselves by.

const IN_LINE = 8;

/** A list of Python over as many lines as it takes. */
export function pythonList(items: readonly string[], indent = ''): string {
  if (items.length <= IN_LINE) return `[${items.join(', ')}]`;
  const lines: string[] = [];
  for (let k = 0; k < items.length; k += IN_LINE) lines.push(items.slice(k, k + IN_LINE).join(', '));
  return `[\n${indent}    ${lines.join(`,\n${indent}    `)},\n${indent}]`;
}

const numbers = (values: Iterable<number>, indent?: string) => pythonList(Array.from(values, String), indent);
const valueText = (value: Value) =>
  value === null ? 'None' : typeof value === 'string' ? pythonText(value) : String(value);

/** The head as comments. */
export const pythonHead = (head: readonly string[]): string[] => head.map((line) => `# ${line}`.trimEnd());

/** Functions that make columns and features. */
export const PYTHON_FEATURES = `
def is_missing(value):
    return value is None or type(value).__name__ == "NAType" or value != value or str(value) == ""


def numbers(table, name):
    return np.array([np.nan if is_missing(v) else float(v) for v in table[name]], dtype=np.float64)


def texts(table, name):
    return [None if is_missing(v) else str(v) for v in table[name]]


def missing(values):
    return [np.array([float(is_missing(v)) for v in values], dtype=np.float64)]


def number(x, mean, deviation, stand_in):
    return [(np.where(np.isnan(x), stand_in, x) - mean) / deviation]


def log(x, median):
    with np.errstate(over="ignore"):
        ratio = np.abs(x) / median
        size = np.where(np.isinf(ratio), np.log(np.maximum(np.abs(x), 1e-300)) - np.log(median), np.log1p(ratio))
    return np.copysign(size, x)


def rank(x, values, below):
    shares = np.append(np.array(below, dtype=np.float64), 1.0)
    places = np.searchsorted(np.array(values, dtype=np.float64), np.where(np.isnan(x), 0.0, x), side="left")
    return np.where(np.isnan(x), np.nan, shares[places])


def time(seconds, sine, cosine):
    turns = seconds / 86400.0
    turns = turns - np.floor(turns)
    return number(np.sin(2 * np.pi * turns), *sine) + number(np.cos(2 * np.pi * turns), *cosine)


def category(values, categories, stand_in):
    filled = [stand_in if v is None else v for v in values]
    return [np.array([float(v == c) for v in filled], dtype=np.float64) for c in categories]


def answer(x):
    return [np.where(np.isnan(x), 0.0, x)]
`;

/** `features(table)`: X, (nx, m), of a dict or a DataFrame that has a sequence for each name. */
export function pythonFeatures({ columns, inputs }: Exported): string[] {
  const read = inputs.map(
    ({ id, name, kind }) =>
      `    ${id} = ${kind === 'category' ? 'texts' : 'numbers'}(table, ${pythonText(name)})`,
  );
  return [
    'def features(table):',
    '    """X, (nx, m), of a dict or a DataFrame that has a sequence of m values for each name."""',
    ...read,
    '    X = []',
    ...columns
      .flatMap((column) => featureLines(column, inputs[0]?.id ?? ''))
      .map((line) => `    X += ${line}`),
    '    return np.array(X, dtype=np.float64)',
  ];
}

function featureLines({ transform, inputs }: ExportedColumn, any: string): string[] {
  const id = inputs.at(0)?.id ?? any;
  const missing = transform.missingFeature ? [`missing(${id})`] : [];
  const scaled = ({ mean, deviation, standIn }: { mean: number; deviation: number; standIn: number }) =>
    `${mean}, ${deviation}, ${standIn}`;
  switch (transform.kind) {
    case 'category': {
      const { categories, standIn } = transform;
      const list = pythonList(categories.map(pythonText), '    ');
      return [`category(${id}, ${list}, ${standIn === null ? 'None' : pythonText(standIn)})`, ...missing];
    }
    case 'list':
      // A list without answers is none that is missing.
      return [
        ...inputs.map((input) => `answer(${input.id})`),
        ...(transform.missingFeature ? [`[np.zeros(len(${id}))]`] : []),
      ];
    case 'time':
      return [`time(${id}, (${scaled(transform.sine)}), (${scaled(transform.cosine)}))`, ...missing];
    case 'number':
    case 'date':
    case 'boolean':
    case 'ticked': {
      const { reshape } = transform;
      const x =
        reshape?.kind === 'log'
          ? `log(${id}, ${reshape.median})`
          : reshape
            ? `rank(${id}, ${numbers(reshape.values, '    ')}, ${numbers(reshape.below, '    ')})`
            : id;
      return [`number(${x}, ${scaled(transform)})`, ...missing];
    }
    default:
      return transform satisfies never;
  }
}

/** `LAYERS`: W and b of each layer. */
export function pythonLayers({ parameters }: Exported): string[] {
  return [
    'LAYERS = [',
    ...parameters.flatMap(({ W, b }) => [
      '    (np.array([',
      ...Array.from({ length: W.rows }, (_, i) => {
        const row = W.data.subarray(i * W.cols, (i + 1) * W.cols);
        return `        ${numbers(row, '        ')},`;
      }),
      `    ]), np.array(${numbers(b, '    ')})),`,
    ]),
    ']',
  ];
}

/** `activation(Z)` of the hidden layers. */
export const pythonHidden = (hidden: Exported['hidden']): string[] => [
  ...(hidden === 'sigmoid' ? [] : ['def activation(Z):', `    return ${pythonActivation(hidden, 'Z')}`]),
  ...(hidden === 'sigmoid' ? ['def activation(Z):', '    return sigmoid(Z)'] : []),
];

export const PYTHON_SIGMOID = `
def sigmoid(Z):
    E = np.exp(-np.abs(Z))
    return np.where(Z < 0, E / (1 + E), 1 / (1 + E))
`;

/** The labels, and the rows to check by: `CHECK` has a sequence for each name. */
export function pythonCheckRows({ check, inputs, labels, scale }: Exported): string[] {
  return [
    `LABELS = ${pythonList(labels.map(pythonText))}`,
    '# Rows made from ranges and categories, what they come to in float64, and in what unit that is compared.',
    'CHECK = {',
    ...inputs.map(({ name }, k) => {
      const values = check.rows.map((row) => valueText(row[k]));
      return `    ${pythonText(name)}: ${pythonList(values, '    ')},`;
    }),
    '}',
    `EXPECTED = [`,
    ...check.outputs.map((outputs) => `    ${numbers(outputs, '    ')},`),
    ']',
    `EXPECTED_INDEXES = ${numbers(check.indexes)}`,
    `UNIT = ${scale?.deviation ?? 1}`,
  ];
}

/**
 * `agrees(outputs, indexes)`: whether outputs, (m, classes) or (m, 1), and classes as indexes are those that are expected.
 * Of two classes that are as good as equal, either is right.
 */
export const PYTHON_AGREES = `
def agrees(outputs, indexes):
    outputs, expected = np.asarray(outputs, dtype=np.float64) / UNIT, np.array(EXPECTED) / UNIT
    if outputs.shape != expected.shape:
        return False
    apart = np.abs(outputs - expected) / np.maximum(1, np.abs(expected))
    if not np.all(apart <= ${TOLERANCE.double}):
        return False
    if len(LABELS) == 0:
        return True
    best = np.sort(expected, axis=1)
    is_sure = best[:, -1] - best[:, -2] > ${TOLERANCE.double}
    return bool(np.all((np.asarray(indexes) == np.array(EXPECTED_INDEXES)) | ~is_sure))
`;

/** Runs `check()` where the script is not imported: it ends with 0 only if the numbers agree. */
export const PYTHON_MAIN = `
if __name__ == "__main__":
    if not check():
        raise SystemExit("These are not the numbers of the model that was exported.")
    print("The numbers agree.")
`;
