import path from 'node:path';
import * as vscode from 'vscode';
import { cut, nameOf } from '../core/format';
import { optionName, options } from '../settings/commandLine';
import { defaults, type Settings } from '../settings/settings';
import { writtenValue } from '../settings/written';
import { runProgram } from '../threads/program';
import { baseNameOf, folderFor } from './outputPlace';
import { safeText } from './safeText';
import { sayError, sayInformation, withProgress } from './say';

const LONGEST_WHY = 1000;

/** What a table's job is made of. */
interface JobParts {
  /** Where the extension is installed. */
  readonly extensionUri: vscode.Uri;
  readonly settings: Settings;
  /** Where it is to go, where that has been said. */
  readonly to: vscode.Uri | undefined;
}

/**
 * Writes the training of a table as a script for PyTorch, on one machine or many. The command line's program does it: it
 * reads the table, and checks that the script can.
 */
export async function exportJob(
  uri: vscode.Uri,
  { extensionUri, settings, to: given }: JobParts,
): Promise<void> {
  const name = nameOf(uri.toString());
  const refuse = (why: string) => void sayError(`The training of ${name} is not exported. ${why}`);
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (uri.scheme !== 'file' || document?.isDirty)
    return refuse('The script reads the file as it is on this disk: save it there first.');
  const asked = optionsOf(settings);
  if ('key' in asked)
    return refuse(`A name in neuronLens.${asked.key} holds a comma, which cannot be handed on.`);
  const to =
    given ??
    (await vscode.window.showSaveDialog({
      title: safeText(
        'Export Training Job (PyTorch): with names of columns and classes, and ranges; with no row',
      ),
      defaultUri: vscode.Uri.joinPath(folderFor(uri.toString()), `${baseNameOf(name, 'train')}-train.py`),
      filters: { Python: ['py'] },
    }));
  if (!to) return;
  if (to.scheme !== 'file') return refuse('It can be written to this disk only.');
  const program = path.join(extensionUri.fsPath, 'dist', 'cli.js');
  // The dialog has asked about what is there.
  const job = ['export', uri.fsPath, '--format', 'torchrun', '-o', to.fsPath, '--force', ...asked.options];
  const stop = new AbortController();
  const why = await withProgress(`Exporting the training of ${name}`, (_, cancelled) => {
    cancelled.onCancellationRequested(() => stop.abort());
    return runProgram(program, job, stop.signal);
  });
  const script = path.basename(to.fsPath);
  if (why === null) void sayInformation(`${script} is written: python ${script} trains on ${name}.`);
  else if (!stop.signal.aborted) refuse(cut(why, LONGEST_WHY));
}

/** What was set, as options of the command line; the key of what they cannot hold. */
function optionsOf(settings: Settings): { readonly options: string[] } | { readonly key: string } {
  const all: string[] = [];
  for (const key of options.values()) {
    if (JSON.stringify(settings[key]) === JSON.stringify(defaults[key])) continue;
    const written = writtenValue(key, settings[key]);
    if (written === null) return { key };
    all.push(`--${optionName(key)}=${written}`);
  }
  return { options: all };
}
