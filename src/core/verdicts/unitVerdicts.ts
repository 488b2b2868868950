import type { Network, Parameters } from '../network';
import type { Remedy } from './remedy';
import { unitCheck, unitCodes, type UnitCode } from './unitChecks';
import { unitFacts, type PassNumbers, type UnitFacts } from './unitFacts';

/** What the checks say of one hidden unit. */
export interface UnitVerdict {
  readonly facts: UnitFacts;
  /** The first check of the table that holds. */
  readonly code: UnitCode;
  /** All that hold, the verdict first; `healthy` only where no other does. */
  readonly codes: readonly UnitCode[];
}

/** Units of one layer of which the same is to be said. */
export interface UnitFinding {
  readonly code: UnitCode;
  readonly layer: number;
  /** How many there are. */
  readonly hiddenLayers: number;
  readonly units: readonly UnitFacts[];
  /** Whether they are half of their layer, or more; and all of it. */
  readonly isMost: boolean;
  readonly isAll: boolean;
  /** What can be done, where it holds of most of the layer. */
  readonly remedy: Remedy | null;
}

/** The verdicts of all units of each hidden layer: those of layer l stand at l − 1. */
export function unitVerdicts(network: Network, parameters: Parameters, pass: PassNumbers): UnitVerdict[][] {
  return network.sizes
    .slice(1, -1)
    .map((_, index) => unitFacts(network, parameters, pass, index + 1).map(verdictOf));
}

export function verdictOf(facts: UnitFacts): UnitVerdict {
  const held = unitCodes.filter((code) => unitCheck(code).rule(facts));
  const codes = held.length > 1 ? held.filter((code) => code !== 'healthy') : held;
  return { facts, code: codes[0], codes };
}

/** What there is to say of the units, what weighs more first; units of a layer with the same verdict stand together. */
export function unitFindings(verdicts: readonly (readonly UnitVerdict[])[]): UnitFinding[] {
  const finding = (code: UnitCode, units: readonly UnitFacts[]): UnitFinding => {
    const [{ layer }] = units;
    const isMost = 2 * units.length >= verdicts[layer - 1].length;
    return {
      ...{ code, layer, hiddenLayers: verdicts.length, units, isMost },
      isAll: units.length === verdicts[layer - 1].length,
      remedy: (isMost && unitCheck(code).remedy?.(units[0])) || null,
    };
  };
  return unitCodes
    .filter((code) => code !== 'healthy')
    .flatMap((code) =>
      verdicts.flatMap((layer) => {
        const units = layer.filter((verdict) => verdict.code === code).map(({ facts }) => facts);
        if (code === 'same') return groupsOf(units).map((group) => finding(code, group));
        return units.length > 0 ? [finding(code, units)] : [];
      }),
    );
}

/** Units that are twins of one another, group by group. */
function groupsOf(units: readonly UnitFacts[]): UnitFacts[][] {
  const left = new Map(units.map((facts) => [facts.unit, facts]));
  const groups: UnitFacts[][] = [];
  for (const first of units) {
    if (!left.delete(first.unit)) continue;
    const group = [first];
    for (const { same, opposite } of group) {
      for (const other of [...same, ...opposite]) {
        const facts = left.get(other);
        if (facts) group.push(facts);
        left.delete(other);
      }
    }
    groups.push(group.sort((a, b) => a.unit - b.unit));
  }
  return groups;
}
