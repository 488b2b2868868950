// npm run fuzz [-- --seed n]: the reader on a hundred times as many tables, texts and bytes at random as npm test tries,
// into test/FUZZ.md.
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, ROOT, main, run } from './run.mjs';
import { ensureDependencies } from './setup.mjs';

const USAGE = 'Usage: npm run fuzz [-- --seed number]';
const TIMES = 100;
const MINUTE = 60_000;
const LIMIT = 90 * MINUTE;
const OUT = path.join(ROOT, 'out', 'fuzz');
const RESULT = path.join(ROOT, 'test', 'FUZZ.md');

function parse([flag, value, ...rest]) {
  if (flag === undefined) return randomInt(2 ** 31);
  const seed = Number(value);
  if (flag !== '--seed' || !value || !Number.isInteger(seed) || rest.length > 0) throw new Failure(USAGE);
  return seed;
}

await main(async () => {
  const seed = parse(process.argv.slice(2));
  await ensureDependencies();
  // A fresh clone has no esbuild before its dependencies are installed.
  const { build } = await import('esbuild');
  await build({
    entryPoints: [path.join(ROOT, 'test', 'unit', 'reader.fuzz.test.ts')],
    outdir: OUT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const from = Date.now();
  const { code, output, timedOut } = await run(
    process.execPath,
    [
      '--enable-source-maps',
      path.join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js'),
      ...['--timeout', '0', '--exit', path.join(OUT, 'reader.fuzz.test.js')],
    ],
    {
      show: true,
      timeout: LIMIT,
      env: { ...process.env, NEURON_LENS_FUZZ: String(TIMES), NEURON_LENS_FUZZ_SEED: String(seed) },
    },
  );
  if (timedOut) throw new Failure(`no result after ${LIMIT / MINUTE} minutes`);
  const said = output.split('\n').map((line) => line.trim());
  const failed = said.filter((line) => /^\d+ failing$/.test(line))[0];
  const results = [
    ['date', new Date().toISOString().slice(0, 10)],
    ['seed', seed],
    ['Node', process.versions.node],
    ['minutes', ((Date.now() - from) / MINUTE).toFixed(1)],
    ['outcome', code === 0 ? 'nothing found' : `found something: ${failed ?? `exit code ${code}`}`],
  ];
  const counts = said.filter((line) => line.startsWith('reader fuzz: ') && !/: seed \d/.test(line));
  writeFileSync(
    RESULT,
    [
      '# The reader, fuzzed',
      '',
      'What `npm run fuzz` came to the last time it was run in full; `npm run fuzz -- --seed` and the seed runs it again.',
      '',
      ...results.map(([name, value]) => `- ${name}: ${value}`),
      '',
      'Runs:',
      '',
      ...counts.map((line) => `- ${line.replace('reader fuzz: ', '')}`),
      '',
    ].join('\n'),
  );
  console.log(`\nWritten to ${path.relative(process.cwd(), RESULT)}.`);
  if (code !== 0) process.exitCode = 1;
});
