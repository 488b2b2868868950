import { fileErrors, message, type FileError, type Message } from './message';
import { UserError, type Place } from './userError';

/** A failure as it crosses a thread. `bug`: not the person's doing; `detail` is then for the log. */
export interface Failure {
  readonly message: Message;
  readonly place: Place | null;
  readonly bug: boolean;
  readonly detail: string;
}

/** What went wrong, as a message for the person who can mend it, or marked as a bug of ours. */
export function failureOf(error: unknown): Failure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const expected = (said: Message): Failure => ({ message: said, place: null, bug: false, detail });
  if (error instanceof UserError) return { ...expected(error.said), place: error.place ?? null };
  const fileError = fileErrorOf(error, detail);
  if (fileError) return expected(message('cannot-read', { why: fileError }));
  if (
    (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') ||
    (error instanceof RangeError && /allocation|typed array length|buffer/i.test(error.message))
  ) {
    return expected(message('out-of-memory', {}));
  }
  const text = error instanceof Error ? error.message : String(error);
  return { ...expected(message('bug', { text })), bug: true };
}

function fileErrorOf(error: unknown, detail: string): FileError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_INVALID_ARG_VALUE' && detail.includes('null bytes')) return 'zero byte';
  return fileErrors.find((each) => each === code);
}
