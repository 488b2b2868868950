import { UserError, type Place } from './userError';

/** A failure as it crosses a thread. `bug`: not the person's doing; `detail` is then for the log. */
export interface Failure {
  readonly message: string;
  readonly place: Place | null;
  readonly bug: boolean;
  readonly detail: string;
}

const readFailures: Record<string, string> = {
  ENOENT: 'There is no such file. It may have been moved or deleted.',
  EACCES: 'There is no permission to read the file.',
  EPERM: 'There is no permission to read the file.',
  EISDIR: 'This is a folder, not a file.',
};
const OUT_OF_MEMORY =
  'There is not enough memory for this file and network. Use fewer rows or smaller hidden layers.';

/** What went wrong, in a sentence for the person who can mend it, or marked as a bug of ours. */
export function failureOf(error: unknown): Failure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof UserError) {
    return { message: error.message, place: error.place ?? null, bug: false, detail };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code in readFailures) return { message: readFailures[code], place: null, bug: false, detail };
  if (
    code === 'ERR_WORKER_OUT_OF_MEMORY' ||
    (error instanceof RangeError && /allocation|typed array length|buffer/i.test(error.message))
  ) {
    return { message: OUT_OF_MEMORY, place: null, bug: false, detail };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message: `A bug in Neuron Lens: ${message}`, place: null, bug: true, detail };
}
