import type * as vscode from 'vscode';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import {
  axisOf,
  combinationCount,
  combinationsOf,
  MOST_TRAININGS,
  variableKeys,
  type Axis,
} from '../settings/grid';
import type { SettingKey, Settings } from '../settings/settings';
import type { HandleWrites } from './handleWrites';
import type { Asked } from './lens';
import type { LensParts } from './lenses';
import type { ShownSession } from './shownSession';

/** What the Lab's requests act on. */
interface Parts extends LensParts {
  readonly writes: HandleWrites;
}

const ofLab = [
  ...(['experiment', 'endExperiment', 'adopt', 'find', 'endFind', 'adoptFound'] as const),
  ...(['compare', 'endCompare', 'adoptCompared'] as const),
  ...(['crossValidate', 'endCrossValidation'] as const),
] as const;
export type OfLab = Extract<Asked, { type: (typeof ofLab)[number] }>;
export const isOfLab = (asked: Asked): asked is OfLab => ofLab.some((type) => type === asked.type);

/** Begins or ends what trains beside the shown run, one thing at a time, or trains with the settings of what was tried. */
export async function answerLab(
  { writes, fileSettings, sessions }: Parts,
  asked: OfLab,
  shown: ShownSession | undefined,
  uri: vscode.Uri | undefined,
): Promise<void> {
  if (!shown || !uri) return;
  const { lab, finding, comparing, crossValidating, session } = shown;
  /** Those that no test score has led to. */
  const adopt = async (chosen: Partial<Settings>) => {
    const today = fileSettings.read(uri).settings;
    const changes = Object.entries(chosen).filter(
      ([key, value]) => JSON.stringify(today[key as SettingKey]) !== JSON.stringify(value),
    );
    await writes.setAll(uri, Object.fromEntries(changes));
    sessions.start(uri);
  };
  switch (asked.type) {
    case 'experiment':
      // What comes of it is shown as it comes.
      void lab.start(asked.kind, asked.values);
      return;
    case 'endExperiment':
      lab.end();
      return;
    case 'adopt': {
      const changes = lab.changesOf(asked.kind, asked.tile, fileSettings.read(uri).settings);
      await writes.setAll(uri, changes);
      const hasTest = (session.dataset?.testRows ?? 0) > 0;
      sessions.start(uri, hasTest ? lab.variedBy(asked.kind, asked.tile) : []);
      return;
    }
    case 'find':
      void finding.start(asked.seconds, asked.keeps);
      return;
    case 'endFind':
      finding.end();
      return;
    case 'adoptFound':
      await adopt(finding.changesOf(asked.index));
      return;
    case 'compare': {
      const axes = readAxes(asked.axes);
      void comparing.start(axes.keys, combinationsOf(axes.all), asked.seeds);
      return;
    }
    case 'endCompare':
      comparing.end();
      return;
    case 'adoptCompared':
      await adopt(comparing.changesOf(asked.candidate, fileSettings.read(uri).settings));
      return;
    case 'crossValidate':
      void crossValidating.start({ folds: asked.folds, repeats: asked.repeats });
      return;
    case 'endCrossValidation':
      crossValidating.end();
      return;
    default:
      asked satisfies never;
  }
}

/** The axes of a grid as they were typed. Throws UserError for what cannot be used. */
function readAxes(axes: readonly { readonly key: string; readonly text: string }[]) {
  const keys: SettingKey[] = [];
  const all: Axis[] = [];
  for (const { key: given, text } of axes) {
    const key = variableKeys.find((each) => each === given);
    const read = key ? axisOf(key, text) : undefined;
    // The page says what is wrong while it is typed.
    if (!key || !read || 'problem' in read || keys.includes(key))
      throw new UserError(message('nothing-to-compare', {}));
    keys.push(key);
    all.push(read.axis);
  }
  const trainings = combinationCount(all);
  if (trainings > MOST_TRAININGS)
    throw new UserError(message('too-many-trainings', { trainings, folds: 1, most: MOST_TRAININGS }));
  return { keys, all };
}
