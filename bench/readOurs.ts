/**
 * Our reader as one of the programs of the reading benchmark: a line of JSON in, a line of JSON out, as
 * readPeers.py and readPeers.mjs do. A thread that reads this file reads a table, until it is ended.
 */
import { createInterface } from 'node:readline';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { ReadColumn } from '../src/data/csv/resolve';
import { PartReaders, readerScript } from '../src/threads/readers';
import { readTableFile } from '../src/threads/tableFile';

interface Task {
  readonly file: string;
  readonly threads: number;
  readonly hash: boolean;
}
interface Read extends Task {
  readonly cmd: 'read';
}
interface Cancel extends Task {
  readonly cmd: 'cancel';
  /** The part of the file after which the thread is ended. */
  readonly at: number;
}

const readers = new PartReaders(readerScript(__dirname));
const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);

const tableOf = ({ file, ...how }: Task, onProgress: (share: number) => void) =>
  readTableFile(file, {}, { ...how, readers, onProgress }).table;

/** The columns of numbers as float32; each float64 is let go of before the next is turned. */
function floats(all: readonly ReadColumn[]): Float32Array[] {
  const columns = all as ReadColumn[];
  const turned: Float32Array[] = [];
  columns.reverse();
  for (let column = columns.pop(); column; column = columns.pop()) {
    if (column.holds === 'numbers') turned.push(new Float32Array(column.numbers));
  }
  return turned;
}

function read(task: Read): object {
  globalThis.gc?.();
  const from = performance.now();
  let last = from;
  let longestGap = 0;
  let reports = 0;
  const lookAtGap = () => {
    const now = performance.now();
    longestGap = Math.max(longestGap, now - last);
    last = now;
  };
  const table = tableOf(task, () => {
    lookAtGap();
    reports++;
  });
  lookAtGap();
  const columns = floats(table.columns);
  const ms = performance.now() - from;
  const most = process.resourceUsage().maxRSS * 1024;
  const refused = table.problems.list.find(({ severity }) => severity === 'error')?.code ?? null;
  let sum = 0;
  for (const column of columns) for (const value of column) sum += value;
  return { ms, rows: table.rows, columns: columns.length, sum, refused, most, reports, longestGap };
}

/** Milliseconds from ending a thread that reads until it is gone. */
async function cancel({ at, ...task }: Cancel): Promise<object> {
  const worker = new Worker(__filename, { workerData: task });
  let from = 0;
  worker.on('message', (share: number) => {
    if (from > 0 || share < at) return;
    from = performance.now();
    void worker.terminate();
  });
  const failure = new Promise((_, reject) => worker.on('error', reject));
  await Promise.race([failure, new Promise((resolve) => worker.on('exit', resolve))]);
  if (from === 0) throw new Error('it had read all before');
  return { ms: performance.now() - from };
}

async function answer(line: string): Promise<object> {
  const message = JSON.parse(line) as Read | Cancel;
  try {
    return message.cmd === 'read' ? read(message) : await cancel(message);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

if (isMainThread) {
  say({ peer: 'neuron-lens', version: `Node ${process.version}` });
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => void answer(line).then(say));
  lines.on('close', () => process.exit());
} else {
  const table = tableOf(workerData as Task, (share) => parentPort?.postMessage(share));
  floats(table.columns);
}
