import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions';
import { ActiveFile } from './activeFile';
import { FileWatch } from './fileWatch';
import { FileSettings } from './settings';
import { Tables } from './tables';
import { openTrainings } from './trainings';

/** What the features of the extension share: the files, their settings and tables, and the trainings on them. */
export interface Shared extends vscode.Disposable {
  readonly log: vscode.LogOutputChannel;
  readonly fileSettings: FileSettings;
  readonly fileWatch: FileWatch;
  readonly sessions: Sessions;
  readonly tables: Tables;
  readonly activeFile: ActiveFile;
}

export function openShared(context: vscode.ExtensionContext): Shared {
  const log = vscode.window.createOutputChannel('Neuron Lens', { log: true });
  const fileSettings = new FileSettings();
  const fileWatch = new FileWatch();
  const trainings = openTrainings(context, { fileSettings, fileWatch, log });
  const reader = path.join(context.extensionPath, 'dist', 'tableReader.js');
  const tables = new Tables(reader, fileSettings, fileWatch);
  const activeFile = new ActiveFile(fileWatch);
  const { sessions } = trainings;
  // Of a table that has just been read, somebody may want a training.
  const expecting = tables.onDidRead(() => trainings.expect());
  const all = [log, fileSettings, trainings.disposable, expecting, fileWatch, activeFile, tables];
  return {
    ...{ log, fileSettings, fileWatch, sessions, tables, activeFile },
    dispose: () => {
      vscode.Disposable.from(...all).dispose();
    },
  };
}
