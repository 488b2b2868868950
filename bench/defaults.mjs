// The part of the benchmark on what is found for a table where nothing is set: test scores beside a straight line and
// scikit-learn's defaults, on the tables of tables.mjs; and how long large tables take.
import { rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure } from '../scripts/run.mjs';
import { large } from './defaultsLarge.mjs';
import { findLines } from './defaultsFind.mjs';
import { introduction, summary, tableLines } from './defaultsText.mjs';
import { withFold } from './folds.mjs';
import { PYTHONS, startFirst } from './programs.mjs';

const PEERS = PYTHONS.map((python) => [python, ['bench/defaultsPeers.py']]);
/** A fifth of a table with fewer rows is too few to be tested on: it is cut into folds, each row tested once a repeat. */
const FEW_ROWS = 1500;
/** So many candidates a search compares. */
const CANDIDATES = 20;
/** So often it is said how many are left. */
const SOME = 50;

const isSmall = ({ rows }) => rows < FEW_ROWS;

/** Seeds from 1 on: so many, or twice. */
const seedsOf = (table, rounds) =>
  Array.from({ length: isSmall(table) ? 2 * rounds : rounds }, (_, k) => k + 1);

/** Trains on each table with each seed, one after the other: what is to be asked of the peers, with what ours had. */
async function ours(node, folder, tables, rounds) {
  const { program, about, missing } = await startFirst([[node, ['out/bench/defaultsOurs.js']]]);
  if (!program) throw new Failure(missing);
  const all = [];
  try {
    for (const [k, table] of tables.entries()) {
      const file = path.join(folder, 'table.csv');
      if (!isSmall(table)) writeFileSync(file, table.csv());
      const ask = async (task) => {
        const answer = await program.ask({ file, splitColumn: isSmall(table) ? 'part' : '', ...task });
        if (!answer || answer.error) throw new Failure(`${table.name}: ${answer?.error ?? 'it ended'}`);
        return answer;
      };
      for (const seed of seedsOf(table, rounds)) {
        const data = path.join(folder, `${k}-${seed}`);
        if (isSmall(table)) writeFileSync(file, withFold(table, seed));
        const answer = await ask({ seed, data });
        // The search takes seconds: it is done with as many seeds as the larger tables have.
        const found = seed <= rounds ? await ask({ seed, candidates: CANDIDATES }) : {};
        all.push({ table, seed, data, ...answer, ...found });
      }
      console.error(`${k + 1} of ${tables.length} trained: ${table.half}, ${table.name}`);
    }
  } finally {
    program.end();
  }
  return { all, about };
}

/** Adds the peers' scores to each, on all cores; returns who they are. */
async function theirs(all) {
  const left = all.slice();
  const asked = async () => {
    const { program, about, missing } = await startFirst(PEERS);
    if (!program) throw new Failure(`scikit-learn: ${missing}`);
    try {
      for (let run = left.shift(); run; run = left.shift()) {
        const { table, seed, data, features, classes } = run;
        const answer = await program.ask({ data, features, classes, seed });
        if (!answer || answer.error) throw new Failure(`${table.name}: ${answer?.error ?? 'it ended'}`);
        Object.assign(run, answer);
        if (left.length % SOME === 0) console.error(`${left.length} of ${all.length} left for scikit-learn`);
        for (const part of ['x', 'y', 'train', 'test']) rmSync(`${data}.${part}`);
      }
    } finally {
      program.end();
    }
    return about;
  };
  const [about] = await Promise.all(Array.from({ length: os.availableParallelism() }, asked));
  return about;
}

/** Measures and prints what bench/DEFAULTS.md has; `folder` is for its files. */
export async function defaults(node, folder, { rounds }, print) {
  // A fresh clone has no generator of random numbers before its dependencies are installed.
  const { TABLES } = await import('./tables.mjs');
  const { all, about } = await ours(node, folder, TABLES, rounds);
  const peers = await theirs(all);
  const tables = TABLES.map((table) => ({ table, runs: all.filter((run) => run.table === table) }));
  const versions = { ours: about.version, theirs: peers.version };
  const lines = [
    ...introduction({ count: TABLES.length, ...versions, rounds, fewRows: FEW_ROWS }),
    ...summary(tables),
    ...['choose', 'judge'].flatMap((half) => tableLines(half, tables)),
    ...findLines(tables, CANDIDATES),
    ...(await large(node, folder)),
  ];
  lines.forEach((line) => print(line));
}
