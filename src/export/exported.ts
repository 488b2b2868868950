import type { HiddenActivation } from '../core/activations';
import { cut, visible } from '../core/format';
import { unflatten, type OutputKind, type Parameters } from '../core/network';
import type { Scale } from '../core/scale';
import { featureCount, type ColumnTransform } from '../data/transform';
import type { Model } from '../runs/model';
import { checkOf, SECONDS_A_DAY, type Check } from './checkRows';
import { ExportRefused } from './refused';

/** What an export takes of a row: a number, or a text of a category. NaN, null and an empty text are missing. */
export interface Input {
  /** What code calls it: x1, x2 …, whatever the column is called. */
  readonly id: string;
  /** The column's name in full; of an answer of a list, with the answer. */
  readonly name: string;
  readonly kind: 'number' | 'date' | 'time' | 'boolean' | 'ticked' | 'category' | 'answer';
}

/** A column of the transform, and what an export takes for it: one input, of a list one for each answer. */
export interface ExportedColumn {
  readonly transform: ColumnTransform;
  readonly inputs: readonly Input[];
}

/** A model as an export writes it down. */
export interface Exported {
  readonly columns: readonly ExportedColumn[];
  /** Those of all columns, in their order. */
  readonly inputs: readonly Input[];
  readonly parameters: Parameters;
  /** How wide the weights were saved. */
  readonly weightsAre: Precision;
  readonly hidden: HiddenActivation;
  readonly output: OutputKind;
  readonly target: string;
  /** The classes in the order of the outputs; empty for numbers. */
  readonly labels: readonly string[];
  /** How the output of a regression becomes a number of the target, times in seconds; null of classes. */
  readonly scale: Scale | null;
  readonly precision: Precision;
  readonly check: Check;
  /** What stands at the head of each export, a line each, without anything that could end a comment. */
  readonly head: readonly string[];
}

/** How far an export may be from the float64 forward pass, as |a − b| / max(1, |b|). */
export const TOLERANCE = { double: 1e-9, single: 1e-5 } as const;
export type Precision = keyof typeof TOLERANCE;

/**
 * What an export writes down of a model, with the rows that it checks itself by; those of `single` are exact in float32.
 * Throws ExportRefused where no form can hold it.
 */
export function exportedOf(model: Model, precision: Precision = 'double'): Exported {
  const columns = columnsOf(model);
  const inputs = columns.flatMap((column) => column.inputs);
  const { transform, network, labels } = model;
  const { target } = transform;
  const unit = target.kind === 'time' ? SECONDS_A_DAY : 1;
  const scale =
    target.kind === 'classes' ? null : { mean: target.mean * unit, deviation: target.deviation * unit };
  return {
    ...{ columns, inputs, labels, scale, precision, target: target.name },
    parameters: unflatten(network, Float64Array.from(model.weights)),
    weightsAre: model.weights instanceof Float32Array ? 'single' : 'double',
    hidden: network.hidden,
    output: network.output,
    check: checkOf(model, columns, precision),
    head: headOf(model, inputs),
  };
}

function columnsOf({ transform }: Pick<Model, 'transform'>): ExportedColumn[] {
  let inputs = 0;
  const taken = new Set<string>();
  return transform.columns.map((column, k) => {
    const input = (name: string, kind: Input['kind']): Input => {
      if (taken.has(name)) throw new ExportRefused(k, 'it would be called as another one is');
      taken.add(name);
      return { id: `x${++inputs}`, name, kind };
    };
    if (column.kind === 'category' && column.categories.includes(''))
      throw new ExportRefused(k, 'one of its categories is an empty text, which is a missing value');
    const own =
      column.kind === 'list'
        ? column.answers.map((answer) => input(`${column.name} = ${answer}`, 'answer'))
        : [input(column.name, column.kind)];
    return { transform: column, inputs: own };
  });
}

/** The columns whose numbers lose more than the tolerance when they are written as float32. */
export const coarseInFloat32 = ({ columns }: Exported): readonly string[] =>
  columns.flatMap(({ transform }) => {
    if (!('mean' in transform)) return [];
    const { name, mean, deviation, reshape } = transform;
    const isCoarse = !reshape && (Math.abs(mean) / deviation) * 2 ** -24 > TOLERANCE.single;
    return isCoarse ? [name] : [];
  });

/** How many features there are. */
export const featuresIn = ({ columns }: Pick<Exported, 'columns'>): number =>
  columns.reduce((sum, { transform }) => sum + featureCount(transform), 0);

/** A text of a file in a comment of any language: it shows what it is, and can end no comment and no line. */
export const commentText = (text: string): string =>
  Array.from(visible(cut(text)), (character) =>
    /^[\p{L}\p{M}\p{N} _.,;:=()+−…-]$/u.test(character)
      ? character
      : `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join('');

const TAKEN: Readonly<Record<Input['kind'], string>> = {
  number: 'number, without its unit',
  date: 'date, as days since 1970-01-01',
  time: 'time, as seconds',
  boolean: 'no or yes, as 0 or 1',
  ticked: 'not ticked or ticked, as 0 or 1',
  category: 'category, as text',
  answer: 'an answer of a list, as 0 or 1',
};

function headOf({ transform, network, training, labels }: Model, inputs: readonly Input[]): string[] {
  const { target } = transform;
  const what =
    target.kind === 'classes'
      ? `the probability of each of ${labels.length} classes`
      : `a number${target.kind === 'date' ? ', as days since 1970-01-01' : target.kind === 'time' ? ', as seconds' : ''}`;
  return [
    `A model of Neuron Lens, of epoch ${training.epoch}: a network of ${network.sizes.join(', ')} units.`,
    `It predicts ${commentText(target.name)}: ${what}.`,
    'It takes each column as a table has it; NaN, null, or an empty text is a missing value:',
    ...inputs.map(({ id, name, kind }) => `  ${id}  ${commentText(name)}: ${TAKEN[kind]}`),
  ];
}
