/** What the Lens is told of the settings that it has handles for. */
import * as v from 'valibot';
import type { Optimizer } from '../core/optimizer';
import type { SettingKey } from '../settings/settings';
import { list } from './schemas';

const optimizers = [
  ...(['gradientDescent', 'momentum', 'nesterov', 'adam'] as const satisfies readonly Optimizer[]),
] as const;

/** The settings that the Lens has handles for. */
export const handleKeys = [
  ...(['training.learningRate', 'model.hiddenLayers', 'model.hiddenActivation'] as const),
  ...(['model.initialization', 'model.initializationScale'] as const),
  ...(['training.optimizer', 'training.momentum', 'training.l1', 'training.l2'] as const),
  ...(['training.batchSize', 'training.epochs', 'training.seed'] as const),
  ...(['data.target', 'view.epochsPerSecond'] as const),
] as const satisfies readonly SettingKey[];
export const handleKey = v.picklist(handleKeys);

export const handleValue = v.union([v.number(), v.string(), list(v.number())]);

/** Where a value comes from: nobody has set it; only until the window closes; an entry of `datasets`; for all files. */
export const origin = v.picklist(['default', 'window', 'file', 'workspace', 'user']);

/** What the settings say of a run's file, beside what the run trains with. */
export const handlesView = v.object({
  handles: list(
    v.object({
      key: handleKey,
      /** What the settings say, or what is being tried. */
      value: handleValue,
      /** What the run trains with. */
      acting: handleValue,
      from: origin,
    }),
  ),
  /** What each `auto` stands for, as far as that is known. */
  automatic: v.partial(
    v.object({
      'model.hiddenLayers': v.array(v.number()),
      'training.optimizer': v.picklist(optimizers),
      'training.batchSize': v.number(),
      'training.learningRate': v.number(),
      'training.epochs': v.number(),
      'training.l2': v.number(),
    }),
  ),
  /** What *Undo* takes back, in words; null: nothing. */
  undo: v.nullable(v.string()),
  /** Whether what is set can be written; else it holds until the window closes. */
  canWrite: v.boolean(),
});
export type HandleKey = (typeof handleKeys)[number];
export type HandleValue = v.InferOutput<typeof handleValue>;
export type HandlesView = v.InferOutput<typeof handlesView>;
export type Origin = v.InferOutput<typeof origin>;
