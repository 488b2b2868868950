import { computed, signal } from '@preact/signals';
import { parameterCount, type Network } from '../../src/core/network';
import { parametersOver, type RunSignals } from '../store';
import type { ListedRun, OtherRuns } from './otherRuns';

/** A setting of runs beside one another. */
export interface SettingRow {
  readonly name: string;
  /** One for each run; empty where a run has none of this name. */
  readonly values: readonly string[];
  readonly differs: boolean;
}

/** The runs that stand beside one another: the shown one, then those whose curves are drawn, in the order of the list. */
export function runsBeside(others: OtherRuns, overlaid: readonly string[]): readonly ListedRun[] {
  const rows = others.rows.value;
  const drawn = rows.filter(({ id, isShown }) => !isShown && overlaid.includes(id));
  return drawn.length === 0 ? [] : [...rows.filter(({ isShown }) => isShown), ...drawn];
}

/** All settings of runs, in their order; empty before all have come. */
export function settingRows(
  { compared }: Pick<OtherRuns, 'compared'>,
  runs: readonly Pick<ListedRun, 'id'>[],
): readonly SettingRow[] {
  const all = runs.map(({ id }) => compared.value.get(id)?.settings);
  const [first] = all;
  if (!first || all.includes(undefined)) return [];
  return first.map(({ name }) => {
    const values = all.map((settings) => settings?.find((each) => each.name === name)?.value ?? '');
    return { name, values, differs: values.some((value) => value !== values[0]) };
  });
}

/** A run on the data of the shown one, so that the pictures of a run can show what it predicts. */
export function runOfWeights(run: RunSignals, network: Network, weights: Float64Array): RunSignals {
  const fits = weights.length === parameterCount(network);
  return {
    ...run,
    view: computed(() => ({ ...run.view.value, network })),
    parameters: signal(fits ? parametersOver(network, weights) : null),
    moment: signal(null),
  };
}
