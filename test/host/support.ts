import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitMs } from '../../scripts/patience.json';
import type { Api } from '../../src/extension';
import { failureText } from '../../src/host/text';
import { noticeText } from '../../src/host/trainingText';
import { noticesOf as noticesOfRun } from '../../src/session/notice';
import type { Session } from '../../src/session/session';

export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>('neuron-lens.neuron-lens');
  assert.ok(extension);
  return extension.activate();
}

export function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first.uri;
}

export const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder(), name);

/** Writes a file of the workspace. */
export async function write(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  await vscode.workspace.fs.writeFile(file(name), Buffer.from(content));
  return file(name);
}

/** Resolves once the session satisfies `holds`, looked at whenever it changes. */
export function when(session: Session, what: string, holds: (session: Session) => boolean): Promise<void> {
  if (holds(session)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`${what} has not come within ${waitMs / 1000} s; the session is ${session.status}`));
    }, waitMs);
    const subscription = session.onDidChange(() => {
      if (!holds(session)) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    });
  });
}

/** Looks at something now and at each event, until it holds. */
export function whenever<T>(
  event: vscode.Event<unknown>,
  what: string,
  look: () => T,
  holds: (seen: T) => boolean,
): Promise<T> {
  const first = look();
  if (holds(first)) return Promise.resolve(first);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`${what} has not come within ${waitMs / 1000} s: ${JSON.stringify(look())}`));
    }, waitMs);
    const subscription = event(() => {
      const seen = look();
      if (!holds(seen)) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(seen);
    });
  });
}

/** Asks until the answer holds: for what VS Code tells nobody about. */
export async function until<T>(
  what: string,
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
): Promise<T> {
  const end = Date.now() + waitMs;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > end) throw new Error(`${what} has not come: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The titles of the CodeLenses of a file, as an editor shows them. */
export async function lensTitles(uri: vscode.Uri): Promise<string[]> {
  await vscode.workspace.openTextDocument(uri);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    100,
  );
  return lenses.map(({ command }) => command?.title ?? '').filter((title) => title !== '');
}

/** Starts a training by the command a person uses, and gives its session. */
export async function train(uri: vscode.Uri): Promise<Session> {
  const { sessions } = await api();
  await vscode.commands.executeCommand('neuronLens.train', uri);
  const session = sessions.get(uri);
  assert.ok(session);
  return session;
}

/** What Problems lists of ours for a file. */
export const listedProblems = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Neuron Lens');

/** Resolves once what Problems lists for a file holds. */
export const whenListed = (
  uri: vscode.Uri,
  what: string,
  holds: (listed: vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> =>
  whenever(vscode.languages.onDidChangeDiagnostics, what, () => listedProblems(uri), holds);

export const hasCode =
  (code: string) =>
  (listed: readonly vscode.Diagnostic[]): boolean =>
    listed.some((each) => each.code === code);

/** Lists a file's problems by the command a person uses. */
export async function checkFile(uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
  await vscode.commands.executeCommand('neuronLens.checkFile', uri);
  return listedProblems(uri);
}

/** The map `neuronLens.datasets` of the workspace. */
export const datasets = (): Record<string, Record<string, unknown>> | undefined =>
  vscode.workspace.getConfiguration('neuronLens').inspect<Record<string, Record<string, unknown>>>('datasets')
    ?.workspaceValue;

/**
 * How often a table is read while `work` is done and thereafter, while the Dataset view is asked again and again and
 * another table is read: whatever looks at this one each time that something was read gets its turn.
 */
export async function readings(uri: vscode.Uri, work: () => Promise<unknown>): Promise<number> {
  const { datasetView, tables } = await api();
  let count = 0;
  const subscription = tables.onDidRead((each) => {
    if (each.toString() === uri.toString()) count++;
  });
  await work();
  for (let time = 0; time < 20; time++) {
    await datasetView.getChildren();
    await tables.recheck(file('xor.csv'));
  }
  subscription.dispose();
  return count;
}

/** Opens a file in an editor as a person does: when that is closed, nothing keeps the document open. */
export async function show(uri: vscode.Uri, viewColumn?: vscode.ViewColumn): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false, viewColumn });
  const editor = await whenever(
    vscode.window.onDidChangeActiveTextEditor,
    'the editor',
    () => vscode.window.activeTextEditor,
    (active) => active?.document.uri.toString() === uri.toString(),
  );
  assert.ok(editor);
  return editor.document;
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Says in the settings of the workspace what holds for one file. */
export const settingsOf = (path: string, entry: Record<string, unknown>): Promise<void> =>
  setting('datasets', { ...datasets(), [path]: entry });

export const csv = (...lines: string[]): string => `${lines.join('\n')}\n`;

/**
 * Tests that write to a folder of their own and train with these settings; afterwards everything is as before.
 * Returns what writes a file there.
 */
export function inFolder(
  name: string,
  settings: Record<string, unknown>,
): (file: string, content: string | Uint8Array) => Promise<vscode.Uri> {
  let kept: ReturnType<typeof datasets>;
  before(async () => {
    kept = datasets();
    await vscode.workspace.fs.createDirectory(file(name));
    for (const [key, value] of Object.entries(settings)) await setting(key, value);
  });
  afterEach(async () => {
    await closeEditors();
    if (JSON.stringify(datasets()) !== JSON.stringify(kept)) await setting('datasets', kept);
  });
  after(async () => {
    for (const key of Object.keys(settings)) await setting(key, undefined);
    await vscode.workspace.fs.delete(file(name), { recursive: true });
  });
  return (each, content) => write(`${name}/${each}`, content);
}

export async function setting(key: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('neuronLens')
    .update(key, value, vscode.ConfigurationTarget.Workspace);
}

export const ended = ({ status }: Session): boolean =>
  ['finished', 'stopped', 'diverged', 'failed'].includes(status);

/** What the Lens says of a training besides its numbers. */
export const noticesOf = (session: Session): string[] => noticesOfRun(session).map(noticeText);

/** Why a training cannot be, as a person is told. */
export const failureOf = ({ uri, failure }: Session): string => (failure ? failureText(uri, failure) : '');
