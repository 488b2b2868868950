import { isBent, isRectifier } from '../activations';
import { isConstant } from './spread';
import type { Remedy } from './remedy';
import type { UnitFacts } from './unitFacts';

/** `warning`: it costs the network a unit. `note`: worth knowing, and normal in many a network. */
export type Weight = 'warning' | 'note' | 'fine';

/** One check of hidden units: when it holds; how it is said stands in sentences/units.ts. */
export interface UnitCheck {
  /** How much it matters of a unit. */
  weight(facts: UnitFacts): Weight;
  rule(facts: UnitFacts): boolean;
  /** What a person can do where it holds of most of a layer. */
  remedy?(facts: UnitFacts): Remedy | null;
}

/** From this share of the rows on a unit is called saturated. */
export const SATURATED = 0.5;
/** A unit is linear where it is so on this share of the rows. */
export const NEARLY_ALL = 0.99;
/** A unit that adds less than this share of what the busiest of its layer adds is hardly used. */
export const UNUSED = 0.01;

/** Whether z has one sign on all rows, so that a ReLU is a straight line there. */
const isOneSided = ({ positive, rows }: UnitFacts) => positive === 0 || positive === rows;

/**
 * The table of checks. A unit's verdict is the first that holds, in this order; `healthy` holds of all.
 */
export const unitChecks = {
  same: {
    // Others come to the same in wide layers and under L2, and harm nothing.
    weight: ({ symmetric }) => (symmetric ? 'warning' : 'note'),
    rule: ({ same, opposite }) => same.length + opposite.length > 0,
    remedy: ({ symmetric }) =>
      symmetric ? { code: 'random-weights', changes: { 'model.initialization': 'auto' } } : null,
  },
  dead: {
    weight: () => 'warning',
    rule: ({ activation, positive }) => activation === 'relu' && positive === 0,
    remedy: () => ({ code: 'leaky-relus', changes: { 'model.hiddenActivation': 'leakyRelu' } }),
  },
  constant: {
    weight: () => 'warning',
    rule: ({ a }) => isConstant(a),
  },
  unused: {
    weight: () => 'note',
    rule: ({ reachShare }) => reachShare <= UNUSED,
  },
  saturated: {
    weight: () => 'note',
    rule: (facts) => isBent(facts.activation) && facts.flat >= SATURATED * facts.rows,
  },
  linear: {
    weight: () => 'note',
    rule: (facts) =>
      isRectifier(facts.activation)
        ? isOneSided(facts)
        : isBent(facts.activation) && facts.straight >= NEARLY_ALL * facts.rows,
  },
  healthy: {
    weight: () => 'fine',
    rule: () => true,
  },
} as const satisfies Readonly<Record<string, UnitCheck>>;

export type UnitCode = keyof typeof unitChecks;

/** A check by its code. */
export const unitCheck = (code: UnitCode): UnitCheck => unitChecks[code];
export const unitCodes = Object.keys(unitChecks) as readonly UnitCode[];
