import { parseGlob, type GlobFault } from './globParser';
import { matchGlob, Steps, type Glob } from './globs';
import { nearestKey } from './nearest';
import { datasetKeys, settingKeys, type SettingKey } from './settings';
import { isMap, shownValue, type RawSettings } from './values';

/** Characters that the globs may have together. */
const MOST_CHARACTERS = 500_000;

/** Problems of one kind that are named; of more only the number is said. */
const MOST_NAMED = 3;

/** What is wrong with `neuronLens.datasets`. */
export type OverrideProblem =
  | { readonly code: 'no-map' }
  | { readonly code: 'no-settings'; readonly glob: string }
  | { readonly code: 'glob'; readonly glob: string; readonly fault: GlobFault | 'too-slow' }
  | { readonly code: 'too-many-globs'; readonly glob: string }
  | { readonly code: 'unknown-key'; readonly glob: string; readonly written: string }
  | { readonly code: 'more'; readonly number: number };

/** The map `neuronLens.datasets`, its globs ready to be matched. */
export interface Overrides {
  readonly entries: readonly { readonly glob: Glob; readonly values: Readonly<Record<string, unknown>> }[];
  readonly problems: readonly OverrideProblem[];
}

/** Reads the map; an entry that cannot be used is a problem and does not keep the others from acting. */
export function readOverrides(raw: unknown): Overrides {
  if (raw === undefined) return { entries: [], problems: [] };
  if (!isMap(raw)) return { entries: [], problems: [{ code: 'no-map' }] };
  const entries: Overrides['entries'][number][] = [];
  const problems: OverrideProblem[] = [];
  let characters = 0;
  for (const [text, values] of Object.entries(raw)) {
    characters += text.length;
    if (characters > MOST_CHARACTERS) {
      problems.push({ code: 'too-many-globs', glob: text });
      break;
    }
    const glob = parseGlob(text);
    if ('fault' in glob) problems.push({ code: 'glob', glob: text, fault: glob.fault });
    else if (!isMap(values)) problems.push({ code: 'no-settings', glob: text });
    else entries.push({ glob, values });
  }
  return { entries, problems: firstOf(problems) };
}

/**
 * What the map says of one file, by its path in the workspace, slashes between the folders; later entries win.
 * `steps` counts how much there was to match.
 */
export function overridesFor(
  { entries, problems: before }: Overrides,
  path: string,
  steps = new Steps(),
): { values: RawSettings; problems: OverrideProblem[] } {
  const values: Partial<Record<SettingKey, unknown>> = {};
  const slow: OverrideProblem[] = [];
  const unknown: OverrideProblem[] = [];
  for (const { glob, values: given } of entries) {
    const match = matchGlob(glob, path, steps);
    if (steps.taken >= steps.most) {
      slow.push({ code: 'too-many-globs', glob: glob.text });
      break;
    }
    if (match === 'too long') slow.push({ code: 'glob', glob: glob.text, fault: 'too-slow' });
    if (match !== 'yes') continue;
    for (const [written, value] of Object.entries(given)) {
      const key = datasetKeys.find((candidate) => candidate === written);
      if (key) values[key] = value;
      else unknown.push({ code: 'unknown-key', glob: glob.text, written });
    }
  }
  return { values, problems: [...before, ...firstOf(slow), ...firstOf(unknown)] };
}

function firstOf(problems: readonly OverrideProblem[]): OverrideProblem[] {
  const more = problems.length - MOST_NAMED;
  return more <= 0 ? [...problems] : [...problems.slice(0, MOST_NAMED), { code: 'more', number: more }];
}

const faults: Readonly<Record<GlobFault | 'too-slow', string>> = {
  empty: 'is empty',
  'too-long': 'is too long',
  'too-deep': 'has too many brackets in one another',
  'too-slow': 'takes too long to match',
};

/** What is wrong, in a sentence. */
export function overrideProblemText(problem: OverrideProblem): string {
  return `neuronLens.datasets: ${sentence(problem)}`;
}

function sentence(problem: OverrideProblem): string {
  switch (problem.code) {
    case 'no-map':
      return 'expected { "file or glob": { "setting": value } }; it is ignored';
    case 'no-settings':
      return `the entry ${shownValue(problem.glob)} is no map of settings; it is ignored`;
    case 'glob':
      return `the glob ${shownValue(problem.glob)} ${faults[problem.fault]}; it is ignored`;
    case 'too-many-globs':
      return `there is too much to match; the entries from ${shownValue(problem.glob)} on are ignored`;
    case 'unknown-key':
      return `${shownValue(problem.written)} for ${shownValue(problem.glob)} ${unknownKey(problem.written)}`;
    case 'more':
      return `and ${problem.number} more like these`;
    default:
      return problem satisfies never;
  }
}

function unknownKey(written: string): string {
  if (settingKeys.some((key) => key === written)) return 'holds for all files and cannot be set for some';
  const nearest = nearestKey(written, datasetKeys);
  return nearest ? `is no setting; did you mean ${nearest}?` : 'is no setting that a file can have';
}
