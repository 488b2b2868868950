import { UserError, type Place } from './userError';

/** A failure as it crosses a thread. `bug`: not the person's doing; `detail` is then for the log. */
export interface Failure {
  readonly message: string;
  readonly place: Place | null;
  readonly bug: boolean;
  readonly detail: string;
}

const NO_PERMISSION = 'There is no permission to read the file.';
const NO_ANSWER = 'The disk does not give the file. It may be damaged, or out of reach.';
/** By the code of Node's error. */
const fileFailures: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'There is no such file. It may have been moved or deleted.'],
  ['ENOTDIR', 'There is no such file: a part of its path is a file, not a folder.'],
  ['ELOOP', 'There is no such file: links in its path lead in a circle.'],
  ['ENAMETOOLONG', 'There is no such file: no name or path can be as long as this.'],
  ['EACCES', NO_PERMISSION],
  ['EPERM', NO_PERMISSION],
  ['EISDIR', 'This is a folder, not a file.'],
  ['EMFILE', 'Too many files are open. Close some programs and try again.'],
  ['ENFILE', 'Too many files are open. Close some programs and try again.'],
  ['EIO', NO_ANSWER],
  ['ENXIO', NO_ANSWER],
  ['ESTALE', NO_ANSWER],
  ['ETIMEDOUT', NO_ANSWER],
  ['ENOSPC', 'The disk is full.'],
]);
const ZERO_BYTE = 'There is no such file: no path holds a zero byte.';
const OUT_OF_MEMORY =
  'There is not enough memory for this file and network. Use fewer rows or smaller hidden layers.';

/** What went wrong, in a sentence for the person who can mend it, or marked as a bug of ours. */
export function failureOf(error: unknown): Failure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof UserError) {
    return { message: error.message, place: error.place ?? null, bug: false, detail };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message =
    code === 'ERR_INVALID_ARG_VALUE' && detail.includes('null bytes') ? ZERO_BYTE : fileFailures.get(code);
  if (message !== undefined) return { message, place: null, bug: false, detail };
  if (
    code === 'ERR_WORKER_OUT_OF_MEMORY' ||
    (error instanceof RangeError && /allocation|typed array length|buffer/i.test(error.message))
  ) {
    return { message: OUT_OF_MEMORY, place: null, bug: false, detail };
  }
  const what = error instanceof Error ? error.message : String(error);
  return { message: `A bug in Neuron Lens: ${what}`, place: null, bug: true, detail };
}

/** `flower.csv, line 3, column 5: ` before the sentence. */
export function placedMessage({ message, place }: Failure, file: string): string {
  const where = [
    file,
    ...(place ? [`line ${place.line}`] : []),
    ...(place?.column === undefined ? [] : [`column ${place.column}`]),
  ];
  return `${where.join(', ')}: ${message}`;
}
