import * as vscode from 'vscode';
import type { Problem } from '../data/problems';
import type { TableView } from '../data/table/tableView';
import { safeText } from './safeText';
import { datasetKeys } from '../settings/settings';
import type { Sessions } from './sessions';
import type { FileSettings } from './settings';
import { openDocument, type Tables } from './tables';

/** The name under which problems are listed. */
const SOURCE = 'Neuron Lens';
/** Problems of a file that are listed; of more only the number is said. */
export const MOST_LISTED = 200;

/** A problem in the list, with what a quick fix needs to know. */
export class TableDiagnostic extends vscode.Diagnostic {
  constructor(readonly problem: Problem) {
    const { line, column, endColumn, message, severity, code } = problem;
    super(
      new vscode.Range(line - 1, column - 1, line - 1, endColumn - 1),
      safeText(message),
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
 * Lists in VS Code's Problems what is wrong with a file, once it was trained on or checked, until it is closed. After
 * each change of the file or the settings the list is made anew.
 */
export class Diagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('neuronLens');
  private readonly shown = new WeakSet<TableView>();
  private readonly disposables: vscode.Disposable;

  constructor(sessions: Sessions, tables: Tables, fileSettings: FileSettings) {
    this.disposables = vscode.Disposable.from(
      this.collection,
      sessions.onDidChange(({ uri, table }) => {
        if (!table || this.shown.has(table)) return;
        this.show(uri, table);
      }),
      tables.onDidForget((uri) => {
        if (this.collection.has(uri) && openDocument(uri)) void this.renew(uri, tables);
      }),
      fileSettings.onDidSettle((change) =>
        this.collection.forEach((uri) => {
          if (change.affects(uri, datasetKeys)) void this.renew(uri, tables);
        }),
      ),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.collection.delete(uri)),
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.collection.delete(uri))),
    );
  }

  show(uri: vscode.Uri, table: TableView): void {
    this.shown.add(table);
    const { problems, problemCount } = table;
    const listed: vscode.Diagnostic[] = problems
      .slice(0, MOST_LISTED)
      .map((problem) => new TableDiagnostic(problem));
    if (problemCount > listed.length) {
      const more = new vscode.Diagnostic(
        new vscode.Range(0, 0, 0, 1),
        `${problemCount} problems were found in this file; ${listed.length} of them are listed.`,
        vscode.DiagnosticSeverity.Information,
      );
      more.source = SOURCE;
      listed.push(more);
    }
    this.collection.set(uri, listed);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async renew(uri: vscode.Uri, tables: Tables): Promise<void> {
    const checked = await tables.check(uri);
    if (checked && 'table' in checked && this.collection.has(uri) && !this.shown.has(checked.table))
      this.show(uri, checked.table);
  }
}
