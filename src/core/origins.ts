import type { ChainTrace, QuantityKey, Step } from './chain';
import type { Matrix } from './matrix';
import type { OutputKind } from './network';

/** The cells of a quantity that made another cell what it is. */
export interface Origin {
  readonly quantity: QuantityKey;
  readonly part:
    | { readonly kind: 'row'; readonly row: number }
    | { readonly kind: 'column'; readonly col: number }
    | { readonly kind: 'cell'; readonly row: number; readonly col: number }
    | { readonly kind: 'all' };
}

/** How the number of a cell comes about. */
export type Made =
  /** scale · (Σ product of the factors of each term + plus) · times; `null` where there is none. */
  | {
      readonly kind: 'sum';
      readonly terms: readonly (readonly number[])[];
      readonly plus: number | null;
      readonly divisor: number | null;
      readonly times: number | null;
    }
  | { readonly kind: 'activation'; readonly name: string; readonly z: number }
  /** e^z over the sum of the column's. */
  | { readonly kind: 'softmax'; readonly z: number; readonly column: readonly number[] }
  | {
      readonly kind: 'difference';
      readonly a: number;
      readonly y: number;
      readonly times: number | null;
    }
  | {
      readonly kind: 'loss';
      readonly output: OutputKind;
      readonly a: readonly number[];
      readonly y: readonly number[];
    }
  /** w′ from w: what is added is −α dw in plain gradient descent. */
  | { readonly kind: 'update'; readonly w: number; readonly dw: number; readonly change: number };

export interface CellStory {
  readonly value: number;
  readonly origins: readonly Origin[];
  readonly made: Made;
}

/** Where cell (row, col) of the step's result, or of the losses behind the cost, comes from; null for other cells. */
export function storyOf(
  trace: ChainTrace,
  step: Step,
  quantity: QuantityKey,
  row: number,
  col: number,
): CellStory | null {
  const result = trace.get(quantity);
  if (!result || row >= result.rows || col >= result.cols) return null;
  const value = result.data[row * result.cols + col];
  if (step.kind === 'cost' && quantity === 'loss') return { value, ...ofLoss(trace, step.l, col) };
  if (quantity === `slope${step.l}` && step.kind === 'hiddenError') {
    const z = cell(trace, `Z${step.l}`, row, col);
    return {
      value,
      origins: [{ quantity: `Z${step.l}`, part: { kind: 'cell', row, col } }],
      made: { kind: 'activation', name: `${trace.network.hidden}′`, z },
    };
  }
  if (step.kind === 'update') return ofUpdate(trace, step.l, quantity, row, col);
  if (quantity !== step.key) return null;
  const made = ofResult(trace, step, row, col);
  return made && { value, ...made };
}

type Rest = Omit<CellStory, 'value'>;

function ofResult(trace: ChainTrace, step: Step, row: number, col: number): Rest | null {
  const { l } = step;
  const { network, m } = trace;
  switch (step.kind) {
    case 'linear':
      return {
        origins: [
          { quantity: `W${l}`, part: { kind: 'row', row } },
          { quantity: `A${l - 1}`, part: { kind: 'column', col } },
          { quantity: `b${l}`, part: { kind: 'cell', row, col: 0 } },
        ],
        made: {
          ...sum(pairs(rowOf(trace, `W${l}`, row), columnOf(trace, `A${l - 1}`, col))),
          plus: cell(trace, `b${l}`, row, 0),
        },
      };
    case 'activation': {
      const z = cell(trace, `Z${l}`, row, col);
      const isOutput = l === network.sizes.length - 1;
      if (isOutput && network.output === 'softmax') {
        return {
          origins: [{ quantity: `Z${l}`, part: { kind: 'column', col } }],
          made: { kind: 'softmax', z, column: columnOf(trace, `Z${l}`, col) },
        };
      }
      return {
        origins: [{ quantity: `Z${l}`, part: { kind: 'cell', row, col } }],
        made: { kind: 'activation', name: isOutput ? network.output : network.hidden, z },
      };
    }
    case 'cost': {
      const losses = rowOf(trace, 'loss', 0);
      const c = trace.get('c');
      return {
        origins: [{ quantity: 'loss', part: { kind: 'all' } }, ...(c ? [whole('c')] : [])],
        made: { ...sum(losses.map((one, j) => (c ? [c.data[j], one] : [one]))), divisor: m },
      };
    }
    case 'outputError': {
      const c = trace.get('c');
      return {
        origins: [
          { quantity: `A${l}`, part: { kind: 'cell', row, col } },
          { quantity: 'Y', part: { kind: 'cell', row, col } },
          ...(c ? [{ quantity: 'c', part: { kind: 'cell', row: 0, col } } as const] : []),
        ],
        made: {
          kind: 'difference',
          a: cell(trace, `A${l}`, row, col),
          y: cell(trace, 'Y', row, col),
          times: c ? c.data[col] : null,
        },
      };
    }
    case 'weightGradient':
      return {
        origins: [
          { quantity: `dZ${l}`, part: { kind: 'row', row } },
          { quantity: `A${l - 1}`, part: { kind: 'row', row: col } },
        ],
        made: { ...sum(pairs(rowOf(trace, `dZ${l}`, row), rowOf(trace, `A${l - 1}`, col))), divisor: m },
      };
    case 'biasGradient':
      return {
        origins: [{ quantity: `dZ${l}`, part: { kind: 'row', row } }],
        made: { ...sum(rowOf(trace, `dZ${l}`, row).map((dz) => [dz])), divisor: m },
      };
    case 'hiddenError':
      return {
        origins: [
          { quantity: `W${l + 1}`, part: { kind: 'column', col: row } },
          { quantity: `dZ${l + 1}`, part: { kind: 'column', col } },
          { quantity: `slope${l}`, part: { kind: 'cell', row, col } },
        ],
        made: {
          ...sum(pairs(columnOf(trace, `W${l + 1}`, row), columnOf(trace, `dZ${l + 1}`, col))),
          times: cell(trace, `slope${l}`, row, col),
        },
      };
    case 'update':
      return null;
    default:
      return step satisfies never;
  }
}

/** Each cell of w, dw, the change and w′ belongs to the others at its place. */
function ofUpdate(
  trace: ChainTrace,
  l: number,
  quantity: QuantityKey,
  row: number,
  col: number,
): CellStory | null {
  const name = (['W', 'b'] as const).find((each) =>
    new RegExp(`^(|d|change|new)${each}${l}$`).test(quantity),
  );
  if (!name) return null;
  const part = { kind: 'cell', row, col } as const;
  const keys = [`${name}${l}`, `d${name}${l}`, `change${name}${l}`, `new${name}${l}`] as const;
  const [w, dw, change, value] = keys.map((key) => cell(trace, key, row, col));
  return {
    value,
    origins: keys.filter((key) => key !== quantity).map((key) => ({ quantity: key, part })),
    made: { kind: 'update', w, dw, change },
  };
}

function ofLoss(trace: ChainTrace, L: number, col: number): Rest {
  return {
    origins: [
      { quantity: `A${L}`, part: { kind: 'column', col } },
      { quantity: 'Y', part: { kind: 'column', col } },
    ],
    made: {
      kind: 'loss',
      output: trace.network.output,
      a: columnOf(trace, `A${L}`, col),
      y: columnOf(trace, 'Y', col),
    },
  };
}

const whole = (quantity: QuantityKey): Origin => ({ quantity, part: { kind: 'all' } });

const sum = (terms: readonly (readonly number[])[]) =>
  ({ kind: 'sum', terms, plus: null, divisor: null, times: null }) as const;

const pairs = (xs: readonly number[], ys: readonly number[]) => xs.map((x, k) => [x, ys[k]]);

const NOTHING: Matrix = { rows: 0, cols: 0, data: new Float64Array() };
const of = (trace: ChainTrace, key: QuantityKey): Matrix => trace.get(key) ?? NOTHING;

function rowOf(trace: ChainTrace, key: QuantityKey, row: number): number[] {
  const { cols, data } = of(trace, key);
  return Array.from(data.subarray(row * cols, (row + 1) * cols));
}

function columnOf(trace: ChainTrace, key: QuantityKey, col: number): number[] {
  const { rows, cols, data } = of(trace, key);
  return Array.from({ length: rows }, (_, i) => data[i * cols + col]);
}

const cell = (trace: ChainTrace, key: QuantityKey, row: number, col: number): number => {
  const { cols, data } = of(trace, key);
  return data[row * cols + col];
};

/** The number that {@link Made} says, by its own arithmetic; of an activation and a softmax it is NaN. */
export function valueOf(made: Made): number {
  switch (made.kind) {
    case 'sum': {
      const total = made.terms.reduce((all, term) => all + term.reduce((product, f) => product * f, 1), 0);
      return ((total + (made.plus ?? 0)) / (made.divisor ?? 1)) * (made.times ?? 1);
    }
    case 'difference':
      return (made.a - made.y) * (made.times ?? 1);
    case 'update':
      return made.w + made.change;
    case 'activation':
    case 'softmax':
    case 'loss':
      return NaN;
    default:
      return made satisfies never;
  }
}
