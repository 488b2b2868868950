import * as path from 'node:path';
import * as vscode from 'vscode';
import { cut } from '../core/format';
import type { ActiveFile } from './activeFile';
import { CSV_GLOBS, isCsv, isCsvName } from './csvFiles';
import { choose, sayError } from './say';

/** Files that are offered to choose from. */
const MOST_FILES = 200;
const CHOOSE = 'Choose a CSV File…';

/** The file that a command means: its argument, else the one looked at, else one the person picks. */
export async function currentFile(
  argument: unknown,
  activeFile: ActiveFile,
): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  return activeFile.uri ?? pickFile();
}

/**
 * The file to train on: as {@link currentFile}, but never another than the person sees. Says so where that is no CSV, and
 * offers to choose one.
 */
export async function fileToTrain(
  argument: unknown,
  activeFile: ActiveFile,
): Promise<vscode.Uri | undefined> {
  const file = argument instanceof vscode.Uri ? argument : fileInEditor();
  if (!file) return currentFile(undefined, activeFile);
  if (isCsvFile(file)) return file;
  const choice = await sayError(
    `${cut(path.posix.basename(file.path))} is no CSV file, so there is nothing to train on. Name it .csv or .tsv, or change its language to CSV.`,
    CHOOSE,
  );
  return choice === CHOOSE ? pickFile() : undefined;
}

/** Whether it is a CSV by its name, or by the language it is open under. */
const isCsvFile = (uri: vscode.Uri): boolean =>
  isCsvName(uri.path) ||
  vscode.workspace.textDocuments.some(
    (document) => document.uri.toString() === uri.toString() && isCsv(document),
  );

/** The file in the active tab, whatever it is; undefined for a Lens, the settings, or no tab at all. */
function fileInEditor(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  if (input instanceof vscode.TabInputTextDiff) return input.modified;
  return undefined;
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const found = await Promise.all(
    CSV_GLOBS.map((glob) => vscode.workspace.findFiles(glob, '**/node_modules/**', MOST_FILES)),
  );
  const files = found.flat();
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
