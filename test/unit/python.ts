import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's own, which its python3-numpy is for, before another one on the PATH. */
const CANDIDATES = ['/usr/bin/python3', 'python3'];

const withNumpy = () =>
  CANDIDATES.find((python) => spawnSync(python, ['-c', 'import numpy'], { timeout: 60_000 }).status === 0);

/**
 * A Python that has NumPy; as root on Debian its python3-numpy is installed, as the tests' browser is. `undefined` where
 * there is none and none can be had.
 */
export function pythonWithNumpy(): string | undefined {
  const found = withNumpy();
  if (found || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { env, timeout: 120_000 });
  spawnSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'python3-numpy'], {
    env,
    timeout: 300_000,
  });
  return withNumpy();
}

/** Runs a script; its standard output. Throws with what it said where it fails. */
export function runPython(python: string, script: string, cwd?: string): string {
  const { status, stdout, stderr } = spawnSync(python, ['-'], {
    input: script,
    encoding: 'utf8',
    timeout: 60_000,
    ...(cwd && { cwd }),
  });
  if (status !== 0) throw new Error(`python ended with ${status}: ${stderr}`);
  return stdout;
}
