import * as v from 'valibot';
import { POINT_NUMBERS } from '../core/curveNumbers';
import { cut } from '../core/format';
import { MEASURE_NUMBERS, measuresOf, numbersOf } from '../core/measures';
import { arrayOf, fieldsOf, numberFrom } from '../data/jsonFields';
import { transformToJson } from '../data/transformFile';
import { settingKeys } from '../settings/settings';
import { labelOf, type RunLabel } from './label';
import { LONGEST_NAME, LONGEST_NOTE } from './labelLimits';
import { decisionOf, labelsOf } from './model';
import { mustFit } from './modelFit';
import { contentHash, ModelError, MOST_BYTES, parseJson, withRoom, writeJson } from './modelJson';
import { optimizerFrom, partFrom, parts } from './modelParts';
import { settingsFrom, settingsToJson } from './modelSettings';
import { weightsFrom, weightsToJson } from './modelWeights';
import { encodeNumbers } from './numbers';
import { numbersOfRecord, recordFrom, type RunRecord } from './record';
import { runId } from './recordSchema';

/** The version of the form of both files of a run; docs/run-files.md describes it. */
export const RUN_FILE_VERSION = 1;

/** A run as the texts of its two files. */
export interface RunTexts {
  readonly run: string;
  readonly weights: string;
}

/** What the readable file of a run says, before the one with its weights is read. */
export interface RunHead {
  readonly id: string;
  /** Its table: the way there from the folder of the runs, with slashes. */
  readonly table: string;
  /** SHA-256 of the table. */
  readonly hash: string;
  readonly startedAt: number;
  readonly label: RunLabel;
  /** Of what the file with its weights holds. */
  readonly weights: string;
  readonly content: Json;
}

type Json = Readonly<Record<string, unknown>>;

const sha256 = v.pipe(v.string(), v.regex(/^[\da-f]{64}$/, 'it is no SHA-256'));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const outer = v.looseObject({
  ...{ name: v.optional(v.string()), note: v.optional(v.string()) },
  ...{ starred: v.optional(v.boolean()), picked: v.optional(v.boolean()) },
  ...{ sha256, run: v.looseObject({}) },
});
const head = v.object({
  ...{ id: runId, table: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)), hash: sha256 },
  ...{ startedAt: count, weights: sha256 },
});
const key = v.picklist(settingKeys);
/** What may not be otherwise where somebody else has written it. */
const named = v.object({
  given: v.array(key),
  chosen: v.optional(v.array(key)),
  marks: v.array(v.object({ changes: v.optional(v.array(v.object({ key }))) })),
});

/**
 * A run as text that a person can read and compare. What people say of it stands outside of the checksum, so that a merge
 * may bring together what two have said; where its table is on this machine, and what a window alone knows, is not there.
 * Throws ModelError for what could not be read again, RangeError for a weight that is not finite.
 */
export function writeRun(record: RunRecord, table: string): RunTexts {
  const { name, note, starred, picked, uri: _uri, shownAt: _shownAt, state, ...rest } = record;
  const { network, id, settings, transform, parameters, points: _, ...facts } = rest;
  if (!network) throw new ModelError('It was trained by an earlier version, which has not kept its network.');
  const numbers = numbersOfRecord(record);
  const { layers } = numbers;
  const ofWeights = {
    weights: weightsToJson({ network, weights: asWide(parameters, record.engine) }),
    state: encodeNumbers(state),
  };
  const run = {
    ...{ ...facts, id, table, measure: measuresOf(numbers.measure)[0], network },
    settings: settingsToJson(settings),
    weights: contentHash(ofWeights),
    points: rowsOf(numbers.points, POINT_NUMBERS).map(withoutSame),
    layers: layers && rowsOf(layers.subarray(1), layerNumbers(layers[0])),
    transform: transform && transformToJson(transform),
  };
  const content = inOrder(run, FIRST);
  const version = { neuronLensRunFile: RUN_FILE_VERSION };
  const label = labelOf({ name, note, starred, picked });
  return {
    run: readable({ ...version, ...label, sha256: contentHash(content), run: content }),
    weights: readable({ ...version, ...ofWeights }),
  };
}

/** What the readable file of a run says. Throws Error, with what is wrong, for anything that {@link writeRun} has not written. */
export function readHead(bytes: Uint8Array): RunHead {
  const { run, ...said } = v.parse(outer, ofVersion(bytes));
  if (contentHash(run) !== said.sha256)
    throw new ModelError('Its checksum does not fit: it was changed or damaged since it was written.');
  const { name, note, starred, picked } = labelOf(said);
  const label = {
    ...(name && { name: cut(name, LONGEST_NAME) }),
    ...(note && { note: cut(note, LONGEST_NOTE) }),
    ...(starred && { starred }),
    ...(picked && { picked }),
  };
  return { ...v.parse(head, run), label, content: run };
}

/**
 * The run of a head and of the bytes of its other file, at an address. Throws Error, with what is wrong, where these were
 * not written together.
 */
export function readRun(
  { content, label, weights: expected }: RunHead,
  weightBytes: Uint8Array,
  known: Pick<RunRecord, 'uri' | 'shownAt'>,
): RunRecord {
  const { neuronLensRunFile: _, ...ofWeights } = ofVersion(weightBytes);
  if (contentHash(ofWeights) !== expected) throw new ModelError('Its weights are not those beside it.');
  const { weights, state } = fieldsOf(ofWeights, 'weights', ['weights', 'state']);
  const network = partFrom(parts.network, content['network'], 'network');
  const parameters = Float64Array.from(weightsFrom(weights, network));
  const measure = partFrom(parts.training.entries.measure, content['measure'], 'measure');
  const layers = content['layers'] === undefined ? undefined : layersFrom(content['layers']);
  v.parse(named, content);
  const record = recordFrom(
    { ...content, ...label, ...known, settings: settingsFrom(content['settings']) },
    {
      measure: numbersOf([measure]),
      points: Float64Array.from(arrayOf(content['points'], 'points').flatMap(pointFrom)),
      ...{ layers, parameters, state: optimizerFrom({ state, frozen: [] }, parameters.length).state },
    },
  );
  const { transform, task } = record;
  const decision = decisionOf(network.output);
  if (transform) mustFit({ network, transform, task, labels: labelsOf(transform), decision });
  return { ...record, marks: record.marks.map((mark) => markFrom(mark, parameters.length)) };
}

function ofVersion(bytes: Uint8Array): Json {
  const json = parseJson(bytes);
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'neuronLensRunFile'))
    throw new ModelError('It is no run of Neuron Lens.');
  const { neuronLensRunFile: version } = json as Json;
  if (version === RUN_FILE_VERSION) return json as Json;
  throw new ModelError(`It is of another version than ${RUN_FILE_VERSION}, which this Neuron Lens reads.`);
}

function readable(whole: unknown): string {
  const text = `${withRoom(writeJson(whole))}\n`;
  if (text.length <= MOST_BYTES) return text;
  throw new ModelError('It would be larger than 256 MB, which no run is read from.');
}

/** What a person looks for first. */
const FIRST = ['id', 'table', 'target', 'task', 'hash', 'startedAt', 'status', 'epochs', 'measure'];

/** The fields of a run in an order that does not depend on who has put them together; what is undefined is not there. */
function inOrder(value: unknown, first: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((each) => inOrder(each));
  if (typeof value !== 'object' || value === null) return value;
  const fields = new Map(Object.entries(value).filter(([, each]) => each !== undefined));
  const names = new Set([...first, ...[...fields.keys()].sort()]);
  return Object.fromEntries([...names].map((name) => [name, inOrder(fields.get(name))]));
}

/** Weights in the width of their engine, where that holds them to the bit. */
function asWide(parameters: Float64Array, engine: string): Float32Array | Float64Array {
  const narrow = Float32Array.from(parameters);
  const isSame = narrow.every((value, k) => Object.is(value, parameters[k]));
  return isSame && !engine.startsWith('float64') ? narrow : parameters;
}

/** Numbers as rows of so many each, null for what is not known. */
const rowsOf = (numbers: Float64Array, width: number): (number | string | null)[][] =>
  Array.from({ length: numbers.length / width }, (_, k) =>
    Array.from(numbers.subarray(k * width, (k + 1) * width), (value) => {
      if (Number.isNaN(value)) return null;
      return Number.isFinite(value) ? value : String(value);
    }),
  );

const toNumber = (json: unknown): number => (json === null ? NaN : numberFrom(json, 'a number'));

/** Where nothing was thinned, a point is its measure alone: lowest and highest costs are its own. */
function withoutSame(row: readonly (number | string | null)[]): readonly (number | string | null)[] {
  const [, train, test] = row;
  const extremes = row.slice(MEASURE_NUMBERS);
  const isSame = [train, train, test, test].every((own, k) => Object.is(own, extremes[k]));
  return isSame ? row.slice(0, MEASURE_NUMBERS) : row;
}

function pointFrom(json: unknown): number[] {
  const row = arrayOf(json, 'points').map(toNumber);
  const [, train, test] = row;
  if (row.length === MEASURE_NUMBERS) return [...row, train, train, test, test];
  if (row.length !== POINT_NUMBERS) throw new RangeError('a point of the curve is incomplete');
  return row;
}

/** An epoch, and six numbers for each layer. */
const layerNumbers = (layers: number): number => 1 + 6 * layers;

function layersFrom(json: unknown): Float64Array {
  const rows = arrayOf(json, 'layers').map((row) => arrayOf(row, 'layers').map(toNumber));
  const width = rows[0]?.length ?? layerNumbers(0);
  if (rows.some(({ length }) => length !== width))
    throw new RangeError('a point of the layers is incomplete');
  return Float64Array.from([(width - 1) / 6, ...rows.flat()]);
}

/** What happened, as far as it can have happened to so many parameters. */
function markFrom(mark: RunRecord['marks'][number], parameters: number): RunRecord['marks'][number] {
  if (mark.kind === 'note') return { ...mark, text: cut(mark.text, LONGEST_NOTE) };
  if (mark.kind !== 'hand') return mark;
  const { weights, frozen, thawed } = mark.change;
  const indices = [...weights.map(({ index }) => index), ...frozen, ...thawed];
  if (indices.every((index) => index < parameters)) return mark;
  throw new RangeError('a weight that was set by hand is none of its network');
}
