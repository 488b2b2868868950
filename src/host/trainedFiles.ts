import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions';
import type { FileWatch } from './fileWatch';

/** Files beyond this size are not hashed only to see whether they changed: that they were written is enough. */
const MOST_HASHED = 512 * 1024 * 1024;

/** Tells the trainings what becomes of their files: another name, another content, or gone. */
export function followFiles(sessions: Sessions, fileWatch: FileWatch): vscode.Disposable {
  const watches = new Map<string, vscode.Disposable>();
  const watch = (address: string) => {
    if (!watches.has(address)) watches.set(address, fileWatch.watch(vscode.Uri.parse(address, true)));
  };
  return vscode.Disposable.from(
    sessions.onDidChange(({ session, change }) => {
      if (change === 'current' || change === 'file') watch(session.uri);
    }),
    fileWatch.onDidChange((uri) => {
      if (!sessions.get(uri)) return;
      void hashOf(uri).then((hash) => {
        // It was written: that is enough.
        sessions.fileIs(uri, hash === undefined ? '' : hash);
      });
    }),
    fileWatch.onDidDelete((uri) => sessions.fileIs(uri, null)),
    fileWatch.onDidRename(({ from, to }) => {
      watches.get(from.toString())?.dispose();
      watches.delete(from.toString());
      void sessions.renamed(from, to);
    }),
    new vscode.Disposable(() => {
      for (const each of watches.values()) each.dispose();
    }),
  );
}

/** SHA-256 of a file, in pieces, so that the editor stays free; null when it is gone, undefined when it is too large to look. */
export async function hashOf(uri: vscode.Uri): Promise<string | null | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (!(type & vscode.FileType.File) || size > MOST_HASHED) return undefined;
    const hash = createHash('sha256');
    if (uri.scheme === 'file') await pipeline(createReadStream(uri.fsPath), hash);
    else hash.update(await vscode.workspace.fs.readFile(uri));
    return hash.digest('hex');
  } catch {
    return null;
  }
}
