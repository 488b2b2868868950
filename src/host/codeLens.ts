import * as vscode from 'vscode';
import type { Session } from '../session';
import { progressText, scoreText } from './format';
import type { Inspected, Inspector } from './inspector';
import type { Sessions } from './sessions';
import { onDidChangeSettings, readSettings } from './settings';
import { csvSelector } from './source';

/** The changing text is renewed at most twice a second. */
const EVERY_MS = 500;

/** What stands above the first line of a CSV file. */
export class CsvCodeLens implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly inspections = new Map<string, { key: string; result: Promise<Inspected> }>();
  private timer: NodeJS.Timeout | undefined;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly sessions: Sessions,
    private readonly inspector: Inspector,
  ) {
    this.disposables = [
      vscode.languages.registerCodeLensProvider(csvSelector, this),
      onDidChangeSettings(() => {
        this.inspections.clear();
        this.changed.fire();
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.inspections.delete(uri.toString())),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.inspections.delete(uri.toString())),
      sessions.onDidChange(() => {
        this.timer ??= setTimeout(() => {
          this.timer = undefined;
          this.changed.fire();
        }, EVERY_MS);
      }),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!readSettings(document.uri).settings['codeLens.enabled']) return [];
    const { uri } = document;
    const session = this.sessions.get(uri);
    const lens = (title: string, command: string, tooltip = '') =>
      new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
        title,
        command: `neuronLens.${command}`,
        arguments: [uri],
        tooltip,
      });
    if (session && session.status !== 'failed') return sessionLenses(session, lens);

    const inspected = await this.inspection(document);
    if ('failure' in inspected) {
      const { message, place } = inspected.failure;
      return [
        lens('Train Neural Network', 'train'),
        lens(`${place ? `Line ${place.line}: ` : ''}${message}`, 'showProblem', message),
      ];
    }
    const { target, targetReason, rows, columns, delimiter } = inspected.inspection;
    return [
      lens('Train Neural Network', 'train', `Predict ${target} from the other columns`),
      lens(`Target: ${target}`, 'chooseTarget', `${targetReason}; click to choose another`),
      lens(`${rows} rows × ${columns} columns, ${delimiter}`, 'showLens'),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.disposables).dispose();
    this.changed.dispose();
  }

  private inspection(document: vscode.TextDocument): Promise<Inspected> {
    const uri = document.uri.toString();
    const key = `${document.version} ${document.isDirty}`;
    const known = this.inspections.get(uri);
    if (known?.key === key) return known.result;
    const result = this.inspector.inspect(document.uri);
    this.inspections.set(uri, { key, result });
    return result;
  }
}

function sessionLenses(
  session: Session,
  lens: (title: string, command: string, tooltip?: string) => vscode.CodeLens,
): vscode.CodeLens[] {
  const { status } = session;
  switch (status) {
    case 'loading':
      return [lens('Stop', 'stop'), lens('Reading the file…', 'showLens')];
    case 'running':
      return [lens('Pause', 'pause'), lens('Stop', 'stop'), lens(progressText(session), 'showLens')];
    case 'paused':
      return [
        lens('Resume', 'resume'),
        lens('Train Again', 'train'),
        lens('Show Lens', 'showLens'),
        lens(progressText(session).replace('Epoch', 'Paused at epoch'), 'showLens'),
      ];
    case 'finished':
    case 'stopped':
    case 'diverged': {
      const how = { finished: '', stopped: 'Stopped, ', diverged: 'Diverged, ' }[status];
      return [
        lens('Show Lens', 'showLens'),
        lens('Train Again', 'train'),
        lens('Continue', 'continue', 'Train on from the current weights'),
        lens(`Target: ${session.targetName}`, 'chooseTarget', 'Click to choose another'),
        lens(`${how}${scoreText(session)}`, 'showLens', progressText(session)),
      ];
    }
    case 'failed':
      return [];
    default:
      return status satisfies never;
  }
}
