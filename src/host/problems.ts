import * as vscode from 'vscode';
import type { Failure } from '../data/failure';
import { sayError } from './say';
import { showPlace } from './showPlace';
import { failureText } from './text';
import type { Sessions } from './sessions';

/** Says once why a training a person asked for cannot be, with a way to the line. */
export function registerFailureMessages(sessions: Sessions, log: vscode.LogOutputChannel): vscode.Disposable {
  const said = new WeakSet<Failure>();
  return sessions.onDidChange(({ failure, uri }) => {
    if (!failure || said.has(failure)) return;
    said.add(failure);
    void sayFailure(uri, failure, log);
  });
}

export async function sayFailure(
  uri: vscode.Uri,
  failure: Failure,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const { place, bug } = failure;
  const choices = [...(place ? ['Go to Line'] : []), ...(bug ? ['Show Log'] : [])];
  const choice = await sayError(failureText({ uri, failure }), ...choices);
  if (choice === 'Show Log') log.show();
  if (choice === 'Go to Line' && place) await showPlace(uri, place);
}
