import * as v from 'valibot';
import { EXPERIMENTS } from '../src/core/experiments';
import { SPACINGS } from './model/epochWindow';
import { givenAxes } from './model/firstLook';
import { HEATS, ORDERS } from './model/order';
import { RUN_ORDERS } from './model/runOrder';

/** The pages of the Lens, in their order. */
export const PAGE_NAMES = ['overview', 'neurons', 'equations', 'lab', 'runs', 'exercises'] as const;
export type PageName = (typeof PAGE_NAMES)[number];

/** How the values of a curve are spaced: `auto` by powers of ten once they span more than one. */
export const COST_SCALES = ['auto', 'linear', 'log'] as const;
export type CostScale = (typeof COST_SCALES)[number];
/** What is drawn over the epochs: `score` is the accuracy, or R²; `gradient` and `update` are of each layer. */
export const CURVES = ['cost', 'score', 'gradient', 'update', 'rate'] as const;
export type Curve = (typeof CURVES)[number];
/** The plane of the output: two features, the others at their mean or at the chosen row, or two principal components. */
export const PLANES = ['mean', 'row', 'components'] as const;
export type PlaneKind = (typeof PLANES)[number];
/** The examples that the equations are shown for: the chosen one, a few, or all that are trained on. */
export const EXAMPLES_SHOWN = ['one', 'few', 'all'] as const;
export type ExamplesShown = (typeof EXAMPLES_SHOWN)[number];

const equation = v.object({ step: v.string(), examples: v.picklist(EXAMPLES_SHOWN) });
export const FIRST_EQUATION: v.InferOutput<typeof equation> = { step: 'Z1', examples: 'all' };

const parameter = v.object({ layer: v.number(), unit: v.number(), input: v.nullable(v.number()) });
/** What is varied in each experiment, where somebody has chosen. */
export const varied = v.record(v.picklist(EXPERIMENTS), v.array(v.number()));

/** What can be done in the Lab. */
export const LAB_CARDS = ['experiments', 'find', 'compare', 'folds'] as const;
export type LabCard = (typeof LAB_CARDS)[number];
/** A key of the settings, and the values that it is to take, as a person writes them. */
export interface GridAxis {
  readonly key: string;
  readonly text: string;
}
export const FIRST_GRID: GridAxis[] = [{ key: 'training.learningRate', text: '0.03, 0.1, 0.3, 1' }];

export const kept = v.object({
  page: v.fallback(v.picklist(PAGE_NAMES), 'overview'),
  uri: v.nullish(v.string()),
  pinned: v.optional(v.boolean()),
  axesFor: v.optional(v.string()),
  axes: v.tuple([v.number(), v.number()]),
  given: v.fallback(v.optional(givenAxes), undefined),
  costScale: v.fallback(v.picklist(COST_SCALES), 'auto'),
  curve: v.fallback(v.picklist(CURVES), 'cost'),
  epochScale: v.fallback(v.picklist(SPACINGS), 'linear'),
  zoom: v.fallback(v.nullable(v.object({ run: v.string(), from: v.number(), to: v.number() })), null),
  plane: v.fallback(v.picklist(PLANES), 'mean'),
  overlaid: v.fallback(v.array(v.string()), []),
  runOrder: v.fallback(v.picklist(RUN_ORDERS), 'newest'),
  onlyDifferences: v.fallback(v.boolean(), true),
  neuron: v.nullable(v.object({ layer: v.number(), unit: v.number() })),
  example: v.number(),
  pair: v.fallback(v.nullable(v.tuple([v.number(), v.number()])), null),
  heat: v.fallback(v.picklist(HEATS), 'A'),
  order: v.fallback(v.picklist(ORDERS), 'target'),
  numbers: v.optional(v.array(v.string()), []),
  equation: v.fallback(equation, FIRST_EQUATION),
  experiment: v.fallback(v.picklist(EXPERIMENTS), 'initialization'),
  labCard: v.fallback(v.picklist(LAB_CARDS), 'experiments'),
  grid: v.fallback(v.array(v.object({ key: v.string(), text: v.string() })), FIRST_GRID),
  seeds: v.fallback(v.number(), 1),
  varied: v.fallback(varied, {}),
  notesOpen: v.optional(v.boolean(), false),
  handlesOpen: v.optional(v.boolean(), false),
  parameter: v.fallback(v.nullable(parameter), null),
  exercise: v.fallback(v.nullish(v.string()), null),
  moment: v.fallback(v.nullable(v.object({ run: v.string(), epoch: v.number() })), null),
});
