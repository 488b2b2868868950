import * as vscode from 'vscode';
import { whole } from '../core/format';
import type { Session } from '../session/session';
import type { Sessions } from '../session/sessions';
import { safeText, safeWithIcon } from './safeText';
import { fileName, progressText, scoreText } from './progressText';

/** Says, while something trains, how far it is; a click shows its Lens. */
export function registerStatusBar(sessions: Sessions): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('neuronLens.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Neuron Lens';
  const update = () => {
    const [session, ...others] = sessions.all.filter(({ running }) => running);
    if (!session) {
      item.hide();
      return;
    }
    describeTrainings(item, [session, ...others]);
    item.command = {
      title: 'Show Lens',
      command: 'neuronLens.showLens',
      arguments: [vscode.Uri.parse(session.uri, true)],
    };
    item.show();
  };
  return vscode.Disposable.from(item, sessions.onDidChange(update));
}

/** Says of trainings that run: how far the first one is, and how many others there are. */
export function describeTrainings(
  item: Pick<vscode.StatusBarItem, 'text' | 'tooltip' | 'accessibilityInformation'>,
  [session, ...others]: readonly [Session, ...Session[]],
): void {
  const { measure, epochs, reading } = session;
  const name = fileName(session);
  const epoch = measure
    ? `${whole(measure.epoch)}/${whole(epochs)}`
    : reading !== null && reading > 0
      ? `reading ${Math.round(100 * reading)} %`
      : 'reading';
  const more = others.length > 0 ? ` +${others.length}` : '';
  const what = `Neuron Lens trains on ${name}`;
  item.text = safeWithIcon('pulse', `${name} ${epoch}${more}`);
  item.tooltip = safeText(`${what}. ${progressText(session)}, ${scoreText(session)}`);
  item.accessibilityInformation = { label: safeText(what) };
}
