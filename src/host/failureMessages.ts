import * as vscode from 'vscode';
import type { Failure } from '../data/failure';
import type { Lenses } from './lenses';
import type { Sessions } from '../session/sessions';

/** Says once why a training a person asked for cannot be, with a way to the line; a Lens on the screen says it itself. */
export function registerFailureMessages(
  sessions: Sessions,
  lenses: Lenses,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const said = new WeakSet<Failure>();
  return sessions.onDidChange(({ session: { failure, uri } }) => {
    if (!failure || said.has(failure)) return;
    said.add(failure);
    const file = vscode.Uri.parse(uri, true);
    void lenses.isShown(file).then((isShown) => {
      if (!isShown) void import('./sayFailure').then(({ sayFailure }) => sayFailure(file, failure, log));
    });
  });
}
