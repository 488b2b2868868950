import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import * as vscode from 'vscode';
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
      ? createReadStream(uri.fsPath, { highWaterMark: PIECE })
      : Readable.from([await vscode.workspace.fs.readFile(uri)]);
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
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
