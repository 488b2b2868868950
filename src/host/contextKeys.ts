import * as vscode from 'vscode';
import type { ActiveFile } from './activeFile';
import type { Sessions } from '../session/sessions';
import type { Command } from '../session/transitions';

/** Commands that the palette has only when they can act on the training of the active file. */
const commands: readonly Command[] = ['pause', 'resume', 'step', 'stop', 'continue', 'skipToEnd'];

/** Tells VS Code which commands can act now: `neuronLens.canPause` and so on, which conditions in package.json ask for. */
export function registerContextKeys(sessions: Sessions, activeFile: ActiveFile): vscode.Disposable {
  const known = new Map<Command, boolean>();
  const update = () => {
    const session = activeFile.uri && sessions.get(activeFile.uri);
    for (const command of commands) {
      const value = session?.can(command) ?? false;
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
