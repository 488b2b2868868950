import * as vscode from 'vscode';
import { nameOf, whole } from '../core/format';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import { MODEL_ENDING, writeModel } from '../runs/modelFile';
import { ModelError } from '../runs/modelJson';
import { modelOfRecord } from '../runs/modelOf';
import { OutputRefused, writeOutput } from '../runs/outputFile';
import type { RunRecord } from '../runs/record';
import type { Session } from '../session/session';
import { baseNameOf, folderFor, writeWhole } from './outputPlace';
import { safeText } from './safeText';
import { sayError, sayInformation } from './say';

/** The state of a training that runs is kept within this time, or the one before is taken. */
const KEPT_MS = 10_000;
/** What leaves the editor with a model. */
const WHAT_LEAVES =
  'Save Model: with names of columns and classes, categories, and from where to where numbers reach; with no row';

/** Saves the network of a session as it is now, where a person says; `given`: they have said. */
export async function saveModel(session: Session, given?: vscode.Uri): Promise<void> {
  const record = await recordOf(session);
  if (!record) {
    void sayInformation('There are no weights to save yet.');
    return;
  }
  try {
    const { trainRows = null, testRows = null } = session.dataset ?? {};
    const content = writeModel(modelOfRecord(record, { trainRows, testRows }));
    const uri = given ?? (await askWhere(session, record));
    if (!uri) return;
    await write(uri, session.uri, content);
    void sayInformation(
      `${nameOf(uri.toString())} is saved, with the weights of epoch ${whole(record.measure.epoch)}.`,
    );
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    void sayError(`The model of ${nameOf(session.uri)} is not saved. ${error.message}`);
  }
}

/** What is kept of a session, of the epoch that is shown. */
async function recordOf(session: Session): Promise<RunRecord | null> {
  const isNow = () => session.record?.measure.epoch === session.measure?.epoch;
  if (session.status !== 'running' && isNow()) return session.record;
  await new Promise<void>((resolve) => {
    const done = () => {
      subscription.dispose();
      clearTimeout(timer);
      resolve();
    };
    const subscription = session.onDidChange((change) => {
      if (change === 'record') done();
    });
    const timer = setTimeout(done, KEPT_MS);
    session.keep();
  });
  return session.record;
}

async function askWhere(session: Session, { measure }: RunRecord): Promise<vscode.Uri | undefined> {
  const name = `${baseNameOf(session.uri, 'model')}-epoch-${measure.epoch}${MODEL_ENDING}`;
  return vscode.window.showSaveDialog({
    title: safeText(WHAT_LEAVES),
    defaultUri: vscode.Uri.joinPath(folderFor(session.uri), name),
    filters: { 'Neuron Lens model': ['neuron.json'] },
  });
}

/** Never over the table itself; what is there else was asked about by the dialog. */
async function write(uri: vscode.Uri, table: string, content: string): Promise<void> {
  if (uri.scheme !== 'file') return writeWhole(uri, Buffer.from(content));
  const source = vscode.Uri.parse(table, true);
  const reads = source.scheme === 'file' ? [source.fsPath] : [];
  try {
    await writeOutput({ file: uri.fsPath, reads, force: true }, content);
  } catch (error) {
    const file = nameOf(uri.toString());
    const why =
      error instanceof OutputRefused
        ? error.why === 'is read'
          ? 'It is the table itself.'
          : 'There can be no file there.'
        : error instanceof Error
          ? error.message
          : String(error);
    throw new UserError(message('not-saved', { file, why }));
  }
}
