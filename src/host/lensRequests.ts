import * as vscode from 'vscode';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { RunList } from '../session/runList';
import type { Session } from '../session/session';
import { definitions, type SettingKey, type Settings } from '../settings/settings';
import { mustBeValid, type HandleWrites } from './handleWrites';
import type { Exercises } from './exercises';
import { answerLab, isOfLab, type OfLab } from './labRequests';
import type { Asked } from './lens';
import type { LensParts } from './lenses';
import type { ShownSession } from './shownSession';
import { openSettingsBeside } from './settingsBeside';
import { revealLines, showPlace } from './showPlace';
import { chooseTarget } from './targetPicker';

/** Does what a Lens asks for; what it throws is said in the Lens. */
export type Ask = (
  asked: Asked,
  shown: ShownSession | undefined,
  uri: vscode.Uri | undefined,
) => Promise<unknown>;

/** What the requests of a Lens act on. */
interface Parts extends LensParts {
  readonly writes: HandleWrites;
  readonly list: RunList;
  readonly exercises: Exercises;
  /** Turns to the file with a run that was looked at before. */
  back(): void;
}

/** Does what a Lens asks for. */
export const answers =
  (parts: Parts): Ask =>
  (asked, shown, uri) => {
    if (isOfLab(asked)) return answerLab(parts, asked, shown, uri);
    return isOfHandles(asked)
      ? turn(parts, asked, shown?.session, uri)
      : answer(parts, asked, shown?.session, uri);
  };

async function answer(
  parts: Parts,
  asked: Exclude<Asked, OfHandles | OfLab>,
  session: Session | undefined,
  uri: vscode.Uri | undefined,
): Promise<unknown> {
  const { writes, tables, log } = parts;
  const command = (name: string, ...rest: unknown[]) =>
    vscode.commands.executeCommand(name, ...(uri ? [uri] : []), ...rest);
  const { list } = parts;
  const address = uri?.toString() ?? '';
  switch (asked.type) {
    case 'showLines':
      if (!uri) return;
      if (!asked.focus) return revealLines(uri, asked.lines);
      await showPlace(uri, { line: asked.lines[0] });
      return;
    case 'answer':
      if (!session?.question) throw new UserError(message('nothing-to-answer', {}));
      session.answer(asked.choice === 'end' ? 'end' : 'goOn');
      return;
    case 'remedy':
      if (!uri) return;
      await writes.setAll(uri, withIgnored(asked.changes, parts.fileSettings.read(uri).settings));
      await command('neuronLens.train');
      return;
    case 'mute': {
      if (!uri) return;
      const muted = parts.fileSettings.read(uri).settings['data.mutedChecks'];
      if (!muted.includes(asked.code)) await writes.set(uri, 'data.mutedChecks', [...muted, asked.code]);
      return;
    }
    case 'branch':
      if (session) await parts.sessions.branch(session, asked.epoch);
      return;
    case 'editByHand':
      await session?.editByHand(asked.edit, asked.held);
      return;
    case 'exercise': {
      if (asked.does === 'forget') return parts.exercises.forget(asked.id, session);
      const { setUpExercise } = await import('./exerciseSetUp');
      await setUpExercise(parts, asked.id, asked.does, uri);
      return;
    }
    case 'guess':
      parts.exercises.guess(asked.id, asked.choice);
      return;
    case 'predicted':
      parts.exercises.predicted(asked.right);
      return;
    case 'runs':
      if (asked.wanted) await list.read(address);
      if (asked.byTest) list.sortedByTest(address);
      return;
    case 'showRun':
      await list.show(address, asked.id);
      return;
    case 'labelRun':
      await list.say(address, asked.id, asked);
      return;
    case 'applyRun': {
      if (!uri) return;
      const { changes, chosen } = await list.settingsOf(
        address,
        asked.id,
        parts.fileSettings.read(uri).settings,
      );
      await writes.setAll(uri, changes);
      parts.sessions.start(uri, (session?.dataset?.testRows ?? 0) > 0 ? chosen : []);
      return;
    }
    case 'runAgain':
      await list.again(address, asked.id);
      return;
    case 'endRunAgain':
      list.endAgain(address);
      return;
    case 'deleteRun':
      await list.delete(address, asked.id);
      return;
    case 'undeleteRun':
      list.undelete(address);
      return;
    case 'save': {
      const { savePicture } = await import('./savePicture');
      await savePicture(asked, session);
      return;
    }
    case 'action':
      break;
    default:
      asked satisfies never;
  }
  switch (asked.action) {
    case 'train':
    case 'restart':
      await command('neuronLens.train');
      return;
    case 'pause':
    case 'resume':
    case 'stop':
    case 'step':
    case 'continue':
      await session?.[asked.action]();
      return;
    case 'undo':
      await command('neuronLens.undo');
      return;
    case 'skipToEnd':
      session?.skipToEnd();
      return;
    case 'openSettings':
      await openSettingsBeside();
      return;
    case 'chooseTarget':
      if (uri) await chooseTarget(uri, tables, (chosen) => writes.set(uri, 'data.target', chosen), log);
      return;
    case 'undoSetting':
      if (uri) await writes.undo(uri);
      return;
    case 'back':
      parts.back();
      return;
    case 'showFile':
      if (uri) await showPlace(uri);
      return;
    case 'showPredictions':
      await vscode.commands.executeCommand('neuronLens.showPredictions');
      return;
    case 'showLog':
      await vscode.commands.executeCommand('neuronLens.showLog');
      return;
    default:
      asked.action satisfies never;
  }
}

type OfHandles = Extract<Asked, { type: 'try' | 'set' | 'reset' }>;
const isOfHandles = (asked: Asked): asked is OfHandles =>
  asked.type === 'try' || asked.type === 'set' || asked.type === 'reset';

/** Turns a handle. */
async function turn(
  { writes, fileSettings }: Parts,
  asked: OfHandles,
  session: Session | undefined,
  uri: vscode.Uri | undefined,
): Promise<void> {
  const { key } = asked;
  if (asked.type === 'try') {
    mustBeValid(key, asked.value);
    if (definitions[key].acts !== 'restart') session?.try(key, asked.value as Settings[typeof key]);
    return;
  }
  if (!uri) return;
  try {
    if (asked.type === 'set') await writes.set(uri, key, asked.value);
    else await writes.reset(uri, key);
  } finally {
    // What was tried gives way to what is written, also where that is what it was before or could not be.
    session?.apply(fileSettings.read(uri));
  }
}

/** Columns that are to be ignored come to those that are. */
function withIgnored(
  changes: Extract<Asked, { type: 'remedy' }>['changes'],
  { 'data.ignoredColumns': ignored }: Settings,
): Partial<Record<SettingKey, unknown>> {
  const { 'data.ignoredColumns': more } = changes;
  if (typeof more !== 'object') return changes;
  return { ...changes, 'data.ignoredColumns': [...new Set<unknown>([...ignored, ...more])] };
}
