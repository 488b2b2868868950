// What our engine alone is asked: its share of the processor's peak, one thread against two, and from 10⁴ to 10⁷ rows.
import { rmSync } from 'node:fs';
import { Failure } from '../scripts/run.mjs';
import { startOurs, versionOf } from './programs.mjs';
import { machine } from './results.mjs';
import { epochsFor, warm } from './speed.mjs';
import { Clock, VISITS, digits, met, quiet, times } from './timing.mjs';
import { productOperations, workNamed, writeProblem } from './works.mjs';

const PEAK_SHARE = { must: 0.5, aim: 0.6 };
/** How many times as fast two threads must be as one. */
const TWO_THREADS = [
  ['wide', 1.8],
  ['image', 1.8],
  ['table', 1.7],
  ['million', 1.7],
];
const SIZES = [1e4, 1e5, 1e6, 1e7];
/** The number of rows that a row's time at the others is compared with, and how many times as long it may take. */
const USUAL = 1e5;
const MOST_TIMES = 1.25;
/** The two halves of a vector of 256 bits are worth this much at least where V8 packs them. */
const PACKED = 1.3;

async function ours(node) {
  const { program, missing } = await startOurs(node);
  if (!program) throw new Failure(`Our engine could not be measured: ${missing}.`);
  return program;
}

/** Milliseconds an epoch of programs that are loaded and warm, in turns: [{ program, load, how }]. */
async function inTurns(tasks, rounds, clock) {
  for (const task of tasks) {
    const warmed = await warm(task.program, task.load, task.how);
    if (!warmed) throw new Failure(`Our engine did not take ${task.load.work}.`);
    Object.assign(task, { epochs: epochsFor(warmed.ms), times: [] });
  }
  for (let round = 0; round < rounds; round++) {
    clock.look();
    for (const { program, epochs, how, times } of tasks)
      times.push((await program.ask({ cmd: 'train', epochs, ...how })).ms);
  }
  return tasks.map((task) => quiet(task.times));
}

export async function engine(node, folder, { rounds }, print) {
  const clock = new Clock();
  const repeats = VISITS * rounds;
  const lines = [
    ...(await peakShare(node, folder, repeats, clock)),
    ...(await threads(node, folder, repeats, clock)),
    '',
    ...(await sizes(node, folder, repeats, clock)),
  ];
  print(`- ${machine()}, Node ${await versionOf(node)}`);
  print(`- ${clock.text(VISITS, rounds)}`);
  for (const line of lines) print(line);
}

/** Products alone on one thread, beside a loop of the same instructions that waits for nothing; both in each round. */
async function peakShare(node, folder, repeats, clock) {
  const work = workNamed('wide');
  const program = await ours(node);
  try {
    const load = await writeProblem(folder, work);
    const { ms: estimate } = await warm(program, { ...load, threads: 1 }, work.how);
    const [epochs, narrows, wides] = [[], [], []];
    for (let round = 0; round < repeats; round++) {
      clock.look();
      const peak = await program.ask({ cmd: 'peak' });
      narrows.push(1 / peak.narrow);
      wides.push(1 / peak.wide);
      const { ms } = await program.ask({ cmd: 'train', epochs: epochsFor(estimate), ...work.how });
      epochs.push(ms);
    }
    rmSync(load.x);
    // The quietest third of both, so that a busy moment counts against neither.
    const [narrow, wide] = [1 / quiet(narrows), 1 / quiet(wides)];
    const share = productOperations(work) / quiet(epochs) / Math.max(narrow, wide);
    const width =
      wide > PACKED * narrow
        ? `${(wide / 1e6).toFixed(0)} GFLOP/s, 256 bits wide (${(narrow / 1e6).toFixed(0)} with 128)`
        : `${(narrow / 1e6).toFixed(0)} GFLOP/s, 128 bits wide: V8 does not widen here`;
    return [
      `- Share of strict SIMD’s peak on one thread, \`wide\`: ${(100 * share).toFixed(0)} % (must be ${100 * PEAK_SHARE.must} %, aim ${100 * PEAK_SHARE.aim} %; met: ${met(share, PEAK_SHARE)}). Counted are the products alone, 2 m (2 nx nh + 3 nh ny) operations an epoch; the peak, measured in turns with it, is ${width}.`,
    ];
  } finally {
    program.end();
  }
}

/** Two programs of ours, one with a thread and one with two, in turns. */
async function threads(node, folder, repeats, clock) {
  const lines = [];
  for (const [name, must] of TWO_THREADS) {
    const work = workNamed(name);
    const load = await writeProblem(folder, work);
    const tasks = [];
    try {
      for (const count of [1, 2])
        tasks.push({ program: await ours(node), load: { ...load, threads: count }, how: work.how });
      const [one, two] = await inTurns(tasks, repeats, clock);
      const good = one / two >= must ? 'yes' : '**no**';
      lines.push(
        `- ${work.title}: ${digits(one)} ms on one thread, ${digits(two)} ms on two: ${times(one / two)} (must be ${must}×; met: ${good}).`,
      );
      if (name === 'million') lines.push(memory(work, await tasks[1].program.ask({ cmd: 'memory' })));
    } finally {
      for (const { program } of tasks) program.end();
      rmSync(load.x);
    }
  }
  return lines;
}

function memory({ rows, nx }, { rss, most }) {
  const megabytes = (bytes) => Math.round(bytes / 1e6);
  const allowed = 2.5 * 4 * rows * nx + 200e6;
  return `- Resident memory while it trains on ${rows.toLocaleString('en')} rows: ${megabytes(rss)} MB, at most ${megabytes(most)} MB; 2.5 times X and 200 MB are ${megabytes(allowed)} MB.`;
}

/** The same network on more and more rows: a program each, all in turns. */
async function sizes(node, folder, repeats, clock) {
  const table = workNamed('table');
  const tasks = [];
  try {
    for (const rows of SIZES) {
      const load = await writeProblem(folder, { ...table, work: `rows-${rows}`, rows });
      tasks.push({ program: await ours(node), load, how: table.how, rows });
    }
    const ms = await inTurns(tasks, repeats, clock);
    const ofRow = ms.map((each, k) => (1e6 * each) / SIZES[k]);
    const usual = ofRow[SIZES.indexOf(USUAL)];
    return [
      `| rows, 20-32-1, all threads | ms an epoch | ns a row | beside ${USUAL.toLocaleString('en')} rows | at most | met |`,
      '| --: | --: | --: | --: | --: | --: |',
      ...SIZES.map(
        (rows, k) =>
          `| ${rows.toLocaleString('en')} | ${digits(ms[k])} | ${ofRow[k].toFixed(1)} | ${times(ofRow[k] / usual)} | ${MOST_TIMES}× | ${ofRow[k] <= MOST_TIMES * usual ? 'yes' : '**no**'} |`,
      ),
    ];
  } finally {
    for (const { program, load } of tasks) {
      program.end();
      rmSync(load.x, { force: true });
    }
  }
}
