import * as vscode from 'vscode';
import { nameOf } from '../core/format';

/** The kind of tab a Lens is in. */
export const PANEL = 'neuronLens.lensPanel';

/** All tabs with a Lens, also those that nobody has turned to since the window was loaded. */
export const lensTabs = (): vscode.Tab[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    // VS Code puts a prefix of its own before the kind.
    tabs.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL)),
  );

/** Closes tabs; one that is gone already is none of our business. */
export async function closeTabs(tabs: readonly vscode.Tab[]): Promise<void> {
  if (tabs.length === 0) return;
  try {
    await vscode.window.tabGroups.close(tabs, true);
  } catch {
    // Somebody was quicker.
  }
}

/** Whether a tab, were it brought to the front where it is, would hide the editor of a file. */
export function covers({ visible, viewColumn }: vscode.WebviewPanel, uri: vscode.Uri): boolean {
  const group = vscode.window.tabGroups.all.find((each) => each.viewColumn === viewColumn);
  const input = group?.activeTab?.input;
  return !visible && input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}

export const hasLensTab = (): boolean => lensTabs().length > 0;

/** The end of the title of one that stays on its file. */
export const PINNED = ' (pinned)';

/** What stands on the tab of a Lens, once it is made safe. */
export function titleOf(uri: vscode.Uri | undefined, isPinned: boolean): string {
  const name = uri ? `Lens: ${nameOf(uri.toString())}` : 'Lens';
  return isPinned ? name + PINNED : name;
}

/** The title of the Lens that is in front in the group with the focus; undefined: something else is. */
export const frontTitle = (): string | undefined =>
  lensTabs().find((tab) => tab === vscode.window.tabGroups.activeTabGroup.activeTab)?.label;
