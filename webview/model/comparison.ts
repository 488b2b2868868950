import { whole } from '../../src/core/format';
import { axisOf, combinationCount, MOST_TRAININGS, variableKeys, type Axis } from '../../src/settings/grid';
import { faultText } from '../../src/settings/values';
import type { ComparedView, ComparisonView } from '../../src/protocol/compare';
import type { GridAxis } from '../keptChoices';

/** What a grid comes to: how many settings, or what is wrong with it. */
export function sizeOf(
  grid: readonly GridAxis[],
): { readonly settings: number } | { readonly fault: string } {
  const axes: Axis[] = [];
  if (grid.length === 0) return { fault: 'Add a setting, with the values that it is to take.' };
  for (const { key: given, text } of grid) {
    const key = variableKeys.find((each) => each === given);
    if (!key) return { fault: `${given} is no setting that can be compared.` };
    if (text.trim() === '') return { fault: `Type the values that ${key} is to take.` };
    const read = axisOf(key, text);
    if ('problem' in read) return { fault: `${key}: ${faultText(read.problem)}.` };
    axes.push(read.axis);
  }
  if (new Set(grid.map(({ key }) => key)).size < grid.length)
    return { fault: 'A setting stands there twice.' };
  const settings = combinationCount(axes);
  if (settings > MOST_TRAININGS)
    return { fault: `${whole(settings)} settings: at most ${whole(MOST_TRAININGS)} trainings are compared.` };
  return { settings };
}

/** An axis of the picture: a key with its values from bottom to top, or the score. */
export interface PictureAxis {
  readonly name: string;
  /** Its marks, from bottom to top, and where each stands, from 0 to 1. */
  readonly ticks: readonly { readonly label: string; readonly at: number }[];
  /** Where a compared one stands, from 0 to 1. */
  at(compared: ComparedView): number;
}

/** Between 0 and 1, in the middle where there is nothing to spread over. */
const place = (k: number, count: number) => (count > 1 ? k / (count - 1) : 0.5);

/** Values in their order: numbers by size, others as they first came. */
function inOrder(values: readonly string[]): string[] {
  const unlike = [...new Set(values)];
  return unlike.every((value) => value !== '' && Number.isFinite(Number(value)))
    ? unlike.sort((a, b) => Number(a) - Number(b))
    : unlike;
}

/** The axes of the picture: one for each key, evenly spaced by its values, and at the right the score. */
export function axesOf({ keys, compared }: ComparisonView, score: string): PictureAxis[] {
  const byIndex = [...compared].sort((a, b) => a.candidate - b.candidate);
  const ofKeys = keys.map((name, k): PictureAxis => {
    const values = inOrder(byIndex.map((each) => each.values[k]));
    return {
      name,
      ticks: values.map((label, j) => ({ label, at: place(j, values.length) })),
      at: (each) => place(values.indexOf(each.values[k]), values.length),
    };
  });
  const scores = compared.flatMap((each) => each.score ?? []);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const at = (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
  const ends = high > low ? [low, high] : scores.slice(0, 1);
  const ofScore: PictureAxis = {
    name: score,
    ticks: ends.map((value) => ({ label: String(Number(value.toPrecision(4))), at: at(value) })),
    at: (each) => at(each.score ?? low),
  };
  return [...ofKeys, ofScore];
}

/** Those that could be trained: the others have no place on the picture. */
export const drawn = (comparison: ComparisonView | null): readonly ComparedView[] =>
  comparison?.compared.filter(({ score }) => score !== null) ?? [];
