import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { engineNames } from '../core/engines';
import { Sessions } from '../session/sessions';
import { realTimers } from '../session/timers';
import type { Store } from '../session/world';
import { LaterTrainers } from './laterTrainers';
import type { RunStorageParts } from './runStorage';
import { safeLines, safeText } from './safeText';
import type { FileSettings } from './settings';
import { followFiles, hashOf } from './trainedFiles';
import type { FileWatch } from './fileWatch';
import { sourceOf } from './source';

/** So long after a table has been read all is made ready for a training of it. */
const EXPECT_MS = 2_000;

const LOCATION = 'runs.location';

interface Parts {
  readonly fileSettings: FileSettings;
  readonly fileWatch: FileWatch;
  readonly log: vscode.LogOutputChannel;
}

export interface Trainings {
  readonly sessions: Sessions;
  /** Somebody may train soon: what that needs is made ready, once the window has had time to open. */
  expect(): void;
  readonly disposable: vscode.Disposable;
}

/** The trainings of this window, kept in its storage: that of the workspace, or where there is none the one of all. */
export function openTrainings(
  context: vscode.ExtensionContext,
  { fileSettings, fileWatch, log }: Parts,
): Trainings {
  const folder = path.join((context.storageUri ?? context.globalStorageUri).fsPath, 'trainings');
  const trainers = new LaterTrainers(path.join(context.extensionPath, 'dist'), log);
  const someFolder = (holds: (uri: vscode.Uri) => boolean) =>
    (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => holds(uri));
  const store = laterStore({ storage: folder, context, fileSettings, log, sessions: () => sessions }, () =>
    someFolder((uri) => fileSettings.read(uri).settings[LOCATION] !== ''),
  );
  const sessions = new Sessions({
    startTrainer: trainers.start,
    store,
    timers: realTimers,
    cores: () => trainers.cores,
    source: (uri) => sourceOf(vscode.Uri.parse(uri, true)),
    hashOf: (uri) => hashOf(vscode.Uri.parse(uri, true)),
    given: (uri) => fileSettings.read(vscode.Uri.parse(uri, true)),
    engineOf: (settings) => engineNames[settings['training.engine']],
    log: ({ bug, message, detail }) => {
      if (bug) log.error(safeLines(detail));
      else void import('./text').then(({ textOf }) => log.warn(safeText(textOf(message))));
    },
  });
  const settings = fileSettings.onDidSettle(({ affects }) => {
    sessions.settingsChanged((uri) => affects(vscode.Uri.parse(uri, true)));
    if (someFolder((uri) => affects(uri, [LOCATION]))) void sessions.restoreMore();
  });
  let expected: { dispose(): void } | undefined;
  const expect = () => {
    expected ??= realTimers.after(EXPECT_MS, () => {
      expected = undefined;
      trainers.keepSpare();
      // What the command to train does, and the Lens that it opens; what cannot be loaded says so when it is wanted.
      void Promise.allSettled([import('./actions'), import('./lensViews')]);
    });
  };
  const disposable = vscode.Disposable.from(settings, followFiles(sessions, fileWatch), sessions, trainers, {
    dispose: () => expected?.dispose(),
  });
  return { sessions, expect, disposable };
}

const DONE_LATER = ['read', 'write', 'remove', 'stays', 'readPictures', 'writePictures'] as const;

/** The runs on the disk; what reads and writes them is loaded when it is first needed. */
function laterStore(parts: RunStorageParts, hasLocation: () => boolean): Store {
  let opened: Promise<Store> | undefined;
  const store = () => (opened ??= import('./runStorage').then(({ runStorage }) => runStorage(parts)));
  const later = DONE_LATER.map((name) => [
    name,
    async (...args: unknown[]): Promise<unknown> => {
      const loaded = await store();
      return Reflect.apply(loaded[name], loaded, args) as unknown;
    },
  ]);
  return {
    ...(Object.fromEntries(later) as Pick<Store, (typeof DONE_LATER)[number]>),
    // Before the first training is kept there is nothing to load.
    open: async () =>
      opened || hasLocation() || (await stat(parts.storage).catch(() => null)) ? (await store()).open() : [],
    close: async () => (await opened)?.close(),
  };
}
