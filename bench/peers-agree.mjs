// node bench/peers-agree.mjs: does every peer of the speed benchmark learn the same thing?
// PYTHON names the interpreter that has numpy, sklearn and torch, if `python3` does not.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const HERE = import.meta.dirname;
const PYTHON = process.env.PYTHON ?? 'python3';
const PEERS = [
  ...['numpy64', 'numpy32', 'sklearn', 'torch'].map((peer) => [PYTHON, 'peers.py', peer]),
  ...['cpu', 'wasm'].map((backend) => [process.execPath, 'tfjs.mjs', backend]),
];

const EPOCHS = 50;
const EXACT = 1e-3;
// Every peer reshuffles in its own way, so that mini-batches end near each other only.
const SHUFFLED = 0.15;
const PROBLEMS = [
  { rows: 2000, nx: 20, hidden: [16], ny: 1, activation: 'tanh', output: 'sigmoid', rate: 1.2 },
  { rows: 1000, nx: 8, hidden: [12], ny: 3, activation: 'relu', output: 'softmax', rate: 0.5 },
  { rows: 1030, nx: 5, hidden: [8, 6], ny: 1, activation: 'sigmoid', output: 'sigmoid', rate: 1.2 },
];

function generator(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Targets by a noisy, bent rule, so that there is something to learn and something that cannot be. */
function write(problem, folder, seed) {
  const { rows, nx, ny, hidden } = problem;
  const normal = generator(seed);
  const x = Float32Array.from({ length: rows * nx }, normal);
  const rule = Array.from({ length: ny * nx }, normal);
  const y = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const scores = Array.from({ length: ny }, (_, c) => {
      let score = 0.5 * normal();
      for (let k = 0; k < nx; k++) score += rule[c * nx + k] * Math.tanh(x[row * nx + k] + 0.3);
      return score;
    });
    y[row] = ny === 1 ? Number(scores[0] > 0) : scores.indexOf(Math.max(...scores));
  }
  const weights = {};
  const sizes = [nx, ...hidden, ny];
  for (let l = 1; l < sizes.length; l++) {
    const row = () => Array.from({ length: sizes[l - 1] }, () => normal() / Math.sqrt(sizes[l - 1]));
    weights[`W${l}`] = Array.from({ length: sizes[l] }, row);
    weights[`b${l}`] = Array.from({ length: sizes[l] }, () => 0.1 * normal());
  }
  const file = (name, content) => {
    const at = path.join(folder, `${seed}-${name}`);
    writeFileSync(at, content);
    return at;
  };
  return {
    ...{ cmd: 'load', work: `agree${seed}`, ...problem },
    ...{ x: file('x.f32', x), y: file('y.f32', y), weights: file('w.json', JSON.stringify(weights)) },
  };
}

/** A peer and the way to ask it: one line there, one line back. */
async function start([program, script, name]) {
  const child = spawn(program, [path.join(HERE, script), name], { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = new Promise((resolve) => child.on('error', (error) => resolve({ error })));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done, error } = await Promise.race([lines.next(), failed]);
    if (error) return { peer: name, missing: error.message };
    if (done) throw new Error(`${script} ${name} ended without an answer`);
    return JSON.parse(value);
  };
  const about = await next();
  const ask = async (message) => {
    child.stdin.write(`${JSON.stringify(message)}\n`);
    const answer = await next();
    if (answer.error) throw new Error(`${script} ${name}: ${answer.error}`);
    return answer;
  };
  return { about, ask, stop: () => child.stdin.end('{"cmd":"exit"}\n') };
}

const folder = mkdtempSync(path.join(tmpdir(), 'peers-agree-'));
try {
  const loads = PROBLEMS.map((problem, i) => write(problem, folder, i + 1));
  const runs = loads.flatMap((load, i) => {
    const { rate, nx, hidden, ny, activation, output } = PROBLEMS[i];
    const what = `${[nx, ...hidden, ny].join('-')} ${activation} ${output}`;
    const adam = { optimizer: 'adam', rate: 0.01 };
    return [
      {
        load,
        what,
        how: 'gradient descent',
        train: { batch: 0, optimizer: 'gradientDescent', rate },
        within: EXACT,
      },
      { load, what, how: 'Adam, all rows', train: { batch: 0, ...adam }, within: EXACT },
      { load, what, how: 'Adam, rows by 200', train: { batch: 200, ...adam }, within: SHUFFLED },
    ].map((run) => ({ ...run, costs: new Map() }));
  });

  for (const command of PEERS) {
    const { about, ask, stop } = await start(command);
    if (about.missing) {
      console.log(`${about.peer}: left out, ${about.missing}`);
      continue;
    }
    console.log(`${about.peer} ${about.version}: ${about.blas}, threads: ${about.threads}`);
    let loaded;
    for (const { load, train, costs } of runs) {
      if (loaded !== load) await ask((loaded = load));
      const { cost } = await ask({ cmd: 'train', epochs: EPOCHS, seed: 1, ...train });
      costs.set(about.peer, cost);
    }
    stop();
  }

  let compared = 0;
  for (const { what, how, within, costs } of runs) {
    const values = [...costs.values()];
    const apart = (Math.max(...values) - Math.min(...values)) / Math.min(...values);
    // NaN, which a peer writes as null, agrees with nothing.
    const agree = values.every(Number.isFinite) && apart <= within;
    console.log(`\n${what}, ${how}, cost after ${EPOCHS} epochs:`);
    for (const [peer, cost] of costs) console.log(`  ${peer.padEnd(10)} ${cost}`);
    console.log(`  ${agree ? 'agree' : 'DIFFER'}: ${apart.toExponential(1)} apart, at most ${within}`);
    compared = values.length;
    if (!agree) process.exitCode = 1;
  }
  if (compared < 2) {
    console.log('There are no two peers to compare.');
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
