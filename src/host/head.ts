import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { HEAD } from '../data/csv/head';
import { mustBeRegular } from '../data/fileKind';

/**
 * The first bytes of a document: of its file where that is the same, as only that shows the encoding. Throws UserError for
 * what is no regular file, without waiting for it.
 */
export async function headOf(
  document: vscode.TextDocument,
): Promise<{ readonly bytes: Uint8Array; readonly whole: boolean }> {
  if (document.uri.scheme === 'file' && !document.isDirty) return headOfFile(document.uri.fsPath);
  const lines: string[] = [];
  let size = 0;
  let line = 0;
  for (; line < document.lineCount && size < HEAD; line++) {
    const { text } = document.lineAt(line);
    lines.push(text);
    size += text.length + 1;
  }
  const whole = line === document.lineCount;
  return { bytes: new TextEncoder().encode(lines.join('\n') + (whole ? '' : '\n')), whole };
}

async function headOfFile(path: string): Promise<{ bytes: Uint8Array; whole: boolean }> {
  mustBeRegular(await stat(path));
  // Something else may have taken the path by now: a pipe is opened without waiting for its other end.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    mustBeRegular(await file.stat());
    const { bytesRead, buffer } = await file.read(new Uint8Array(HEAD + 1), 0, HEAD + 1, 0);
    return { bytes: buffer.subarray(0, Math.min(bytesRead, HEAD)), whole: bytesRead <= HEAD };
  } finally {
    await file.close();
  }
}
