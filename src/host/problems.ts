import * as vscode from 'vscode';
import type { Failure } from '../data/failure';
import { sayError } from './say';
import { showPlace } from './showPlace';
import { failureText } from './text';
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
      if (!isShown) void sayFailure(file, failure, log);
    });
  });
}

export async function sayFailure(
  uri: vscode.Uri,
  failure: Failure,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const { place, bug } = failure;
  const choices = [...(place ? ['Go to Line'] : []), ...(bug ? ['Show Log'] : [])];
  const choice = await sayError(failureText(uri.toString(), failure), ...choices);
  if (choice === 'Show Log') log.show();
  if (choice === 'Go to Line' && place) await showPlace(uri, place);
}
