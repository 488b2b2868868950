import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions';
import type { ActiveFile } from './activeFile';
import type { DatasetView } from './datasetView';
import type { Diagnostics } from './diagnostics';
import type { Lenses } from './lenses';
import type { Predictions } from './predictions';
import type { FileSettings } from './settings';
import type { Tables } from './tables';

/** What the commands act on. */
export interface Parts {
  readonly fileSettings: FileSettings;
  readonly sessions: Sessions;
  readonly tables: Tables;
  readonly diagnostics: Diagnostics;
  readonly datasetView: DatasetView;
  readonly activeFile: ActiveFile;
  readonly lenses: Lenses;
  readonly predictions: Predictions;
  readonly log: vscode.LogOutputChannel;
  /** Where the extension is installed. */
  readonly extensionUri: vscode.Uri;
}

const NAMES = [
  ...([
    'train',
    'find',
    'compare',
    'crossValidate',
    'pause',
    'resume',
    'stop',
    'step',
    'continue',
    'skipToEnd',
    'undo',
  ] as const),
  ...([
    'showLens',
    'openInTab',
    'newLensTab',
    'pinLens',
    'showPredictions',
    'startExercise',
    'checkNumbers',
  ] as const),
  ...([
    'chooseTarget',
    'chooseDelimiter',
    'chooseEncoding',
    'checkFile',
    'showTable',
    'showProblem',
  ] as const),
  ...([
    'setForFile',
    'setSeveralForFile',
    'changeListForFile',
    'changeColumnForFile',
    'changeType',
    'useAsTarget',
    'ignoreColumn',
    'useAsFeature',
  ] as const),
  ...(['saveModel', 'exportModel', 'exportJob', 'predictFile', 'continueModel', 'showLog'] as const),
];
export type CommandName = (typeof NAMES)[number];

/** All commands. What they do is loaded with the first one. */
export function registerCommands(parts: Parts): vscode.Disposable {
  const loaded = () => import('./actions').then(({ actions }) => actions(parts));
  let actions: ReturnType<typeof loaded> | undefined;
  return vscode.Disposable.from(
    ...NAMES.map((name) =>
      vscode.commands.registerCommand(`neuronLens.${name}`, async (...args: unknown[]) =>
        (await (actions ??= loaded()))[name](...args),
      ),
    ),
  );
}
