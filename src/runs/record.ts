import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { decodeLayerPoints, decodePoints, encodeLayerPoints, encodePoints } from '../core/curveNumbers';
import type { Baselines } from '../core/baselines';
import type { Sure } from '../core/folds';
import type { ModelFacts, RowFacts } from '../core/verdicts/looks';
import type { CurvePoint } from '../core/history';
import type { LayerPoint } from '../core/layerCurve';
import { measuresOf, numbersOf } from '../core/measures';
import type { Measure } from '../core/trainer';
import { parameterCount, type Network } from '../core/network';
import type { Task } from '../data/table/target';
import type { Transform } from '../data/transform';
import { KNOWN_VERSIONS } from '../data/versions';
import { transformFromJson, transformToJson } from '../data/transformFile';
import type { Automatic } from '../settings/automatic';
import type { SettingKey, Settings } from '../settings/settings';
import { recordedSettings } from '../settings/values';
import type { FromModel } from '../train/continued';
import type { Mark } from '../train/marks';
import type { RunState } from '../train/runState';
import type { RunLabel } from './label';
import { decodeNumbers, encodeNumbers } from './numbers';
import { body } from './recordSchema';

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

/** Float64, little-endian, in base64. */
const numbers = v.object({
  ...{ measure: v.string(), points: v.string(), layers: v.optional(v.string()) },
  ...{ parameters: v.string(), state: v.string() },
});
const envelope = v.object({
  neuronLensRun: v.literal(RECORD_VERSION),
  sha256: v.string(),
  run: v.looseObject({}),
});

/** The numbers of a record, as {@link encodePoints} and its like give them. */
export interface RecordNumbers {
  readonly measure: Float64Array;
  readonly points: Float64Array;
  readonly layers: Float64Array | undefined;
  readonly parameters: Float64Array;
  readonly state: Float64Array;
}

/** Throws RangeError when a weight is not finite. */
export const numbersOfRecord = (record: RunRecord): RecordNumbers => ({
  measure: numbersOf([withoutInfinities(record.measure)]),
  points: encodePoints(record.points.map(withoutInfinities)),
  layers: record.layers && encodeLayerPoints(record.layers),
  parameters: allFinite(record.parameters),
  state: allFinite(record.state),
});

/** A record as JSON with a checksum. Throws RangeError when a weight is not finite. */
export function serialize(record: RunRecord): string {
  const encoded = Object.entries(numbersOfRecord(record)).map(([name, values]: [string, Float64Array?]) => [
    name,
    values && encodeNumbers(values),
  ]);
  const run = {
    ...record,
    transform: record.transform && transformToJson(record.transform),
    ...(Object.fromEntries(encoded) as object),
  };
  return `${JSON.stringify({ neuronLensRun: RECORD_VERSION, sha256: checksum(run), run })}\n`;
}

/** Throws Error, with what is wrong, for a text that {@link serialize} has not written or that was changed since. */
export function parse(content: string): RunRecord {
  const outer = v.parse(envelope, JSON.parse(content));
  if (checksum(outer.run) !== outer.sha256) throw new Error('its checksum does not fit');
  const { measure, points, layers, parameters, state } = v.parse(numbers, outer.run);
  return recordFrom(outer.run, {
    ...{ measure: decodeNumbers(measure), points: decodeNumbers(points) },
    layers: layers === undefined ? undefined : decodeNumbers(layers),
    ...{ parameters: decodeNumbers(parameters), state: decodeNumbers(state) },
  });
}

/** The record of what was parsed. Throws Error, with what is wrong, for what is none. */
export function recordFrom(
  parsed: unknown,
  { measure, points, layers, parameters, state }: RecordNumbers,
): RunRecord {
  const run = v.parse(body, parsed);
  const measures = measuresOf(measure);
  if (measures.length !== 1) throw new Error('it does not say how it stands');
  const record: RunRecord = {
    ...run,
    settings: recordedSettings(run.settings),
    transform:
      run.transform === null || !KNOWN_VERSIONS.includes(run.transformVersion)
        ? null
        : transformFromJson(run.transform),
    given: run.given as SettingKey[],
    marks: run.marks as Mark[],
    measure: measures[0],
    points: decodePoints(points),
    ...(layers && { layers: decodeLayerPoints(layers) }),
    parameters: allFinite(parameters),
    state: allFinite(state),
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
