// npm run bench [-- --only name]: our engine and every peer that is here, in turns, as a table in bench/RESULTS.md.
import { createHash } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure, ROOT, beforeExit, must, npm, step, main } from '../scripts/run.mjs';
import { ensureBuild, ensureNode } from '../scripts/setup.mjs';
import { machine, median, Program, PYTHONS, ROUNDS, saveResults, saveSection } from './programs.mjs';
import { startFirst, versionOf } from './programs.mjs';
import { reading } from './reading.mjs';
import { activation } from './activation.mjs';

/** A run of a program is about this long, once it is warm. */
const RUN_MS = 500;
/** A peer that takes longer than this for one epoch is run once, not five times. */
const SLOW_MS = 8000;

const GD = { batch: 0, optimizer: 'gradientDescent', rate: 0.5, seed: 1 };
const ADAM = { batch: 200, optimizer: 'adam', rate: 0.001, seed: 1 };
const tanh = { activation: 'tanh', output: 'sigmoid', ny: 1 };

/** PyTorch rewritten by hand until it was as fast as we could make it: shown, but not how anybody uses it. */
const TUNED = 'torch-tuned';

/** `atLeast`: how many times as fast as the best peer we mean to be. */
const WORKS = [
  {
    work: 'flower',
    title: 'flower, full batch',
    rows: 400,
    nx: 2,
    hidden: [4],
    ...tanh,
    how: { ...GD, rate: 1.2 },
    atLeast: 8,
  },
  {
    work: 'table',
    title: 'table, full batch',
    rows: 100_000,
    nx: 20,
    hidden: [32],
    ...tanh,
    how: GD,
    atLeast: 3,
    aim: 5,
  },
  {
    work: 'wide',
    title: 'wide, full batch',
    rows: 100_000,
    nx: 100,
    hidden: [64],
    ...tanh,
    how: GD,
    atLeast: 1.4,
    aim: 2,
  },
  {
    work: 'minibatch',
    title: 'mini-batch 200, Adam',
    rows: 100_000,
    nx: 20,
    hidden: [32],
    ...tanh,
    how: ADAM,
    atLeast: 5,
  },
  {
    ...{
      work: 'digits',
      title: 'digits-like, softmax, batch 200 Adam',
      rows: 60_000,
      nx: 64,
      hidden: [50],
      ny: 10,
    },
    ...{ activation: 'relu', output: 'softmax', how: ADAM, atLeast: 3 },
  },
  {
    work: 'image',
    title: 'image-like, full batch',
    rows: 20_000,
    nx: 784,
    hidden: [128],
    ...tanh,
    how: GD,
    aim: 1,
  },
  {
    work: 'million',
    title: 'one million rows, full batch',
    rows: 1_000_000,
    nx: 20,
    hidden: [32],
    ...tanh,
    how: GD,
    atLeast: 3,
    memory: true,
  },
];
const shape = ({ nx, hidden, ny }) => [nx, ...hidden, ny].join('-');

/** A small seeded generator (xorshift32), as the data need no better. */
function uniform(seed) {
  let x = seed >>> 0 || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 0x1_0000_0000;
  };
}

/** Writes X, y and initial weights of a work; returns what `load` takes. */
async function writeProblem(folder, { work, rows, nx, hidden, ny, activation, output }) {
  const next = uniform(Number.parseInt(createHash('sha256').update(work).digest('hex').slice(0, 8), 16));
  const files = {
    x: path.join(folder, `${work}.x`),
    y: path.join(folder, `${work}.y`),
    weights: path.join(folder, `${work}.json`),
  };
  const teacher = Array.from({ length: ny }, () => Array.from({ length: nx }, () => next() - 0.5));
  const x = createWriteStream(files.x);
  const y = new Float32Array(rows);
  const CHUNK = 10_000;
  for (let from = 0; from < rows; from += CHUNK) {
    const count = Math.min(CHUNK, rows - from);
    const values = new Float32Array(count * nx);
    for (let j = 0; j < count; j++) {
      const sums = new Array(ny).fill(0);
      for (let k = 0; k < nx; k++) {
        const value = (next() - 0.5) * Math.sqrt(12);
        values[j * nx + k] = value;
        for (let i = 0; i < ny; i++) sums[i] += teacher[i][k] * value;
      }
      y[from + j] = ny === 1 ? Number(sums[0] + next() - 0.5 > 0) : sums.indexOf(Math.max(...sums));
    }
    if (!x.write(Buffer.from(values.buffer))) await new Promise((resolve) => x.once('drain', resolve));
  }
  await new Promise((resolve) => x.end(resolve));
  writeFileSync(files.y, Buffer.from(y.buffer));
  const weights = {};
  [nx, ...hidden, ny].forEach((n, l, sizes) => {
    if (l === 0) return;
    const scale = Math.sqrt(3 / sizes[l - 1]);
    weights[`W${l}`] = Array.from({ length: n }, () =>
      Array.from({ length: sizes[l - 1] }, () => (2 * next() - 1) * scale),
    );
    weights[`b${l}`] = new Array(n).fill(0);
  });
  writeFileSync(files.weights, JSON.stringify(weights));
  return { cmd: 'load', work, rows, nx, hidden, ny, activation, output, ...files };
}

/** Starts ours and every peer; those that are not here say why. */
async function startAll(node) {
  const programs = new Map();
  const missing = [];
  const candidates = [
    ['neuron-lens', [[node, ['out/bench/ours.js']]]],
    ...['numpy32', 'numpy64', 'sklearn', 'torch', 'torch-tuned'].map((peer) => [
      peer,
      PYTHONS.map((python) => [python, ['bench/peers.py', peer]]),
    ]),
    ...['cpu', 'wasm'].map((backend) => [`tfjs-${backend}`, [[node, ['bench/tfjs.mjs', backend]]]]),
  ];
  for (const [name, commands] of candidates) {
    const { program, about, missing: why } = await startFirst(commands);
    if (program) programs.set(name, { program, about });
    else missing.push(`${name}: ${why}`);
  }
  return { programs, missing };
}

/** Milliseconds an epoch of each program on a work: the median of five runs, in turns. */
async function time(programs, work, folder) {
  const load = await writeProblem(folder, work);
  const runs = new Map();
  for (const [name, { program }] of programs) {
    const loaded = await program.ask(load);
    if (!loaded?.ok) continue;
    const first = await program.ask({ cmd: 'train', epochs: 1, ...work.how });
    if (!first?.ms) continue;
    const warm =
      first.ms > SLOW_MS
        ? first
        : await program.ask({
            cmd: 'train',
            epochs: Math.max(1, Math.min(2000, Math.round(RUN_MS / first.ms))),
            ...work.how,
          });
    const slow = warm.ms > SLOW_MS;
    runs.set(name, { slow, epochs: Math.max(1, Math.round(RUN_MS / warm.ms)), ms: slow ? [warm.ms] : [] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of runs) {
      if (run.slow) continue;
      const { ms } = await programs.get(name).program.ask({ cmd: 'train', epochs: run.epochs, ...work.how });
      run.ms.push(ms);
    }
  }
  const { rss, most } = await programs.get('neuron-lens').program.ask({ cmd: 'memory' });
  return { times: new Map([...runs].map(([name, run]) => [name, median(run.ms)])), load, rss, most };
}

const digits = (ms) => (ms < 0.1 ? ms.toFixed(4) : ms < 10 ? ms.toFixed(2) : ms.toFixed(1));

async function bench(only) {
  const wants = (part) => !only || only.includes(part);
  await ensureBuild();
  const node = await ensureNode();
  // A fresh clone has no esbuild before its dependencies are installed.
  const { build } = await import('esbuild');
  await build({
    entryPoints: {
      ...{ ours: 'bench/ours.ts', host: 'bench/host.ts', readOurs: 'bench/readOurs.ts' },
      ...{ helper: 'src/threads/helper.ts', reader: 'src/threads/reader.ts' },
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir: 'out/bench',
    loader: { '.wasm': 'binary' },
    logLevel: 'warning',
  });
  await step('Installing the JavaScript peers of the benchmark', () =>
    must(
      'npm ci in bench/',
      'Check the network connection.',
      ...npm(['ci', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund'], {
        cwd: path.join(ROOT, 'bench'),
      }),
    ),
  );
  const folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-bench-'));
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  beforeExit(cleanUp);
  const report = [];
  const print = (line = '') => {
    console.log(line);
    report.push(line);
  };
  try {
    if (!only || only.some((part) => part !== 'read' && part !== 'activation'))
      await training(node, folder, only, print);
    const from = report.length;
    if (wants('read')) await reading(node, folder, print);
    const after = report.length;
    if (wants('activation')) await activation(print);
    if (!only) await saveResults(report.join('\n'));
    else {
      if (wants('read')) await saveSection('Reading', report.slice(from, after));
      if (wants('activation')) await saveSection('Activation', report.slice(after));
    }
  } finally {
    cleanUp();
  }
}

/** Every work of training, and what is asked of ours alone. */
async function training(node, folder, only, print) {
  const { programs, missing } = await startAll(node);
  try {
    print('# Speed');
    print();
    print(
      '`npm run bench` writes this file. Times are milliseconds an epoch of training alone, the data in memory: the median of five runs, the programs taking turns.',
    );
    print();
    print(`- ${machine()}`);
    for (const [name, { about }] of programs)
      print(
        `- ${name}: ${about.version}${about.blas ? `, ${about.blas}` : ''}${about.threads ? `, ${about.threads} threads` : ''}${about.node ? `, Node ${about.node}` : ''}`,
      );
    for (const why of missing) print(`- not measured: ${why}`);
    print(`- Node ${node ? await versionOf(node) : ''} runs ours and TensorFlow.js`);
    print();
    const names = [...programs.keys()];
    print(
      `| work | rows | network | ${names.join(' | ')} | best peer / ours | must be | tuned torch / ours |`,
    );
    print(`| --- | --: | --- | ${names.map(() => '--:').join(' | ')} | --: | --- | --: |`);
    const works = WORKS.filter(({ work }) => !only || only.includes(work));
    for (const work of works) {
      const { times, load, rss, most } = await time(programs, work, folder);
      const ours = times.get('neuron-lens');
      const usual = [...times].filter(([name]) => name !== 'neuron-lens' && name !== TUNED);
      const ratio = Math.min(...usual.map(([, ms]) => ms)) / ours;
      const tuned = times.has(TUNED) ? `${(times.get(TUNED) / ours).toFixed(2)}×` : '–';
      const goal = work.atLeast
        ? `≥ ${work.atLeast}×${work.aim ? `, aim ${work.aim}×` : ''}`
        : `report; aim ${work.aim}×`;
      const cells = names.map((name) => (times.has(name) ? digits(times.get(name)) : '–'));
      print(
        `| ${work.title} | ${work.rows.toLocaleString('en')} | ${shape(work)} | ${cells.join(' | ')} | ${ratio.toFixed(2)}× | ${goal} | ${tuned} |`,
      );
      if (work.memory) {
        const allowed = 2.5 * 4 * work.rows * work.nx + 200e6;
        work.note = `Resident memory of ours while it trains on ${work.rows.toLocaleString('en')} rows: ${Math.round(rss / 1e6)} MB, at most ${Math.round(most / 1e6)} MB; 2.5 times X and 200 MB are ${Math.round(allowed / 1e6)} MB.`;
      }
      rmSync(load.x);
    }
    print();
    for (const { note } of works) if (note) print(note);
    for (const [name, { program }] of programs) if (name !== 'neuron-lens') program.end();
    if (!only || only.includes('engine')) {
      await engine(programs.get('neuron-lens').program, folder, print);
      programs.get('neuron-lens').program.end();
      await editor(node, folder, print);
    }
  } finally {
    for (const { program } of programs.values()) program.end();
  }
}

/** One million rows in the worker that the extension runs: what the extension host feels of it, and a stop. */
async function editor(node, folder, print) {
  const file = path.join(folder, 'million.csv');
  const next = uniform(7);
  const stream = createWriteStream(file);
  stream.write(`${Array.from({ length: 20 }, (_, k) => `x${k}`).join(',')},label\n`);
  for (let chunk = 0; chunk < 1000; chunk++) {
    let text = '';
    for (let j = 0; j < 1000; j++) {
      const row = Array.from({ length: 20 }, () => (next() - 0.5) * 4);
      text += `${row.map((x) => x.toFixed(4)).join(',')},${row[0] + row[1] > row[2] ? 1 : 0}\n`;
    }
    if (!stream.write(text)) await new Promise((resolve) => stream.once('drain', resolve));
  }
  await new Promise((resolve) => stream.end(resolve));
  const program = new Program(node, ['out/bench/host.js', file]);
  const answer = await program.answer();
  print();
  if (!answer) {
    print('- The extension host could not be measured: its program failed.');
    return;
  }
  const { epochs, reading, max, p99, stopped, busyAfter } = answer;
  print(
    `- Extension host while its worker trains on 1,000,000 × 20 rows (${epochs} epochs): event-loop delay at most ${max.toFixed(1)} ms (< 50), 99th percentile ${p99.toFixed(1)} ms (< 10); at most ${reading.toFixed(1)} ms while the worker starts and reads the file.`,
  );
  print(
    `- From stop to idle: ${stopped.toFixed(0)} ms (≤ 250); in the 250 ms after it the process uses ${(100 * busyAfter).toFixed(0)} % of a core.`,
  );
}

/** What only we are asked: the share of the processor's peak, one thread against two, and from 10⁴ to 10⁷ rows. */
async function engine(ours, folder, print) {
  const wide = WORKS.find(({ work }) => work === 'wide');
  /** Milliseconds an epoch on each number of threads, in turns. */
  const ask = async (load, how, threads, epochs) => {
    const ms = threads.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [k, count] of threads.entries()) {
        await ours.ask({ ...load, threads: count });
        await ours.ask({ cmd: 'train', epochs: 1, ...how });
        ms[k].push((await ours.ask({ cmd: 'train', epochs, ...how })).ms);
      }
    }
    return ms.map(median);
  };
  print();
  print('## The engine alone');
  print();
  const load = await writeProblem(folder, wide);
  await ours.ask({ ...load, threads: 1 });
  const shares = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { peak } = await ours.ask({ cmd: 'peak' });
    const { ms } = await ours.ask({ cmd: 'train', epochs: 4, ...wide.how });
    // Forward and dW: two multiplications and two additions a weight and example; the output layer's dA too.
    const flop = wide.rows * (4 * wide.nx * wide.hidden[0] + 6 * wide.hidden[0]);
    shares.push(flop / ms / peak);
  }
  print(
    `- Share of strict SIMD’s peak on one thread, \`wide\`: ${(100 * median(shares)).toFixed(0)} % (aim 85 %), activations and cost counted as no work.`,
  );
  for (const work of WORKS.filter(({ rows, how }) => rows >= 100_000 && how.batch === 0)) {
    const problem = work === wide ? load : await writeProblem(folder, work);
    const epochs = Math.max(2, Math.round(3e9 / (work.rows * work.nx * work.hidden[0] * 4)));
    const [one, two] = await ask(problem, work.how, [1, 2], epochs);
    print(
      `- ${work.title}: ${digits(one)} ms on one thread, ${digits(two)} ms on two: ${(one / two).toFixed(2)}× (≥ 1.8×).`,
    );
    if (work !== wide) rmSync(problem.x);
  }
  print();
  print('| rows, 20-32-1, two threads | ms an epoch | ns a row |');
  print('| --: | --: | --: |');
  for (const rows of [1e4, 1e5, 1e6, 1e7]) {
    const work = { ...WORKS[1], work: `rows-${rows}`, rows };
    const problem = await writeProblem(folder, work);
    const [ms] = await ask(problem, GD, [2], Math.max(2, Math.round(4e6 / rows)));
    print(`| ${rows.toLocaleString('en')} | ${digits(ms)} | ${((1e6 * ms) / rows).toFixed(1)} |`);
    rmSync(problem.x);
  }
}

/** The parts of which `--only` may name some. */
const PARTS = [...WORKS.map(({ work }) => work), 'engine', 'read', 'activation'];
const USAGE = `Usage: npm run bench [-- --only part,part]\nThe parts: ${PARTS.join(', ')}`;

/** The parts to measure, or null for all. */
function parse([flag, names, ...rest]) {
  if (flag === undefined) return null;
  const parts = names?.split(',') ?? [];
  if (
    flag === '--only' &&
    rest.length === 0 &&
    parts.length > 0 &&
    parts.every((part) => PARTS.includes(part))
  )
    return parts;
  throw new Failure(USAGE);
}

await main(async () => {
  if (process.argv.includes('--help')) console.log(USAGE);
  else await bench(parse(process.argv.slice(2)));
});
