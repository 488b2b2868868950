import * as vscode from 'vscode';
import type { Session } from '../session/session';
import type { Sessions } from '../session/sessions';
import type { Command } from '../session/transitions';
import type { ActiveFile } from './activeFile';

/** Commands that the palette has only when they can act on the training of the active file. */
export const conditional = [
  ...(['pause', 'resume', 'step', 'stop', 'continue', 'skipToEnd'] as const satisfies Command[]),
  'undo',
  ...(['checkNumbers', 'saveModel', 'showPredictions'] as const),
] as const;
type Conditional = (typeof conditional)[number];

/** The runs of earlier windows are read behind the first CodeLens; where VS Code asks for none, this long after a file is looked at. */
const WITHOUT_CODELENS_MS = 3000;

/** Tells VS Code which commands can act now: `neuronLens.canPause` and so on, which conditions in package.json ask for. */
export function registerContextKeys(sessions: Sessions, activeFile: ActiveFile): vscode.Disposable {
  const known = new Map<Conditional, boolean>();
  const can = (session: Session, command: Conditional) => {
    switch (command) {
      case 'undo':
        return sessions.canUndo(session);
      // There is a training, which is all that these need.
      case 'checkNumbers':
      case 'saveModel':
      case 'showPredictions':
        return true;
      default:
        return session.can(command);
    }
  };
  const update = () => {
    const session = activeFile.uri && sessions.get(activeFile.uri);
    for (const command of conditional) {
      const value = session !== undefined && can(session, command);
      if (known.get(command) === value) continue;
      known.set(command, value);
      void vscode.commands.executeCommand('setContext', contextKey(command), value);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const turn = () => {
    update();
    if (activeFile.uri) timer ??= setTimeout(() => void sessions.restore(), WITHOUT_CODELENS_MS);
  };
  turn();
  return vscode.Disposable.from(
    sessions.onDidChange(update),
    activeFile.onDidChange(turn),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}

/** `neuronLens.canSkipToEnd` */
export const contextKey = (command: Conditional): string =>
  `neuronLens.can${command[0].toUpperCase()}${command.slice(1)}`;
