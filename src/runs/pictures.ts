import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Message, Notice, Reason, TaskReason } from '../data/message';
import { isMessage } from '../data/sentences';
import type { Dataset } from '../protocol/trainer';
import type { Sample } from '../train/sample';
import { decodeNumbers, encodeNumbers } from './numbers';

const VERSION = 1;

/** What pictures of a run are drawn from besides its weights: kept, so that they are there before the file is read. */
export interface Pictures {
  readonly dataset: Dataset;
  readonly sample: Sample;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const scale = { mean: finite, deviation: finite };
const body = v.object({
  dataset: v.object({
    features: v.array(v.object({ name: v.string(), ...scale })),
    target: v.string(),
    targetReason: v.nullable(v.custom<Reason>(isMessage)),
    task: v.picklist(['binary', 'multiclass', 'regression']),
    taskReason: v.optional(v.custom<TaskReason>(isMessage)),
    classes: v.array(v.string()),
    targetScale: v.object(scale),
    rows: count,
    columns: count,
    dialect: v.nullable(v.custom<Message<'dialect'>>(isMessage)),
    trainRows: count,
    testRows: count,
    partsBy: v.optional(v.picklist(['chance', 'words', 'groups', 'order'])),
    skippedRows: count,
    notices: v.array(v.custom<Notice>(isMessage)),
    hash: v.string(),
  }),
  sample: v.object({ count, X: v.string(), y: v.string(), test: v.string(), lines: v.string() }),
});
const envelope = v.object({
  neuronLensData: v.literal(VERSION),
  sha256: v.string(),
  data: v.looseObject({}),
});

/** As JSON with a checksum. */
export function serializePictures({ dataset, sample }: Pictures): string {
  const { count, X, y, test, lines } = sample;
  const data = {
    dataset,
    sample: {
      count,
      X: encodeNumbers(X),
      y: encodeNumbers(y),
      test: encodeNumbers(Float64Array.from(test)),
      lines: encodeNumbers(Float64Array.from(lines)),
    },
  };
  return `${JSON.stringify({ neuronLensData: VERSION, sha256: checksum(data), data })}\n`;
}

/** Throws Error, with what is wrong, for a text that {@link serializePictures} has not written. */
export function parsePictures(content: string): Pictures {
  const outer = v.parse(envelope, JSON.parse(content));
  if (checksum(outer.data) !== outer.sha256) throw new Error('its checksum does not fit');
  const { dataset, sample } = v.parse(body, outer.data);
  const [X, y, test, lines] = [sample.X, sample.y, sample.test, sample.lines].map(decodeNumbers);
  const { count } = sample;
  if (
    X.length !== count * dataset.features.length ||
    [y, test, lines].some(({ length }) => length !== count)
  ) {
    throw new Error('its examples do not fit its features');
  }
  return { dataset, sample: { count, X, y, test: Uint8Array.from(test), lines: Int32Array.from(lines) } };
}

const checksum = (data: unknown): string => createHash('sha256').update(JSON.stringify(data)).digest('hex');
