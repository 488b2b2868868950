import * as path from 'node:path';
import * as vscode from 'vscode';
import { cut, whole } from '../core/format';
import { failureOf } from '../data/failure';
import type { Place } from '../data/userError';
import type { NoEditor } from '../protocol/lens';
import { lensTabs } from './lensTabs';
import { sayError, sayInformation } from './say';
import { textOf } from './text';

/** Larger files are opened by VS Code, but extensions get no document of them. */
const MOST_SYNCHRONIZED = 50 * 1024 * 1024;

/**
 * Opens a file, with a cell selected where one is meant; where no editor can show it, says why and which line it would
 * have been.
 */
export async function showPlace(uri: vscode.Uri, place?: Place): Promise<void> {
  const name = cut(path.posix.basename(uri.path));
  const where = place ? `line ${whole(place.line)} of ${name}` : name;
  if (isPacked(uri)) {
    void sayInformation(
      `${name} is packed with gzip, so an editor cannot show ${place ? `line ${whole(place.line)} of ` : ''}it. Unpack it to look there.`,
    );
    return;
  }
  const visible = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  const options = {
    ...(place && { selection: rangeOf(place) }),
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
  };
  try {
    if (await isTooLarge(uri)) await vscode.commands.executeCommand('vscode.open', uri, options);
    else await vscode.window.showTextDocument(uri, options);
  } catch (error) {
    void sayError(`An editor cannot show ${where}: ${textOf(failureOf(error).message)}`);
  }
}

/**
 * Shows lines where an editor shows the file, or can without covering a Lens: a cursor on each, the first in sight. The
 * focus stays where it is. Returns why no editor can; null where one does, or could but for the Lens that it would cover.
 */
export async function revealLines(uri: vscode.Uri, lines: readonly number[]): Promise<NoEditor | null> {
  const ranges = lines.map((line) => rangeOf({ line }));
  const selections = ranges.map(({ start }) => new vscode.Selection(start, start));
  const select = (editor: vscode.TextEditor) => {
    editor.selections = selections;
    editor.revealRange(ranges[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  };
  const visible = vscode.window.visibleTextEditors.filter(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  visible.forEach(select);
  if (visible.length > 0) return null;
  if (isPacked(uri)) return 'packed';
  try {
    if (await isTooLarge(uri)) return 'large';
    if (hasOtherEditor(uri)) return 'other editor';
    const [first] = vscode.window.tabGroups.all;
    if (lensTabs().some((tab) => tab.group === first && tab.isActive)) return null;
    const options = { viewColumn: vscode.ViewColumn.One, preserveFocus: true };
    select(await vscode.window.showTextDocument(uri, options));
    return null;
  } catch {
    // Who goes there is told why it cannot be shown.
    return 'fails';
  }
}

/** Whether an editor that is none for texts, as a grid, shows the file, or would where its tab is covered. */
function hasOtherEditor(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => {
      const isEditor = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
      return isEditor && input.uri.toString() === uri.toString();
    });
  const others = tabs.filter(({ input }) => input instanceof vscode.TabInputCustom);
  return others.some(({ isActive }) => isActive) || (others.length > 0 && others.length === tabs.length);
}

const isPacked = (uri: vscode.Uri): boolean => /\.gz$/i.test(uri.path);

const rangeOf = ({ line, column = 1, endColumn = column }: Place) =>
  new vscode.Range(line - 1, column - 1, line - 1, endColumn - 1);

async function isTooLarge(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === 'untitled') return false;
  return (await vscode.workspace.fs.stat(uri)).size > MOST_SYNCHRONIZED;
}
