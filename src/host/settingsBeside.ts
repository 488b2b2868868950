import * as vscode from 'vscode';
import { lensTabs } from './lensTabs';

const ORDINALS = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth'];
/** Newer versions of VS Code show settings over everything; this puts them into a column. */
const INTO_COLUMN = 'workbench.action.moveModalEditorToMain';

/** Opens our settings in a column that shows no Lens; where there is none, in a new one beside it. */
export async function openSettingsBeside(): Promise<void> {
  const lenses = new Set(lensTabs().flatMap(({ isActive, group }) => (isActive ? [group.viewColumn] : [])));
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const free = [activeTabGroup, ...all].find(({ viewColumn }) => !lenses.has(viewColumn));
  const focus = free ? `focus${ORDINALS.at(free.viewColumn - 1) ?? 'Active'}EditorGroup` : 'newGroupRight';
  await vscode.commands.executeCommand(`workbench.action.${focus}`);
  await vscode.commands.executeCommand('workbench.action.openSettings', 'neuronLens');
  const commands = await vscode.commands.getCommands(true);
  if (commands.includes(INTO_COLUMN)) await vscode.commands.executeCommand(INTO_COLUMN);
}
