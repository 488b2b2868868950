import { curveChecks, type CurveArgs } from './curveChecks';
import { dataChecks, type DataArgs } from './dataChecks';
import type { Remedy } from './remedy';
import { severities, type RunCheck, type RunFacts, type Severity } from './runFacts';
import { scoreChecks, type ScoreArgs } from './scoreChecks';

export type { Divergence, RunFacts, Severity } from './runFacts';

/** What each check finds. */
export interface RunArgs extends CurveArgs, ScoreArgs, DataArgs {}
export type RunCode = keyof RunArgs;

/** The table of checks: of those that weigh the same, what matters more stands first. */
export const runChecks: { readonly [C in RunCode]: RunCheck<RunArgs[C]> } = {
  ...curveChecks,
  ...scoreChecks,
  ...dataChecks,
};
const runCodes = Object.keys(runChecks) as readonly RunCode[];

/** Whether a check is about the table, whatever is trained on it. */
export const isOfData = (code: RunCode): boolean => runChecks[code].isOfData === true;

/** What says the same once more where the first of them holds, or follows from it. */
const FOLLOWS: Partial<Record<RunCode, readonly RunCode[]>> = {
  'cost-above-start': ['no-better-than-guessing', 'underfitting', 'no-better-than-line'],
  'cost-swings': ['no-better-than-guessing', 'underfitting', 'no-better-than-line'],
  'cost-stuck': ['no-better-than-guessing', 'underfitting', 'no-better-than-line'],
  'no-better-than-guessing': ['underfitting', 'no-better-than-line'],
  'test-cost-rising': ['overfitting', 'underfitting', 'no-better-than-line'],
  overfitting: ['underfitting', 'no-better-than-line'],
  underfitting: ['no-better-than-line'],
};

/** Of a table with fewer rows nothing is sure: what is found of it is good to know, and no more. */
const FEW_ROWS = 50;
/** @param rows of the table; null where that is not known */
export const ofSmall = (severity: Severity, rows: number | null): Severity =>
  severity === 'warning' && rows !== null && rows < FEW_ROWS ? 'information' : severity;

type FindingOf<C extends RunCode> = {
  [K in C]: {
    readonly code: K;
    readonly severity: Severity;
    readonly args: RunArgs[K];
    readonly remedy: Remedy | null;
  };
}[C];
/** What a check has found of a run: one code, one sentence. */
export type RunFinding = FindingOf<RunCode>;

/** All that the checks find, what weighs more first. */
export function runFindings(facts: RunFacts): RunFinding[] {
  const { table } = facts;
  const finding = <C extends RunCode>(code: C): FindingOf<C>[] => {
    const check = runChecks[code];
    const args = check.rule(facts);
    if (!args) return [];
    const severity = ofSmall(check.severity(args), table ? table.trainRows + table.testRows : null);
    return [{ code, severity, args, remedy: check.remedy?.(args, facts) ?? null }];
  };
  const found: RunFinding[] = runCodes.flatMap((code) => finding(code));
  const said = new Set(found.flatMap(({ code }) => FOLLOWS[code] ?? []));
  return bySeverity(found.filter(({ code }) => !said.has(code)));
}

/** What weighs more first; what weighs the same stays in its order. */
export const bySeverity = <F extends { readonly severity: Severity }>(found: readonly F[]): F[] =>
  severities.flatMap((severity) => found.filter((each) => each.severity === severity));
