import * as vscode from 'vscode';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { Session } from '../session/session';
import { datasetKeys } from '../settings/settings';
import type { ActiveFile } from './activeFile';
import { checkFile } from './checkFile';
import { registerColumnActions } from './columnActions';
import { currentFile, fileToTrain } from './currentFile';
import type { DatasetView } from './datasetView';
import type { Diagnostics } from './diagnostics';
import type { Asked } from './lens';
import type { Lenses } from './lenses';
import { sayInformation } from './say';
import { showPlace } from './showPlace';
import type { Sessions } from '../session/sessions';
import type { FileSettings } from './settings';
import type { Tables } from './tables';

export interface Parts {
  readonly fileSettings: FileSettings;
  readonly sessions: Sessions;
  readonly tables: Tables;
  readonly diagnostics: Diagnostics;
  readonly datasetView: DatasetView;
  readonly activeFile: ActiveFile;
  readonly log: vscode.LogOutputChannel;
}

/** All commands. Each takes a `Uri`, else means the CSV that is open, else asks. */
export function registerCommands(parts: Parts, lensViews: Lenses): vscode.Disposable {
  const { fileSettings, sessions, tables, diagnostics, datasetView, activeFile, log } = parts;
  const onFile = (name: string, run: (uri: vscode.Uri) => unknown) =>
    vscode.commands.registerCommand(`neuronLens.${name}`, async (argument?: unknown) => {
      const uri = await currentFile(argument, activeFile);
      if (uri) await run(uri);
    });
  const onSession = (name: string, run: (session: Session) => unknown) =>
    onFile(name, async (uri) => {
      const session = sessions.get(uri);
      if (session) await run(session);
      else void sayInformation('Nothing has been trained on this file yet.');
    });

  return vscode.Disposable.from(
    vscode.commands.registerCommand('neuronLens.train', async (argument?: unknown) => {
      const uri = await fileToTrain(argument, activeFile);
      if (!uri) return;
      sessions.start(uri);
      await lensViews.reveal(uri);
    }),
    onSession('pause', (session) => session.pause()),
    onSession('resume', (session) => session.resume()),
    onSession('stop', (session) => session.stop()),
    onSession('step', (session) => session.step()),
    onSession('continue', async (session) => {
      await lensViews.reveal(vscode.Uri.parse(session.uri, true));
      return session.continue();
    }),
    onSession('skipToEnd', (session) => session.skipToEnd()),
    onFile('undo', (uri) => sessions.undo(uri)),
    onFile('showLens', (uri) => lensViews.reveal(uri)),
    onFile('openInTab', (uri) => lensViews.openTab(uri)),
    vscode.commands.registerCommand('neuronLens.pinLens', () => lensViews.togglePin()),
    onFile('chooseTarget', async (uri) =>
      (await import('./targetPicker')).chooseTarget(uri, tables, fileSettings, log),
    ),
    onFile('chooseDelimiter', async (uri) =>
      (await import('./dialectPickers')).chooseDelimiter(uri, fileSettings),
    ),
    onFile('chooseEncoding', async (uri) =>
      (await import('./dialectPickers')).chooseEncoding(uri, fileSettings),
    ),
    onFile('checkFile', (uri) => checkFile(uri, tables, diagnostics, log)),
    onFile('showTable', (uri) => datasetView.reveal(uri)),
    onFile('showProblem', async (uri) => {
      const error = await checkFile(uri, tables, diagnostics, log);
      if (error) await showPlace(uri, error);
    }),
    vscode.commands.registerCommand(
      'neuronLens.setForFile',
      async (uri: unknown, key: unknown, value: unknown) => {
        const known = datasetKeys.find((candidate) => candidate === key);
        if (uri instanceof vscode.Uri && known) await fileSettings.override(uri, { [known]: value });
      },
    ),
    vscode.commands.registerCommand(
      'neuronLens.changeListForFile',
      async (uri: unknown, list: unknown, change: unknown, item: unknown) => {
        const known = datasetKeys.find((candidate) => candidate === list);
        if (!(uri instanceof vscode.Uri) || !known) return;
        await fileSettings.override(uri, (settings) => {
          const present: unknown = settings[known];
          if (!Array.isArray(present)) return {};
          const others = (present as unknown[]).filter((each) => each !== item);
          return { [known]: change === 'add' ? [...others, item] : others };
        });
      },
    ),
    registerColumnActions(fileSettings),
    vscode.commands.registerCommand('neuronLens.showLog', () => log.show()),
  );
}

/** Does what a Lens asks for. */
export async function answer(
  asked: Asked,
  session: Session | undefined,
  uri: vscode.Uri | undefined,
): Promise<void> {
  const command = (name: string, ...rest: unknown[]) =>
    vscode.commands.executeCommand(name, ...(uri ? [uri] : []), ...rest);
  if (asked.type === 'showLine') {
    if (uri) await showPlace(uri, { line: asked.line });
    return;
  }
  if (asked.type === 'answer') {
    if (!session?.question) throw new UserError(message('nothing-to-answer', {}));
    session.answer(asked.choice === 'end' ? 'end' : 'goOn');
    return;
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
      await vscode.commands.executeCommand('workbench.action.openSettings', 'neuronLens');
      return;
    case 'showFile':
      if (uri) await showPlace(uri);
      return;
    case 'showLog':
      await vscode.commands.executeCommand('neuronLens.showLog');
      return;
    default:
      asked.action satisfies never;
  }
}
