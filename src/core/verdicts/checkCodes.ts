import { EDGE_CODE } from './edges';
import type { RunCode } from './runChecks';
import type { UnitCode } from './unitChecks';

/** What is found of units is told of a run where it holds of most of a layer, or where all of the layer is saturated. */
export const toldUnitCodes = ['same', 'dead', 'constant', 'saturated'] as const satisfies readonly UnitCode[];

/** What the advice on the table says of a training already, by the codes that it has there. */
export const tableCodes = [
  ...(['leakage', 'leakage-missing', 'leakage-copy', 'leakage-together', 'group-gives-away'] as const),
  ...(['rows-follow-order', 'rows-in-groups'] as const),
] as const;

/** What is found of what was compared. */
const comparedCodes = [EDGE_CODE] as const;

/** An object, so that no code is left out. */
const runCodes: Readonly<Record<RunCode, true>> = {
  ...({ diverged: true, 'cost-above-start': true, 'cost-swings': true, 'cost-stuck': true } as const),
  ...({ 'test-cost-rising': true, 'still-improving': true, 'no-better-than-guessing': true } as const),
  ...({ 'rare-class-missed': true, overfitting: true, underfitting: true } as const),
  ...({ 'no-better-than-line': true, 'test-too-small': true, 'golden-feature': true } as const),
  ...({ 'beyond-training': true, 'correlated-features': true, 'useless-features': true } as const),
};

export type CheckCode = RunCode | (typeof toldUnitCodes | typeof tableCodes | typeof comparedCodes)[number];

/** Every code that a check can have; each of them can be muted. */
export const checkCodes = [
  ...(Object.keys(runCodes) as RunCode[]),
  ...toldUnitCodes,
  ...tableCodes,
  ...comparedCodes,
] as readonly CheckCode[];
