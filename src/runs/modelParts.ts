import * as v from 'valibot';
import { hiddenActivations } from '../core/activations';
import { outputKinds } from '../core/network';
import { cut } from '../core/format';
import type { Automatic } from '../settings/automatic';
import { recordedAutomatic } from '../settings/values';
import { decisions, type OptimizerState } from './model';
import { decodeNumbers, encodeNumbers } from './numbers';

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
/** A name of ours, such as that of an engine. */
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const scores = v.strictObject({
  ...{ trainCost: finite, trainScore: finite },
  ...{ testCost: v.nullable(finite), testScore: v.nullable(finite) },
});
/** The most units of a hidden layer, and the most of these layers: as the settings have it. */
const MOST_UNITS = 1024;
const MOST_HIDDEN = 6;

/** The parts of a model that are small, each with what it may hold. */
export const parts = {
  task: v.picklist(['binary', 'multiclass', 'regression']),
  labels: v.array(v.string()),
  decision: v.picklist(decisions),
  network: v.strictObject({
    sizes: v.pipe(
      v.array(v.pipe(count, v.minValue(1))),
      v.minLength(2),
      v.maxLength(MOST_HIDDEN + 2),
      v.check(
        (sizes) => sizes.slice(1, -1).every((size) => size <= MOST_UNITS),
        'a hidden layer is too large',
      ),
    ),
    hidden: v.picklist(hiddenActivations),
    output: v.picklist(outputKinds),
  }),
  training: v.strictObject({
    automatic: v.pipe(
      v.record(v.string(), v.unknown()),
      v.transform((values): Partial<Automatic> => recordedAutomatic(values)),
    ),
    engine: name,
    epoch: count,
    seed: finite,
    weightsOf: v.picklist(['end', 'last', 'best']),
    measure: v.strictObject({ epoch: count, ...scores.entries }),
    baselines: v.nullable(
      v.strictObject({ guess: scores, line: scores, lineRows: count, lineIsBest: v.boolean() }),
    ),
    trainRows: v.nullable(count),
    testRows: v.nullable(count),
    tableHash: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/, 'it is no SHA-256')),
    readingVersion: count,
    chosenByTest: v.optional(v.literal(true)),
  }),
  optimizer: v.strictObject({ state: v.string(), frozen: v.array(count) }),
};

/** A part of what was parsed. Throws RangeError, with the place, for what it may not hold. */
export function partFrom<S extends v.GenericSchema>(schema: S, json: unknown, at: string): v.InferOutput<S> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  throw new RangeError(cut(`${at}${path === null ? '' : `.${path}`}: ${issue.message}`));
}

export const optimizerToJson = ({ state, frozen }: OptimizerState): unknown => ({
  state: encodeNumbers(state),
  frozen,
});

/** The state of the optimizer of so many parameters. Throws RangeError for what it cannot be. */
export function optimizerFrom(json: unknown, parameters: number): OptimizerState {
  const { state: text, frozen } = partFrom(parts.optimizer, json, 'optimizer');
  const state = decodeNumbers(text);
  if (!state.every(Number.isFinite)) throw new RangeError('optimizer.state: a number in it is not finite');
  if (state.length > MOST_STATES * (parameters + FEW))
    throw new RangeError('optimizer.state: it is too long for the weights');
  const isRising = frozen.every((index, k) => index < parameters && (k === 0 || index > frozen[k - 1]));
  if (!isRising) throw new RangeError('optimizer.frozen: it does not name parameters in their order');
  return { state, frozen };
}

/** Two moments, those and weights of the best epoch, and twice that again of the watch over a validation part. */
const MOST_STATES = 12;
const FEW = 16;
