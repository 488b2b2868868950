import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ColumnView } from '../data/table/tableView';
import { cut, whole } from '../core/format';
import type { ActiveFile } from './activeFile';
import type * as DatasetText from './datasetText';
import { safeName, safeText } from './safeText';
import type { Checked, Tables } from './tables';

export const VIEW = 'neuronLens.dataset';

/** A column of the table, a fact about one, or a sentence in place of a table. */
export type DatasetItem =
  | { readonly kind: 'column'; readonly uri: vscode.Uri; readonly column: ColumnView; readonly rows: number }
  | { readonly kind: 'fact'; readonly label: string; readonly description: string }
  | { readonly kind: 'note'; readonly label: string; readonly icon: string };

const icons = {
  target: 'target',
  ignored: 'circle-slash',
  leftOut: 'circle-slash',
  split: 'split-horizontal',
};
const typeIcons = {
  ...{ ticked: 'checklist', list: 'list-unordered' },
  ...{ number: 'symbol-number', category: 'symbol-enum', boolean: 'symbol-boolean' },
  ...{ date: 'calendar', time: 'clock' },
  ...{ text: 'symbol-string', identifier: 'key', constant: 'symbol-constant' },
};
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
    const { factsOf, summaryOf } = await import('./datasetText');
    if (parent)
      return parent.kind === 'column'
        ? factsOf(parent.column, parent.rows).map((fact): DatasetItem => ({ kind: 'fact', ...fact }))
        : [];
    const { textOf } = await import('./text');
    const { uri } = this;
    if (!uri || !this.view.visible) return [];
    const checked = await this.tables.check(uri);
    if (uri !== this.uri) return [];
    this.shown = checked;
    this.view.message = '';
    this.view.description = safeText(path.posix.basename(uri.path));
    if (!checked) return [];
    if ('failure' in checked)
      return [{ kind: 'note', label: textOf(checked.failure.message), icon: 'error' }];
    const { table } = checked;
    this.view.message = safeText(summaryOf(table));
    const rows = table.rows ?? 0;
    const more = table.names.length - table.columns.length;
    return [
      ...(table.error
        ? [
            {
              kind: 'note' as const,
              label: `Line ${whole(table.error.line)}: ${textOf(table.error)}`,
              icon: 'error',
            },
          ]
        : []),
      ...table.columns.map((column): DatasetItem => ({ kind: 'column', uri, column, rows })),
      ...(more > 0
        ? [{ kind: 'note' as const, label: `And ${whole(more)} more columns.`, icon: 'ellipsis' }]
        : []),
    ];
  }

  async getTreeItem(item: DatasetItem): Promise<vscode.TreeItem> {
    if (item.kind === 'column') return columnItem(item, await import('./datasetText'));
    const shown = new vscode.TreeItem(safeText(item.label));
    if (item.kind === 'fact') shown.description = safeText(item.description);
    else {
      shown.iconPath = new vscode.ThemeIcon(item.icon);
      shown.tooltip = safeText(item.label);
    }
    return shown;
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

function columnItem(
  { column, rows }: DatasetItem & { kind: 'column' },
  { distinctText, percent, roles, sparkline, evidenceText }: typeof DatasetText,
): vscode.TreeItem {
  const { name, role, type, evidence, missing, distinct, bars } = column;
  const item = new vscode.TreeItem(safeName(name), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = name;
  const facts = [
    type,
    ...(role === 'feature' ? [] : [roles[role]]),
    ...(missing > 0 ? [`${percent(missing, rows)} missing`] : []),
    `${distinctText(distinct)} distinct`,
  ];
  // The picture first: a narrow side bar cuts off the end.
  item.description = safeText(`${sparkline(bars)} ${facts.join(' · ')}`.trimStart());
  item.iconPath = new vscode.ThemeIcon(role === 'feature' ? typeIcons[type] : icons[role]);
  item.contextValue = `${role}${column.usable ? '' : '.unusable'}`;
  item.tooltip = safeText(`${cut(name)}: ${roles[role]}, ${type}, because ${evidenceText(evidence)}.`);
  item.accessibilityInformation = {
    label: safeText(
      `${cut(name)}, ${roles[role]}, ${type}, ${percent(missing, rows)} missing, ${distinctText(distinct)} distinct values`,
    ),
  };
  return item;
}
