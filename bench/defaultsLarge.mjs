// How long the automatic settings take on large tables, on the command line and on all cores.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure, must } from '../scripts/run.mjs';
import { uniform } from './works.mjs';

const FEATURES = 20;
const ROWS = [100_000, 1_000_000];
/** Rows that are written at once. */
const SOME = 10_000;

/** A table of numbers and two classes: a line through all of them, and what bends it. */
function write(file, rows) {
  const next = uniform(rows);
  const weights = Array.from({ length: FEATURES }, () => next() - 0.5);
  const row = () => {
    const x = Array.from({ length: FEATURES }, () => 4 * next() - 2);
    const logit =
      x.reduce((sum, value, k) => sum + weights[k] * value, 0) + 2 * x[0] * x[1] - x[2] * x[2] + 1;
    const isYes = next() < 1 / (1 + Math.exp(-2 * logit));
    return [...x.map((value) => value.toFixed(4)), isYes ? 'yes' : 'no'].join(',');
  };
  const to = openSync(file, 'w');
  writeSync(to, `${Array.from({ length: FEATURES }, (_, k) => `x${k + 1}`).join(',')},target\n`);
  for (let from = 0; from < rows; from += SOME)
    writeSync(to, `${Array.from({ length: Math.min(SOME, rows - from) }, row).join('\n')}\n`);
  closeSync(to);
}

/** What the command line says of a training at its end, and the seconds it lived. */
async function trained(node, file) {
  const from = performance.now();
  const output = await must('train', '', node, ['dist/cli.js', 'train', file, '--json']);
  const wall = (performance.now() - from) / 1000;
  const done = output
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .find(({ event }) => event === 'done');
  if (!done) throw new Failure(`${file}: it ended without a result`);
  return { ...done, wall };
}

/** The section on large tables. */
export async function large(node, folder) {
  const lines = [];
  for (const rows of ROWS) {
    const file = path.join(folder, 'large.csv');
    write(file, rows);
    const { wall, seconds, epochs, stoppedEarly, testAccuracy, baselines, auto } = await trained(node, file);
    rmSync(file);
    const cells = [
      ...[`${rows.toLocaleString('en')} × ${FEATURES}`, `[${auto['model.hiddenLayers'].join(', ')}]`],
      ...[auto['training.batchSize'], `${epochs}${stoppedEarly ? ', stopped early' : ''}`],
      ...[
        seconds.toFixed(1),
        wall.toFixed(1),
        baselines.line.testAccuracy.toFixed(3),
        testAccuracy.toFixed(3),
      ],
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  return [
    '## Large tables',
    '',
    `Two classes, by a line that is bent: \`train FILE --json\` from its start to its end, reading included, on all ${os.availableParallelism()} cores, once each. _seconds_ are those of the epochs; _epochs_, where it stopped early, is the best one, which it went back to.`,
    '',
    '| rows × features | hidden layers | batch | epochs | seconds | wall time, s | line | automatic |',
    '| --- | --- | --: | --- | --: | --: | --: | --: |',
    ...lines,
  ];
}
