import * as vscode from 'vscode';
import { whole } from '../core/format';
import { MOST_TO_CHECK } from '../protocol/lens';
import type { Parts } from './commands';
import { sayInformation } from './say';

/** Has the numbers that are selected in an editor checked in the Lens of the CSV that was looked at last. */
export async function checkSelection({
  sessions,
  activeFile,
  lenses,
}: Pick<Parts, 'sessions' | 'activeFile' | 'lenses'>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.selections.map((each) => editor.document.getText(each)).join('\n') ?? '';
  const why = await whyNot();
  if (why !== null) {
    void sayInformation(why);
    return;
  }
  if (activeFile.uri) await lenses.check(activeFile.uri, selected);

  async function whyNot(): Promise<string | null> {
    if (selected.trim() === '') return 'Select the numbers to check in an editor first.';
    if (selected.length > MOST_TO_CHECK)
      return `More than ${whole(MOST_TO_CHECK)} characters are selected. Print fewer digits, or paste a part of them under Check My Numbers.`;
    if (activeFile.uri && !sessions.get(activeFile.uri)) await sessions.restore();
    return activeFile.uri && sessions.get(activeFile.uri)
      ? null
      : 'There is no training to check the numbers against. Open the CSV that was trained on.';
  }
}
