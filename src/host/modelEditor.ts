import * as v from 'valibot';
import * as vscode from 'vscode';
import { cut, nameOf } from '../core/format';
import { predictByHand, type ByHand } from '../predict/byHand';
import { fromModelPage, type ModelAction, type ToModelPage } from '../protocol/modelPage';
import { ModelError } from '../runs/modelJson';
import type { Model } from '../runs/model';
import { failureOf } from '../data/failure';
import { modelIn } from './modelInput';
import { chooseTable, rowOfTable, TableRefused, type ChosenTable } from './modelTable';
import { fieldsOf, withRest } from './modelTableView';
import { setModelPage } from './lensPage';
import { modelView, MOST_FIELDS, MOST_LABELS } from './modelView';
import { safeLines } from './safeText';
import { within } from './textBudget';
import { textOf } from './text';

/** Shows the model in a file, read-only, and what it says of rows that are typed; anew whenever the file is written. */
export class ModelEditor {
  private model: Model | null = null;
  private shown: ToModelPage | null = null;
  private table: ChosenTable | null = null;
  /** How often the file was opened, and rows of the table were asked for: what comes late is not what was asked for last. */
  private opened = 0;
  private rowsAsked = 0;
  private hasLogged = false;
  /** The row that the form has started from last, with the cells that have no field too. */
  private start: { readonly line: number; readonly texts: readonly string[] } | null = null;
  private readonly disposables: vscode.Disposable;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const { webview } = panel;
    const file = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), nameOf(uri.path));
    const watcher = vscode.workspace.createFileSystemWatcher(file);
    this.disposables = vscode.Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      watcher,
      watcher.onDidChange(() => this.open()),
      watcher.onDidCreate(() => this.open()),
    );
    panel.onDidDispose(() => {
      this.disposables.dispose();
    });
    setModelPage(webview, extensionUri);
  }

  private receive(message: unknown): void {
    const parsed = v.safeParse(fromModelPage, message);
    if (!parsed.success) {
      if (!this.hasLogged) this.log.error('A message of the page of a model is none that there is.');
      this.hasLogged = true;
      return;
    }
    const { output: said } = parsed;
    switch (said.type) {
      case 'hello':
        if (!this.shown) return void this.open();
        this.post(this.shown);
        if (this.table) this.post({ type: 'table', table: this.table.view });
        return;
      case 'predict': {
        const rest = said.from !== null && said.from === this.start?.line ? this.start.texts : [];
        const texts = withRest(said.texts, rest);
        if (this.model) this.post({ type: 'predicted', id: said.id, row: rowOf(this.model, texts) });
        return;
      }
      case 'chooseTable':
        void this.chooseTable();
        return;
      case 'row':
        void this.startFrom(said.line);
        return;
      case 'do':
        void this.do(said.what);
        return;
      default:
        said satisfies never;
    }
  }

  private async chooseTable(): Promise<void> {
    const { model } = this;
    if (!model) return;
    try {
      const table = await chooseTable(model, this.uri, this.log);
      // The model may have been written meanwhile.
      if (!table || model !== this.model) return;
      this.table = table;
      this.post({ type: 'table', table: table.view });
    } catch (error) {
      this.post({ type: 'tableRefused', why: this.reasonOf(error) });
    }
  }

  private async startFrom(line: number): Promise<void> {
    const { model, table } = this;
    if (!model || !table) return;
    const asked = ++this.rowsAsked;
    try {
      const row = await rowOfTable(model, table, line, this.log);
      if (model !== this.model || asked !== this.rowsAsked) return;
      const fields = fieldsOf(model, row, line);
      if (fields.texts) this.start = { line, texts: row?.texts ?? [] };
      this.post({ type: 'row', line, ...fields });
    } catch (error) {
      this.post({ type: 'row', line, texts: null, why: this.reasonOf(error) });
    }
  }

  private async open(): Promise<void> {
    // A table was chosen for the model that was there.
    [this.table, this.start] = [null, null];
    const opened = ++this.opened;
    try {
      const model = await modelIn(this.uri);
      if (opened !== this.opened) return;
      this.model = model;
      this.show({ type: 'model', model: modelView(model, nameOf(this.uri.toString())) });
    } catch (error) {
      if (opened !== this.opened) return;
      this.model = null;
      this.show({ type: 'refused', why: this.reasonOf(error) });
    }
  }

  private reasonOf(error: unknown): string {
    if (error instanceof ModelError || error instanceof TableRefused) return error.message;
    const { message, bug, detail } = failureOf(error);
    if (bug) this.log.error(safeLines(detail));
    return textOf(message);
  }

  private show(message: ToModelPage): void {
    this.shown = message;
    this.post(message);
  }

  private post(message: ToModelPage): void {
    void this.panel.webview.postMessage(message);
  }

  private do(what: ModelAction): Thenable<unknown> {
    return what === 'openAsText'
      ? vscode.commands.executeCommand('vscode.openWith', this.uri, 'default', this.panel.viewColumn)
      : vscode.commands.executeCommand(`neuronLens.${what}`, this.uri);
  }
}

/** Characters of a list of texts: a message has at most 256 kB. */
const MOST_TEXT = 40_000;

/** What a model says of a row, its texts cut to what is shown. */
function rowOf(model: Model, texts: readonly string[]): ByHand {
  const row = predictByHand(model, texts);
  return {
    ...row,
    prediction: row.prediction === null ? null : cut(row.prediction),
    outside: within(
      row.outside.slice(0, MOST_FIELDS).map((name) => cut(name)),
      MOST_TEXT,
    ),
    note: cut(row.note),
    ...{
      outputs: row.outputs.slice(0, MOST_LABELS),
      read: within(row.read.slice(0, MOST_FIELDS), MOST_TEXT),
    },
  };
}
