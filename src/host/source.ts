import * as vscode from 'vscode';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { Source } from '../protocol/source';

/** Files of other schemes come through VS Code in one piece, which is kept in memory: bytes at most. */
const MOST_REMOTE = 256_000_000;

/** The present content of a table: unsaved text if there is any, else the file itself. Throws UserError when it is too large. */
export async function sourceOf(uri: vscode.Uri): Promise<Source> {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  if (document && (document.isDirty || document.isUntitled))
    return { kind: 'text', text: document.getText() };
  if (uri.scheme === 'file') return { kind: 'file', path: uri.fsPath };
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MOST_REMOTE) {
    throw new UserError(
      message('remote-too-large', { megabytes: Math.ceil(size / 1e6), most: MOST_REMOTE / 1e6 }),
    );
  }
  return { kind: 'bytes', bytes: await vscode.workspace.fs.readFile(uri) };
}
