import * as vscode from 'vscode';
import { OutputRefused, writeOutput } from '../runs/outputFile';
import type { RunRecord } from '../runs/record';
import type { Session } from '../session/session';
import { notSaved, writeWhole } from './outputPlace';

/** The state of a training that runs is kept within this time, or the one before is taken. */
const KEPT_MS = 10_000;
/** What is kept of a session, of the epoch that is shown. */
export async function recordOf(session: Session): Promise<RunRecord | null> {
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

/** Never over the table itself; what is there else was asked about by the dialog. */
export async function writeBeside(
  uri: vscode.Uri,
  table: string,
  content: string | Uint8Array,
): Promise<void> {
  if (uri.scheme !== 'file')
    return writeWhole(uri, typeof content === 'string' ? Buffer.from(content) : content);
  const source = vscode.Uri.parse(table, true);
  const reads = source.scheme === 'file' ? [source.fsPath] : [];
  try {
    await writeOutput({ file: uri.fsPath, reads, force: true }, content);
  } catch (error) {
    if (!(error instanceof OutputRefused)) throw notSaved(uri, error);
    throw notSaved(uri, error.why === 'is read' ? 'It is the table itself.' : 'There can be no file there.');
  }
}
