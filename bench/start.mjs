// The first epochs of a training, as the command line has them in a process of its own.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Failure, ROOT } from '../scripts/run.mjs';
import { versionOf } from './programs.mjs';
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
}
