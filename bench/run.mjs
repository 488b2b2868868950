// npm run bench [-- --only part,part] [--against commit] [--rounds n]: figures of our engine and of every peer that is
// here, a part after the other, into bench/RESULTS.md; scores of the automatic settings into bench/DEFAULTS.md.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, ROOT, beforeExit, must, npm, step, main } from '../scripts/run.mjs';
import { ensureBuild, ensureNode } from '../scripts/setup.mjs';
import { activation } from './activation.mjs';
import { against } from './against.mjs';
import { defaults } from './defaults.mjs';
import { editor } from './editor.mjs';
import { engine } from './engine.mjs';
import { lens } from './lens.mjs';
import { buildPrograms } from './programs.mjs';
import { reading } from './reading.mjs';
import { saveDefaults, saveSection } from './results.mjs';
import { speed } from './speed.mjs';
import { start } from './start.mjs';
import { ROUNDS } from './timing.mjs';
import { WORKS } from './works.mjs';

/** Each with the section of the results it writes, or how it is kept. Some are not measured unless they are named. */
const PARTS = {
  peers: { title: 'Beside the peers', measure: speed },
  engine: { title: 'The engine alone', measure: engine },
  against: { title: 'Beside an earlier commit', measure: against },
  start: { title: 'Start of a training', measure: start },
  editor: { title: 'Editor', measure: editor },
  lens: { title: 'Lens', measure: lens },
  activation: { title: 'Activation', measure: activation },
  read: { title: 'Reading', measure: reading },
  defaults: { title: 'Automatic settings', measure: defaults, save: saveDefaults },
};
/** One needs a commit, one is about scores, whatever the speed. */
const ONLY_NAMED = ['against', 'defaults'];
const NAMES = WORKS.map(({ work }) => work);
const USAGE = `Usage: npm run bench [-- --only part,part] [--against commit] [--rounds n]
The parts: ${Object.keys(PARTS).join(', ')}; or works of the peers: ${NAMES.join(', ')}.
--against: beside the engine of that commit, both without V8's flags.
--rounds: repeats of each visit, ${ROUNDS} of them usually. What was measured with fewer, or on some works only, is not kept.`;

function parse(args) {
  try {
    const { values } = parseArgs({
      args,
      options: { only: { type: 'string' }, against: { type: 'string' }, rounds: { type: 'string' } },
    });
    const only = values.only?.split(',') ?? [];
    const works = only.filter((name) => NAMES.includes(name));
    const parts = only.filter((name) => name in PARTS);
    const rounds = values.rounds === undefined ? ROUNDS : Number(values.rounds);
    const known = works.length + parts.length === only.length;
    if (!known || !Number.isInteger(rounds) || rounds < 1) throw new Error('unknown');
    if (parts.includes('against') && !values.against) throw new Error('no commit');
    return { parts: chosen(only, parts, works, values.against), works, rounds, commit: values.against };
  } catch {
    throw new Failure(USAGE);
  }
}

/** All parts when none is named; a commit alone means the comparison with it alone. */
function chosen(only, parts, works, commit) {
  if (only.length === 0)
    return commit ? ['against'] : Object.keys(PARTS).filter((name) => !ONLY_NAMED.includes(name));
  if (commit && !parts.includes('against')) return [...parts, 'against'];
  return works.length > 0 ? ['peers', ...parts] : parts;
}

async function bench({ parts, works, rounds, commit }) {
  await ensureBuild();
  const node = await ensureNode();
  await buildPrograms(ROOT, { reading: true, defaults: true, start: true });
  if (parts.some((part) => part === 'peers' || part === 'read'))
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
  const failed = [];
  try {
    for (const part of parts) {
      const { title, measure, save = (lines) => saveSection(title, lines) } = PARTS[part];
      const ofWorks = part === 'peers' || part === 'against';
      console.log(`\n## ${title}\n`);
      const from = performance.now();
      const lines = [];
      const print = (line = '') => {
        console.log(line);
        lines.push(line);
      };
      try {
        await measure(node, folder, { works: works.length > 0 ? works : undefined, rounds, commit }, print);
        if (rounds >= ROUNDS && !(ofWorks && works.length > 0)) await save(lines);
        console.error(`${title}: ${Math.round((performance.now() - from) / 1000)} s`);
      } catch (error) {
        // One part that cannot be measured here does not cost the figures of the others.
        console.error(error instanceof Failure ? error.message : error);
        failed.push(part);
      }
    }
  } finally {
    cleanUp();
  }
  if (failed.length > 0) throw new Failure(`Not measured: ${failed.join(', ')}.`);
}

await main(async () => {
  if (process.argv.includes('--help')) console.log(USAGE);
  else await bench(parse(process.argv.slice(2)));
});
