// The part of the benchmark on reading: from a CSV file on the disk to columns of float32 in memory.
import { readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { binary, numbers, oneLine, oneQuote, openQuote, wide } from './files.mjs';
import { PYTHONS, startFirst } from './programs.mjs';
import { machine } from './results.mjs';
import { median } from './timing.mjs';

const OURS = 'neuron-lens';
const THREADS = [
  [1, 'one thread'],
  [2, 'two threads'],
];
const ROWS = 500_000;
const MANY_ROWS = 5_200_000;
/** Part of the file after which a reading thread is ended. */
const CANCELS = [0.1, 0.5, 0.95];
const WIDE = { columns: 100_000, rows: 50 };
const REFUSED_BYTES = 1e8;
const REFUSALS = [
  { title: 'one line of letters and digits', make: oneLine, most: 1000 },
  { title: 'the same in a quote that nothing closes', make: oneQuote, most: 1000 },
  { title: 'a quote that opens in the second row and is not closed', make: openQuote, most: 1000 },
  { title: 'a binary file', make: binary, most: 100 },
];
/** What the disk must hold, and what memory pandas must have, for 1 GB. */
const NEEDED = { disk: 3e9, memory: 6e9 };
/** Ours as the extension reads, which wants to know the file again. */
const WITH_HASH = THREADS.map(([threads, title]) => ({ title, how: { threads, hash: true } }));
/** A program that has not answered by then is ended. */
const PATIENCE_MS = 60_000;

/** `pandas` must not be faster than ours on one thread, and take so many times as long as ours on two. */
const TIMES_PANDAS = [1, 2];
const CANCELLED_MS = 250;
const allowedBytes = (cells) => 3.5 * 4 * cells + 200e6;

const candidates = (node) => [
  {
    name: OURS,
    commands: [[node, ['--expose-gc', 'out/bench/readOurs.js']]],
    ways: [false, true].flatMap((hash) =>
      THREADS.map(([threads, title]) => ({
        title: hash ? `${title}, with the file’s SHA-256` : title,
        how: { threads, hash },
      })),
    ),
  },
  {
    name: 'pandas',
    commands: PYTHONS.map((python) => [python, ['bench/readPeers.py']]),
    ways: [
      { title: 'read_csv with dtype float32', how: { way: 'dtype' } },
      { title: 'read_csv, then astype', how: { way: 'astype' } },
    ],
  },
  {
    name: 'duckdb',
    commands: [[node, ['bench/readPeers.mjs', 'duckdb']]],
    ways: THREADS.flatMap(([threads, title]) => [
      { title: `columns declared FLOAT, ${title}`, how: { threads, declared: true } },
      { title: `types found, cast to FLOAT, ${title}`, how: { threads, declared: false } },
    ]),
  },
  ...['papaparse', 'udsv'].map((name) => ({
    name,
    commands: [[node, ['--expose-gc', 'bench/readPeers.mjs', name]]],
    ways: [{ title: null, how: {} }],
  })),
];
const titleOf = (name, title) => (title ? `${name}, ${title}` : name);

const whole = (value) => Math.round(value).toLocaleString('en');
const megabytes = (bytes) => (bytes ? whole(bytes / 1e6) : '–');
const times = (ratio) => `${ratio.toFixed(2)}×`;

/** What an answer lacks: null when it holds what was written. */
function wrong(answer, { rows, columns, sum }) {
  if (!answer) return 'it ended without an answer';
  if (answer.error ?? answer.refused) return answer.error ?? `refused: ${answer.refused}`;
  if (answer.rows !== rows || answer.columns !== columns)
    return `${answer.rows} × ${answer.columns} instead of ${rows} × ${columns}`;
  return Math.abs(answer.sum - sum) <= 0.1 ? null : `the sum is ${answer.sum} instead of ${sum}`;
}

/** One question to a program of its own, so that its memory is of this one alone. */
async function alone({ commands }, message) {
  const { program, missing } = await startFirst(commands);
  if (!program) return { error: missing };
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ error: `no answer in ${PATIENCE_MS / 1000} s` }), PATIENCE_MS);
  });
  const answer = await Promise.race([program.ask(message), late]);
  clearTimeout(timer);
  program.end();
  return answer ?? { error: 'it ended without an answer' };
}

/** 100 MB of numbers, the programs in turns; returns pandas’ faster way. */
async function race(programs, folder, rounds, print) {
  const file = path.join(folder, 'numbers.csv');
  const truth = numbers(file, ROWS);
  const { size } = statSync(file);
  const names = readFileSync(file, 'latin1').split('\n', 1)[0].split(',');
  let runs = programs.flatMap(({ name, program, ways }) =>
    ways.map(({ title, how }) => ({ name, title, how, program, answers: [] })),
  );
  const left = [];
  for (let round = 0; round <= rounds; round++) {
    for (const run of runs) {
      const answer = await run.program.ask({ cmd: 'read', file, names, ...run.how });
      run.why = wrong(answer, truth);
      if (run.why) left.push(`${titleOf(run.name, run.title)}: ${run.why}`);
      run.answers.push(answer);
    }
    runs = runs.filter(({ why }) => !why);
  }
  rmSync(file);
  for (const run of runs) {
    const [first, ...later] = run.answers.map(({ ms }) => ms);
    Object.assign(run, { first, median: median(later) });
  }
  const ours = (threads) =>
    runs.find(({ name, how }) => name === OURS && how.threads === threads && !how.hash)?.median;
  const pandas = runs.filter(({ name }) => name === 'pandas').toSorted((a, b) => a.median - b.median)[0];

  print(`### ${whole(size / 1e6)} MB of numbers, ${whole(ROWS)} rows × ${truth.columns} columns`);
  print();
  print('| reader | ms | MB/s | × ours on one thread | first run, ms |');
  print('| --- | --: | --: | --: | --: |');
  for (const { name, title, median, first } of runs)
    print(
      `| ${titleOf(name, title)} | ${whole(median)} | ${whole(size / 1e3 / median)} | ${ours(1) ? times(median / ours(1)) : '–'} | ${whole(first)} |`,
    );
  print();
  for (const why of left) print(`- not measured: ${why}`);
  for (const [k, [threads, title]] of THREADS.entries()) {
    const ratio = pandas && ours(threads) ? times(pandas.median / ours(threads)) : 'not measured';
    print(`- pandas, its faster way, beside ours on ${title}: ${ratio} (≥ ${TIMES_PANDAS[k]}×)`);
  }
  return pandas?.how;
}

/** 1 GB of numbers, each reader in a process of its own: time, memory, progress, and the end of a thread that reads. */
async function gigabyte({ ours, pandas, pandasHow }, folder, print) {
  print();
  print(`### 1 GB of numbers, ${whole(MANY_ROWS)} rows`);
  print();
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < NEEDED.disk) {
    print(`Not measured: there are less than ${NEEDED.disk / 1e9} GB free on the disk.`);
    return;
  }
  const file = path.join(folder, 'many.csv');
  const truth = numbers(file, MANY_ROWS);
  const { size } = statSync(file);
  const cells = truth.rows * truth.columns;
  const left = [];
  print(
    `| reader | s | MB/s | peak memory, MB (≤ ${megabytes(allowedBytes(cells))}) | progress reports | longest gap, ms | thread gone after a cancel, ms (≤ ${CANCELLED_MS}) |`,
  );
  print('| --- | --: | --: | --: | --: | --: | --: |');
  const row = (title, { ms, most }, ...rest) =>
    print(
      `| ${title} | ${(ms / 1000).toFixed(1)} | ${whole(size / 1e3 / ms)} | ${megabytes(most)} | ${rest.join(' | ')} |`,
    );
  for (const { title, how } of WITH_HASH) {
    const answer = await alone(ours, { cmd: 'read', file, ...how });
    const why = wrong(answer, truth);
    if (why) {
      left.push(`${titleOf(OURS, title)}: ${why}`);
      continue;
    }
    const gone = [];
    for (const at of CANCELS) {
      const { ms, error } = await alone(ours, { cmd: 'cancel', file, at, ...how });
      gone.push(ms === undefined ? '–' : whole(ms));
      if (error) left.push(`${titleOf(OURS, title)}, cancelled: ${error}`);
    }
    row(titleOf(OURS, title), answer, whole(answer.reports), whole(answer.longestGap), gone.join(', '));
  }
  if (pandasHow && os.freemem() < NEEDED.memory) left.push('pandas: there is too little memory free');
  else if (pandasHow) {
    const answer = await alone(pandas, { cmd: 'read', file, ...pandasHow });
    const why = wrong(answer, truth);
    if (why) left.push(`pandas: ${why}`);
    else row('pandas, its faster way', answer, '–', '–', '–');
  }
  rmSync(file);
  print();
  print(
    `One run each, ours with the file’s SHA-256. The memory that ours may take is 3.5 times the matrix in float32, ${megabytes(4 * cells)} MB, and 200 MB. A thread is ended after ${CANCELS.map((at) => `${100 * at} %`).join(', ')} of the file.`,
  );
  if (left.length > 0) print();
  for (const why of left) print(`- not measured: ${why}`);
}

/** Many columns, each reading in a process of its own. */
async function manyColumns(ours, folder, print) {
  const file = path.join(folder, 'wide.csv');
  const truth = wide(file, WIDE.columns, WIDE.rows);
  const { size } = statSync(file);
  print();
  print(
    `### ${whole(WIDE.columns)} columns × ${WIDE.rows} rows, ${whole(size / 1e6)} MB, ${whole((4 * truth.rows * truth.columns) / 1e6)} MB as float32`,
  );
  print();
  for (const { title, how } of WITH_HASH) {
    const answer = await alone(ours, { cmd: 'read', file, ...how });
    const why = wrong(answer, truth);
    print(
      why
        ? `- not measured: ${title}: ${why}`
        : `- ${title}: ${whole(answer.ms)} ms, peak memory ${megabytes(answer.most)} MB`,
    );
  }
  rmSync(file);
}

/** Files that are no tables: how soon ours says so, in a process that has read nothing before. */
async function refusals(ours, folder, print) {
  print();
  print(`### Files of ${whole(REFUSED_BYTES / 1e6)} MB that are no tables`);
  print();
  print('| file | refused as | ms | must be | peak memory, MB |');
  print('| --- | --- | --: | --- | --: |');
  for (const { title, make, most } of REFUSALS) {
    const file = path.join(folder, 'refused.csv');
    make(file, REFUSED_BYTES);
    const answer = await alone(ours, { cmd: 'read', file, ...WITH_HASH[0].how });
    const what = answer.refused ?? (answer.error ? `not refused: ${answer.error}` : 'not refused');
    print(
      `| ${title} | ${what} | ${answer.ms === undefined ? '–' : whole(answer.ms)} | ≤ ${whole(most)} | ${megabytes(answer.most)} |`,
    );
    rmSync(file);
  }
}

/** Measures and prints the section; `folder` is for its files, and none of them stays. */
export async function reading(node, folder, { rounds }, print) {
  const readers = candidates(node);
  const [ours, pandas] = readers;
  print(
    'From the path of a CSV file that is in the page cache to columns of float32 in memory: the median of five runs after a first, the programs taking turns. DuckDB’s columns are a table in its own memory; the others’ are arrays.',
  );
  print();
  print(`- ${machine()}`);
  const programs = [];
  for (const { name, commands, ways } of readers) {
    const { program, about, missing } = await startFirst(commands);
    if (program) programs.push({ name, program, ways });
    print(program ? `- ${name}: ${about.version}` : `- not measured: ${name}: ${missing}`);
  }
  print();
  let pandasHow;
  try {
    pandasHow = await race(programs, folder, rounds, print);
  } finally {
    for (const { program } of programs) program.end();
  }
  await gigabyte({ ours, pandas, pandasHow }, folder, print);
  await manyColumns(ours, folder, print);
  await refusals(ours, folder, print);
}
