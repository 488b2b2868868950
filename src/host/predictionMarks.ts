import * as vscode from 'vscode';
import { whole } from '../core/format';
import type { Session } from '../session/session';
import type { Sessions } from '../session/sessions';
import { UserError } from '../data/userError';
import { KnownRows } from './knownRows';
import { predict, type RowPrediction } from './rowPredictions';
import { sayInformation } from './say';
import { textOf } from './text';
import { TrainedLines } from './trainedLines';
import { TrainedText } from './trainedText';

/** Four times a second while a training goes on. */
const INTERVAL_MS = 250;
const LONGEST_LINE = 2000;
/** What stands at the end of a line that is not the one that was trained on. */
const EDITED = 'edited';

/** What stands at the end of a line, from 1, of the document as it is now. */
export interface LineMark {
  readonly line: number;
  readonly text: string;
  readonly isWrong: boolean;
}

/** A mark of a line that still is the one that was trained on has a prediction. */
interface DrawnMark extends LineMark {
  readonly prediction?: RowPrediction;
}

/** What is known of a document for one run. */
interface Followed {
  readonly session: Session;
  readonly rows: KnownRows;
  /** Null until the document has held the text that was trained on. */
  lines: TrainedLines | null;
}

/** Predictions at the ends of the visible lines of files that have a run, as the training goes on. */
export class PredictionMarks implements vscode.Disposable {
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 3ch' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
  private readonly trained = new TrainedText();
  private readonly documents = new WeakMap<vscode.TextDocument, Followed>();
  private readonly drawn = new Map<vscode.TextEditor, readonly LineMark[]>();
  private readonly told = new WeakSet<Session>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** The marks of a file have been drawn. */
  readonly onDidDraw = this.changed.event;
  private timer: NodeJS.Timeout | undefined;
  private last = 0;
  private readonly disposables: vscode.Disposable;

  constructor(
    private readonly sessions: Sessions,
    private readonly log: (message: string) => void,
  ) {
    const soon = () => this.drawSoon();
    this.disposables = vscode.Disposable.from(
      this.decoration,
      this.changed,
      vscode.window.onDidChangeVisibleTextEditors(soon),
      vscode.window.onDidChangeTextEditorVisibleRanges(soon),
      vscode.workspace.onDidChangeTextDocument((event) => this.edit(event)),
      sessions.onDidChange(soon),
    );
    this.draw();
  }

  /** What stands at the ends of the lines of a file. */
  of(uri: vscode.Uri): readonly LineMark[] {
    const [, marks] =
      [...this.drawn].find(([{ document }]) => document.uri.toString() === uri.toString()) ?? [];
    return marks ?? [];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.dispose();
  }

  /** A change does not begin the wait anew: a training changes all the time. */
  private drawSoon(): void {
    this.timer ??= setTimeout(() => this.draw(), Math.max(0, this.last + INTERVAL_MS - Date.now()));
  }

  private draw(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.last = Date.now();
    const editors = vscode.window.visibleTextEditors;
    for (const editor of this.drawn.keys()) if (!editors.includes(editor)) this.drawn.delete(editor);
    editors.forEach((editor) => this.drawIn(editor));
  }

  private drawIn(editor: vscode.TextEditor): void {
    const { document } = editor;
    const session = this.sessions.get(document.uri);
    if (!session && !this.drawn.has(editor)) return;
    const marks = session ? this.marksOf(editor, session) : [];
    // The Lens may show an earlier epoch.
    const after = session?.measure ? [`After epoch ${whole(session.measure.epoch)}`] : [];
    editor.setDecorations(
      this.decoration,
      marks.map(({ line, text, isWrong, prediction }) => {
        const end = document.lineAt(line - 1).range.end;
        const colour = !prediction
          ? 'disabledForeground'
          : isWrong
            ? 'editorWarning.foreground'
            : 'descriptionForeground';
        return {
          range: new vscode.Range(end, end),
          ...(prediction && {
            hoverMessage: new vscode.MarkdownString().appendText(
              [...prediction.details, ...after].join('\n'),
            ),
          }),
          renderOptions: { after: { contentText: text, color: new vscode.ThemeColor(colour) } },
        };
      }),
    );
    this.drawn.set(editor, marks);
    this.changed.fire(document.uri);
  }

  private marksOf({ document, visibleRanges }: vscode.TextEditor, session: Session): DrawnMark[] {
    const { network, parameters, dataset } = session;
    const { lines, rows } = this.followed(document, session);
    if (!network || !parameters || !dataset) return [];
    if (!lines) {
      this.tell(
        session,
        'The file is not the one that was trained on. Train it again to see predictions at its lines.',
      );
      return [];
    }
    const visible = visibleRanges
      .flatMap(({ start, end }) =>
        Array.from({ length: end.line - start.line + 1 }, (_, k) => start.line + k),
      )
      .filter((line) => line < document.lineCount);
    const short = visible.filter((line) => document.lineAt(line).text.length <= LONGEST_LINE);
    const origins = new Map(short.map((line) => [line, lines.at(line)]));
    const known = rows.on([...origins.values()].flatMap((origin) => (origin === null ? [] : origin + 1)));
    const predictions = new Map(
      predict(network, parameters, dataset, known).map((each) => [each.line, each]),
    );
    return [...origins].flatMap(([line, origin]): DrawnMark[] => {
      if (origin === null) {
        const isEmpty = document.lineAt(line).isEmptyOrWhitespace;
        return isEmpty ? [] : [{ line: line + 1, text: EDITED, isWrong: false }];
      }
      const prediction = predictions.get(origin + 1);
      if (!prediction) return [];
      return [{ line: line + 1, text: prediction.text, isWrong: prediction.isWrong, prediction }];
    });
  }

  private followed(document: vscode.TextDocument, session: Session): Followed {
    let followed = this.documents.get(document);
    if (followed?.session !== session) {
      const rows = new KnownRows(
        session,
        () => this.drawSoon(),
        (error) => this.refuse(session, error),
      );
      this.documents.set(document, (followed = { session, rows, lines: null }));
    }
    if (!followed.lines && session.dataset && this.trained.isIn(document, session)) {
      const texts = document.getText().split(/\r\n|\r|\n/);
      followed.lines = new TrainedLines(texts);
    }
    return followed;
  }

  private edit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const lines = this.documents.get(document)?.lines;
    if (!lines || contentChanges.length === 0) return;
    const changes = contentChanges.map(({ range, text }) => ({
      first: range.start.line,
      last: range.end.line,
      count: text.split(/\r\n|\r|\n/).length,
    }));
    lines.change(changes, (line) => document.lineAt(line).text);
    this.draw();
  }

  private refuse(session: Session, error: unknown): void {
    if (error instanceof UserError) this.tell(session, textOf(error.said));
    else this.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** Says once of a run why nothing is shown. */
  private tell(session: Session, text: string): void {
    if (this.told.has(session)) return;
    this.told.add(session);
    void sayInformation(text);
  }
}
