import type { Initialization } from './initialization';
import { full } from './format';

/** What the Lab varies. */
export const EXPERIMENTS = ['initialization', 'hiddenSize', 'learningRate'] as const;
export type ExperimentKind = (typeof EXPERIMENTS)[number];

/** What a variant sets besides what all of them have in common. */
export interface Changes {
  readonly 'model.initialization'?: Initialization;
  readonly 'model.initializationScale'?: number;
  readonly 'model.hiddenLayers'?: readonly number[];
  readonly 'training.learningRate'?: number;
}

/** One of the trainings that are compared. */
export interface Variant {
  readonly label: string;
  /** Where it stands on the curve over what is varied; null where there is no order. */
  readonly at: number | null;
  readonly changes: Changes;
}

/** Every variant is a picture and a training: more are neither seen nor waited for. */
export const MOST_VARIANTS = 16;

/** What is varied, in numbers, where nobody has chosen; the initialisations are not numbers. */
export const FIRST_VALUES: Readonly<Record<ExperimentKind, readonly number[]>> = {
  initialization: [],
  // Andrew Ng's course has these, from 1; without a hidden unit it is logistic regression.
  hiddenSize: [0, 1, 2, 3, 4, 5, 20, 50],
  learningRate: [0.01, 0.03, 0.1, 0.3, 1.2, 3, 6, 12],
};

/** What each of the numbers may be. */
const BOUNDS: Readonly<Record<ExperimentKind, { readonly from: number; readonly to: number }>> = {
  initialization: { from: 0, to: 0 },
  hiddenSize: { from: 0, to: 1024 },
  learningRate: { from: 1e-8, to: 1000 },
};

const scaled = (scale: number): Variant => ({
  label: `×${full(scale)}`,
  at: null,
  changes: { 'model.initialization': 'smallRandom', 'model.initializationScale': scale },
});
const method = (label: string, initialization: Initialization): Variant => ({
  label,
  at: null,
  changes: { 'model.initialization': initialization },
});

/** What the network without a hidden unit is called. */
const WITHOUT = {
  sigmoid: 'Logistic regression',
  softmax: 'Softmax regression',
  linear: 'Linear regression',
};

/** The variants of an experiment, in their order; `values` are those that {@link readValues} lets through. */
export function variantsOf(
  kind: ExperimentKind,
  values: readonly number[],
  output: keyof typeof WITHOUT,
): readonly Variant[] {
  switch (kind) {
    case 'initialization':
      return [
        method('Zeros', 'zeros'),
        ...[0.01, 1, 100].map(scaled),
        method('Xavier', 'xavier'),
        method('He', 'he'),
      ];
    case 'hiddenSize':
      return values.map((units) => ({
        label: units === 0 ? WITHOUT[output] : units === 1 ? '1 unit' : `${units} units`,
        at: units,
        changes: { 'model.hiddenLayers': units === 0 ? [] : [units] },
      }));
    case 'learningRate':
      return values.map((rate) => ({
        label: `Rate ${full(rate)}`,
        at: rate,
        changes: { 'training.learningRate': rate },
      }));
    default:
      return kind satisfies never;
  }
}

/** Numbers that somebody has typed, rising and each once; else what is wrong with them, a sentence. */
export function readValues(kind: ExperimentKind, text: string): readonly number[] | string {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const values = [...new Set(words.map(Number))].sort((a, b) => a - b);
  const wrong = words.find((word) => faultOf(kind, Number(word)));
  if (wrong !== undefined) {
    const { from, to } = BOUNDS[kind];
    const what = kind === 'hiddenSize' ? 'whole numbers' : 'numbers';
    return `“${wrong.slice(0, 20)}” cannot be used: type ${what} from ${full(from)} to ${full(to)}, with commas between.`;
  }
  if (values.length < 2) return 'Two values at least, with commas between.';
  if (values.length > MOST_VARIANTS) return `${MOST_VARIANTS} values at most.`;
  return values;
}

/** Whether the values are such as {@link readValues} gives. */
export const areValues = (kind: ExperimentKind, values: readonly number[]): boolean =>
  kind === 'initialization'
    ? values.length === 0
    : values.length >= 2 &&
      values.length <= MOST_VARIANTS &&
      values.every((value, k) => !faultOf(kind, value) && (k === 0 || value > values[k - 1]));

function faultOf(kind: ExperimentKind, value: number): boolean {
  const { from, to } = BOUNDS[kind];
  return !(value >= from && value <= to) || (kind === 'hiddenSize' && !Number.isInteger(value));
}
