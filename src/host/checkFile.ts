import * as path from 'node:path';
import * as vscode from 'vscode';
import { whole } from '../core/format';
import type { Problem } from '../data/problems';
import type { Diagnostics } from './diagnostics';
import { sayFailure } from './sayFailure';
import { sayInformation, withProgress } from './say';
import { dialectText } from './tableText';
import type { Tables } from './tables';

/** Reads a file and lists what is wrong with it in Problems; returns what keeps it from being trained on. */
export async function checkFile(
  uri: vscode.Uri,
  tables: Tables,
  diagnostics: Diagnostics,
  log: vscode.LogOutputChannel,
): Promise<Problem | null> {
  const name = path.posix.basename(uri.path);
  const checked = await withProgress(`Checking ${name}`, (onProgress, cancelled) =>
    tables.recheck(uri, { onProgress, signal: signalOf(cancelled) }),
  );
  if (!checked) return null;
  if ('failure' in checked) {
    void sayFailure(uri, checked.failure, log);
    return null;
  }
  const { table } = checked;
  await diagnostics.show(uri, table);
  if (table.problemCount > 0) await vscode.commands.executeCommand('workbench.actions.view.problems');
  else
    void sayInformation(
      `${name}: ${whole(table.rows ?? 0)} rows × ${whole(table.names.length)} columns, ${dialectText(table.dialect)}. There is nothing wrong with it.`,
    );
  return table.error;
}

function signalOf(cancelled: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  cancelled.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
