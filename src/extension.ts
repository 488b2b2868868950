import * as path from 'node:path';
import * as vscode from 'vscode';
import { ActiveFile } from './host/activeFile';
import { Checkpoints } from './host/checkpoints';
import { registerContextKeys } from './host/contextKeys';
import { CsvCodeLens } from './host/codeLens';
import { answer, registerCommands } from './host/commands';
import { DatasetView } from './host/datasetView';
import { Diagnostics } from './host/diagnostics';
import { FileWatch } from './host/fileWatch';
import { LensViews } from './host/lensViews';
import { registerFailureMessages } from './host/problems';
import { registerQuickFixes } from './host/quickFixProvider';
import { safeLines, safeText } from './host/safeText';
import { Sessions } from './host/sessions';
import { FileSettings } from './host/settings';
import { sourceOf } from './host/source';
import { registerStatusBar } from './host/statusBar';
import { Tables } from './host/tables';

/** What tests and other extensions may look at. */
export interface Api {
  readonly fileSettings: FileSettings;
  readonly sessions: Sessions;
  readonly tables: Tables;
  readonly activeFile: ActiveFile;
  readonly fileWatch: FileWatch;
  readonly datasetView: DatasetView;
  readonly codeLens: CsvCodeLens;
}

let checkpoints: Checkpoints | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const workerScript = path.join(context.extensionPath, 'dist', 'trainer.js');
  const storage = path.join((context.storageUri ?? context.globalStorageUri).fsPath, 'trainings');
  const log = vscode.window.createOutputChannel('Neuron Lens', { log: true });
  const fileSettings = new FileSettings();
  const sessions = new Sessions(fileSettings, {
    workerScript,
    source: sourceOf,
    log: ({ bug, message, detail }) => (bug ? log.error(safeLines(detail)) : log.warn(safeText(message))),
  });
  const fileWatch = new FileWatch();
  const readerScript = path.join(context.extensionPath, 'dist', 'tableReader.js');
  const tables = new Tables(readerScript, fileSettings, fileWatch);
  const diagnostics = new Diagnostics(sessions, tables, fileWatch);
  const activeFile = new ActiveFile(fileWatch);
  const datasetView = new DatasetView(activeFile, tables);
  for (const saved of await Checkpoints.load(storage, log)) sessions.restore(saved);
  if (!activeFile.uri && sessions.active) activeFile.look(sessions.active.uri);
  checkpoints = new Checkpoints(storage, sessions, log);
  // Behind the trainings that come back, so that their files have their lenses at once.
  const codeLens = new CsvCodeLens(sessions, tables, fileSettings);
  const lensViews = new LensViews(context.extensionUri, sessions, answer, (message) =>
    log.error(safeLines(message)),
  );
  context.subscriptions.push(
    log,
    fileSettings,
    sessions,
    fileWatch,
    activeFile,
    tables,
    diagnostics,
    datasetView,
    checkpoints,
    lensViews,
    codeLens,
    activeFile.onDidChange((uri) => {
      const session = uri && sessions.get(uri);
      if (session) sessions.activate(session);
    }),
    registerQuickFixes(fileSettings),
    registerCommands(
      { fileSettings, sessions, tables, diagnostics, datasetView, activeFile, log },
      lensViews,
    ),
    registerContextKeys(sessions, activeFile),
    registerStatusBar(sessions),
    registerFailureMessages(sessions, log),
  );
  return { fileSettings, sessions, tables, activeFile, fileWatch, datasetView, codeLens };
}

/** The last state of each training goes to disk before the window closes. */
export async function deactivate(): Promise<void> {
  await checkpoints?.flush();
}
