import type { Failure } from '../data/failure';
import { message } from '../data/message';

/** Signals by which the system ends a process that has done wrong. */
const CRASHES: readonly string[] = ['SIGSEGV', 'SIGILL', 'SIGBUS', 'SIGFPE', 'SIGTRAP', 'SIGABRT'];

/**
 * Why a process has ended that nobody had ended.
 * @param lastWords what it said on stderr before
 */
export function deathOf(code: number | null, signal: string | null, lastWords: string): Failure {
  const expected = (said: Failure['message']): Failure => ({
    ...{ message: said, place: null, bug: false },
    detail: `The training process ended (${signal ?? `exit code ${code}`}).\n${lastWords}`,
  });
  const bug = (text: string): Failure => ({ ...expected(message('bug', { text })), bug: true });
  // What V8 says before it gives up.
  if (/heap out of memory|allocation failed/i.test(lastWords)) return expected(message('out-of-memory', {}));
  // The last lines that Node prints of an error that nobody caught.
  const thrown = code === null ? null : /^(?:Uncaught )?\w*Error\b[^:\n]*: (.+)$/m.exec(lastWords);
  if (thrown?.[1]) return bug(thrown[1]);
  if (signal === null) return bug(`The training process ended unexpectedly (exit code ${code}).`);
  if (CRASHES.includes(signal)) return bug(`The training process crashed (${signal}).`);
  return expected(message('process-ended', { signal }));
}

/** Why a process was ended that did not get on. */
export const silenceOf = (seconds: number): Failure => ({
  message: message('process-silent', { seconds }),
  place: null,
  bug: false,
  detail: `The training process has not moved for ${seconds} s.`,
});
