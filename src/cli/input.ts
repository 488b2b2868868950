import { cut } from '../core/format';
import type { ReadOptions } from '../data/csv/readOptions';
import { UserError } from '../data/userError';
import type { Settings } from '../settings/settings';
import { resolveThreads } from '../threads/cores';
import { PartReaders, readerScript } from '../threads/readers';
import type { Source } from '../protocol/source';
import { readSource, type TableFile } from '../threads/tableFile';
import { MOST_UNPACKED } from '../threads/unpack';
import { message } from '../data/message';

/** A path that is longer can be no file's. */
const LONGEST_NAME = 1000;
/** The name of standard input on the command line. */
export const STANDARD_INPUT = '-';

/** What a file is called in what is said about it. */
export const inputName = (file: string): string =>
  file === STANDARD_INPUT ? 'standard input' : cut(file, LONGEST_NAME);

/** Reads the table in a file, or from standard input, which is kept in memory. Throws UserError when it is too long. */
export async function readInput(
  file: string,
  options: ReadOptions,
  settings: Settings,
  hash = false,
): Promise<TableFile> {
  const how = {
    hash,
    threads: resolveThreads(settings['training.threads'], 0),
    readers: new PartReaders(readerScript(__dirname)),
  };
  return readSource(await inputSource(file), options, how);
}

/** What a name on the command line stands for, to be read as often as is needed. */
export const inputSource = async (file: string): Promise<Source> =>
  file === STANDARD_INPUT ? { kind: 'bytes', bytes: await standardInput() } : { kind: 'file', path: file };

async function standardInput(): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > MOST_UNPACKED) {
      const most = MOST_UNPACKED / 0x10_0000;
      throw new UserError(message('input-too-large', { most }));
    }
  }
  return Buffer.concat(pieces);
}
