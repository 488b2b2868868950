import * as path from 'node:path';
import * as vscode from 'vscode';
import { isMap } from '../settings/values';
import { SECTION } from './settings';

/** The entry of one file in `neuronLens.datasets`: as it is, or where it would be. */
export interface DatasetEntry {
  readonly uri: vscode.Uri;
  readonly target: vscode.ConfigurationTarget;
  /** The other entries of that level. */
  readonly others: Readonly<Record<string, unknown>>;
  readonly glob: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The entry at the level where the person already has that map, else in the workspace, else for the user. One that names
 * this very file is extended.
 * @param within `workspace`: never that of the user
 */
export async function entryOf(uri: vscode.Uri, within?: 'workspace'): Promise<DatasetEntry> {
  const configuration = vscode.workspace.getConfiguration(SECTION, uri);
  const levels = configuration.inspect('datasets');
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const [target, present] =
    levels?.workspaceFolderValue !== undefined
      ? [WorkspaceFolder, levels.workspaceFolderValue]
      : levels?.workspaceValue !== undefined
        ? [Workspace, levels.workspaceValue]
        : within === 'workspace'
          ? [Workspace, {}]
          : levels?.globalValue !== undefined
            ? [Global, levels.globalValue]
            : vscode.workspace.getWorkspaceFolder(uri)
              ? [Workspace, {}]
              : [Global, {}];
  // An entry that cannot be used stays as it is: it is for the person to mend.
  const entries = isMap(present) ? present : {};
  const own = await globFor(uri);
  const names = [own, vscode.workspace.asRelativePath(uri, false), path.posix.basename(uri.path)];
  const glob = Object.keys(entries).findLast((name) => names.includes(name) && isOnlyFor(name, own)) ?? own;
  const { [glob]: entry, ...others } = entries;
  return { uri, target, others, glob, values: isMap(entry) ? entry : {} };
}

/** Writes what the entry holds; one without values goes, and so does a map without entries. */
export async function writeEntry(
  { uri, target, others, glob }: DatasetEntry,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const isEmpty = Object.keys(values).length === 0;
  // The entry goes last, so that no other glob overrides what the person has just chosen.
  const entries = isEmpty ? others : { ...others, [glob]: values };
  await vscode.workspace
    .getConfiguration(SECTION, uri)
    .update('datasets', Object.keys(entries).length === 0 ? undefined : entries, target);
}

/** What means this file and no other: without a slash a name would mean all files that are called so. */
async function globFor(uri: vscode.Uri): Promise<string> {
  const relative = vscode.workspace.asRelativePath(uri, false);
  const escaped = relative.replace(/[[\](){}*?!+@\\]/g, '\\$&');
  if (relative.includes('/')) return escaped;
  const like = `**/${relative.replace(/[[\](){}*?!+@\\]/g, '?')}`;
  const found = await vscode.workspace.findFiles(like, '**/node_modules/**', 20);
  const isShared = found.some(
    (each) => each.path !== uri.path && path.posix.basename(each.path) === path.posix.basename(uri.path),
  );
  return isShared ? `./${escaped}` : escaped;
}

/** Whether an entry under a bare name can be extended without meaning other files too. */
const isOnlyFor = (name: string, own: string): boolean => name.includes('/') || !own.startsWith('./');
