import * as vscode from 'vscode';
import type { Inspector } from './inspector';
import { sayFailure } from './problems';
import { overrideForFile } from './settings';

/** Lets a person choose the column to predict; the choice is written to `neuronLens.datasets`. */
export async function chooseTarget(
  uri: vscode.Uri,
  inspector: Inspector,
  log: vscode.LogOutputChannel,
): Promise<boolean> {
  const inspected = await inspector.inspect(uri);
  if ('failure' in inspected) {
    await sayFailure(uri, inspected.failure, log);
    return false;
  }
  const { names, target, targetReason } = inspected.inspection;
  const items = names.map((label) => ({ label, description: label === target ? targetReason : '' }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Column to predict',
    placeHolder: `Now: ${target}`,
  });
  if (!chosen) return false;
  await overrideForFile(uri, 'data.target', chosen.label);
  return true;
}
