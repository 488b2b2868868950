import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { failureOf } from '../data/failure';
import { CR, LF } from '../data/csv/cells';
import type { TableView } from '../data/table/tableView';
import type { Failure } from '../data/failure';
import { settingKeys, type SettingKey } from '../settings/settings';
import { TableClient } from '../threads/tableClient';
import type { FileWatch } from './fileWatch';
import { headOf } from './head';
import type { FileSettings } from './settings';
import { sourceOf } from './source';
import { TableRequests, type Caller, type Read } from './tableRequests';

export type Checked = { readonly table: TableView } | { readonly failure: Failure };

/** The settings that a table follows from: how it is read, and how it is judged. */
export const tableKeys: readonly SettingKey[] = settingKeys.filter(
  (key) =>
    /^(data|csv)\.(?!mutedChecks)/.test(key) || key === 'model.output' || key === 'training.classWeights',
);

/** The version of a file that no editor shows. */
const UNOPENED = 'unopened';

/** What tables are, read on a thread of their own and remembered as long as they stay the same. */
export class Tables implements vscode.Disposable {
  private readonly requests: TableRequests<Checked>;
  private readonly client: TableClient;
  /** A thread of its own for quick looks, which do not wait until a large table is read. */
  private readonly headClient: TableClient;
  private readonly watches = new Map<string, vscode.Disposable>();
  /** The state of each file on disk when it was last read. */
  private readonly states = new Map<string, string | null>();
  private readonly heads = new Map<string, Promise<Checked | null>>();
  private readonly wasRead = new vscode.EventEmitter<vscode.Uri>();
  private readonly forgotten = new vscode.EventEmitter<vscode.Uri>();
  /** A table has been read. */
  readonly onDidRead = this.wasRead.event;
  /** What was known of a table does not hold any more. */
  readonly onDidForget = this.forgotten.event;
  private readonly disposables: vscode.Disposable;

  /** @param script the path of the thread that reads tables */
  constructor(
    script: string,
    private readonly fileSettings: FileSettings,
    private readonly fileWatch: FileWatch,
  ) {
    this.client = new TableClient(script);
    this.headClient = new TableClient(script);
    this.requests = new TableRequests(this.read, (file) => this.wasRead.fire(vscode.Uri.parse(file, true)));
    this.disposables = vscode.Disposable.from(
      fileSettings.onDidSettle((change) => {
        for (const [file, key] of this.requests.files) {
          const uri = vscode.Uri.parse(file, true);
          // What was read under the new settings already, holds; what was read while they changed and changed back, does not.
          const isOther = key !== this.keyOf(uri);
          if (!isOther && !change.affects(uri, tableKeys)) continue;
          if (isOther) this.requests.forget(file, this.keyOf(uri));
          this.forgotten.fire(uri);
        }
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.forget(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.letGo(uri)),
      fileWatch.onDidChange((uri) => void this.forgetIfChanged(uri)),
      fileWatch.onDidDelete((uri) => this.forget(uri)),
      fileWatch.onDidRename(({ from }) => this.letGo(from)),
      this.wasRead,
      this.forgotten,
    );
  }

  /**
   * All of a table, from memory if it is still the same; if it changes while it is read, as it is then. Undefined when
   * the caller's signal ended it.
   */
  check(uri: vscode.Uri, caller?: Caller): Promise<Checked | undefined> {
    const file = uri.toString();
    if (!this.watches.has(file)) this.watches.set(file, this.fileWatch.watch(uri));
    return this.requests.ask(file, this.keyOf(uri), caller);
  }

  /** All of a table if it has been read already and is still the same. */
  checked(uri: vscode.Uri): Checked | undefined {
    return this.requests.known(uri.toString(), this.keyOf(uri));
  }

  /** As {@link check}, but anew where nothing tells at once whether the file is still the same. */
  recheck(uri: vscode.Uri, caller?: Caller): Promise<Checked | undefined> {
    const file = uri.toString();
    if (!openDocument(uri) && this.checked(uri)) this.requests.forget(file, this.keyOf(uri));
    return this.check(uri, caller);
  }

  /**
   * What the head of a document shows, at once; all of it follows by {@link onDidRead}. Null when the first line is
   * longer than the head.
   */
  head(document: vscode.TextDocument): Promise<Checked | null> {
    const key = `${document.uri.toString()} ${this.keyOf(document.uri)}`;
    const pending = this.heads.get(key) ?? this.readHead(document).finally(() => this.heads.delete(key));
    // A disk that does not answer is asked once.
    this.heads.set(key, pending);
    return pending;
  }

  dispose(): void {
    this.requests.dispose();
    this.client.dispose();
    this.headClient.dispose();
    this.watches.forEach((watch) => void watch.dispose());
    this.disposables.dispose();
  }

  /** What a table follows from: the text of the document, where there is one, and the settings. */
  private keyOf(uri: vscode.Uri): string {
    const document = openDocument(uri);
    const { settings } = this.fileSettings.read(uri);
    const how = JSON.stringify(tableKeys.map((key) => settings[key]));
    return `${document ? `${document.version} ${document.isDirty}` : UNOPENED} ${how}`;
  }

  private readonly read: Read<Checked> = async (file, how) => {
    const uri = vscode.Uri.parse(file, true);
    try {
      this.states.set(file, await stateOf(uri));
      const source = await sourceOf(uri);
      const { settings } = this.fileSettings.read(uri);
      return await this.client.check({ source, settings, wantsHash: false }, how);
    } catch (error) {
      return { failure: failureOf(error) };
    }
  };

  private async readHead(document: vscode.TextDocument): Promise<Checked | null> {
    try {
      const { bytes, whole } = await headOf(document);
      if (!whole && !bytes.includes(LF) && !bytes.includes(CR)) return null;
      const { settings } = this.fileSettings.read(document.uri);
      const source = { kind: 'bytes', bytes } as const;
      return (await this.headClient.check({ source, settings, wantsHash: false, head: { whole } })) ?? null;
    } catch (error) {
      return { failure: failureOf(error) };
    }
  }

  private forget(uri: vscode.Uri): void {
    this.requests.forget(uri.toString(), this.keyOf(uri));
    this.forgotten.fire(uri);
  }

  /** What was read since holds: a document that was saved has been read by the time that the disk is looked at. */
  private async forgetIfChanged(uri: vscode.Uri): Promise<void> {
    const state = await stateOf(uri);
    if (state === null || state !== this.states.get(uri.toString())) this.forget(uri);
  }

  /** The file is known no more under this name, or is not looked at any more. */
  private letGo(uri: vscode.Uri): void {
    const file = uri.toString();
    this.watches.get(file)?.dispose();
    this.watches.delete(file);
    this.states.delete(file);
    this.forget(uri);
  }
}

export const openDocument = (uri: vscode.Uri): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());

/** Another text for another state of the file; null where that cannot be told. */
async function stateOf(uri: vscode.Uri): Promise<string | null> {
  if (uri.scheme !== 'file') return null;
  return stat(uri.fsPath).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => null,
  );
}
