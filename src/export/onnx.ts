import type { HiddenActivation } from '../core/activations';
import { forward, forwardPass } from '../core/equations';
import { matrix } from '../core/matrix';
import { inOwnUnit } from '../core/scale';
import { featuresOf } from '../data/transform';
import type { Exported, ExportedColumn } from './exported';
import { inputsOf, scaled } from './onnxColumns';
import { OnnxGraph } from './onnxGraph';
import { ExportRefused } from './refused';

/** A model in ONNX that takes the features of the network before they are scaled, as one tensor; NaN is missing. */
export function onnxModel(exported: Exported): Uint8Array {
  mustBeTexts(exported);
  const graph = new OnnxGraph();
  const features = featuresOf({ columns: exported.columns.map(({ transform }) => transform) });
  const nx = features.length;
  graph.input('features', 'float', nx);
  const x = graph.node('Cast', ['features'], { to: DOUBLE });
  const standIns = exported.columns.flatMap(standInsOf);
  const X = graph.node('Cast', [scaled(graph, x, features, standIns)], { to: FLOAT });
  // The rows to check by as float32 has them, and a row of which all is missing.
  const { check } = exported;
  const given = Float32Array.from(check.features, (value, k) => inOwnUnit(value, features[k % nx]));
  const rows = check.rows.map((_, j) => [...given.subarray(j * nx, (j + 1) * nx)]);
  const filled = [...rows, standIns];
  const outputs = outputsOf(
    exported,
    filled.map((row) => row.map((value, k) => (value - features[k].mean) / features[k].deviation)),
  );
  return finished(graph, X, exported, {
    features: JSON.stringify(features.map(({ name }) => name)),
    check_inputs: JSON.stringify({ features: [...rows, standIns.map(() => null)] }),
    check_outputs: JSON.stringify(outputs),
  });
}

/** A model in ONNX that takes each column of a table as a tensor of its own, of numbers or of texts. */
export function onnxColumns(exported: Exported): Uint8Array {
  mustBeTexts(exported);
  const graph = new OnnxGraph();
  const X = inputsOf(graph, exported);
  const { inputs, check } = exported;
  const columnOf = (k: number) => check.rows.map((row) => [row[k]]);
  return finished(graph, X, exported, {
    inputs: JSON.stringify(Object.fromEntries(inputs.map(({ id, name }) => [id, name]))),
    check_inputs: JSON.stringify(Object.fromEntries(inputs.map(({ id }, k) => [id, columnOf(k)]))),
    check_outputs: JSON.stringify(check.outputs),
  });
}

/** ONNX has texts in UTF-8, which has no halves of characters. */
function mustBeTexts({ columns, labels }: Exported): void {
  columns.forEach(({ transform, inputs }, k) => {
    const texts = [
      ...inputs.map(({ name }) => name),
      ...(transform.kind === 'category' ? transform.categories : []),
    ];
    if (texts.some((text) => /\p{Cs}/u.test(text)))
      throw new ExportRefused(k, 'a name of it holds half of a character');
  });
  if (labels.some((label) => /\p{Cs}/u.test(label)))
    throw new ExportRefused(null, 'a class holds half of a character');
}

/** What the network makes of features, in float64. */
function outputsOf(
  { parameters, hidden, output, scale }: Exported,
  rows: readonly (readonly number[])[],
): number[][] {
  const [nx, m] = [parameters[0].W.cols, rows.length];
  const X = matrix(nx, m);
  rows.forEach((row, j) => row.forEach((value, k) => (X.data[k * m + j] = value)));
  const pass = forwardPass({ sizes: [nx, ...parameters.map(({ b }) => b.length)], hidden, output }, X);
  forward(pass, parameters);
  const { data, rows: n } = pass.A[parameters.length];
  return rows.map((_, j) => {
    const own = Array.from({ length: n }, (_each, k) => data[k * m + j]);
    if (scale) return [inOwnUnit(own[0], scale)];
    return output === 'sigmoid' ? [1 - own[0], own[0]] : own;
  });
}

const FLOAT = 1;
const INT64 = 7;
const DOUBLE = 11;

/** What takes the place of a missing value in each feature of a column. */
function standInsOf({ transform }: ExportedColumn): number[] {
  const missing = transform.missingFeature ? [0] : [];
  switch (transform.kind) {
    case 'category':
      return [...transform.categories.map((category) => Number(category === transform.standIn)), ...missing];
    case 'list':
      return [...transform.answers.map(() => 0), ...missing];
    case 'time':
      return [transform.sine.standIn, transform.cosine.standIn, ...missing];
    case 'number':
    case 'date':
    case 'boolean':
    case 'ticked':
      return [transform.standIn, ...missing];
    default:
      return transform satisfies never;
  }
}

const ACTIVATIONS: Readonly<Record<HiddenActivation, string | null>> = {
  ...{ tanh: 'Tanh', sigmoid: 'Sigmoid', relu: 'Relu', leakyRelu: 'LeakyRelu', linear: null },
};

/** The layers over X, (N, nx), and the outputs. */
function finished(
  graph: OnnxGraph,
  X: string,
  exported: Exported,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const { parameters, hidden, output, scale, labels, head } = exported;
  let A = X;
  parameters.forEach(({ W, b }, l) => {
    const weights = graph.constant('float', [W.rows, W.cols], W.data);
    A = graph.node('Gemm', [A, weights, graph.constant('float', [b.length], b)], { transB: 1 });
    const op = l < parameters.length - 1 ? ACTIVATIONS[hidden] : null;
    // The slope of LeakyRelu is 0.01 where nothing else is said, which is ours.
    if (op !== null) A = graph.node(op, [A]);
  });
  if (scale) {
    const one = (value: number) => graph.constant('double', [1, 1], [value]);
    const z = graph.node('Mul', [graph.node('Cast', [A], { to: DOUBLE }), one(scale.deviation)]);
    graph.rename(graph.node('Cast', [graph.node('Add', [z, one(scale.mean)])], { to: FLOAT }), 'variable');
    graph.output('variable', 'float', 1);
  } else {
    const index = output === 'sigmoid' ? twoClasses(graph, A) : manyClasses(graph, A);
    const areWhole = labels.every((label) => /^(0|-?[1-9]\d{0,14})$/.test(label));
    const type = areWhole ? 'int64' : 'string';
    const names = graph.constant(type, [labels.length], areWhole ? labels.map(Number) : labels);
    graph.rename(graph.node('Gather', [names, index]), 'label');
    graph.output('label', type, -1);
    graph.output('probabilities', 'float', labels.length);
  }
  return graph.model(head.join('\n'), {
    ...metadata,
    labels: JSON.stringify(labels),
    check_labels: JSON.stringify(exported.check.indexes),
    unit: String(scale?.deviation ?? 1),
  });
}

/** Makes `probabilities`, and gives the class as an index, (N). */
function twoClasses(graph: OnnxGraph, z: string): string {
  const p = graph.node('Sigmoid', [z]);
  const one = graph.constant('float', [1, 1], [1]);
  graph.rename(graph.node('Concat', [graph.node('Sub', [one, p]), p], { axis: 1 }), 'probabilities');
  const isSecond = graph.node('Greater', [p, graph.constant('float', [1, 1], [0.5])]);
  const index = graph.node('Cast', [isSecond], { to: INT64 });
  return graph.node('Squeeze', [index, graph.constant('int64', [1], [1])]);
}

function manyClasses(graph: OnnxGraph, z: string): string {
  graph.rename(graph.node('Softmax', [z], { axis: 1 }), 'probabilities');
  return graph.node('ArgMax', [z], { axis: 1, keepdims: 0 });
}
