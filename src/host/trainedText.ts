import { createHash } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Session } from '../session/session';

/** A longer text is not compared with the one that was trained on: it is the same only where nothing has changed. */
const MOST_CHARACTERS = 5_000_000;

/** What is asked of a run. */
type Trained = Pick<Session, 'file' | 'unsavedText' | 'fileHash'>;

/** Knows whether a document holds the very text that a run was trained on, so that their lines are the same. */
export class TrainedText {
  private readonly hashes = new WeakMap<vscode.TextDocument, { version: number; hash: string }>();

  isIn(document: vscode.TextDocument, { file, unsavedText, fileHash }: Trained): boolean {
    if (file === 'same' && !unsavedText && !document.isDirty) return true;
    return fileHash !== null && this.hashOf(document) === fileHash;
  }

  private hashOf(document: vscode.TextDocument): string | null {
    const { version } = document;
    const known = this.hashes.get(document);
    if (known?.version === version) return known.hash;
    const text = document.getText();
    if (text.length > MOST_CHARACTERS) return null;
    const hash = createHash('sha256').update(text).digest('hex');
    this.hashes.set(document, { version, hash });
    return hash;
  }
}
