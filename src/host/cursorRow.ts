import * as vscode from 'vscode';
import type { Session } from '../session/session';
import { Debouncer } from './debouncer';
import type { LinesAt } from './lens';
import { TrainedText } from './trainedText';

/** A cursor that moves on within this is not followed. */
const QUIET_MS = 50;

/** Where the cursors and selections of an editor are. */
export interface RowPlaces extends LinesAt {
  readonly uri: vscode.Uri;
}

/** Tells on which lines of a file that has a run the cursors and selections are, as long as they are those that it was trained on. */
export class CursorRow implements vscode.Disposable {
  private editor: vscode.TextEditor | undefined;
  private readonly trained = new TrainedText();
  private readonly debouncer = new Debouncer(QUIET_MS, () => this.tell());
  private readonly moved = new vscode.EventEmitter<RowPlaces>();
  readonly onDidMove = this.moved.event;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly sessions: { get(uri: vscode.Uri): Session | undefined }) {
    this.subscription = vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      this.editor = textEditor;
      this.debouncer.touch();
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.debouncer.dispose();
    this.moved.dispose();
  }

  private tell(): void {
    const { editor } = this;
    if (!editor) return;
    const { document, selections } = editor;
    const session = this.sessions.get(document.uri);
    if (!session || !this.trained.isIn(document, session)) return;
    this.moved.fire({ uri: document.uri, ...linesAt(selections) });
  }
}

/** A selection that ends before the first character of a line does not have it. */
export function linesAt(selections: readonly vscode.Selection[]): LinesAt {
  const ranges = selections.map(({ start, end, isSingleLine }): [number, number] => [
    start.line + 1,
    isSingleLine || end.character > 0 ? end.line + 1 : end.line,
  ]);
  return { line: Math.min(selections[0].active.line + 1, ranges[0][1]), ranges };
}
