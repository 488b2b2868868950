import * as v from 'valibot';
import { hiddenActivations } from '../core/activations';
import { outputKinds } from '../core/network';
import { modelFacts, rowFacts } from '../protocol/looks';
import type { Automatic } from '../settings/automatic';
import type { SettingKey } from '../settings/settings';
import { recordedAutomatic } from '../settings/values';

const finite = v.pipe(v.number(), v.finite());
const range = v.pipe(v.tuple([finite, finite]), v.readonly());
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const text = v.pipe(v.string(), v.minLength(1));
const mark = v.variant('kind', [
  v.object({
    kind: v.literal('edit'),
    epoch: count,
    changes: v.array(
      v.object({
        key: v.string(),
        before: v.union([finite, v.string()]),
        after: v.union([finite, v.string()]),
      }),
    ),
    drag: v.optional(count),
  }),
  v.object({
    kind: v.literal('hand'),
    epoch: count,
    change: v.object({
      weights: v.array(v.object({ index: count, before: finite, after: finite })),
      frozen: v.array(count),
      thawed: v.array(count),
    }),
    drag: v.optional(count),
    isUndo: v.optional(v.boolean()),
  }),
  v.object({ kind: v.literal('stoppedEarly'), epoch: count, at: count }),
  v.object({ kind: v.literal('note'), epoch: count, text: v.string() }),
]);
const divergence = v.object({
  epoch: count,
  layer: count,
  learningRate: finite,
  suggestedRate: v.nullable(finite),
});
const scores = v.object({
  ...{ trainCost: finite, trainScore: finite },
  ...{ testCost: v.nullable(finite), testScore: v.nullable(finite) },
});
/** The address of a file, which has a scheme: nothing else can be made of one without. */
export const address = v.pipe(v.string(), v.regex(/^[a-z][a-z\d+.-]+:/i));
/** Names a run, and the files that it is kept in. */
export const runId = v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/));
/** What a record may hold besides its long lists of numbers. */
export const body = v.object({
  id: runId,
  name: v.optional(v.string()),
  note: v.optional(v.string()),
  starred: v.optional(v.boolean()),
  picked: v.optional(v.boolean()),
  chosen: v.optional(v.array(v.custom<SettingKey>((key) => typeof key === 'string'))),
  branchedAt: v.optional(count),
  fromModel: v.optional(v.object({ epoch: count, epochs: count, sameFile: v.boolean() })),
  uri: address,
  startedAt: count,
  shownAt: count,
  settings: v.record(v.string(), v.unknown()),
  given: v.array(v.string()),
  automatic: v.union([
    v.pipe(
      v.strictObject({ learningRate: finite }),
      v.transform(({ learningRate }): Partial<Automatic> => ({ 'training.learningRate': learningRate })),
    ),
    v.pipe(
      v.record(v.string(), v.unknown()),
      v.transform((values): Partial<Automatic> => recordedAutomatic(values)),
    ),
  ]),
  engine: text,
  readingVersion: count,
  transformVersion: count,
  status: v.picklist(['running', 'paused', 'finished', 'stopped', 'diverged']),
  epochs: count,
  learningRate: finite,
  network: v.nullable(
    v.object({
      sizes: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(2)),
      hidden: v.picklist(hiddenActivations),
      output: v.picklist(outputKinds),
    }),
  ),
  /** Older files of the same version lack it. */
  transform: v.optional(v.unknown(), null),
  interval: v.pipe(count, v.minValue(1)),
  baselines: v.optional(v.object({ guess: scores, line: scores, lineRows: count, lineIsBest: v.boolean() })),
  sure: v.optional(
    v.object({
      epoch: count,
      interval: v.nullable(range),
      auc: v.optional(v.object({ value: finite, interval: v.nullable(range) })),
      folds: v.nullable(
        v.object({
          ...{ folds: count, repeats: count, isRegression: v.boolean() },
          by: v.picklist(['chance', 'words', 'groups', 'order']),
          ...{ mean: v.nullable(finite), deviation: v.nullable(finite) },
          ...{ guess: v.nullable(finite), line: v.nullable(finite) },
        }),
      ),
    }),
  ),
  rows: v.optional(rowFacts),
  model: v.optional(modelFacts),
  marks: v.array(mark),
  // JSON knows no infinity: of what has grown beyond all bounds it is missing.
  penalty: v.pipe(
    v.nullable(finite),
    v.transform((penalty) => penalty ?? Infinity),
  ),
  diverged: v.nullable(divergence),
  target: v.string(),
  task: v.picklist(['binary', 'multiclass', 'regression']),
  hash: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/)),
});
