import { toldUnitCodes } from './checkCodes';
import { bySeverity, ofSmall, type RunFinding } from './runChecks';
import type { Severity } from './runFacts';
import { unitCheck } from './unitChecks';
import type { UnitFinding } from './unitVerdicts';

/** What a check has found, of a run or of the units of a layer. */
export type Finding =
  | { readonly of: 'run'; readonly severity: Severity; readonly finding: RunFinding }
  | { readonly of: 'units'; readonly severity: Severity; readonly finding: UnitFinding };

/**
 * All findings that are not muted, what weighs more first: of a run that has diverged nothing else.
 * @param rows of the table; null where that is not known
 */
export function checkFindings(
  ofRun: readonly RunFinding[],
  ofUnits: readonly UnitFinding[],
  rows: number | null,
  muted: readonly string[],
): Finding[] {
  const diverged = ofRun.find(({ code }) => code === 'diverged');
  const all: Finding[] = [
    ...(diverged ? [diverged] : ofRun).map((finding): Finding => ({
      of: 'run',
      severity: finding.severity,
      finding,
    })),
    ...(diverged ? [] : ofUnits).flatMap((finding): Finding[] => {
      const severity = weightOf(finding);
      return severity ? [{ of: 'units', severity: ofSmall(severity, rows), finding }] : [];
    }),
  ];
  return bySeverity(all).filter(({ finding }) => !muted.includes(finding.code));
}

/** A saturated layer is one whose units all are so on this share of the rows: half is normal once it has learnt. */
const NEARLY_ALL_ROWS = 0.9;

/** Null where it is no matter of the whole training. */
function weightOf({ code, units, isMost, isAll }: UnitFinding): Severity | null {
  if (!toldUnitCodes.some((told) => told === code)) return null;
  if (unitCheck(code).weight(units[0]) === 'warning') return isMost ? 'warning' : null;
  const isSwitch = units.every(({ flat, rows }) => flat >= NEARLY_ALL_ROWS * rows);
  return code === 'saturated' && isAll && isSwitch ? 'information' : null;
}
