import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { decodeLayerPoints, decodePoints, encodeLayerPoints, encodePoints } from '../core/curveNumbers';
import type { Baselines } from '../core/baselines';
import type { Sure } from '../core/folds';
import type { ModelFacts, RowFacts } from '../core/verdicts/looks';
import { hiddenActivations } from '../core/activations';
import type { CurvePoint } from '../core/history';
import type { LayerPoint } from '../core/layerCurve';
import { measuresOf, numbersOf } from '../core/measures';
import type { Measure } from '../core/trainer';
import { outputKinds, parameterCount, type Network } from '../core/network';
import type { Task } from '../data/table/target';
import type { Transform } from '../data/transform';
import { KNOWN_VERSIONS } from '../data/versions';
import { transformFromJson, transformToJson } from '../data/transformFile';
import { modelFacts, rowFacts } from '../protocol/looks';
import type { Automatic } from '../settings/automatic';
import type { SettingKey, Settings } from '../settings/settings';
import { recordedAutomatic, recordedSettings } from '../settings/values';
import type { FromModel } from '../train/continued';
import type { Mark } from '../train/marks';
import type { RunState } from '../train/runState';
import type { RunLabel } from './label';
import { decodeNumbers, encodeNumbers } from './numbers';

/** The version of the form that {@link serialize} writes. */
export const RECORD_VERSION = 3;

/** What is kept of a run: all that is needed to show it, and to go on to the last bit. */
export interface RunRecord extends RunState, RunLabel {
  readonly id: string;
  /** The settings that were chosen after looking at test scores, if any were. */
  readonly chosen?: readonly SettingKey[] | undefined;
  /** The epoch of another run from which it went on, if it did. */
  readonly branchedAt?: number | undefined;
  /** The model that it goes on from, if it does: its columns and classes are that one's. */
  readonly fromModel?: FromModel | undefined;
  /** The table's file. */
  readonly uri: string;
  /** When it was started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** When it last was the one that is shown for its file, likewise. */
  readonly shownAt: number;
  /** The settings that act: with what `auto` and the defaults were when it began, and the edits since. */
  readonly settings: Settings;
  /** The keys that a person had set; the others hold the defaults of that day. */
  readonly given: readonly SettingKey[];
  /** What each `auto` stands for in it; earlier versions found the learning rate alone. */
  readonly automatic: Partial<Automatic>;
  readonly engine: string;
  /** Which ways of reading and transforming a table the weights were trained behind. */
  readonly readingVersion: number;
  readonly transformVersion: number;
  /** Null where an earlier version has not kept it: it follows from the table. */
  readonly network: Network | null;
  /** How rows become numbers; null where it was not kept, or is of another version. */
  readonly transform: Transform | null;
  readonly points: readonly CurvePoint[];
  /** Epochs between two points of the curve. */
  readonly interval: number;
  /** Gradients and changes of the layers over the epochs; left out where they were not kept. */
  readonly layers?: readonly LayerPoint[] | undefined;
  /** What guessing and a straight line score on its data, once that is known. */
  readonly baselines?: Baselines | undefined;
  /** How sure its score is, once that is known. */
  readonly sure?: Sure | undefined;
  /** What a look at its rows and one at its network found, once that is known. */
  readonly rows?: RowFacts | undefined;
  readonly model?: ModelFacts | undefined;
  readonly marks: readonly Mark[];
  /** What the optimizer and early stopping go on from. */
  readonly state: Float64Array;
  readonly target: string;
  readonly task: Task;
  /** SHA-256 of the file. */
  readonly hash: string;
}

/** What is known of a run before its record is read. */
export interface RunSummary {
  readonly id: string;
  readonly uri: string;
  readonly startedAt: number;
  readonly shownAt: number;
  readonly starred?: boolean | undefined;
}

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
const body = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/)),
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
  /** Files of this version that are older lack it. */
  transform: v.optional(v.unknown(), null),
  /** Numbers are float64, little-endian, in base64. */
  measure: v.string(),
  points: v.string(),
  interval: v.pipe(count, v.minValue(1)),
  layers: v.optional(v.string()),
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
  parameters: v.string(),
  state: v.string(),
  penalty: finite,
  diverged: v.nullable(divergence),
  target: v.string(),
  task: v.picklist(['binary', 'multiclass', 'regression']),
  hash: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/)),
});
const envelope = v.object({
  neuronLensRun: v.literal(RECORD_VERSION),
  sha256: v.string(),
  run: v.looseObject({}),
});

/** A record as JSON with a checksum. Throws RangeError when a weight is not finite. */
export function serialize(record: RunRecord): string {
  const run = {
    ...record,
    transform: record.transform && transformToJson(record.transform),
    measure: encodeNumbers(numbersOf([withoutInfinities(record.measure)])),
    points: encodeNumbers(encodePoints(record.points.map(withoutInfinities))),
    ...(record.layers && { layers: encodeNumbers(encodeLayerPoints(record.layers)) }),
    parameters: encodeNumbers(allFinite(record.parameters)),
    state: encodeNumbers(allFinite(record.state)),
  };
  return `${JSON.stringify({ neuronLensRun: RECORD_VERSION, sha256: checksum(run), run })}\n`;
}

/** Throws Error, with what is wrong, for a text that {@link serialize} has not written or that was changed since. */
export function parse(content: string): RunRecord {
  const outer = v.parse(envelope, JSON.parse(content));
  if (checksum(outer.run) !== outer.sha256) throw new Error('its checksum does not fit');
  const { layers, ...run } = v.parse(body, outer.run);
  const settings = recordedSettings(run.settings);
  const [measure] = measuresOf(decodeNumbers(run.measure));
  const record: RunRecord = {
    ...run,
    settings,
    transform:
      run.transform === null || !KNOWN_VERSIONS.includes(run.transformVersion)
        ? null
        : transformFromJson(run.transform),
    given: run.given as SettingKey[],
    marks: run.marks as Mark[],
    measure,
    points: decodePoints(decodeNumbers(run.points)),
    ...(layers !== undefined && { layers: decodeLayerPoints(decodeNumbers(layers)) }),
    parameters: allFinite(decodeNumbers(run.parameters)),
    state: allFinite(decodeNumbers(run.state)),
  };
  mustFit(record);
  return record;
}

/** Throws Error when the parts of a record contradict each other. */
function mustFit({ measure, points, epochs, status, parameters, network }: RunRecord): void {
  const whole = [measure, ...points].every(({ epoch }) => Number.isSafeInteger(epoch) && epoch >= 0);
  if (!whole) throw new Error('an epoch in it is no whole number');
  const rising = points.every((point, k) => k === 0 || point.epoch > points[k - 1].epoch);
  const within = points.every(({ epoch }) => epoch <= measure.epoch);
  if (!rising || !within) throw new Error('its curve does not fit its epoch');
  if (status === 'finished' && measure.epoch > epochs) throw new Error('it is beyond its last epoch');
  const wanted = network ? parameterCount(network) : parameters.length;
  if (parameters.length === 0 || parameters.length !== wanted) {
    throw new Error('its weights do not fit its network');
  }
}

const checksum = (run: unknown): string => createHash('sha256').update(JSON.stringify(run)).digest('hex');

/** A test cost that is not finite is kept as missing: JSON and the codec know no infinity. */
const withoutInfinities = <M extends Measure>(measure: M): M => ({
  ...measure,
  testCost: measure.testCost !== null && Number.isFinite(measure.testCost) ? measure.testCost : null,
  testScore: measure.testScore !== null && Number.isFinite(measure.testScore) ? measure.testScore : null,
});

function allFinite(values: Float64Array): Float64Array {
  if (!values.every(Number.isFinite)) throw new RangeError('a number in it is not finite');
  return values;
}
