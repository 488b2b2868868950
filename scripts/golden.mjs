// node scripts/golden.mjs [--write]: do the trainings of test/golden still end in the same bits, on any number of
// threads? --write keeps what they end in now, which is right only when the engine's version has been raised.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, PATIENCE, ROOT, main, run, step, tail } from './run.mjs';
import { ensureTestBundles } from './setup.mjs';

const GOLDEN = path.join(ROOT, 'test', 'golden', 'golden.json');
const OUT = path.join(ROOT, 'out', 'golden');
const THREADS = [1, 2, 3, 5];

/** out/golden/: the trainings, and the helper threads' script beside them. */
async function bundle() {
  // A fresh clone has no esbuild before its dependencies are installed.
  const { build } = await import('esbuild');
  await build({
    entryPoints: {
      golden: path.join(ROOT, 'test', 'golden', 'golden.ts'),
      helper: path.join(ROOT, 'src', 'threads', 'helper.ts'),
    },
    outdir: OUT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    loader: { '.wasm': 'binary' },
    logLevel: 'warning',
  });
}

/** What the trainings end in under a Node, on so many threads: { engine, hashes }. */
async function train(node, threads) {
  const { code, output, timedOut } = await run(
    node,
    [path.join(OUT, 'golden.js'), String(threads), path.join(OUT, 'helper.js')],
    { timeout: PATIENCE.testMs },
  );
  if (timedOut) throw new Failure(`no end after ${PATIENCE.testMs / 1000} s`);
  if (code !== 0) throw new Failure(tail(output));
  // Warnings of Node's may stand around it.
  return JSON.parse(output.split('\n').find((line) => line.startsWith('{')) ?? '{}');
}

/** The names whose hashes differ, or that only one of the two has. */
function differences(actual, expected) {
  const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...names].filter((name) => actual[name] !== expected[name]);
}

function readGolden() {
  if (!existsSync(GOLDEN)) throw new Failure('There is no test/golden/golden.json: run --write.');
  return JSON.parse(readFileSync(GOLDEN, 'utf8'));
}

/**
 * Trains under each Node ({ version, path }) on 1, 2, 3 and 5 threads, and compares with golden.json. A Node that
 * is not there is passed over. Needs the kernels, which ensureTestBundles compiles.
 */
export async function checkGolden(nodes) {
  await bundle();
  const golden = readGolden();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { version, path: node } of nodes) {
    for (const threads of THREADS) {
      const name = `golden weights under Node ${version} on ${threads} thread${threads > 1 ? 's' : ''}`;
      if (!node || !existsSync(node)) {
        counts.skipped++;
        console.log(`- ${name}: there is no such Node`);
        continue;
      }
      const problem = await problemOf(golden, node, threads);
      counts[problem ? 'failed' : 'passed']++;
      console.log(problem ? `✗ ${name}: ${problem}` : `✔ ${name}`);
    }
  }
  return counts;
}

async function problemOf(golden, node, threads) {
  try {
    const { engine, hashes } = await train(node, threads);
    if (engine !== golden.engine)
      return `golden.json is of ${golden.engine}, this is ${engine}: run --write after raising the engine version`;
    const different = differences(hashes, golden.hashes);
    return different.length > 0 ? `other weights in ${different.join('; ')}` : undefined;
  } catch (error) {
    return error instanceof Failure ? error.message : String(error);
  }
}

/** Keeps what the trainings end in now, once they do on every number of threads. */
async function write() {
  await bundle();
  const results = [];
  for (const threads of THREADS) results.push(await train(process.execPath, threads));
  const [golden, ...rest] = results;
  rest.forEach(({ hashes }, k) => {
    const different = differences(hashes, golden.hashes);
    if (different.length > 0)
      throw new Failure(
        `${THREADS[k + 1]} threads end in other weights than one: ${different.join('; ')}. Nothing is written.`,
      );
  });
  writeFileSync(GOLDEN, `${JSON.stringify(golden, null, 2)}\n`);
  console.log(
    `${path.relative(process.cwd(), GOLDEN)}: ${Object.keys(golden.hashes).length} trainings of ${golden.engine}`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(async () => {
    const [flag, ...rest] = process.argv.slice(2);
    if ((flag !== undefined && flag !== '--write') || rest.length > 0)
      throw new Failure('Usage: node scripts/golden.mjs [--write]');
    await ensureTestBundles();
    if (flag === '--write') return step('Training', write);
    const { passed, failed } = await checkGolden([
      { version: process.versions.node, path: process.execPath },
    ]);
    console.log(`\n${passed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  });
