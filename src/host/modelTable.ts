import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { failureOf } from '../data/failure';
import { nameOf } from '../core/format';
import { lookThrough, rowOnLine } from '../predict/lookThrough';
import type { SeenRow } from '../predict/predicted';
import { CannotPredict, notShownText } from '../predict/sentences';
import type { ModelTable } from '../protocol/modelPage';
import type { Model } from '../runs/model';
import { proposedTable } from './proposedTable';
import { openFile, TABLES } from './modelInput';
import { modelTableView } from './modelTableView';
import { safeLines } from './safeText';
import { withProgress } from './say';
import { piecesOf } from './tablePieces';
import { textOf } from './text';

/** A table that somebody chose for a model. */
export interface ChosenTable {
  readonly uri: vscode.Uri;
  readonly view: ModelTable;
  /** Tells whether it has been written since. */
  readonly stamp: string;
}

/** Why the rows of a table are not shown, as a sentence. */
export class TableRefused extends Error {}

type Log = Pick<vscode.LogOutputChannel, 'error'>;

/** Asks for the table of a model and reads it; null where nobody wants it any more. Throws TableRefused. */
export async function chooseTable(model: Model, modelUri: vscode.Uri, log: Log): Promise<ChosenTable | null> {
  const { tableHash } = model.training;
  const proposed = await proposedTable(modelUri, tableHash).catch(() => undefined);
  const uri = await openFile('Choose the CSV of the Model', TABLES, modelUri, proposed);
  if (!uri) return null;
  const name = nameOf(uri.toString());
  return refusing(name, log, async () => {
    const stamp = await stampOf(uri);
    const hash = createHash('sha256');
    const looked = await withProgress(`Reading ${name}`, (_, cancelled) =>
      lookThrough(model, piecesOf(uri, hash, cancelled)),
    );
    const isSame = hash.digest('hex') === tableHash;
    return { uri, stamp, view: modelTableView(model, name, looked, isSame) };
  });
}

/** The row on a line of a table that was chosen; null where none begins there. Throws TableRefused. */
export const rowOfTable = (
  model: Model,
  { uri, stamp }: ChosenTable,
  line: number,
  log: Log,
): Promise<SeenRow | null> =>
  refusing(nameOf(uri.toString()), log, async () => {
    if ((await stampOf(uri)) !== stamp)
      throw new CannotPredict('It was written since it was chosen: choose it again.');
    return rowOnLine(model, piecesOf(uri, null, { isCancellationRequested: false }), line);
  });

const stampOf = async (uri: vscode.Uri): Promise<string> => {
  const { size, mtime } = await vscode.workspace.fs.stat(uri);
  return `${size} ${mtime}`;
};

/** What goes wrong with a file, as a sentence with its name; null where somebody has cancelled it. */
export async function refusing<T>(name: string, log: Log, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return null;
    if (error instanceof CannotPredict) throw new TableRefused(`${name}: ${notShownText(error)}`);
    const { message, bug, detail } = failureOf(error);
    if (bug) log.error(safeLines(detail));
    throw new TableRefused(`${name}: ${textOf(message)}`);
  }
}
