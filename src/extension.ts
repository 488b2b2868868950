import * as vscode from 'vscode';
import { CsvCodeLens } from './host/codeLens';
import { registerCommands } from './host/commands';
import { registerContextKeys } from './host/contextKeys';
import { CursorRow } from './host/cursorRow';
import { DatasetView } from './host/datasetView';
import { Diagnostics } from './host/diagnostics';
import { registerFailureMessages } from './host/failureMessages';
import { Lenses } from './host/lenses';
import { Predictions } from './host/predictions';
import { registerQuickFixes } from './host/quickFixProvider';
import { registerModelEditor } from './host/modelEditors';
import { openShared, type Shared } from './host/shared';
import { registerStatusBar } from './host/statusBar';

/** What tests and other extensions may look at. */
export type Api = ReturnType<typeof activate>;

let opened: Shared | undefined;

export function activate(context: vscode.ExtensionContext) {
  const shared = openShared(context);
  opened = shared;
  const { extensionUri } = context;
  const { log, fileSettings, fileWatch, sessions, tables, activeFile } = shared;
  const diagnostics = new Diagnostics(sessions, tables, fileWatch, fileSettings);
  const datasetView = new DatasetView(activeFile, tables);
  const codeLens = new CsvCodeLens(sessions, tables, fileSettings);
  const predictions = new Predictions(sessions, context.workspaceState, log);
  const lenses = new Lenses({
    ...{ ...shared, predictions, extensionUri, memory: context.globalState },
    sampleFolder: vscode.Uri.joinPath(context.globalStorageUri, 'samples'),
  });
  const cursorRow = new CursorRow(sessions);
  context.subscriptions.push(
    ...[shared, diagnostics, datasetView, codeLens, predictions, lenses, cursorRow],
    cursorRow.onDidMove((places) => lenses.showRows(places.uri, places)),
    registerQuickFixes(fileSettings),
    registerCommands({ ...shared, diagnostics, datasetView, lenses, predictions, extensionUri }),
    registerContextKeys(sessions, activeFile),
    registerStatusBar(sessions),
    registerModelEditor(extensionUri, log),
    registerFailureMessages(sessions, lenses, log),
  );
  return {
    ...{ fileSettings, fileWatch, sessions, tables, activeFile },
    ...{ datasetView, codeLens, cursorRow, predictions },
  };
}

/** The last state of each training goes to disk before the window closes. */
export async function deactivate(): Promise<void> {
  await opened?.sessions.close();
}
