import * as vscode from 'vscode';
import type { Session } from '../session/session';
import { Debouncer } from './debouncer';
import { TrainedText } from './trainedText';

/** A cursor that moves on within this is not followed. */
const QUIET_MS = 50;

/** A line of a file, from 1. */
export interface RowPlace {
  readonly uri: vscode.Uri;
  readonly line: number;
}

/** Tells on which line of a file that has a run the cursor is, as long as the lines are those that it was trained on. */
export class CursorRow implements vscode.Disposable {
  private editor: vscode.TextEditor | undefined;
  private readonly trained = new TrainedText();
  private readonly debouncer = new Debouncer(QUIET_MS, () => this.tell());
  private readonly moved = new vscode.EventEmitter<RowPlace>();
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
    const { document, selection } = editor;
    const session = this.sessions.get(document.uri);
    if (!session || !this.trained.isIn(document, session)) return;
    this.moved.fire({ uri: document.uri, line: selection.active.line + 1 });
  }
}
