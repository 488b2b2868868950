// The first epochs of a training, as the command line has them in a process of its own.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Failure, ROOT } from '../scripts/run.mjs';
import { startFirst, versionOf } from './programs.mjs';
import { machine } from './results.mjs';
import { Clock, VISITS, quiet, times } from './timing.mjs';

const FILE = path.join(ROOT, 'samples', 'flower.csv');
const EPOCHS = 2000;
/** A training so long that its first epochs do not count. */
const MANY_EPOCHS = 100 * EPOCHS;
/** So many costs are told of 2,000 epochs, in both. */
const REPORT_EVERY = EPOCHS / 10;
/** How many times as long as later ones the first epochs may take; and what may come before them, besides a check. */
const MOST_TIMES = 1.3;
const MOST_BEFORE_MS = 150;
/** How much longer than on a thread of the editor's host, as it was, the first cost may take; and how long a process has waited. */
const MOST_FIRST_COST_MS = 60;
const WAITED_MS = 1500;
const WAYS = {
  waiting: { kind: 'process with flags', waits: WAITED_MS },
  started: { kind: 'process with flags', waits: null },
  thread: { kind: 'thread', waits: null },
};

/** Runs the command line to its end: how long it lived, and the `seconds` it tells of its epochs. */
async function cli(node, args) {
  const from = performance.now();
  const child = spawn(node, [path.join(ROOT, 'dist', 'cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let seconds = 0;
  let lanes;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{"event":"done"')) ({ seconds, lanes } = JSON.parse(line));
  }
  const code = await ended;
  if (code !== 0) throw new Failure(`The command line ended with code ${code}: ${args.join(' ')}`);
  return { ms: performance.now() - from, epochsMs: 1000 * seconds, lanes };
}

export async function start(node, _folder, { rounds }, print) {
  const clock = new Clock();
  const train = (epochs) =>
    cli(node, ['train', FILE, '--json', '--epochs', String(epochs), '--report-every', String(REPORT_EVERY)]);
  const taken = { first: [], steady: [], before: [], check: [] };
  let lanes;
  // The first round fills the caches of the disk.
  for (let round = 0; round <= VISITS * rounds; round++) {
    clock.look();
    const short = await train(EPOCHS);
    const check = await cli(node, ['check', FILE]);
    const long = await train(MANY_EPOCHS);
    if (round === 0) continue;
    ({ lanes } = short);
    taken.first.push(short.epochsMs);
    taken.steady.push(((long.epochsMs - short.epochsMs) * EPOCHS) / (MANY_EPOCHS - EPOCHS));
    taken.before.push(short.ms - short.epochsMs);
    taken.check.push(check.ms);
  }
  const ways = await firstCosts(node, VISITS * rounds, clock);
  const [first, steady, before, check] = Object.values(taken).map(quiet);
  const epochs = EPOCHS.toLocaleString('en');
  const good = (is) => (is ? 'yes' : '**no**');
  print(`- ${machine()}, Node ${await versionOf(node)}${lanes ? `, ${lanes} lanes` : ''}`);
  print(`- ${clock.text(VISITS, rounds)}`);
  print(
    `- The first ${epochs} epochs of \`train samples/flower.csv\` in a fresh process: ${first.toFixed(1)} ms; ${epochs} of the later ones: ${steady.toFixed(1)} ms: ${times(first / steady)} (at most ${MOST_TIMES}×; met: ${good(first <= MOST_TIMES * steady)}).`,
  );
  print(
    `- All but the epochs, from the start of the process to its end: ${before.toFixed(0)} ms; \`check\` of the same file: ${check.toFixed(0)} ms: ${(before - check).toFixed(0)} ms more (at most ${MOST_BEFORE_MS} ms; met: ${good(before - check <= MOST_BEFORE_MS)}).`,
  );
  const added = ways.waiting - ways.thread;
  print(
    `- From a click to the first cost of flower.csv, without the editor: ${ways.waiting.toFixed(0)} ms in a process that waits, as one does from the opening of a CSV file on and after each training, ${ways.started.toFixed(0)} ms in one that is started for it; on a thread of the host, as it was before, ${ways.thread.toFixed(0)} ms: ${added > 0 ? `${added.toFixed(0)} ms more` : `${(-added).toFixed(0)} ms less`} (at most ${MOST_FIRST_COST_MS} ms more; met: ${good(added <= MOST_FIRST_COST_MS)}).`,
  );
}

/** Milliseconds to a first cost by each way to start a trainer, in turns. */
async function firstCosts(node, repeats, clock) {
  const { program, missing } = await startFirst([
    [node, ['out/bench/firstCost.js', path.join(ROOT, 'dist'), FILE]],
  ]);
  if (!program) throw new Failure(`No trainer could be started: ${missing}.`);
  const taken = Object.fromEntries(Object.keys(WAYS).map((way) => [way, []]));
  try {
    // The first round fills the caches of the disk.
    for (let round = 0; round <= repeats; round++) {
      clock.look();
      for (const [way, how] of Object.entries(WAYS)) {
        const answer = await program.ask(how);
        if (!answer || answer.error) throw new Failure(answer?.error ?? 'The program ended.');
        if (round > 0) taken[way].push(answer.ms);
      }
    }
  } finally {
    program.end();
  }
  return Object.fromEntries(Object.entries(taken).map(([way, times]) => [way, quiet(times)]));
}
