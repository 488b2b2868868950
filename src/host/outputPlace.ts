import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { nameOf } from '../core/format';
import { message } from '../data/message';
import { UserError } from '../data/userError';

/** What files that come from a table are called: its name without its ending. */
export const baseNameOf = (table: string, otherwise: string): string =>
  nameOf(table)
    .replace(/(\.gz)?$/i, '')
    .replace(/\.[^.]*$/, '') || otherwise;

/** Beside the table, where files can be written there; else in the workspace. */
export function folderFor(table: string): vscode.Uri {
  const uri = vscode.Uri.parse(table, true);
  if (uri.scheme !== 'untitled' && vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true)
    return vscode.Uri.joinPath(uri, '..');
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}

/** Beside it first, then over it: what was there before stays whole until all of the new file is there. */
export async function writeWhole(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const { fs } = vscode.workspace;
  const beside = uri.with({ path: `${uri.path}.${randomUUID()}.tmp` });
  try {
    await fs.writeFile(beside, bytes);
    await fs.rename(beside, uri, { overwrite: true });
  } catch (error) {
    await fs.delete(beside).then(undefined, () => undefined);
    throw notSaved(uri, error);
  }
}

/** That a file could not be written, by its own name, and why: what was thrown, or a sentence. */
export function notSaved(uri: vscode.Uri, thrown: unknown): UserError {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new UserError(message('not-saved', { file: nameOf(uri.toString()), why }));
}
