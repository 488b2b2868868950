import * as vscode from 'vscode';
import type { Failure } from '../data/failure';
import { sayError } from './say';
import { showPlace } from './showPlace';
import { failureText } from './text';

/** Says why there is no result, with a way to the line, or to the log where it is a bug. */
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
