import * as path from 'node:path';
import * as vscode from 'vscode';
import { ActiveFile } from './host/activeFile';
import { registerContextKeys } from './host/contextKeys';
import { CsvCodeLens } from './host/codeLens';
import { registerCommands } from './host/commands';
import { CursorRow } from './host/cursorRow';
import { DatasetView } from './host/datasetView';
import { Diagnostics } from './host/diagnostics';
import { FileWatch } from './host/fileWatch';
import { Lenses } from './host/lenses';
import { registerFailureMessages } from './host/failureMessages';
import { registerQuickFixes } from './host/quickFixProvider';
import { Predictions } from './host/predictions';
import { FileSettings } from './host/settings';
import { registerStatusBar } from './host/statusBar';
import { Tables } from './host/tables';
import { openTrainings } from './host/trainings';
import type { Sessions } from './session/sessions';

/** What tests and other extensions may look at. */
export interface Api {
  readonly fileSettings: FileSettings;
  readonly sessions: Sessions;
  readonly tables: Tables;
  readonly activeFile: ActiveFile;
  readonly fileWatch: FileWatch;
  readonly datasetView: DatasetView;
  readonly codeLens: CsvCodeLens;
  readonly cursorRow: CursorRow;
  readonly predictions: Predictions;
}

let opened: Sessions | undefined;

export function activate(context: vscode.ExtensionContext): Api {
  const log = vscode.window.createOutputChannel('Neuron Lens', { log: true });
  const fileSettings = new FileSettings();
  const fileWatch = new FileWatch();
  const trainings = openTrainings(context, { fileSettings, fileWatch, log });
  const { sessions } = trainings;
  opened = sessions;
  const readerScript = path.join(context.extensionPath, 'dist', 'tableReader.js');
  const tables = new Tables(readerScript, fileSettings, fileWatch);
  const diagnostics = new Diagnostics(sessions, tables, fileWatch, fileSettings);
  const activeFile = new ActiveFile(fileWatch);
  const datasetView = new DatasetView(activeFile, tables);
  const codeLens = new CsvCodeLens(sessions, tables, fileSettings);
  const { extensionUri, globalState: memory } = context;
  const predictions = new Predictions(sessions, context.workspaceState, log);
  const sampleFolder = vscode.Uri.joinPath(context.globalStorageUri, 'samples');
  const lenses = new Lenses({
    ...{ extensionUri, sessions, activeFile, fileSettings, tables, predictions, memory, sampleFolder, log },
  });
  const cursorRow = new CursorRow(sessions);
  context.subscriptions.push(
    log,
    fileSettings,
    trainings.disposable,
    // Of a table that has just been read, somebody may want a training.
    tables.onDidRead(() => trainings.expect()),
    fileWatch,
    activeFile,
    tables,
    diagnostics,
    datasetView,
    lenses,
    cursorRow,
    predictions,
    cursorRow.onDidMove((places) => lenses.showRows(places.uri, places)),
    codeLens,
    registerQuickFixes(fileSettings),
    registerCommands({
      ...{ fileSettings, sessions, tables, diagnostics, datasetView, activeFile, lenses, predictions, log },
    }),
    registerContextKeys(sessions, activeFile),
    registerStatusBar(sessions),
    registerFailureMessages(sessions, lenses, log),
  );
  return {
    fileSettings,
    sessions,
    tables,
    activeFile,
    fileWatch,
    datasetView,
    codeLens,
    cursorRow,
    predictions,
  };
}

/** The last state of each training goes to disk before the window closes. */
export async function deactivate(): Promise<void> {
  await opened?.close();
}
