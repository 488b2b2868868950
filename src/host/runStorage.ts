import * as path from 'node:path';
import * as vscode from 'vscode';
import { RunFolder } from '../runs/runFolder';
import { LocationRefused } from '../runs/runLocation';
import { RunPlaces, type Location } from '../runs/runPlaces';
import { RunStore } from '../runs/store';
import type { Sessions } from '../session/sessions';
import { RunFolderWatch } from './runFolderWatch';
import { safeText } from './safeText';
import type { FileSettings } from './settings';

export interface RunStorageParts {
  readonly context: vscode.ExtensionContext;
  /** In the storage of the workspace. */
  readonly storage: string;
  readonly fileSettings: FileSettings;
  readonly log: vscode.LogOutputChannel;
  sessions(): Sessions;
}

/** Where the runs of this window are kept: its storage, and the folders that its settings name. */
export function runStorage({ context, storage, fileSettings, log, sessions }: RunStorageParts): RunPlaces {
  const warn = (text: string) => log.warn(safeText(text));
  const shared = path.join(context.globalStorageUri.fsPath, 'folders');
  const told = new Set<string>();
  const watch = new RunFolderWatch(sessions);
  context.subscriptions.push(watch);
  return new RunPlaces({
    onOpening: () => {
      // What was refused before may not be any more.
      told.clear();
      watch.follow(locationsOf(fileSettings));
      for (const session of sessions().all) session.withdraw('locationRefused');
    },
    storage: new RunStore(storage, (aside) => {
      warn(`The saved training ${aside.file} cannot be read: ${aside.reason}`);
      if (aside.uri !== null) sessions().notify(aside.uri, { code: 'setAside', ...aside });
    }),
    locations: () => locationsOf(fileSettings),
    workspaceFolderOf: (uri) =>
      vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri, true))?.uri.toString(),
    folderAt: ({ workspaceFolder, location }) => {
      const root = vscode.Uri.parse(workspaceFolder, true);
      if (root.scheme !== 'file')
        throw new LocationRefused(`The workspace, and with it “${location}”, does not lie on this disk.`);
      return new RunFolder({
        ...{ root: root.fsPath, location, storage: path.join(storage, 'folders'), shared },
        uriOf: (file) => vscode.Uri.file(file).toString(),
        fileOf,
        onPassedOver: ({ uri, file, reason }) => {
          warn(`${file} is passed over, and stays as it is: ${reason}`);
          if (uri !== null) sessions().notify(uri, { code: 'passedOver', file, reason });
        },
      });
    },
    onFailed: (error) => warn(`The storage of trainings cannot be opened: ${String(error)}`),
    onRefused: ({ location }, reason, uri) => {
      if (uri === null) warn(`neuronLens.runs.location “${location}” is not used: ${reason}`);
      else if (!told.has(uri)) {
        told.add(uri);
        sessions().notify(uri, { code: 'locationRefused', reason });
      }
    },
  });
}

const locationsOf = (fileSettings: FileSettings): Location[] =>
  (vscode.workspace.workspaceFolders ?? [])
    .map(({ uri }) => ({
      workspaceFolder: uri.toString(),
      location: fileSettings.read(uri).settings['runs.location'],
    }))
    .filter(({ location }) => location !== '');

function fileOf(uri: string): string | null {
  const parsed = vscode.Uri.parse(uri, true);
  return parsed.scheme === 'file' ? parsed.fsPath : null;
}
