import * as vscode from 'vscode';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { Session } from '../session/session';
import type { Sessions } from '../session/sessions';
import type { Asked } from './lens';
import { revealLine, showPlace } from './showPlace';

/** Does what a Lens asks for. */
export async function answer(
  asked: Asked,
  session: Session | undefined,
  uri: vscode.Uri | undefined,
  sessions: Sessions,
): Promise<void> {
  const command = (name: string, ...rest: unknown[]) =>
    vscode.commands.executeCommand(name, ...(uri ? [uri] : []), ...rest);
  const { list } = sessions;
  const address = uri?.toString() ?? '';
  switch (asked.type) {
    case 'showLine':
      if (!uri) return;
      if (asked.focus) await showPlace(uri, { line: asked.line });
      else await revealLine(uri, asked.line);
      return;
    case 'answer':
      if (!session?.question) throw new UserError(message('nothing-to-answer', {}));
      session.answer(asked.choice === 'end' ? 'end' : 'goOn');
      return;
    case 'remedy':
      if (!uri) return;
      await vscode.commands.executeCommand('neuronLens.setSeveralForFile', uri, asked.changes);
      await command('neuronLens.train');
      return;
    case 'runs':
      if (asked.wanted) await list.read(address);
      return;
    case 'showRun':
      await list.show(address, asked.id);
      return;
    case 'nameRun':
      await list.call(address, asked.id, asked.name);
      return;
    case 'deleteRun':
      await list.delete(address, asked.id);
      return;
    case 'undeleteRun':
      list.undelete(address);
      return;
    case 'save': {
      const { savePicture } = await import('./savePicture');
      await savePicture(asked, session);
      return;
    }
    case 'action':
      break;
    default:
      asked satisfies never;
  }
  switch (asked.action) {
    case 'train':
    case 'restart':
      await command('neuronLens.train');
      return;
    case 'pause':
    case 'resume':
    case 'stop':
    case 'step':
    case 'continue':
      await session?.[asked.action]();
      return;
    case 'undo':
      await command('neuronLens.undo');
      return;
    case 'skipToEnd':
      session?.skipToEnd();
      return;
    case 'openSettings':
      await vscode.commands.executeCommand('workbench.action.openSettings', 'neuronLens');
      return;
    case 'showFile':
      if (uri) await showPlace(uri);
      return;
    case 'showLog':
      await vscode.commands.executeCommand('neuronLens.showLog');
      return;
    default:
      asked.action satisfies never;
  }
}
