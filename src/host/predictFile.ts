import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { nameOf } from '../core/format';
import { NotMatched, predictThrough, type Done, type How, type Write } from '../predict/through';
import { CannotPredict } from '../predict/sentences';
import { predictedLines } from '../predict/text';
import { AtomicFile } from '../runs/atomicFile';
import type { Model } from '../runs/model';
import { ModelError } from '../runs/modelJson';
import { mustBeFree, OutputRefused } from '../runs/outputFile';
import { modelIn, MODELS, openFile, TABLES } from './modelInput';
import { baseNameOf, folderFor, notSaved, writeWhole } from './outputPlace';
import { safeText } from './safeText';
import { sayError, sayInformation, sayWarning, withProgress } from './say';
import { piecesOf } from './tablePieces';

const ALL_THE_SAME = 'Predict All the Same';

/** The files of a prediction, as far as they are known. */
export interface PredictedFiles {
  readonly model?: vscode.Uri | undefined;
  readonly table?: vscode.Uri | undefined;
  readonly out?: vscode.Uri | undefined;
}

/** Asks for a model, a CSV file and where to write, as far as they are not given, and writes the file with its predictions. */
export async function predictFile(files: PredictedFiles): Promise<void> {
  const modelUri = files.model ?? (await openFile('Choose a Model', MODELS, files.table));
  if (!modelUri) return;
  const table = files.table ?? (await openFile('Choose a CSV File to Predict', TABLES, modelUri));
  if (!table) return;
  const out = files.out ?? (await askWhere(table));
  if (!out) return;
  try {
    const model = await modelIn(modelUri);
    await predictInto(model, modelUri, table, out, []);
  } catch (error) {
    if (error instanceof ModelError)
      void sayError(`${nameOf(modelUri.toString())} cannot be opened. ${error.message}`);
    else if (error instanceof CannotPredict) void sayError(`${nameOf(table.toString())}: ${error.message}`);
    else if (error instanceof OutputRefused)
      void sayError(`${nameOf(out.toString())} is not written: it is the model, the table, or no file.`);
    else throw error;
  }
}

/** Predicts; where columns are absent, a person may have them taken as missing values. */
async function predictInto(
  model: Model,
  modelUri: vscode.Uri,
  table: vscode.Uri,
  out: vscode.Uri,
  allowMissing: readonly string[],
): Promise<void> {
  const name = nameOf(table.toString());
  const reads = [modelUri, table].flatMap(({ scheme, fsPath }) => (scheme === 'file' ? [fsPath] : []));
  if (out.scheme === 'file') mustBeFree({ file: out.fsPath, reads, force: true });
  const how: How = { told: {}, allowMissing, escapeFormulas: false };
  const hash = createHash('sha256');
  try {
    const done = await withProgress(`Predicting ${name}`, (_, cancelled) =>
      into(out, (write) => predictThrough(model, piecesOf(table, hash, cancelled), how, write)),
    );
    await tell(model, done, out, hash.digest('hex') === model.training.tableHash);
  } catch (error) {
    if (error instanceof vscode.CancellationError) return;
    if (!(error instanceof NotMatched) || error.unmatched.why !== 'absent') throw error;
    const choice = await sayWarning(`${name}: ${error.message}`, ALL_THE_SAME);
    if (choice === ALL_THE_SAME) await predictInto(model, modelUri, table, out, error.unmatched.names);
  }
}

async function tell(
  model: Model,
  { matched, result }: Done,
  out: vscode.Uri,
  isTrainingFile: boolean,
): Promise<void> {
  const text = `${nameOf(out.toString())}: ${predictedLines(model, matched, result, isTrainingFile).join(' ')}`;
  const say = result.predicted < result.rows ? sayWarning : sayInformation;
  // Whether it is opened is nothing to wait for.
  void say(text, 'Open').then((chosen) =>
    chosen ? vscode.commands.executeCommand('vscode.open', out, vscode.ViewColumn.One) : undefined,
  );
  return Promise.resolve();
}

/** Has a file written that is there once it is whole. */
async function into<T>(out: vscode.Uri, work: (write: Write) => Promise<T>): Promise<T> {
  if (out.scheme !== 'file') {
    const parts: Uint8Array[] = [];
    const done = await work((bytes) => void parts.push(bytes));
    await writeWhole(out, Buffer.concat(parts));
    return done;
  }
  const written = new AtomicFile(out.fsPath);
  const saved = (writing: Promise<void>) =>
    writing.catch((error: unknown) => {
      throw notSaved(out, error);
    });
  try {
    const done = await work((bytes) => saved(written.write(bytes)));
    await saved(written.commit());
    return done;
  } catch (error) {
    await written.abandon();
    throw error;
  }
}

const askWhere = (table: vscode.Uri): Thenable<vscode.Uri | undefined> =>
  vscode.window.showSaveDialog({
    title: safeText('Save the File with Its Predictions'),
    defaultUri: vscode.Uri.joinPath(
      folderFor(table.toString()),
      `${baseNameOf(table.toString(), 'table')}-predicted.csv`,
    ),
    filters: TABLES,
  });
