import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions';
import type { PredictionMarks } from './predictionMarks';
import { safeLines } from './safeText';

const KEY = 'predictions';

/** Switches the predictions at the ends of the lines on and off; what draws them is loaded with the first time. */
export class Predictions implements vscode.Disposable {
  private marks: Promise<PredictionMarks> | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly sessions: Sessions,
    /** Keeps over a reload that they are on. */
    private readonly memory: vscode.Memento,
    private readonly log: Pick<vscode.LogOutputChannel, 'error'>,
  ) {
    if (memory.get(KEY) === true) void this.takeUp();
  }

  /** What is drawn; undefined while they are off. */
  get shown(): Promise<PredictionMarks> | undefined {
    return this.marks;
  }

  get areShown(): boolean {
    return this.marks !== undefined;
  }

  toggle(): void {
    if (this.marks) this.hide();
    else this.show();
    void this.memory.update(KEY, this.areShown);
  }

  dispose(): void {
    this.hide();
    this.changed.dispose();
  }

  private async takeUp(): Promise<void> {
    await this.sessions.restore();
    if (!this.marks && this.memory.get(KEY) === true) this.show();
  }

  private show(): void {
    this.marks = import('./predictionMarks').then(
      ({ PredictionMarks }) => new PredictionMarks(this.sessions, (text) => this.log.error(safeLines(text))),
    );
    this.changed.fire();
  }

  private hide(): void {
    void this.marks?.then((marks) => marks.dispose());
    this.marks = undefined;
    this.changed.fire();
  }
}
