import type { Finding } from '../core/verdicts/checks';
import { findingText, runAdvice, type NameOfSetting } from './runs';
import { unitAdvice, unitFindingText } from './units';

/** The sentence of what a check has found, of the run or of its units. */
export function checkText({ of, finding }: Finding): string {
  if (of === 'run') return findingText(finding);
  const text = unitFindingText(finding);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What a person can do about it. */
export const checkAdvice = ({ of, finding }: Finding, setting: NameOfSetting): string =>
  of === 'run' ? runAdvice(finding.code, setting) : unitAdvice(finding.code, setting);
