import * as vscode from 'vscode';
import { failureOf } from '../data/failure';
import type { Model } from '../runs/model';
import { parseModel } from '../runs/modelFile';
import { ModelError } from '../runs/modelJson';
import { readModel } from '../runs/readModel';
import { safeText } from './safeText';
import { textOf } from './text';

/**
 * What a dialog offers. The dialog of a workbench in the browser knows `json` alone as the ending of `a.neuron.json`; to a
 * name with none it adds the first.
 */
export const MODELS = { 'Neuron Lens model': ['neuron.json', 'json'] };
export const TABLES = { CSV: ['csv', 'tsv', 'txt'] };

/** The model in a file. Throws ModelError for what is none, or cannot be read. */
export async function modelIn(uri: vscode.Uri): Promise<Model> {
  try {
    return uri.scheme === 'file'
      ? await readModel(uri.fsPath)
      : parseModel(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    const { bug, message } = failureOf(error);
    // Whoever has several files before them is to know which of them it is.
    throw error instanceof ModelError || bug ? error : new ModelError(textOf(message));
  }
}

/**
 * Asks for a file that is there.
 * @param proposed the file that the dialog starts from, where one is likely
 */
export async function openFile(
  title: string,
  filters: Record<string, string[]>,
  beside: vscode.Uri | undefined,
  proposed?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const start = proposed ?? (beside && vscode.Uri.joinPath(beside, '..'));
  const chosen = await vscode.window.showOpenDialog({
    title: safeText(title),
    filters,
    ...(start && { defaultUri: start }),
  });
  return chosen?.[0];
}
