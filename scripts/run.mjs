// Running other programs: steps that say what they do, failures a person can act on, and no process left behind.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * How long tests wait for a state, how long one test and how long a suite may take, in ms. No test waits for a time to
 * pass: these are so long that only what never comes reaches them, on a machine that is busy or slow too.
 */
export const PATIENCE = JSON.parse(readFileSync(path.join(ROOT, 'scripts', 'patience.json'), 'utf8'));

const WINDOWS = process.platform === 'win32';
const QUIET_MS = 1500;
const GRACE_MS = 4000;
const PARENT_CHECK_MS = 500;

/** Something the person at the keyboard can fix: shown as its message alone, without a stack. */
export class Failure extends Error {}

/** Runs a script's body: exit code 1 with one message on failure, and its processes ended in every case. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    // Told to end: what our processes say as they go down is no news, and the signal's handler exits.
    if (ending) return;
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
  await stopAll();
  // A socket or timer somewhere must not keep a finished script alive.
  process.exit();
}

/** Runs `body`, and says `title` if that takes longer than a moment. */
export async function step(title, body) {
  const timer = setTimeout(() => console.log(`${title} …`), QUIET_MS);
  try {
    return await body();
  } finally {
    clearTimeout(timer);
  }
}

const alive = new Set();

/** Starts a program of ours. It is ended with us, together with everything it started. */
export function start(command, args, options = {}) {
  catchSignals();
  // What we are ending must not go on to the next thing it had to start.
  if (ending) throw new Failure('This run is being ended.');
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own group: Ctrl+C in the terminal reaches us first, and we end it in order.
    detached: !WINDOWS,
    ...options,
  });
  alive.add(child);
  const forget = () => alive.delete(child);
  child.once('error', forget);
  child.once('exit', forget);
  return child;
}

/** Characters of a program's output that are kept, from its end. */
const KEPT = 1_000_000;

/**
 * Runs a program to its end and resolves with its code and output; `show` passes the output on as it comes.
 * A program that outlives `timeout` ms is ended, with its descendants, and `timedOut` is set.
 */
export function run(command, args, { timeout, show = false, keep = KEPT, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, options);
    let output = '';
    let timedOut = false;
    for (const [stream, sink] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-keep);
        if (show) sink.write(text);
      });
    const timer =
      timeout &&
      setTimeout(() => {
        timedOut = true;
        void stop(child);
      }, timeout);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Failure(`${command} could not be started: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, signal, output, timedOut });
    });
  });
}

/** Like `run`, but anything other than success is a Failure: what failed, the end of its output, what to do. */
export async function must(what, advice, command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Failure(`${what} failed (exit code ${code}).\n${tail(output)}\n${advice}`);
  return output;
}

/** npm, run by the Node that runs us; `node` overrides which Node npm and its children find first. */
export function npm(args, { node = process.execPath, ...options } = {}) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const env = { ...process.env, [key]: path.dirname(node) + path.delimiter + (process.env[key] ?? '') };
  return ['npm', args, { env, shell: WINDOWS, ...options }];
}

export const tail = (text, lines = 25) => text.trimEnd().split(/\r?\n/).slice(-lines).join('\n');

/** Every process below `pid`, children before their parents' siblings, so that none escapes by being re-parented. */
function descendants(pid) {
  const children = new Map();
  // Without a `ps` the process group has to do: it reaches all that did not leave it.
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  for (const line of (stdout ?? '').split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    if (child) children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const below = (id) => (children.get(id) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false; // already gone
  }
}

/** Ends a child and everything below it: politely, and after `grace` ms by force. */
export async function stop(child, grace = GRACE_MS) {
  if (child.pid === undefined) return;
  const gone = child.exitCode !== null || child.signalCode !== null;
  if (WINDOWS) {
    if (!gone) execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  const below = descendants(child.pid);
  const everything = [child.pid, ...below];
  if (!gone) signal(child.pid, 'SIGTERM');
  const deadline = Date.now() + grace;
  const running = () => everything.some((pid) => signal(pid, 0));
  while (running() && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    // The child had its chance to end its own; what it left is asked directly.
    if (child.exitCode !== null || child.signalCode !== null) for (const pid of below) signal(pid, 'SIGTERM');
  }
  for (const pid of everything) signal(pid, 'SIGKILL');
  signal(-child.pid, 'SIGKILL');
}

export const stopAll = () => Promise.all([...alive].map((child) => stop(child)));

const onSignal = [];

/** Work to do when we are told to end, after our processes have ended: removing temporary folders, mostly. */
export const beforeExit = (work) => onSignal.push(work);

let caught = false;
let ending = false;
let exitCodeOnSignal;

function catchSignals() {
  if (caught) return;
  caught = true;
  process.on('exit', () => {
    for (const work of onSignal) work();
  });
  const end = (number) => {
    // A second Ctrl+C finds the work already under way.
    if (ending) return;
    ending = true;
    void stopAll().finally(() => {
      // A library's children, such as the browser, are not on our list.
      if (!WINDOWS) for (const pid of descendants(process.pid)) signal(pid, 'SIGKILL');
      process.exit(exitCodeOnSignal ?? 128 + number);
    });
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => end(os.constants.signals[name]));
  // npm runs us below a shell that does not pass a kill on: when that parent is gone, so is the wish for us.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event)
    setInterval(() => process.ppid !== parent && end(os.constants.signals.SIGTERM), PARENT_CHECK_MS).unref();
}
/** For a program that is meant to be ended by Ctrl+C: from now on that counts as success. */
export function endsBySignal() {
  exitCodeOnSignal = 0;
}
