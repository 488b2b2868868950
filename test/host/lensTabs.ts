import * as vscode from 'vscode';
import { lensTabs } from '../../src/host/lensTabs';
import { show, until } from './support';

/** The titles of the tabs with a Lens, each with the column it is in. */
export const lenses = () => lensTabs().map(({ label, group }) => `${label} in ${group.viewColumn}`);
export const columns = () => vscode.window.tabGroups.all.length;

/** Resolves once the tabs with a Lens are these. */
export async function lensesAre(...expected: string[]): Promise<void> {
  const isSo = (seen: string[]) => seen.toSorted().join('\n') === expected.toSorted().join('\n');
  await until(`Lenses ${expected.join(', ')}`, async () => lenses(), isSo);
}

/** Turns to a tab with a Lens, as a click on it does; again where an editor that comes late takes the focus back. */
export async function turnToLens(): Promise<void> {
  const turn = async () => {
    const [tab] = lensTabs();
    const column = ['First', 'Second', 'Third'][tab.group.viewColumn - 1];
    await vscode.commands.executeCommand(`workbench.action.focus${column}EditorGroup`);
    return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
  };
  await until('the Lens in front', turn, (label) => lensTabs().some((tab) => tab.label === label));
}

/** Opens a file in the first column, whichever has the focus: a Lens that comes late may take it. */
export const showFile = (uri: vscode.Uri) => show(uri, vscode.ViewColumn.One);
/** Turns to the first column, which the files are opened in. */
export const turnToFiles = () => vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
export const pin = () => vscode.commands.executeCommand('neuronLens.pinLens');
