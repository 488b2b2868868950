// Our engine beside every peer that is here: milliseconds an epoch of each on each work, and how we compare.
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PYTHONS, startFirst, startNewest, startOurs, versionOf } from './programs.mjs';
import { machine } from './results.mjs';
import { Clock, VISITS, digits, met, quiet, times as ratioText } from './timing.mjs';
import { WORKS, shape, writeProblem } from './works.mjs';

const OURS = 'neuron-lens';
/** PyTorch rewritten by hand until it was as fast as we could make it: compared with, but not how anybody uses it. */
const TUNED = 'torch-tuned';

/** A run of a program is about this long, and it is run for as long before. */
const RUN_MS = 300;
/** The threads of OpenBLAS and OpenMP wait for work this long before they sleep. */
const PAUSE_MS = 50;
/** A first epoch that takes longer than this is enough of a warm-up. */
const LONG_MS = 2000;
/** A peer that needs so many times as long as the fastest one cannot be the fastest: one run says enough of it. */
const FAR_BEHIND = 2.5;
/** Costs after the first epoch, of programs that compute the same. */
const SAME_COST = 0.02;

/** Starts ours and every peer; those that are not here say why. */
async function startAll(node) {
  const programs = new Map();
  const missing = [];
  const python = (peer) => startNewest(PYTHONS.map((each) => [each, ['bench/peers.py', peer]]));
  const candidates = [
    [OURS, () => startOurs(node)],
    ...['numpy32', 'numpy64', 'sklearn', 'torch', TUNED].map((peer) => [peer, () => python(peer)]),
    ...['cpu', 'wasm'].map((backend) => [
      `tfjs-${backend}`,
      () => startFirst([[node, ['bench/tfjs.mjs', backend]]]),
    ]),
  ];
  for (const [name, start] of candidates) {
    const { program, about, missing: why } = await start();
    if (program) programs.set(name, { program, about });
    else missing.push(`${name}: ${why}`);
  }
  return { programs, missing };
}

/** Runs a program until it is warm; resolves with milliseconds an epoch, or null when it does not know the work. */
export async function warm(program, load, how) {
  const loaded = await program.ask(load);
  if (!loaded?.ok) return null;
  const first = await program.ask({ cmd: 'train', epochs: 1, ...how });
  if (!first?.ms) return null;
  let last = first;
  for (let spent = first.ms; spent < RUN_MS && first.ms < LONG_MS; spent += last.ms * last.epochs) {
    const epochs = Math.max(1, Math.min(4 * last.epochs, Math.ceil((RUN_MS - spent) / last.ms)));
    last = await program.ask({ cmd: 'train', epochs, ...how });
  }
  return { ms: last.ms, cost: first.firstCost ?? first.cost, lanes: last.lanes };
}

export const epochsFor = (ms) => Math.max(1, Math.round(RUN_MS / ms));

/** Times of each program on a work, so far. */
class Race {
  constructor(work) {
    this.work = work;
    /** By program: { times, far, cost, lanes }. */
    this.runs = new Map();
  }

  /** One visit: all that are not far behind are loaded, warmed, and run in turns. */
  async visit(programs, load, rounds, clock) {
    const { how } = this.work;
    const estimates = new Map();
    for (const [name, { program }] of programs) {
      const run = this.runs.get(name);
      if (run?.far) continue;
      const warmed = await warm(program, load, how);
      if (!warmed) continue;
      estimates.set(name, warmed.ms);
      if (!run) this.runs.set(name, { times: [], far: false, cost: warmed.cost, lanes: warmed.lanes });
    }
    const best = Math.min(...[...estimates].filter(([name]) => name !== OURS).map(([, ms]) => ms));
    for (const [name, estimate] of estimates) {
      if (name === OURS || name === TUNED || estimate < FAR_BEHIND * best) continue;
      const again = estimate < LONG_MS ? await this.run(programs, name, estimate) : estimate;
      const ms = Math.min(estimate, again);
      if (ms < FAR_BEHIND * best) continue;
      const run = this.runs.get(name);
      run.far = true;
      if (run.times.length === 0) run.times.push(ms);
      estimates.delete(name);
    }
    for (let round = 0; round < rounds; round++) {
      clock.look();
      for (const [name, estimate] of estimates)
        this.runs.get(name).times.push(await this.run(programs, name, estimate));
    }
  }

  /** Milliseconds an epoch of one run, once the threads of the program before have stopped spinning. */
  async run(programs, name, estimate) {
    await sleep(PAUSE_MS);
    const { program } = programs.get(name);
    const { ms } = await program.ask({ cmd: 'train', epochs: epochsFor(estimate), ...this.work.how });
    return ms;
  }

  ms(name) {
    const run = this.runs.get(name);
    return run && quiet(run.times);
  }

  /** The fastest peer that anybody would use, and its time. */
  get best() {
    const peers = [...this.runs.keys()].filter((name) => name !== OURS && name !== TUNED);
    return peers.map((name) => [name, this.ms(name)]).toSorted(([, a], [, b]) => a - b)[0];
  }

  /** The peers whose first epoch does not end at the cost that ours ends at. Mini-batches are shuffled by each its own way. */
  get strangers() {
    const ours = this.runs.get(OURS)?.cost;
    if (this.work.how.batch > 0 || ours === undefined) return [];
    return [...this.runs]
      .filter(([, { cost }]) => Math.abs(cost / ours - 1) > SAME_COST)
      .map(([name]) => name);
  }
}

/** Prints the table of all works, or of those that are named. */
export async function speed(node, folder, { works: named, rounds, visits = VISITS }, print) {
  const { programs, missing } = await startAll(node);
  try {
    const races = WORKS.filter(({ work }) => !named || named.includes(work)).map((work) => new Race(work));
    const loads = new Map();
    const clock = new Clock();
    for (let visit = 0; visit < visits; visit++) {
      for (const race of races) {
        if (!loads.has(race)) loads.set(race, await writeProblem(folder, race.work));
        await race.visit(programs, loads.get(race), rounds, clock);
        const [best, ms] = race.best ?? [];
        const ours = race.ms(OURS);
        console.error(
          `${race.work.work}, visit ${visit + 1} of ${visits}: ours ${digits(ours)} ms` +
            (best ? `, ${best} ${digits(ms)} ms, ${ratioText(ms / ours)}` : ''),
        );
      }
    }
    for (const { x } of loads.values()) rmSync(x);
    report(
      { programs, missing, races, clockText: clock.text(visits, rounds), version: await versionOf(node) },
      print,
    );
  } finally {
    for (const { program } of programs.values()) program.end();
  }
}

function report({ programs, missing, races, clockText, version }, print) {
  print(
    'Milliseconds an epoch of training alone, after a warm-up, the data in memory, the programs taking turns.',
  );
  print();
  print(`- ${machine()}`);
  for (const [name, { about }] of programs) {
    const lanes = [...new Set(races.map(({ runs }) => runs.get(name)?.lanes).filter(Boolean))];
    const parts = [about.version, about.blas, about.threads && `${about.threads} threads`];
    if (lanes.length > 0) parts.push(`${lanes.join(' or ')} lanes`);
    print(`- ${name}: ${parts.filter(Boolean).join(', ')}`);
  }
  for (const why of missing) print(`- not measured: ${why}`);
  print(`- Node ${version} runs ours and TensorFlow.js. OpenBLAS chooses its kernels itself.`);
  print(
    `- ${clockText} A peer that needs more than ${FAR_BEHIND} times as long as the fastest is run only to know that.`,
  );
  for (const { work, strangers } of races)
    if (strangers.length > 0)
      print(`- ${work.title}: another cost than ours after an epoch: ${strangers.join(', ')}`);
  print();
  const names = [...programs.keys()];
  const columns = [
    ...['work', 'rows', 'network', ...names],
    ...['best peer / ours', 'must be', 'aim', 'met', 'tuned torch / ours', 'must be', 'aim', 'met'],
  ];
  print(`| ${columns.join(' | ')} |`);
  print(`| ${columns.map((name) => (name === 'work' || name === 'network' ? '---' : '--:')).join(' | ')} |`);
  for (const race of races) {
    const { work } = race;
    const ours = race.ms(OURS);
    const goals = (ms, goal) =>
      ms === undefined
        ? ['–', `${goal.must}×`, `${goal.aim}×`, '–']
        : [`${(ms / ours).toFixed(2)}×`, `${goal.must}×`, `${goal.aim}×`, met(ms / ours, goal)];
    const cells = names.map((name) => (race.ms(name) === undefined ? '–' : digits(race.ms(name))));
    print(
      `| ${[
        ...[work.title, work.rows.toLocaleString('en'), shape(work), ...cells],
        ...goals(race.best?.[1], work),
        ...goals(race.ms(TUNED), work.tuned),
      ].join(' | ')} |`,
    );
  }
}
