import * as vscode from 'vscode';
import type { ActiveFile } from './activeFile';
import type { Session } from './session';
import type { Sessions } from './sessions';

/** Commands that the palette has only when they can act on the training of the active file. */
const commands = ['pause', 'resume', 'step', 'stop', 'continue', 'skipToEnd'] as const;
type Command = (typeof commands)[number];

/** Tells VS Code which commands can act now: `neuronLens.canPause` and so on, which conditions in package.json ask for. */
export function registerContextKeys(sessions: Sessions, activeFile: ActiveFile): vscode.Disposable {
  const known = new Map<Command, boolean>();
  const update = () => {
    const session = activeFile.uri && sessions.get(activeFile.uri);
    for (const command of commands) {
      const value = session !== undefined && canDo(session, command);
      if (known.get(command) === value) continue;
      known.set(command, value);
      void vscode.commands.executeCommand('setContext', contextKey(command), value);
    }
  };
  update();
  return vscode.Disposable.from(sessions.onDidChange(update), activeFile.onDidChange(update));
}

/** `neuronLens.canSkipToEnd` */
const contextKey = (command: Command): string =>
  `neuronLens.can${command[0].toUpperCase()}${command.slice(1)}`;

function canDo({ status, canGoOn, paced }: Session, command: Command): boolean {
  switch (command) {
    case 'pause':
      return status === 'running';
    case 'resume':
      return status === 'paused' && canGoOn;
    case 'step':
      return status !== 'running' && status !== 'loading' && canGoOn;
    case 'stop':
      return status === 'running' || status === 'loading' || status === 'paused';
    case 'continue':
      return (status === 'finished' || status === 'stopped' || status === 'diverged') && canGoOn;
    case 'skipToEnd':
      return status === 'running' && paced;
    default:
      return command satisfies never;
  }
}
