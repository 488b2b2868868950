import * as vscode from 'vscode';
import type { Session } from './session';
import { datasetKeys } from '../settings/settings';
import { checkFile } from './checkFile';
import { registerColumnActions } from './columnActions';
import type { DatasetView } from './datasetView';
import type { Diagnostics } from './diagnostics';
import { chooseDelimiter, chooseEncoding } from './dialectPickers';
import type { Asked } from './lens';
import type { LensViews } from './lensViews';
import { showPlace } from './problems';
import { choose, sayError, sayInformation } from './say';
import type { Sessions } from './sessions';
import type { FileSettings } from './settings';
import { isCsv } from './source';
import type { Tables } from './tables';
import { chooseTarget } from './targetPicker';

const CSV_NAME = /\.(csv|tsv)(\.gz)?$/i;

export interface Parts {
  readonly fileSettings: FileSettings;
  readonly sessions: Sessions;
  readonly tables: Tables;
  readonly diagnostics: Diagnostics;
  readonly datasetView: DatasetView;
  readonly log: vscode.LogOutputChannel;
}

/** All commands. Each takes a `Uri`, else means the CSV that is open, else asks. */
export function registerCommands(parts: Parts, lensViews: LensViews): vscode.Disposable {
  const { fileSettings, sessions, tables, diagnostics, datasetView, log } = parts;
  const onFile = (name: string, run: (uri: vscode.Uri) => unknown) =>
    vscode.commands.registerCommand(`neuronLens.${name}`, async (argument?: unknown) => {
      const uri = argument instanceof vscode.Uri ? argument : await currentFile(sessions);
      if (uri) await run(uri);
    });
  const onSession = (name: string, run: (session: Session) => unknown) =>
    onFile(name, async (uri) => {
      const session = sessions.get(uri);
      if (session) await run(session);
      else void sayInformation('Nothing has been trained on this file yet.');
    });

  return vscode.Disposable.from(
    onFile('train', (uri) => train(uri, sessions, lensViews)),
    onSession('pause', (session) => session.pause()),
    onSession('resume', (session) => session.resume()),
    onSession('stop', (session) => session.stop()),
    onSession('step', (session) => session.step()),
    onSession('continue', (session) => {
      lensViews.reveal(session);
      return session.continue();
    }),
    onFile('showLens', (uri) => {
      const session = sessions.get(uri);
      if (session) lensViews.reveal(session);
      else lensViews.openPanel(uri);
    }),
    onFile('chooseTarget', (uri) => chooseTarget(uri, tables, fileSettings, log)),
    onFile('chooseDelimiter', (uri) => chooseDelimiter(uri, fileSettings)),
    onFile('chooseEncoding', (uri) => chooseEncoding(uri, fileSettings)),
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
    registerColumnActions(fileSettings),
    vscode.commands.registerCommand('neuronLens.showLog', () => log.show()),
  );
}

function train(uri: vscode.Uri, sessions: Sessions, lensViews: LensViews): void {
  lensViews.reveal(sessions.start(uri));
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
    case 'skipToEnd':
      session?.skipToEnd();
      return;
    case 'openSettings':
      await vscode.commands.executeCommand('workbench.action.openSettings', 'neuronLens');
      return;
    case 'showFile':
      if (uri) await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
      return;
    case 'showLog':
      await vscode.commands.executeCommand('neuronLens.showLog');
      return;
    default:
      asked.action satisfies never;
  }
}

/** The CSV in the active editor or tab, else the active session's, else one the person picks. */
async function currentFile(sessions: Sessions): Promise<vscode.Uri | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document && isCsv(document)) return document.uri;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (
    (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) &&
    CSV_NAME.test(input.uri.path)
  ) {
    return input.uri;
  }
  if (sessions.active) return sessions.active.uri;
  const files = await vscode.workspace.findFiles(
    '**/*.{csv,tsv,CSV,TSV,csv.gz,tsv.gz}',
    '**/node_modules/**',
    200,
  );
  if (files.length === 0) {
    void sayError('There is no CSV file to train on. Open one, or a folder that has one.');
    return undefined;
  }
  if (files.length === 1) return files[0];
  const choices = files
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), value: uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return choose(choices, { title: 'CSV file to train on' });
}
