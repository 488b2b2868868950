import * as v from 'valibot';
import { curvePoint } from '../core/history';
import type { Measure } from '../core/trainer';
import type { Settings } from '../settings/settings';
import { recordedSettings } from '../settings/values';
import { decodeNumbers } from './numbers';
import type { RunRecord } from './record';

const finite = v.pipe(v.number(), v.finite());
const epoch = v.pipe(finite, v.integer(), v.minValue(0));
/** epoch, train cost, test cost, train score, test score. */
const point = v.tuple([epoch, finite, v.nullable(finite), finite, v.nullable(finite)]);
const schema = v.object({
  version: v.literal(2),
  uri: v.pipe(v.string(), v.regex(/^[a-z][a-z\d+.-]+:/i)),
  settings: v.record(v.string(), v.unknown()),
  status: v.picklist(['running', 'paused', 'finished', 'stopped', 'diverged']),
  epochs: epoch,
  measure: point,
  points: v.array(point),
  marks: v.array(v.object({ epoch, text: v.string() })),
  parameters: v.string(),
  state: v.string(),
  penalty: finite,
  diverged: v.nullable(
    v.object({ epoch, layer: epoch, learningRate: finite, suggestedRate: v.nullable(finite) }),
  ),
  target: v.string(),
  task: v.picklist(['binary', 'multiclass', 'regression']),
  hash: v.string(),
});

/** Names of the files that version 2 wrote, one a table: the hash of its address. */
export const VERSION_2_FILE = /^[\da-f]{32}\.json$/;

/**
 * A training as version 2 kept it, as a record of today. That version trained with one arithmetic an engine setting and
 * one way of reading and transforming, all still today's first. Throws Error where it is not such a file.
 * @param id of the record; taken over once more, it is the same run
 */
export function readVersion2(content: string, id: string, startedAt: number): RunRecord {
  const {
    version: _version,
    measure,
    points,
    marks,
    settings,
    ...rest
  } = v.parse(schema, JSON.parse(content));
  const known = recordedSettings(settings);
  const all = points.map(measureOf);
  const rate = known['training.learningRate'];
  const automatic = automaticRate(rest.task, known);
  return {
    ...rest,
    id,
    startedAt: Math.round(startedAt),
    shownAt: Math.round(startedAt),
    settings: known,
    // It did not say what a person had set: all that it holds stays, until a setting says otherwise.
    given: [],
    automatic: { 'training.learningRate': automatic },
    engine: known['training.engine'] === 'reference' ? 'float64-reference' : 'simd-1',
    readingVersion: 1,
    transformVersion: 1,
    learningRate: rate === 'auto' ? automatic : rate,
    network: null,
    transform: null,
    measure: measureOf(measure),
    points: all.map(curvePoint),
    interval: all.length > 1 ? all[1].epoch - all[0].epoch : 1,
    marks: marks.map((each) => ({ kind: 'note', ...each })),
    parameters: decodeNumbers(rest.parameters),
    state: decodeNumbers(rest.state),
  };
}

/** What `auto` meant in version 2. */
function automaticRate(task: RunRecord['task'], settings: Settings): number {
  const output = settings['model.output'];
  if (output === 'linear' || (output === 'auto' && task === 'regression')) return 0.1;
  const isSoftmax = output === 'softmax' || (output === 'auto' && task === 'multiclass');
  return isSoftmax || settings['model.hiddenLayers'].length >= 3 ? 0.3 : 1.2;
}

const measureOf = ([epoch, trainCost, testCost, trainScore, testScore]: v.InferOutput<
  typeof point
>): Measure => ({ epoch, trainCost, testCost, trainScore, testScore });
