import { unwatchFile, watchFile, type Stats } from 'node:fs';
import * as vscode from 'vscode';

/** How often a file on disk is asked whether it is still the same. */
const EVERY_MS = 1000;

export interface Renamed {
  readonly from: vscode.Uri;
  readonly to: vscode.Uri;
}

/** One that watches a file, under whatever name it has now. */
interface Watcher {
  uri: vscode.Uri;
}

/**
 * Tells what becomes of known files on disk, whether or not an editor shows them, and whoever changes them: VS Code,
 * where renames are known as such and those of folders count for the files in them, or another program.
 */
export class FileWatch implements vscode.Disposable {
  private readonly watchers = new Set<Watcher>();
  private readonly onDisk = new Map<string, vscode.Disposable>();
  /** Files that VS Code is about to rename. */
  private moving: readonly vscode.Uri[] = [];
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly renamed = new vscode.EventEmitter<Renamed>();
  private readonly deleted = new vscode.EventEmitter<vscode.Uri>();
  private readonly disposables: vscode.Disposable;
  /** A watched file has another content, or may have. */
  readonly onDidChange = this.changed.event;
  /** A watched file has another name, under which it is watched from now on. */
  readonly onDidRename = this.renamed.event;
  /** A watched file is gone; it goes on being watched, for it may come back. */
  readonly onDidDelete = this.deleted.event;

  constructor() {
    const { workspace } = vscode;
    this.disposables = vscode.Disposable.from(
      this.changed,
      this.renamed,
      this.deleted,
      workspace.onWillRenameFiles(({ files }) => (this.moving = files.map(({ oldUri }) => oldUri))),
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.rename(oldUri, newUri);
        this.moving = [];
      }),
      workspace.onDidDeleteFiles(({ files }) => {
        for (const folder of files)
          for (const uri of this.known()) if (isIn(uri, folder)) this.deleted.fire(uri);
      }),
    );
  }

  /** Watches a file, also under names that it gets later, until the result is disposed of. */
  watch(uri: vscode.Uri): vscode.Disposable {
    const watcher: Watcher = { uri };
    this.watchers.add(watcher);
    this.updateOnDisk();
    return new vscode.Disposable(() => {
      this.watchers.delete(watcher);
      this.updateOnDisk();
    });
  }

  /** Whether VS Code is renaming the file: an editor that closes is then no sign that it isn't looked at any more. */
  isMoving(uri: vscode.Uri): boolean {
    return this.moving.some((folder) => isIn(uri, folder));
  }

  dispose(): void {
    this.watchers.clear();
    this.updateOnDisk();
    this.disposables.dispose();
  }

  private known(): vscode.Uri[] {
    return [...new Map([...this.watchers].map(({ uri }) => [uri.toString(), uri])).values()];
  }

  private rename(oldUri: vscode.Uri, newUri: vscode.Uri): void {
    for (const from of this.known()) {
      if (!isIn(from, oldUri)) continue;
      const to = newUri.with({ path: newUri.path + from.path.slice(oldUri.path.length) });
      for (const watcher of this.watchers) if (watcher.uri.toString() === from.toString()) watcher.uri = to;
      this.renamed.fire({ from, to });
    }
    this.updateOnDisk();
  }

  private updateOnDisk(): void {
    const needed = new Map(this.known().map((uri) => [uri.toString(), uri]));
    for (const [key, watch] of this.onDisk) {
      if (needed.has(key)) continue;
      watch.dispose();
      this.onDisk.delete(key);
    }
    for (const [key, uri] of needed) if (!this.onDisk.has(key)) this.onDisk.set(key, this.watchOnDisk(uri));
  }

  /**
   * A file on disk is asked for its state now and then: that works on every kind of drive, in folders that VS Code does
   * not watch, and never blocks. Of other files VS Code tells.
   */
  private watchOnDisk(uri: vscode.Uri): vscode.Disposable {
    if (uri.scheme === 'file') {
      const look = (now: Stats, before: Stats) => {
        if (this.isMoving(uri)) return;
        if (now.nlink === 0) this.deleted.fire(uri);
        else if (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino) {
          this.changed.fire(uri);
        }
      };
      watchFile(uri.fsPath, { interval: EVERY_MS, persistent: false }, look);
      return new vscode.Disposable(() => unwatchFile(uri.fsPath, look));
    }
    const folder = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*');
    const watcher = vscode.workspace.createFileSystemWatcher(folder);
    const tell = (event: vscode.EventEmitter<vscode.Uri>) => (seen: vscode.Uri) => {
      if (seen.toString() === uri.toString() && !this.isMoving(uri)) event.fire(uri);
    };
    watcher.onDidChange(tell(this.changed));
    watcher.onDidCreate(tell(this.changed));
    watcher.onDidDelete(tell(this.deleted));
    return watcher;
  }
}

/** Whether a file is the other one, or lies in that folder. */
const isIn = (uri: vscode.Uri, folder: vscode.Uri): boolean =>
  uri.scheme === folder.scheme &&
  uri.authority === folder.authority &&
  (uri.path === folder.path || uri.path.startsWith(`${folder.path}/`));
