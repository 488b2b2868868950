import { message } from './message';
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
  const found = kind.isDirectory()
    ? 'folder'
    : kind.isFIFO()
      ? 'pipe'
      : kind.isSocket()
        ? 'socket'
        : kind.isCharacterDevice() || kind.isBlockDevice()
          ? 'device'
          : 'something else';
  throw new UserError(message('no-regular-file', { kind: found }));
}
