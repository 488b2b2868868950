// One peer of the reading benchmark: node readPeers.mjs duckdb|papaparse|udsv
// Says who it is in one line of JSON, then answers every line on stdin: how long it took from a file to columns of
// float32 in memory. Of several ways that are in use, each takes the one that was the fastest here.
import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const load = createRequire(import.meta.url);

const sumOf = (columns) =>
  columns.reduce((sum, column) => {
    for (const value of column) sum += value;
    return sum;
  }, 0);

/** Into a table in its own memory; `declared` tells it all that it otherwise finds out. */
function duckdb() {
  const { DuckDBInstance, version } = load('@duckdb/node-api');
  const instances = new Map();
  const connect = async (threads) => {
    if (!instances.has(threads))
      instances.set(threads, await DuckDBInstance.create(':memory:', { threads: String(threads) }));
    return instances.get(threads).connect();
  };
  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
  const read = async ({ file, threads, declared, names }) => {
    const connection = await connect(threads);
    const types = names.map((name) => `${quoted(name)}: 'FLOAT'`).join(', ');
    const from = performance.now();
    await connection.run(
      declared
        ? `CREATE TABLE t AS FROM read_csv(${quoted(file)}, auto_detect = false, delim = ',', header = true, columns = {${types}})`
        : `CREATE TABLE t AS SELECT COLUMNS(*)::FLOAT FROM read_csv(${quoted(file)})`,
    );
    const ms = performance.now() - from;
    const ask = async (query) => (await connection.runAndReadAll(query)).getRows()[0];
    const [rows] = await ask('SELECT count(*)::DOUBLE FROM t');
    const sums = await ask('SELECT sum(COLUMNS(*)::DOUBLE) FROM t');
    await connection.run('DROP TABLE t');
    connection.closeSync();
    return { ms, rows, columns: sums.length, sum: sums.reduce((sum, own) => sum + own, 0) };
  };
  return { version: version(), read };
}

/** As a stream, and the cells to numbers by hand: its own way to numbers, dynamicTyping, takes three times as long. */
function papaparse() {
  const papa = load('papaparse');
  const parse = (file) =>
    new Promise((resolve, reject) => {
      let columns = [];
      let rows = -1;
      const add = (row) => {
        // The empty line that it finds after the last line break.
        if (row.length === 1) return;
        if (rows < 0) columns = row.map(() => new Float32Array(1024));
        else {
          if (rows === columns[0].length) {
            columns = columns.map((column) => {
              const longer = new Float32Array(2 * rows);
              longer.set(column);
              return longer;
            });
          }
          for (let k = 0; k < columns.length; k++) columns[k][rows] = Number(row[k]);
        }
        rows++;
      };
      papa.parse(createReadStream(file, { highWaterMark: 1 << 20 }), {
        chunk: ({ data }) => data.forEach(add),
        complete: () => resolve(columns.map((column) => column.subarray(0, rows))),
        error: reject,
      });
    });
  const read = async ({ file }) => {
    const from = performance.now();
    const columns = await parse(file);
    const ms = performance.now() - from;
    return { ms, rows: columns[0].length, columns: columns.length, sum: sumOf(columns) };
  };
  return { version: load('papaparse/package.json').version, read };
}

/** The whole text at once: piece by piece it takes as long. */
function udsv() {
  const { inferSchema, initParser } = load('udsv');
  const read = ({ file }) => {
    const from = performance.now();
    const text = readFileSync(file, 'utf8');
    const columns = initParser(inferSchema(text))
      .typedCols(text)
      .map((column) => new Float32Array(column));
    const ms = performance.now() - from;
    return { ms, rows: columns[0].length, columns: columns.length, sum: sumOf(columns) };
  };
  return { version: load('udsv/package.json').version, read };
}

const PEERS = { duckdb, papaparse, udsv };
const name = process.argv[2];
if (process.argv.length !== 3 || !Object.hasOwn(PEERS, name)) {
  console.error(`usage: readPeers.mjs ${Object.keys(PEERS).join('|')}`);
  process.exit(1);
}

let peer;
try {
  peer = PEERS[name]();
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  say({ peer: name, missing: error.message.split('\n')[0] });
  process.exit(0);
}
say({ peer: name, version: peer.version });

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  globalThis.gc?.();
  try {
    say(await peer.read(JSON.parse(line)));
  } catch (error) {
    say({ error: String(error) });
  }
}
process.exit(0);
