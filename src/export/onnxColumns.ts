import type { Scale } from '../core/scale';
import { featureCount } from '../data/transform';
import type { Exported, ExportedColumn } from './exported';
import type { OnnxGraph } from './onnxGraph';
import { ExportRefused } from './refused';

const FLOAT = 1;
const INT64 = 7;
const DOUBLE = 11;

/**
 * (x − mean) / deviation of (N, k) in double, what is NaN being replaced: a mean that is large beside its deviation would
 * cost float its digits.
 */
export function scaled(
  graph: OnnxGraph,
  x: string,
  scales: readonly Scale[],
  standIns: readonly number[],
): string {
  const row = (values: readonly number[]) => graph.constant('double', [1, values.length], values);
  const filled = graph.node('Where', [graph.node('IsNaN', [x]), row(standIns), x]);
  const centred = graph.node('Sub', [filled, row(scales.map(({ mean }) => mean))]);
  return graph.node('Div', [centred, row(scales.map(({ deviation }) => deviation))]);
}

/** Inputs x1, x2 …, each (N, 1), and X, (N, nx), as float. */
export function inputsOf(graph: OnnxGraph, { columns, inputs }: Exported): string {
  for (const { id, kind } of inputs) graph.input(id, kind === 'category' ? 'string' : 'float', 1);
  const parts = columns.flatMap((column, k) => {
    if (featureCount(column.transform) > 0 && column.inputs.length === 0)
      throw new ExportRefused(k, 'it is a list without answers');
    return partsOf(graph, column);
  });
  return parts.length === 1 ? parts[0] : graph.node('Concat', parts, { axis: 1 });
}

/** The features of a column, each (N, …) as float. */
function partsOf(graph: OnnxGraph, { transform, inputs }: ExportedColumn): string[] {
  const id = inputs.at(0)?.id ?? '';
  const double = () => graph.node('Cast', [id], { to: DOUBLE });
  const float = (x: string) => graph.node('Cast', [x], { to: FLOAT });
  const missing = () => (transform.missingFeature ? [float(graph.node('IsNaN', [id]))] : []);
  switch (transform.kind) {
    case 'category':
      return featureCount(transform) === 0 ? [] : [categoryOf(graph, id, transform)];
    case 'list': {
      const zero = graph.constant('float', [1, 1], [0]);
      const answers = inputs.map((input) =>
        graph.node('Where', [graph.node('IsNaN', [input.id]), zero, input.id]),
      );
      // A list without answers is none that is missing.
      return transform.missingFeature ? [...answers, graph.node('Mul', [answers[0], zero])] : answers;
    }
    case 'time': {
      const one = (value: number) => graph.constant('double', [1, 1], [value]);
      const turns = graph.node('Div', [double(), one(86_400)]);
      const sine = (of: string) => {
        const turn = graph.node('Sub', [of, graph.node('Floor', [of])]);
        return graph.node('Sin', [graph.node('Mul', [turn, one(2 * Math.PI)])]);
      };
      // Of the cosine not every runtime has a form for double.
      const circle = [sine(turns), sine(graph.node('Add', [turns, one(0.25)]))];
      const scales = [transform.sine, transform.cosine];
      return [
        ...circle.map((x, k) => float(scaled(graph, x, [scales[k]], [scales[k].standIn]))),
        ...missing(),
      ];
    }
    case 'number':
    case 'date':
    case 'boolean':
    case 'ticked': {
      const { reshape, standIn } = transform;
      const x = reshape ? reshapedOf(graph, double(), reshape) : double();
      return [float(scaled(graph, x, [transform], [standIn])), ...missing()];
    }
    default:
      return transform satisfies never;
  }
}

/** A row of a table of features for each category, for a missing text, and for one that is not known. */
function categoryOf(
  graph: OnnxGraph,
  id: string,
  column: ExportedColumn['transform'] & { kind: 'category' },
): string {
  const { categories, standIn, missingFeature } = column;
  const n = categories.length;
  const one = (k: number) => [...categories.map((_, c) => Number(c === k)), ...(missingFeature ? [0] : [])];
  const none = one(standIn === null ? -1 : categories.indexOf(standIn));
  if (missingFeature) none[n] = 1;
  const rows = [...categories.map((_, k) => one(k)), none, one(-1)];
  const encoding = {
    keys_strings: [...categories, ''],
    values_int64s: [...categories.keys(), n],
    default_int64: n + 1,
  };
  const index = graph.node('LabelEncoder', [id], encoding, true);
  const table = graph.constant('float', [rows.length, rows[0].length], rows.flat());
  return graph.node('Squeeze', [graph.node('Gather', [table, index]), graph.constant('int64', [1], [1])]);
}

type Reshape = NonNullable<(ExportedColumn['transform'] & { kind: 'number' })['reshape']>;

function reshapedOf(graph: OnnxGraph, x: string, reshape: Reshape): string {
  const row = (values: readonly number[]) => graph.constant('double', [1, values.length], values);
  if (reshape.kind === 'log') {
    const ratio = graph.node('Div', [graph.node('Abs', [x]), row([reshape.median])]);
    return graph.node('Mul', [
      graph.node('Sign', [x]),
      graph.node('Log', [graph.node('Add', [ratio, row([1])])]),
    ]);
  }
  const { values, below } = reshape;
  const isBelow = graph.node('Less', [row(values.length > 0 ? values : [Infinity]), x]);
  const axis = graph.constant('int64', [1], [1]);
  const count = graph.node('ReduceSum', [graph.node('Cast', [isBelow], { to: FLOAT }), axis], {
    keepdims: 1,
  });
  const shares = graph.constant(
    'double',
    [Math.max(below.length, 1) + 1],
    below.length > 0 ? [...below, 1] : [1, 1],
  );
  const share = graph.node('Gather', [shares, graph.node('Cast', [count], { to: INT64 })]);
  return graph.node('Where', [graph.node('IsNaN', [x]), x, share]);
}
