import * as vscode from 'vscode';
import { whole } from '../core/format';
import { safeText, safeWithIcon } from './safeText';
import { fileName, progressText, scoreText } from './text';
import type { Sessions } from '../session/sessions';

/** Says, while something trains, how far it is; a click shows its Lens. */
export function registerStatusBar(sessions: Sessions): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('neuronLens.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Neuron Lens';
  const update = () => {
    const running = sessions.all.filter((session) => session.running);
    const [session] = running;
    if (!session) {
      item.hide();
      return;
    }
    const epoch = session.measure
      ? `${whole(session.measure.epoch)}/${whole(session.epochs)}`
      : session.reading !== null && session.reading > 0
        ? `reading ${Math.round(100 * session.reading)} %`
        : 'reading';
    const others = running.length > 1 ? ` +${running.length - 1}` : '';
    item.text = safeWithIcon('pulse', `${fileName(session)} ${epoch}${others}`);
    item.tooltip = safeText(
      `Neuron Lens trains on ${fileName(session)}. ${progressText(session)}, ${scoreText(session)}`,
    );
    item.accessibilityInformation = { label: safeText(`Neuron Lens trains on ${fileName(session)}`) };
    item.command = {
      title: 'Show Lens',
      command: 'neuronLens.showLens',
      arguments: [vscode.Uri.parse(session.uri, true)],
    };
    item.show();
  };
  return vscode.Disposable.from(item, sessions.onDidChange(update));
}
