import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Location } from '../runs/runPlaces';
import { RunList } from '../session/runList';
import type { Sessions } from '../session/sessions';
import { Debouncer } from './debouncer';

/** The files of a pull come one after the other, and the weights of a run after its head. */
const QUIET_MS = 1000;
const RUN = '.run.json';

/** Looks for runs that somebody else has put into the folders that the settings name, or taken out, as by a pull. */
export class RunFolderWatch implements vscode.Disposable {
  private followed = '';
  private watchers: vscode.Disposable[] = [];
  private readonly came = new Set<string>();
  private readonly went = new Map<string, vscode.Uri>();
  private readonly quiet = new Debouncer(QUIET_MS, () => void this.look());

  constructor(private readonly sessions: () => Sessions) {}

  /** From now on these folders, and no others. */
  follow(locations: readonly Location[]): void {
    const folders = JSON.stringify(locations);
    if (folders === this.followed) return;
    this.stop();
    this.followed = folders;
    this.watchers = locations.map(({ workspaceFolder, location }) => {
      const folder = vscode.Uri.joinPath(vscode.Uri.parse(workspaceFolder, true), location);
      const pattern = new vscode.RelativePattern(folder, `*${RUN}`);
      const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, true, false);
      const idOf = (uri: vscode.Uri) => path.posix.basename(uri.path, RUN);
      const created = watcher.onDidCreate((uri) => {
        this.came.add(idOf(uri));
        this.quiet.touch();
      });
      const deleted = watcher.onDidDelete((uri) => {
        this.went.set(idOf(uri), uri);
        this.quiet.touch();
      });
      return vscode.Disposable.from(created, deleted, watcher);
    });
  }

  dispose(): void {
    this.stop();
    this.quiet.dispose();
  }

  private stop(): void {
    this.watchers.splice(0).forEach((watcher) => void watcher.dispose());
  }

  private async look(): Promise<void> {
    const sessions = this.sessions();
    const list = new RunList(sessions.listParts);
    for (const [id, uri] of this.went) {
      this.went.delete(id);
      // One that is written anew, as by a checkout, is there again.
      if (!(await isThere(uri))) list.lost(id);
    }
    const runsOf = () => new Map(sessions.all.map(({ uri }) => [uri, sessions.runsOf(uri)]));
    const before = runsOf();
    const known = new Set([...before.values()].flat());
    const isNew = [...this.came].some((id) => !known.has(id));
    this.came.clear();
    // Most of what comes has been trained here.
    if (!isNew) return;
    // Where a list of the runs is looked at, all of them have been read.
    const read = sessions.all.filter(({ uri }) => list.of(uri).length === before.get(uri)?.length);
    await sessions.restoreMore();
    const after = runsOf();
    for (const { uri } of read) if (after.get(uri)?.length !== before.get(uri)?.length) await list.read(uri);
  }
}

const isThere = async (uri: vscode.Uri): Promise<boolean> => {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
};
