// What the parts of the benchmark share: programs that answer in JSON, and how ours are built.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../scripts/run.mjs';

export const PYTHONS = ['/usr/bin/python3', 'python3'];

/** Some machines are set to hold OpenBLAS back: the peers run with all that theirs can do. */
const HELD_BACK = ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'];
const env = Object.fromEntries(
  Object.entries({ ...process.env, PYTHONUNBUFFERED: '1' }).filter(([name]) => !HELD_BACK.includes(name)),
);

/** A program that answers each line of JSON with one. */
export class Program {
  constructor(command, args, options = {}) {
    this.child = spawn(command, args, { cwd: ROOT, env, stdio: ['pipe', 'pipe', 'inherit'], ...options });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.child.on('error', () => {});
    // One that has ended answers with null.
    this.child.stdin.on('error', () => {});
  }

  async answer() {
    const { value, done } = await this.lines.next();
    return done ? null : JSON.parse(value);
  }

  async ask(message) {
    this.child.stdin.write(`${JSON.stringify(message)}\n`);
    return this.answer();
  }

  end() {
    this.child.stdin.end();
    this.child.kill();
  }
}

/** The first of some commands that starts and says who it is; otherwise `missing` is why. */
export async function startFirst(commands, options) {
  let missing = 'it cannot be started';
  for (const [command, args] of commands) {
    const program = new Program(command, args, options);
    const about = await program.answer().catch(() => null);
    if (about && !about.missing) return { program, about };
    missing = about?.missing ?? missing;
    program.end();
  }
  return { missing };
}

/** Of some commands that start, the one with the newest version. */
export async function startNewest(commands) {
  const started = [];
  let missing;
  for (const command of commands) {
    const one = await startFirst([command]);
    if (one.program) started.push(one);
    else missing = one.missing;
  }
  const [newest, ...others] = started.toSorted((a, b) =>
    b.about.version.localeCompare(a.about.version, 'en', { numeric: true }),
  );
  for (const { program } of others) program.end();
  return newest ?? { missing };
}

/** Ours, built from the sources in `root`; with `narrow` without V8's flags. */
export const startOurs = (node, { root = ROOT, narrow = false } = {}) =>
  startFirst([[node, [path.join(root, 'out', 'bench', 'ours.js'), ...(narrow ? ['--narrow'] : [])]]]);

/** Builds our programs from the sources in `root`, into its out/bench/. */
export async function buildPrograms(root = ROOT, { reading = false, defaults = false, start = false } = {}) {
  // A fresh clone has no esbuild before its dependencies are installed.
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: {
      ...{ ours: 'bench/ours.ts', helper: 'src/threads/helper.ts' },
      ...(reading && { readOurs: 'bench/readOurs.ts', reader: 'src/threads/reader.ts' }),
      ...(start && { firstCost: 'bench/firstCost.ts' }),
      ...(defaults && { defaultsOurs: 'bench/defaultsOurs.ts', foldWorker: 'src/threads/foldWorker.ts' }),
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir: 'out/bench',
    loader: { '.wasm': 'binary' },
    logLevel: 'warning',
  });
}

export async function versionOf(node) {
  const program = spawn(node, ['--version']);
  let text = '';
  for await (const chunk of program.stdout) text += chunk;
  return text.trim();
}
