import * as vscode from 'vscode';
import { csvSelector } from './csvFiles';
import { TableDiagnostic } from './diagnostics';
import type { Fix } from './fixParts';
import { safeText } from './safeText';
import type { FileSettings } from './settings';

/** Offers, for each problem of a file, the settings that mend it. */
export function registerQuickFixes(fileSettings: FileSettings): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    csvSelector,
    {
      provideCodeActions: async ({ uri }, _range, { diagnostics }) => {
        const ours = diagnostics.filter((each) => each instanceof TableDiagnostic);
        // An editor asks as soon as it shows a file, when there is nothing to mend yet.
        if (ours.length === 0) return [];
        const { fixesOf } = await import('./quickFixes');
        const { settings } = fileSettings.read(uri);
        return ours.flatMap((diagnostic) =>
          fixesOf(diagnostic.problem, settings).map((fix, k) => actionOf(uri, diagnostic, fix, k === 0)),
        );
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function actionOf(
  uri: vscode.Uri,
  diagnostic: vscode.Diagnostic,
  fix: Fix,
  first: boolean,
): vscode.CodeAction {
  const { title } = fix;
  const action = new vscode.CodeAction(safeText(title), vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = first;
  action.command = commandOf(uri, fix);
  return action;
}

function commandOf(uri: vscode.Uri, fix: Fix): vscode.Command {
  const { title } = fix;
  if ('command' in fix) return { title, command: `neuronLens.${fix.command}`, arguments: [uri] };
  if ('list' in fix) {
    const { list, change, item } = fix;
    return { title, command: 'neuronLens.changeListForFile', arguments: [uri, list, change, item] };
  }
  if ('changes' in fix)
    return { title, command: 'neuronLens.setSeveralForFile', arguments: [uri, fix.changes] };
  if ('map' in fix) {
    const value = fix.map === 'data.placeholders' ? fix.texts : fix.value;
    return { title, command: 'neuronLens.changeColumnForFile', arguments: [uri, fix.map, fix.column, value] };
  }
  return { title, command: 'neuronLens.setForFile', arguments: [uri, fix.key, fix.value] };
}
