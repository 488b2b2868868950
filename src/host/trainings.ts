import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { engineNames } from '../core/engines';
import type { SetAside } from '../runs/store';
import { Sessions } from '../session/sessions';
import { realTimers } from '../session/timers';
import type { Store } from '../session/world';
import { LaterTrainers } from './laterTrainers';
import { safeLines, safeText } from './safeText';
import type { FileSettings } from './settings';
import { followFiles } from './trainedFiles';
import type { FileWatch } from './fileWatch';
import { sourceOf } from './source';

/** So long after a table has been read all is made ready for a training of it. */
const EXPECT_MS = 2_000;

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
  const store = laterStore(folder, (aside) => {
    log.warn(safeText(`The saved training ${aside.file} cannot be read: ${aside.reason}`));
    if (aside.uri !== null) sessions.notify(aside.uri, { code: 'setAside', ...aside });
  });
  const sessions = new Sessions({
    startTrainer: trainers.start,
    store,
    timers: realTimers,
    cores: () => trainers.cores,
    source: (uri) => sourceOf(vscode.Uri.parse(uri, true)),
    given: (uri) => fileSettings.read(vscode.Uri.parse(uri, true)),
    engineOf: (settings) => engineNames[settings['training.engine']],
    log: ({ bug, message, detail }) => {
      if (bug) log.error(safeLines(detail));
      else void import('./text').then(({ textOf }) => log.warn(safeText(textOf(message))));
    },
  });
  const settings = fileSettings.onDidSettle(({ affects }) =>
    sessions.settingsChanged((uri) => affects(vscode.Uri.parse(uri, true))),
  );
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

/** The runs on the disk; what reads and writes them is loaded when it is first needed. */
function laterStore(folder: string, onSetAside: (aside: SetAside) => void): Store {
  let opened: Promise<Store> | undefined;
  const store = () =>
    (opened ??= import('../runs/store').then(({ RunStore }) => new RunStore(folder, onSetAside)));
  return {
    // Before the first training is kept there is nothing to load.
    open: async () => ((await isThere(folder)) ? (await store()).open() : []),
    read: async (id) => (await store()).read(id),
    write: async (record) => (await store()).write(record),
    remove: async (id) => (await store()).remove(id),
    readPictures: async (key) => (await store()).readPictures(key),
    writePictures: async (key, pictures) => (await store()).writePictures(key, pictures),
    close: async () => (await opened)?.close(),
  };
}

const isThere = (folder: string): Promise<boolean> =>
  stat(folder).then(
    () => true,
    () => false,
  );
