import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension';
import type { Session } from '../../src/session';

const WAIT_MS = 20_000;

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
export async function write(name: string, text: string): Promise<vscode.Uri> {
  await vscode.workspace.fs.writeFile(file(name), Buffer.from(text));
  return file(name);
}

/** Resolves once the session satisfies `holds`, looked at whenever it changes. */
export function when(session: Session, what: string, holds: (session: Session) => boolean): Promise<void> {
  if (holds(session)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`${what} has not come within ${WAIT_MS / 1000} s; the session is ${session.status}`));
    }, WAIT_MS);
    const subscription = session.onDidChange(() => {
      if (!holds(session)) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    });
  });
}

/** Asks until the answer holds: for what VS Code tells nobody about. */
export async function until<T>(
  what: string,
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
): Promise<T> {
  const end = Date.now() + WAIT_MS;
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

export async function setting(key: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('neuronLens')
    .update(key, value, vscode.ConfigurationTarget.Workspace);
}

export const ended = ({ status }: Session): boolean =>
  ['finished', 'stopped', 'diverged', 'failed'].includes(status);
