import * as vscode from 'vscode';
import type { Source } from '../protocol';

/** The present content of a table: unsaved text if there is any, else the file itself. */
export async function sourceOf(uri: vscode.Uri): Promise<Source> {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  if (document && (document.isDirty || document.isUntitled))
    return { kind: 'text', text: document.getText() };
  if (uri.scheme === 'file') return { kind: 'file', path: uri.fsPath };
  return { kind: 'bytes', bytes: await vscode.workspace.fs.readFile(uri) };
}

/** CSV files by language and, as other extensions rename languages, by name as well. */
export const csvSelector: vscode.DocumentSelector = [
  { language: 'csv' },
  { language: 'tsv' },
  { pattern: '**/*.{csv,tsv,CSV,TSV}' },
];

export const isCsv = (document: vscode.TextDocument): boolean =>
  vscode.languages.match(csvSelector, document) > 0;
