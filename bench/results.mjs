// bench/RESULTS.md: a section for each part of the benchmark, replaced when that part is measured; and bench/DEFAULTS.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../scripts/run.mjs';

const RESULTS = path.join(ROOT, 'bench', 'RESULTS.md');

const HEAD = `# Speed

\`npm run bench\` writes this file, \`npm run bench -- --only PART\` one section of it. [docs/engine.md](../docs/engine.md) says how each figure is taken.`;

const DEFAULTS = path.join(ROOT, 'bench', 'DEFAULTS.md');

const DEFAULTS_HEAD = `# Automatic settings

\`npm run bench -- --only defaults\` writes this file.`;

/** The sections in their order. */
export const SECTIONS = [
  'Beside the peers',
  'The engine alone',
  'Beside an earlier commit',
  'Start of a training',
  'Editor',
  'Lens',
  'Activation',
  'Reading',
];

/** The day and the machine, in a line of the results. */
export function machine() {
  const cpu = os.cpus()[0]?.model ?? 'unknown processor';
  return `${new Date().toISOString().slice(0, 10)}, ${cpu}, ${os.availableParallelism()} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.release()}`;
}

/** The results with one section anew, all others as they are; sections stand in their order. */
export function withSection(text, title, lines) {
  const titleOf = (section) => /^## (.*)\n/.exec(section)?.[1];
  const sections = new Map(text.split(/^(?=## )/m).map((section) => [titleOf(section), section.trim()]));
  sections.set(title, [`## ${title}`, '', ...lines].join('\n').trim());
  return [HEAD, ...SECTIONS.map((name) => sections.get(name)).filter(Boolean)].join('\n\n');
}

/** Writes a file as Prettier would. */
async function write(file, text) {
  // A fresh clone has no Prettier before its dependencies are installed.
  const { format, resolveConfig } = await import('prettier');
  const config = await resolveConfig(file);
  writeFileSync(file, await format(text, { ...config, filepath: file }));
}

/** Writes one section of the results, and keeps the others. */
export async function saveSection(title, lines) {
  await write(RESULTS, withSection(existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : '', title, lines));
}

/** Writes what was measured of the automatic settings: a file of its own, as it is about scores rather than speed. */
export const saveDefaults = (lines) => write(DEFAULTS, [DEFAULTS_HEAD, '', ...lines].join('\n'));
