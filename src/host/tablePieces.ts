import type { Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import * as vscode from 'vscode';
import { filePieces } from './filePieces';
import { unpacked } from './rowCells';

/** Bytes that are predicted before others have their turn: some milliseconds of work. */
const PIECE = 65_536;

/** The bytes of a table as it is on the disk, each piece in its turn. Throws CancellationError once it is not wanted any more. */
export async function* piecesOf(
  uri: vscode.Uri,
  hash: Hash | null,
  cancelled: Pick<vscode.CancellationToken, 'isCancellationRequested'>,
): AsyncGenerator<Uint8Array> {
  const stream =
    uri.scheme === 'file'
      ? filePieces(uri.fsPath, PIECE)
      : (Readable.from([await vscode.workspace.fs.readFile(uri)]) as AsyncIterable<Uint8Array>);
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of stream) {
      hash?.update(piece);
      yield piece;
    }
  };
  for await (const piece of unpacked(hashed())) {
    if (cancelled.isCancellationRequested) throw new vscode.CancellationError();
    yield piece;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
