/** What crosses of the experiments of the Lab: how they stand, then the arrays of each variant in parts. */
import * as v from 'valibot';
import type { ExperimentKind } from '../core/experiments';
import { divergence, initialization } from './lensViews';
import { count, list, numbers } from './schemas';

export const experimentKind = v.picklist([
  'initialization',
  'hiddenSize',
  'learningRate',
] as const satisfies readonly ExperimentKind[]);

export const experimentValues = v.pipe(v.array(v.number()), v.maxLength(64), v.readonly());

/** A variant as it stands. */
const tile = v.object({
  label: v.string(),
  /** Where it stands on the curve over what is varied; null where there is no order. */
  at: v.nullable(v.number()),
  status: v.picklist(['waiting', 'running', 'finished', 'diverged', 'failed']),
  /** The epoch at which it is done. */
  epochs: count,
  /** The units of each layer; empty before it has begun. */
  sizes: list(count),
  initialization,
  learningRate: v.number(),
  /** One measure, as the numbers of core/measures. */
  measure: v.nullable(numbers),
  diverged: v.nullable(divergence),
  /** Why it could not be trained; empty where it could. */
  why: v.string(),
});

export const experiment = v.object({
  kind: experimentKind,
  values: experimentValues,
  status: v.picklist(['running', 'done', 'cancelled', 'failed']),
  why: v.string(),
  tiles: list(tile),
});

/** A part of an array of a variant. */
export const tileNumbers = {
  kind: experimentKind,
  tile: count,
  key: v.picklist(['points', 'parameters']),
  offset: count,
  total: count,
  values: numbers,
};

export type ExperimentView = v.InferOutput<typeof experiment>;
export type TileView = v.InferOutput<typeof tile>;
