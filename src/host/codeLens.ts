import * as vscode from 'vscode';
import type { Session } from './session';
import { cut } from '../core/format';
import { safeText } from './safeText';
import { progressText, scoreText } from './text';
import type { Sessions } from './sessions';
import type { FileSettings } from './settings';
import { csvSelector } from './csvFiles';
import type { Checked, Tables } from './tables';

/** The changing text is renewed at most twice a second. */
const EVERY_MS = 500;

/** What stands above the first line of a CSV file. */
export class CsvCodeLens implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private timer: NodeJS.Timeout | undefined;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly sessions: Sessions,
    private readonly tables: Tables,
    private readonly fileSettings: FileSettings,
  ) {
    this.disposables = [
      vscode.languages.registerCodeLensProvider(csvSelector, this),
      fileSettings.onDidSettle(() => this.changed.fire()),
      tables.onDidRead(() => this.changed.fire()),
      tables.onDidForget(() => this.changed.fire()),
      sessions.onDidChange(() => {
        this.timer ??= setTimeout(() => {
          this.timer = undefined;
          this.changed.fire();
        }, EVERY_MS);
      }),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!this.fileSettings.read(document.uri).settings['codeLens.enabled']) return [];
    const { uri } = document;
    const session = this.sessions.get(uri);
    const lens = (title: string, command: string, tooltip = '') =>
      new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
        title: safeText(title),
        command: `neuronLens.${command}`,
        arguments: [uri],
        tooltip: safeText(tooltip),
      });
    if (session && session.status !== 'failed' && !session.cancelled) return sessionLenses(session, lens);

    let checked: Checked | null | undefined = this.tables.checked(uri);
    if (!checked) {
      checked = await this.tables.head(document);
      // The rows are counted in the background, and the lenses asked for again.
      void this.tables.check(uri);
    }
    const title = 'Train Neural Network';
    if (!checked) return [lens(title, 'train')];
    if ('failure' in checked) {
      const { message } = checked.failure;
      return [lens(title, 'train'), lens(message, 'showProblem', message)];
    }
    const { targetReason, rows, names, dialect, error, problemCount } = checked.table;
    const target = cut(checked.table.target);
    if (error && rows !== null) {
      return [
        lens(title, 'train'),
        lens(
          `Line ${error.line}: ${error.message}`,
          'showProblem',
          'Show it, and everything else that was found',
        ),
      ];
    }
    const problems = problemCount === 1 ? '1 note' : `${problemCount} notes`;
    return [
      lens(title, 'train', `Predict ${target} from the other columns`),
      lens(`Target: ${target}`, 'chooseTarget', `${targetReason}; click to choose another`),
      lens(`${rows ?? '…'} rows × ${names.length} columns, ${dialect}`, 'showTable', 'Show the columns'),
      ...(rows === null || problemCount === 0
        ? []
        : [lens(problems, 'checkFile', 'Show what was noticed about this file in Problems')]),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.disposables).dispose();
    this.changed.dispose();
  }
}

function sessionLenses(
  session: Session,
  lens: (title: string, command: string, tooltip?: string) => vscode.CodeLens,
): vscode.CodeLens[] {
  const { status } = session;
  switch (status) {
    case 'loading':
      return [lens('Stop', 'stop'), lens(progressText(session), 'showLens')];
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
        lens(`Target: ${cut(session.targetName)}`, 'chooseTarget', 'Click to choose another'),
        lens(`${how}${scoreText(session)}`, 'showLens', progressText(session)),
      ];
    }
    case 'failed':
      return [];
    default:
      return status satisfies never;
  }
}
