import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type * as vscode from 'vscode';
import { readHead } from '../data/csv/read';
import { RecordAt } from '../data/csv/recordAt';
import { readOptionsOf } from '../data/csv/readOptions';
import type { Encoding } from '../data/csv/encoding';
import type { Source } from '../protocol/source';
import type { Session } from '../session/session';
import { filePieces } from './filePieces';
import { sourceOf } from './source';

/** Bytes that a file's dialect is found from, and a few lines where those are long. */
const HEAD = 65_536;
const PIECE = 1 << 20;

/** The cells of a row as they are written, by their columns. */
export interface RowCells {
  readonly names: readonly string[];
  readonly cells: readonly string[];
}

/**
 * Reads the row on a line of the file that a run was trained on, from the start of the file on and in pieces, so that
 * nothing has to be kept and nobody is held up. Null when it is not wanted any more.
 */
export async function rowCells(
  uri: vscode.Uri,
  { settings, unsavedText }: Pick<Session, 'settings' | 'unsavedText'>,
  line: number,
  isWanted: () => boolean,
): Promise<RowCells | null> {
  // What is unsaved now may be something else than the file that was trained on.
  const isFile = uri.scheme === 'file' && !unsavedText;
  const source: Source = isFile ? { kind: 'file', path: uri.fsPath } : await sourceOf(uri);
  const options = readOptionsOf(settings);
  const given = source.kind === 'text' ? { ...options, encoding: 'utf-8' as const } : options;
  const { bytes, whole } = await headOf(source);
  const { dialect, columns, encoding } = readHead(bytes, whole, given);
  if (!dialect) return { names: [], cells: [] };
  const record = new RecordAt(dialect, line);
  const names = columns.map(({ name }) => name);
  for await (const chunk of utf8(piecesOf(source), encoding)) {
    if (!isWanted()) return null;
    const cells = record.take(chunk, false);
    if (cells) return { names, cells };
  }
  return { names, cells: record.take(new Uint8Array(), true) ?? [] };
}

async function headOf(source: Source): Promise<{ bytes: Uint8Array; whole: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of piecesOf(source)) {
    parts.push(piece);
    length += piece.length;
    if (length > HEAD) return { bytes: Buffer.concat(parts), whole: false };
  }
  return { bytes: Buffer.concat(parts), whole: true };
}

/** The bytes of a file, unpacked where they are packed. */
function piecesOf(source: Source): AsyncIterable<Uint8Array> {
  if (source.kind === 'file') return unpacked(filePieces(source.path, PIECE));
  const bytes = source.kind === 'text' ? Buffer.from(source.text) : Buffer.from(source.bytes);
  return unpacked(Readable.from([bytes]) as AsyncIterable<Uint8Array>);
}

/** Bytes, unpacked where they are packed. */
export async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = bytes[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done) return;
  const rest = (async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => pieces };
  })();
  const isPacked = first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (!isPacked) yield* rest;
  else yield* Readable.from(rest).pipe(createGunzip()) as AsyncIterable<Uint8Array>;
}

async function* utf8(pieces: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const piece of pieces) {
    // A mark before the first line is part of no cell: there is no row on the line of the header but where there is none.
    yield encoding === 'utf-8' ? piece : encoder.encode(decoder.decode(piece, { stream: true }));
  }
  if (encoding !== 'utf-8') yield encoder.encode(decoder.decode());
}
