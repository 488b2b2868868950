import * as vscode from 'vscode';
import { cut, whole } from '../core/format';
import type { TableView } from '../data/table/tableView';
import type { DatasetItem } from './datasetView';
import { distinctText, evidenceText, factsOf, percent, roles, sparkline } from './datasetText';
import { safeName, safeText } from './safeText';
import { textOf } from './text';

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
/** What stands below a table's name. */
export function itemsOf(uri: vscode.Uri, table: TableView): DatasetItem[] {
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

/** What stands below a column. */
export const factsBelow = (parent: DatasetItem): DatasetItem[] =>
  parent.kind === 'column'
    ? factsOf(parent.column, parent.rows).map((fact): DatasetItem => ({ kind: 'fact', ...fact }))
    : [];

/** An item as the tree shows it. */
export function treeItemOf(item: DatasetItem): vscode.TreeItem {
  if (item.kind === 'column') return columnItem(item);
  const shown = new vscode.TreeItem(safeText(item.label));
  if (item.kind === 'fact') shown.description = safeText(item.description);
  else {
    shown.iconPath = new vscode.ThemeIcon(item.icon);
    shown.tooltip = safeText(item.label);
  }
  return shown;
}

function columnItem({ column, rows }: DatasetItem & { kind: 'column' }): vscode.TreeItem {
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
