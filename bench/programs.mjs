// What the parts of the benchmark share: programs that answer in JSON, the median, the machine, the file of results.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../scripts/run.mjs';

const RESULTS = path.join(ROOT, 'bench', 'RESULTS.md');

/** Rounds in which the programs take turns. */
export const ROUNDS = 5;
export const PYTHONS = ['/usr/bin/python3', 'python3'];

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** A program that answers each line of JSON with one. */
export class Program {
  constructor(command, args, options = {}) {
    this.child = spawn(command, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'], ...options });
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
export async function startFirst(commands) {
  let missing = 'it cannot be started';
  for (const [command, args] of commands) {
    const program = new Program(command, args, { env: { ...process.env, PYTHONUNBUFFERED: '1' } });
    const about = await program.answer().catch(() => null);
    if (about && !about.missing) return { program, about };
    missing = about?.missing ?? missing;
    program.end();
  }
  return { missing };
}

export async function versionOf(node) {
  const program = spawn(node, ['--version']);
  let text = '';
  for await (const chunk of program.stdout) text += chunk;
  return text.trim();
}

/** The day and the machine, in a line of the results. */
export function machine() {
  const cpu = os.cpus()[0]?.model ?? 'unknown processor';
  return `${new Date().toISOString().slice(0, 10)}, ${cpu}, ${os.availableParallelism()} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.release()}`;
}

/** Writes the results, as Prettier would. */
export async function saveResults(text) {
  // A fresh clone has no Prettier before its dependencies are installed.
  const { format, resolveConfig } = await import('prettier');
  const config = await resolveConfig(RESULTS);
  writeFileSync(RESULTS, await format(text, { ...config, filepath: RESULTS }));
}

/** Writes one section of the results and keeps the others. */
export async function saveSection(title, lines) {
  const head = `## ${title}\n`;
  const section = `${lines.join('\n').trim()}\n\n`;
  const sections = readFileSync(RESULTS, 'utf8').split(/^(?=## )/m);
  const at = sections.findIndex((text) => text.startsWith(head));
  if (at < 0) sections.push(`\n${section}`);
  else sections[at] = section;
  await saveResults(sections.join(''));
}
