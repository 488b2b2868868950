import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ColumnView } from '../data/table/tableView';
import type { ActiveFile } from './activeFile';
import { safeText } from './safeText';
import type { Checked, Tables } from './tables';

export const VIEW = 'neuronLens.dataset';

/** A column of the table, a fact about one, or a sentence in place of a table. */
export type DatasetItem =
  | { readonly kind: 'column'; readonly uri: vscode.Uri; readonly column: ColumnView; readonly rows: number }
  | { readonly kind: 'fact'; readonly label: string; readonly description: string }
  | { readonly kind: 'note'; readonly label: string; readonly icon: string };

/** The columns of the active file, in the side bar. */
export class DatasetView implements vscode.TreeDataProvider<DatasetItem>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<DatasetItem>;
  private readonly disposables: vscode.Disposable;
  private uri: vscode.Uri | undefined;
  private shown: Checked | undefined;
  /** Whether something else than what is shown is to be shown. */
  private stale = true;

  constructor(
    private readonly activeFile: ActiveFile,
    private readonly tables: Tables,
  ) {
    this.view = vscode.window.createTreeView<DatasetItem>(VIEW, { treeDataProvider: this });
    this.disposables = vscode.Disposable.from(
      this.view,
      this.changed,
      activeFile.onDidChange(() => this.follow()),
      this.view.onDidChangeVisibility(() => this.follow()),
      tables.onDidRead((uri) => {
        if (uri.toString() !== this.uri?.toString() || !this.shown) return;
        if (this.shown !== tables.checked(uri)) this.stale = true;
        this.follow();
      }),
      tables.onDidForget((uri) => {
        if (uri.toString() !== this.uri?.toString()) return;
        this.stale = true;
        this.follow();
      }),
    );
    this.follow();
  }

  /** Shows a file's columns, in front. */
  async reveal(uri: vscode.Uri): Promise<void> {
    this.activeFile.look(uri);
    await vscode.commands.executeCommand(`${VIEW}.focus`);
  }

  async getChildren(parent?: DatasetItem): Promise<DatasetItem[]> {
    // The view may stay closed; what it says is loaded when it is opened.
    const { factsBelow, itemsOf } = await import('./datasetItems');
    if (parent) return factsBelow(parent);
    const { uri } = this;
    if (!uri || !this.view.visible) return [];
    const checked = await this.tables.check(uri);
    if (uri !== this.uri) return [];
    this.shown = checked;
    this.view.message = '';
    this.view.description = safeText(path.posix.basename(uri.path));
    if (!checked) return [];
    if ('failure' in checked) {
      const { textOf } = await import('./text');
      return [{ kind: 'note', label: textOf(checked.failure.message), icon: 'error' }];
    }
    const { summaryOf } = await import('./datasetText');
    this.view.message = safeText(summaryOf(checked.table));
    return itemsOf(uri, checked.table);
  }

  async getTreeItem(item: DatasetItem): Promise<vscode.TreeItem> {
    return (await import('./datasetItems')).treeItemOf(item);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private follow(): void {
    const { uri } = this.activeFile;
    if (uri?.toString() !== this.uri?.toString()) this.stale = true;
    this.uri = uri;
    // Nothing is read for a view that nobody sees.
    if (!this.view.visible || !this.stale) return;
    this.stale = false;
    this.shown = undefined;
    this.changed.fire(undefined);
  }
}
