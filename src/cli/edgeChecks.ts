import { EDGE_CODE, EDGE_SEVERITY, type Edge } from '../core/verdicts/edges';
import { edgeAdvice, edgeText } from '../sentences/edges';
import type { SettingKey, Settings } from '../settings/settings';
import type { CheckLine } from './checks';
import { printJson, print } from './output';
import { checksText, settingName } from './text';

const nameOf = (key: string): string => settingName(key as SettingKey);

/** Says where the best of what was compared lies at the edge of it, as a check says it, unless that is muted. */
export function printEdges(
  edges: readonly Edge[],
  { 'data.mutedChecks': muted }: Pick<Settings, 'data.mutedChecks'>,
  json: boolean,
): void {
  if (edges.length === 0 || muted.includes(EDGE_CODE)) return;
  const check: CheckLine = {
    ...{ code: EDGE_CODE, severity: EDGE_SEVERITY },
    ...{ message: edgeText(edges, nameOf), remedy: edgeAdvice(edges, nameOf) },
  };
  if (json) printJson({ event: 'check', ...check });
  else checksText([check]).forEach(print);
}
