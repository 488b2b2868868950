import { createHash, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { nameOf, whole } from '../core/format';
import type { Source } from '../protocol/source';
import { ModelError } from '../runs/modelJson';
import { recordOfModel } from '../runs/recordOfModel';
import type { Parts } from './commands';
import { filePieces } from './filePieces';
import { modelIn, MODELS, openFile, TABLES } from './modelInput';
import { refusing, TableRefused } from './modelTable';
import { sayError } from './say';
import { sourceOf } from './source';

/** A model that is trained further, and the table that it is trained on, as far as they are known. */
export interface ContinuedFiles {
  readonly model?: vscode.Uri | undefined;
  readonly table?: vscode.Uri | undefined;
}

/** Trains a saved model further on a table, as a new run of that table; asks for what is not given. */
export async function continueModel(
  files: ContinuedFiles,
  { sessions, lenses, log }: Pick<Parts, 'sessions' | 'lenses' | 'log'>,
): Promise<void> {
  const modelUri = files.model ?? (await openFile('Choose a Model', MODELS, files.table));
  if (!modelUri) return;
  const table = files.table ?? (await openFile('Continue Training on a CSV File', TABLES, modelUri));
  if (!table) return;
  const name = nameOf(modelUri.toString());
  try {
    const model = await modelIn(modelUri);
    const hash = await refusing(nameOf(table.toString()), log, async () => hashOf(await sourceOf(table)));
    if (hash === null) return;
    await sessions.restore();
    const { epoch } = model.training;
    const record = recordOfModel(model, {
      ...{ id: randomUUID(), uri: table.toString(), startedAt: Date.now(), hash },
      note: `goes on from ${name}, epoch ${whole(epoch)}`,
    });
    const { runs, takeUp } = sessions.listParts;
    const file = runs.of(record.uri);
    const session = takeUp(record, record.uri);
    file.add(record, session);
    // It is kept once it has trained: one that does not suit the table leaves nothing.
    runs.retire(file);
    runs.show(file, session);
    await lenses.reveal(table);
    await session.resume();
  } catch (error) {
    if (error instanceof ModelError) void sayError(`${name} cannot be opened. ${error.message}`);
    else if (error instanceof TableRefused) void sayError(error.message);
    else throw error;
  }
}

const PIECE = 1 << 20;

/** SHA-256 of what is trained on: the file as it is on the disk, or the text that was not saved. */
async function hashOf(source: Source): Promise<string> {
  const hash = createHash('sha256');
  if (source.kind === 'file') for await (const piece of filePieces(source.path, PIECE)) hash.update(piece);
  else hash.update(source.kind === 'text' ? source.text : source.bytes);
  return hash.digest('hex');
}
