import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions';
import type { PredictionMarks } from './predictionMarks';
import { safeLines } from './safeText';

/** Switches the predictions at the ends of the lines on and off; what draws them is loaded with the first time. */
export class Predictions implements vscode.Disposable {
  private marks: Promise<PredictionMarks> | undefined;

  constructor(
    private readonly sessions: Sessions,
    private readonly log: Pick<vscode.LogOutputChannel, 'error'>,
  ) {}

  /** What is drawn; undefined while they are off. */
  get shown(): Promise<PredictionMarks> | undefined {
    return this.marks;
  }

  toggle(): void {
    if (this.marks) this.dispose();
    else {
      this.marks = import('./predictionMarks').then(
        ({ PredictionMarks }) =>
          new PredictionMarks(this.sessions, (text) => this.log.error(safeLines(text))),
      );
    }
  }

  dispose(): void {
    void this.marks?.then((marks) => marks.dispose());
    this.marks = undefined;
  }
}
