import { UserError } from './userError';

/** What Node tells of a path. */
interface FileKind {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
  isCharacterDevice(): boolean;
  isBlockDevice(): boolean;
}

/**
 * Throws UserError for all but regular files. To be asked before a path is opened: a pipe keeps whoever opens it waiting,
 * and a device may have no end.
 */
export function mustBeRegular(kind: FileKind): void {
  if (kind.isFile()) return;
  if (kind.isDirectory()) throw new UserError('This is a folder, not a file.');
  const what = kind.isFIFO()
    ? 'a pipe'
    : kind.isSocket()
      ? 'a socket'
      : kind.isCharacterDevice() || kind.isBlockDevice()
        ? 'a device'
        : 'something else';
  throw new UserError(
    `This is ${what}, not a regular file. Save what comes from it in a file and read that.`,
  );
}
