import * as vscode from 'vscode';
import { nameOf, whole } from '../core/format';
import { MODEL_ENDING, writeModel } from '../runs/modelFile';
import { ModelError } from '../runs/modelJson';
import { modelOfRecord } from '../runs/modelOf';
import type { RunRecord } from '../runs/record';
import type { Session } from '../session/session';
import { MODELS } from './modelInput';
import { recordOf, writeBeside } from './modelOutput';
import { baseNameOf, folderFor } from './outputPlace';
import { safeText } from './safeText';
import { sayError, sayInformation } from './say';

/** What leaves the editor with a model. */
const WHAT_LEAVES =
  'Save Model: with names of columns and classes, categories, and from where to where numbers reach; with no row';

/**
 * Saves the network of a session as it is now, where a person says.
 * @param byTest whether the runs have been sorted by a score of the test part: then that is what this one is saved for
 * @param given they have said where
 */
export async function saveModel(session: Session, byTest: boolean, given?: vscode.Uri): Promise<void> {
  const record = await recordOf(session);
  if (!record) {
    void sayInformation('There are no weights to save yet.');
    return;
  }
  try {
    const { trainRows = null, testRows = null } = session.dataset ?? {};
    const isPicked = byTest && record.measure.testScore !== null;
    const saved = isPicked ? { ...record, picked: true } : record;
    const model = modelOfRecord(saved, { trainRows, testRows });
    const content = writeModel(model);
    const uri = given ?? (await askWhere(session, record));
    if (!uri) return;
    await writeBeside(uri, session.uri, content);
    if (isPicked) session.say({ picked: true });
    const looked = model.training.chosenByTest ? ' Its test score was chosen by looking at it.' : '';
    void sayInformation(
      `${nameOf(uri.toString())} is saved, with the weights of epoch ${whole(record.measure.epoch)}.${looked}`,
    );
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    void sayError(`The model of ${nameOf(session.uri)} is not saved. ${error.message}`);
  }
}

async function askWhere(session: Session, { measure }: RunRecord): Promise<vscode.Uri | undefined> {
  const name = `${baseNameOf(session.uri, 'model')}-epoch-${measure.epoch}${MODEL_ENDING}`;
  return vscode.window.showSaveDialog({
    title: safeText(WHAT_LEAVES),
    defaultUri: vscode.Uri.joinPath(folderFor(session.uri), name),
    filters: MODELS,
  });
}
