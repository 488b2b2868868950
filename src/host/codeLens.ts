import * as vscode from 'vscode';
import type { Session } from '../session/session';
import {
  refusalLenses,
  refusalOf,
  tableLenses,
  trainingLenses,
  type LensText,
  type TrainingState,
} from './codeLensText';
import { Renewal } from './renewal';
import { safeText } from './safeText';
import { progressText, scoreText } from './progressText';
import type { Sessions } from '../session/sessions';
import type { FileSettings } from './settings';
import { csvSelector } from './csvFiles';
import type { Checked, Tables } from './tables';

/** The changing text is renewed at most twice a second. */
const EVERY_MS = 500;

/** What stands above the first line of a CSV file. */
export class CsvCodeLens implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly renewal = new Renewal(EVERY_MS, () => this.changed.fire());
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
      sessions.onDidChange(() => this.renewal.changed()),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    this.renewal.asked();
    if (!this.fileSettings.read(document.uri).settings['codeLens.enabled']) return [];
    const { uri } = document;
    let texts = this.ofTraining(uri);
    if (!texts) {
      const untrained = await this.untrained(document, this.sessions.get(uri)?.status === 'failed');
      // A large table takes a while, and may be trained on meanwhile.
      texts = this.ofTraining(uri) ?? untrained;
    }
    // Not before: it has to load what reads them, and the lens of a file that was trained on is renewed.
    void this.sessions.restore();
    return texts.map(
      ({ title, command, tooltip }) =>
        new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
          title: safeText(title),
          command: `neuronLens.${command}`,
          arguments: [uri],
          tooltip: safeText(tooltip),
        }),
    );
  }

  dispose(): void {
    this.renewal.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
    this.changed.dispose();
  }

  private ofTraining(uri: vscode.Uri): LensText[] | null {
    const session = this.sessions.get(uri);
    if (!session || session.status === 'failed' || session.cancelled) return null;
    return trainingLenses(this.trainingState(uri, session));
  }

  private async untrained(document: vscode.TextDocument, isSaid: boolean): Promise<LensText[]> {
    const checked = await this.known(document);
    const refusal = refusalOf(checked);
    if (!refusal) return tableLenses(checked && 'table' in checked ? checked.table : null);
    const { textOf } = await import('./text');
    return refusalLenses(refusal, textOf, isSaid);
  }

  /** The head of a table is there at once; its rows are counted in the background, and the lenses asked for again. */
  private async known(document: vscode.TextDocument): Promise<Checked | null> {
    const checked = this.tables.checked(document.uri);
    if (checked) return checked;
    const head = await this.tables.head(document);
    void this.tables.check(document.uri);
    return head;
  }

  private trainingState(uri: vscode.Uri, session: Session): TrainingState {
    const { status, canGoOn, targetName, pending } = session;
    return {
      status,
      canGoOn,
      pending,
      progress: progressText(session),
      score: scoreText(session),
      target: targetName,
      nextTarget: pending.includes('data.target') ? this.nextTarget(uri, session) : targetName,
    };
  }

  /** The chosen column; where it is left to the table, it is known once that has been read. */
  private nextTarget(uri: vscode.Uri, { targetName }: Session): string {
    const chosen = this.fileSettings.read(uri).settings['data.target'];
    if (chosen !== '') return chosen;
    const checked = this.tables.checked(uri);
    if (checked) return 'table' in checked ? checked.table.target : targetName;
    void this.tables.check(uri);
    return targetName;
  }
}
