import * as vscode from 'vscode';
import { exerciseIds } from '../core/exercises/exercises';
import { failureOf } from '../data/failure';
import type { Session } from '../session/session';
import { datasetKeys } from '../settings/settings';
import { isMap } from '../settings/values';
import { checkFile } from './checkFile';
import { columnActions, withColumn } from './columnActions';
import type { CommandName, Parts } from './commands';
import { currentFile, fileToTrain } from './currentFile';
import { checkSelection } from './checkSelection';
import { chooseDelimiter, chooseEncoding } from './dialectPickers';
import { sayInformation } from './say';
import { sayFailure } from './sayFailure';
import { showPlace } from './showPlace';
import { chooseTarget } from './targetPicker';

/** The title of a Lens gives its tab, which is no file. */
const isOfFile = (argument: unknown): argument is vscode.Uri =>
  argument instanceof vscode.Uri && !argument.scheme.startsWith('webview');

const isModel = ({ path }: vscode.Uri): boolean => path.endsWith('.neuron.json');

/** The model whose page is looked at. */
function activeModel(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && isModel(input.uri) ? input.uri : undefined;
}

/** What a command does with its arguments. */
type Action = (...args: unknown[]) => unknown;

/** What the commands do, by their names. Most take a `Uri`, else mean the CSV that is open, else ask. */
export function actions(parts: Parts): Readonly<Record<CommandName, Action>> {
  const { fileSettings, sessions, tables, diagnostics, datasetView, activeFile, lenses, predictions, log } =
    parts;
  const { extensionUri } = parts;
  const onFile =
    (run: (uri: vscode.Uri) => unknown): Action =>
    async (argument) => {
      const uri = await currentFile(argument, activeFile);
      if (uri) await run(uri);
    };
  const onSession = (run: (session: Session) => unknown): Action =>
    onFile(async (uri) => {
      if (!sessions.get(uri)) await sessions.restore();
      const session = sessions.get(uri);
      if (session) await run(session);
      else void sayInformation('Nothing has been trained on this file yet.');
    });

  /** Says what went wrong where a person can mend it, and names the log otherwise. */
  const telling = async (argument: unknown, work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const uri = argument instanceof vscode.Uri ? argument : activeFile.uri;
      await sayFailure(uri ?? vscode.Uri.file('/'), failureOf(error), log);
    }
  };

  /** On the file that is meant, once its kept trainings have been read. */
  const inLab = (card: Parameters<typeof lenses.openLab>[0]) => async (argument: unknown) => {
    const uri = await fileToTrain(argument, activeFile);
    if (!uri) return;
    await sessions.restore();
    await lenses.openLab(card, uri);
  };

  return {
    train: async (argument) => {
      const uri = await fileToTrain(argument, activeFile);
      if (!uri) return;
      sessions.start(uri);
      await lenses.reveal(uri);
    },
    find: inLab('find'),
    compare: inLab('compare'),
    crossValidate: inLab('crossValidate'),
    pause: onSession((session) => session.pause()),
    resume: onSession((session) => session.resume()),
    stop: onSession((session) => session.stop()),
    step: onSession((session) => session.step()),
    continue: onSession(async (session) => {
      await lenses.reveal(vscode.Uri.parse(session.uri, true));
      return session.continue();
    }),
    skipToEnd: onSession((session) => session.skipToEnd()),
    undo: onSession(({ uri }) => sessions.undo(uri)),
    showLens: onFile((uri) => lenses.reveal(uri)),
    openInTab: onFile((uri) => lenses.openTab(uri)),
    pinLens: () => lenses.togglePin(),
    startExercise: async (id) => {
      const known = exerciseIds.find((each) => each === id);
      if (known) await lenses.startExercise(known);
    },
    checkNumbers: () => checkSelection(parts),
    newLensTab: onFile((uri) => lenses.newTab(uri)),
    chooseTarget: onFile((uri) =>
      chooseTarget(uri, tables, (chosen) => fileSettings.override(uri, { 'data.target': chosen }), log),
    ),
    showPredictions: async () => {
      await sessions.restore();
      predictions.toggle();
    },
    chooseDelimiter: onFile((uri) => chooseDelimiter(uri, fileSettings)),
    chooseEncoding: onFile((uri) => chooseEncoding(uri, fileSettings)),
    checkFile: onFile((uri) => checkFile(uri, tables, diagnostics, log)),
    showTable: onFile((uri) => datasetView.reveal(uri)),
    showProblem: onFile(async (uri) => {
      const error = await checkFile(uri, tables, diagnostics, log);
      if (error) await showPlace(uri, error);
    }),
    setForFile: async (uri, key, value) => {
      const known = datasetKeys.find((candidate) => candidate === key);
      if (uri instanceof vscode.Uri && known) await fileSettings.override(uri, { [known]: value });
    },
    setSeveralForFile: async (uri, changes) => {
      if (!(uri instanceof vscode.Uri) || !isMap(changes)) return;
      const known = datasetKeys.filter((key) => key in changes).map((key) => [key, changes[key]] as const);
      await fileSettings.override(uri, Object.fromEntries(known));
    },
    changeListForFile: async (uri, list, change, item) => {
      const known = datasetKeys.find((candidate) => candidate === list);
      if (!(uri instanceof vscode.Uri) || !known) return;
      await fileSettings.override(uri, (settings) => {
        const present: unknown = settings[known];
        if (!Array.isArray(present)) return {};
        const others = (present as unknown[]).filter((each) => each !== item);
        return { [known]: change === 'add' ? [...others, item] : others };
      });
    },
    changeColumnForFile: async (uri, map, column, value) => {
      const known = datasetKeys.find((candidate) => candidate === map);
      if (!(uri instanceof vscode.Uri) || !known || typeof column !== 'string') return;
      await fileSettings.override(uri, (settings) => withColumn(settings, known, column, value));
    },
    ...columnActions(fileSettings),
    saveModel: async (argument, given) => {
      const save = onSession(async (session) => {
        const { saveModel } = await import('./saveModel');
        const byTest = sessions.listParts.runs.files.get(session.uri)?.byTest ?? false;
        await saveModel(session, byTest, given instanceof vscode.Uri ? given : undefined);
      });
      await telling(argument, () => save(isOfFile(argument) ? argument : undefined));
    },
    exportModel: async (argument, format, given) => {
      const where = {
        format: typeof format === 'string' ? format : undefined,
        uri: given instanceof vscode.Uri ? given : undefined,
      };
      const run = onSession(async (session) => (await import('./exportModel')).exportModel(session, where));
      const ofFile = isOfFile(argument) ? argument : activeModel();
      await telling(argument, async () =>
        ofFile && isModel(ofFile)
          ? (await import('./exportModel')).exportModelFile(ofFile, where)
          : run(ofFile),
      );
    },
    exportJob: async (argument, given) => {
      const uri = await fileToTrain(argument, activeFile);
      if (!uri) return;
      const { exportJob } = await import('./exportJob');
      const { settings } = fileSettings.read(uri);
      const to = given instanceof vscode.Uri ? given : undefined;
      await exportJob(uri, { extensionUri, settings, to });
    },
    predictFile: async (argument, second, third) => {
      const given = [argument, second, third].filter(isOfFile);
      const model = given.find(isModel) ?? activeModel();
      const [table, out] = given.filter((each) => each !== model);
      await telling(table, async () => {
        const { predictFile } = await import('./predictFile');
        await predictFile({ model, table, out });
      });
    },
    continueModel: async (argument, second) => {
      const given = [argument, second].filter(isOfFile);
      const model = given.find(isModel) ?? activeModel();
      const table = given.find((each) => each !== model);
      await telling(model, async () => {
        const { continueModel } = await import('./continueModel');
        await continueModel({ model, table }, parts);
      });
    },
    showLog: () => log.show(),
  };
}
