import { execFile } from 'node:child_process';
import { ownEnvironment } from './processChannel';

/**
 * Runs one of our programs to its end, in a process of its own. Resolves with null where that went well, else with what it
 * said; `signal` ends it.
 */
export const runProgram = (
  script: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string | null> =>
  new Promise((resolve) => {
    const options = {
      env: ownEnvironment(process.env),
      encoding: 'utf8',
      windowsHide: true,
      signal,
    } as const;
    execFile(process.execPath, [script, ...args], options, (error, _, stderr) => {
      resolve(error && (stderr.trim() || error.message));
    });
  });
