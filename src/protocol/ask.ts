/**
 * Questions about a run and their answers, as they cross to the Lens: an answer's arrays go ahead in parts, what is left of
 * it follows. Each end parses both.
 */
import * as v from 'valibot';
import type { Answer, Question } from '../train/questions';

/** What goes no further than the host. */
type OfHost = { kind: 'state' | 'edited' | 'experiment' | 'find' | 'compare' | 'folds' };
/** What a Lens may be answered. */
export type AnswerToLens = Exclude<Answer, OfHost>;
export type QuestionOfLens = Exclude<Question, OfHost>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const numbers = v.custom<Float64Array>((input) => input instanceof Float64Array);

export const askedOfTrainer = v.variant('kind', [
  v.object({ kind: v.literal('at'), epoch: count }),
  v.object({ kind: v.literal('step'), epoch: v.nullable(count) }),
  v.object({ kind: v.literal('rows'), from: count, to: count }),
]) satisfies v.GenericSchema<QuestionOfLens>;

/** A whole answer. */
export const answerOfTrainer = v.variant('kind', [
  v.object({
    kind: v.literal('at'),
    epoch: count,
    exact: v.boolean(),
    measure: numbers,
    learningRate: v.number(),
    penalty: v.nullable(v.number()),
    parameters: numbers,
    frozen: numbers,
  }),
  v.object({
    kind: v.literal('step'),
    epoch: count,
    learningRate: v.number(),
    isFull: v.boolean(),
    gradients: numbers,
    before: numbers,
    after: numbers,
    costBefore: v.number(),
    costAfter: v.number(),
  }),
  v.object({ kind: v.literal('rows'), X: numbers, y: numbers, test: numbers, lines: numbers }),
]) satisfies v.GenericSchema<AnswerToLens>;

/** What is left of an answer without its arrays. */
export const answerFields = v.record(v.string(), v.unknown());

/** An answer, taken apart. */
export function apart(answer: AnswerToLens): {
  readonly fields: v.InferOutput<typeof answerFields>;
  readonly arrays: readonly (readonly [name: string, values: Float64Array])[];
} {
  const entries = Object.entries(answer);
  return {
    fields: Object.fromEntries(entries.filter(([, value]) => !(value instanceof Float64Array))),
    arrays: entries.flatMap(([name, value]) =>
      value instanceof Float64Array ? [[name, value] as const] : [],
    ),
  };
}

/** The inverse of {@link apart}; null when it is no answer. */
export function together(
  fields: v.InferOutput<typeof answerFields>,
  arrays: ReadonlyMap<string, Float64Array>,
): AnswerToLens | null {
  const parsed = v.safeParse(answerOfTrainer, { ...fields, ...Object.fromEntries(arrays) });
  return parsed.success ? parsed.output : null;
}
