import * as vscode from 'vscode';
import { whole } from '../core/format';
import type { Problem } from '../data/problems';
import type { TableView } from '../data/table/tableView';
import type { FileWatch } from './fileWatch';
import { safeText } from './safeText';
import type { Sessions } from '../session/sessions';
import type { FileSettings } from './settings';
import { tableKeys, type Tables } from './tables';

/** The name under which problems are listed. */
const SOURCE = 'Neuron Lens';
/** Problems of a file that are listed; of more only the number is said. */
export const MOST_LISTED = 200;

/** A problem in the list, with what a quick fix needs to know. */
export class TableDiagnostic extends vscode.Diagnostic {
  constructor(
    readonly problem: Problem,
    text: string,
  ) {
    const { line, column, endColumn, severity, code } = problem;
    super(
      new vscode.Range(line - 1, column - 1, line - 1, endColumn - 1),
      safeText(text),
      severities[severity],
    );
    this.source = SOURCE;
    this.code = code;
  }
}

/** Only what keeps a file from being trained on is an error: a table that can be used is not wrong. */
const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Information,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/**
 * Lists in VS Code's Problems what is wrong with a file, once it was trained on or checked, until it is closed or gone.
 * After each change of the file or the settings the list is made anew; it follows the file to another name.
 */
export class Diagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('neuronLens');
  private readonly shown = new WeakSet<TableView>();
  /** The tables whose sentences are still loaded: what is closed or read anew meanwhile is not listed. */
  private readonly awaited = new Map<string, TableView>();
  private readonly watches = new Map<string, vscode.Disposable>();
  private readonly disposables: vscode.Disposable;

  constructor(
    private readonly sessions: Sessions,
    private readonly tables: Tables,
    private readonly fileWatch: FileWatch,
    private readonly fileSettings: FileSettings,
  ) {
    this.disposables = vscode.Disposable.from(
      this.collection,
      sessions.onDidChange(({ session: { uri, table } }) => {
        if (!table || this.shown.has(table)) return;
        void this.show(vscode.Uri.parse(uri, true), table);
      }),
      tables.onDidRead((uri) => void this.renew(uri)),
      tables.onDidForget((uri) => void this.renew(uri)),
      fileSettings.onDidSettle((change) =>
        this.collection.forEach((uri) => {
          if (change.affects(uri, tableKeys)) void this.renew(uri);
          const checked = tables.checked(uri);
          const table = checked && 'table' in checked ? checked.table : sessions.get(uri.toString())?.table;
          if (table && change.affects(uri, ['data.mutedChecks'])) void this.show(uri, table);
        }),
      ),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (!fileWatch.isMoving(uri)) this.remove(uri);
      }),
      fileWatch.onDidDelete((uri) => this.remove(uri)),
      fileWatch.onDidRename(({ from, to }) => {
        const listed = this.collection.get(from);
        if (!listed) return;
        this.remove(from);
        this.list(to, listed);
        void this.renew(to);
      }),
    );
  }

  async show(uri: vscode.Uri, table: TableView): Promise<void> {
    const file = uri.toString();
    this.shown.add(table);
    this.awaited.set(file, table);
    const [{ textOf }, { dataFindings, unmuted }] = await Promise.all([
      import('./text'),
      import('./dataFindings'),
    ]);
    if (this.awaited.get(file) !== table) return;
    this.awaited.delete(file);
    const session = this.sessions.get(file);
    const muted = this.fileSettings.read(uri).settings['data.mutedChecks'];
    const problems = unmuted(table.problems, muted);
    const problemCount = table.problemCount - table.problems.length + problems.length;
    const listed: vscode.Diagnostic[] = problems
      .slice(0, MOST_LISTED)
      .map((problem) => new TableDiagnostic(problem, textOf(problem)));
    if (problemCount > listed.length) {
      const more = new vscode.Diagnostic(
        new vscode.Range(0, 0, 0, 1),
        safeText(
          `${whole(problemCount)} problems were found in this file; ${whole(listed.length)} of them are listed.`,
        ),
        vscode.DiagnosticSeverity.Information,
      );
      more.source = SOURCE;
      listed.push(more);
    }
    this.list(uri, [...listed, ...dataFindings(session, muted, SOURCE)]);
  }

  dispose(): void {
    this.awaited.clear();
    this.watches.forEach((watch) => void watch.dispose());
    this.disposables.dispose();
  }

  private list(uri: vscode.Uri, listed: readonly vscode.Diagnostic[]): void {
    const file = uri.toString();
    if (!this.watches.has(file)) this.watches.set(file, this.fileWatch.watch(uri));
    this.collection.set(uri, listed);
  }

  private remove(uri: vscode.Uri): void {
    const file = uri.toString();
    this.awaited.delete(file);
    this.watches.get(file)?.dispose();
    this.watches.delete(file);
    this.collection.delete(uri);
  }

  private async renew(uri: vscode.Uri): Promise<void> {
    // Whoever else hears of the same event has been heard by then: a file that is closed is listed no more.
    await Promise.resolve();
    if (!this.collection.has(uri)) return;
    const checked = await this.tables.check(uri);
    if (checked && 'table' in checked && this.collection.has(uri) && !this.shown.has(checked.table))
      await this.show(uri, checked.table);
  }
}
