import * as vscode from 'vscode';
import type { Tables } from './tables';
import { UserError } from '../data/userError';
import { failureOf } from '../data/failure';
import { sayFailure } from './problems';
import { overrideForFile } from './settings';

/** Lets a person choose the column to predict; the choice is written to `neuronLens.datasets`. */
export async function chooseTarget(
  uri: vscode.Uri,
  tables: Tables,
  log: vscode.LogOutputChannel,
): Promise<boolean> {
  const checked = await tables.check(uri);
  if (!checked) return false;
  if ('failure' in checked) {
    await sayFailure(uri, checked.failure, log);
    return false;
  }
  const { names, target, targetReason, error } = checked.table;
  if (names.length === 0 && error) {
    await sayFailure(uri, failureOf(new UserError(error.message, error)), log);
    return false;
  }
  const items = names.map((label) => ({ label, description: label === target ? targetReason : '' }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Column to predict',
    placeHolder: `Now: ${target}`,
  });
  if (!chosen) return false;
  await overrideForFile(uri, { 'data.target': chosen.label });
  return true;
}
