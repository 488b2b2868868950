// node scripts/golden.mjs [--write]: do the trainings of test/golden still end in the same bits, on any number of
// threads, and do their loops still run 256 bits wide? --write keeps what they end in now, which is right only when
// the engine's version has been raised.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, PATIENCE, ROOT, main, run, step, tail } from './run.mjs';
import { ensureNode, ensureTestBundles } from './setup.mjs';

const GOLDEN = path.join(ROOT, 'test', 'golden', 'golden.json');
const OUT = path.join(ROOT, 'out', 'golden');
const PROGRAMS = path.join(ROOT, 'out', 'programs');
const WIDENING = path.join(ROOT, 'test', 'golden', 'widening.json');
const EXACT = path.join(ROOT, 'test', 'EXACT.md');

/** What must not change a bit, besides the version of Node. */
const FACTORS = {
  threads: [1, 2, 3, 5],
  lanes: [4, 8],
  place: ['process', 'thread'],
  way: ['straight', 'paused', 'paced'],
};

/** out/golden/: the trainings, and the programs that they run in. */
async function bundle() {
  // A fresh clone has no esbuild before its dependencies are installed.
  const { build } = await import('esbuild');
  await build({
    entryPoints: {
      golden: path.join(ROOT, 'test', 'golden', 'golden.ts'),
      widening: path.join(ROOT, 'test', 'golden', 'widening.ts'),
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

/** What the trainings end in under a Node: { engine, hashes }. */
async function train(node, { threads, lanes, place, way }) {
  const { code, output, timedOut } = await run(
    node,
    [path.join(OUT, 'golden.js'), path.join(PROGRAMS, 'trainer.js'), String(threads), place, way],
    { timeout: PATIENCE.testMs, env: { ...process.env, NEURON_LENS_LANES: String(lanes) } },
  );
  if (timedOut) throw new Failure(`no end after ${PATIENCE.testMs / 1000} s`);
  if (code !== 0) throw new Failure(tail(output));
  // Warnings of Node's may stand around it.
  return JSON.parse(output.split('\n').find((line) => line.startsWith('{')) ?? '{}');
}

/** Every combination of the factors' values: objects with a value for each. */
const combinations = (factors) =>
  Object.entries(factors).reduce(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );

/** A few of the combinations, in which every pair of values of two factors comes together; always the same ones. */
function pairwise(factors) {
  const rows = combinations(factors);
  const pairsOf = (row) => {
    const values = Object.entries(row).map(([name, value]) => `${name} ${value}`);
    return values.flatMap((a, i) => values.slice(i + 1).map((b) => `${a}, ${b}`));
  };
  const left = new Set(rows.flatMap(pairsOf));
  const chosen = [];
  while (left.size > 0) {
    const news = rows.map((row) => pairsOf(row).filter((pair) => left.has(pair)).length);
    const best = rows[news.indexOf(Math.max(...news))];
    chosen.push(best);
    pairsOf(best).forEach((pair) => left.delete(pair));
  }
  return chosen;
}

const nameOf = ({ node, threads, lanes, place, way }) =>
  `Node ${node}, ${threads} thread${threads > 1 ? 's' : ''}, ${lanes} lanes, a ${place}, ${way}`;

/** What V8 makes of the loops in a process of ours, and what such a process says; `tampered` names a loop with a fault. */
async function widening(...tampered) {
  // One compilation at a time, so that what is said of a function stands in one piece.
  const flags = ['--trace-wasm-revectorize', '--wasm-num-compilation-tasks=0'];
  const args = [...flags, path.join(OUT, 'widening.js'), ...tampered];
  const { code, output } = await run(await ensureNode(), args, { timeout: PATIENCE.testMs, keep: Infinity });
  if (code !== 0) throw new Failure(tail(output));
  const said = JSON.parse(output.trimEnd().split('\n').at(-1));
  const operations = new Map();
  const times = new Map();
  let current;
  for (const line of output.split('\n')) {
    const [, begun] = /Begin revec function wasm-function#(\d+)/.exec(line) ?? [];
    const [, count] = /Decide to vectorize, (\d+) revectorizable nodes/.exec(line) ?? [];
    if (begun) {
      current = Number(begun);
      times.set(current, (times.get(current) ?? 0) + 1);
    }
    if (count) operations.set(current, (operations.get(current) ?? 0) + Number(count));
  }
  // Widened a second time, the function that was checked would not be the one that trains.
  const again = Object.keys(said.loops).filter((name) => times.get(said.loops[name]) > 1);
  if (again.length > 0) throw new Failure(`compiled more than once: ${again.join(', ')}`);
  const unchecked = [...operations.keys()].filter((index) => !Object.values(said.loops).includes(index));
  if (unchecked.length > 0) throw new Failure(`widened, and not checked: functions ${unchecked.join(', ')}`);
  const widened = Object.entries(said.loops).map(([name, index]) => [name, operations.get(index) ?? 0]);
  return { ...said, widened: Object.fromEntries(widened) };
}

/** How many operations V8 has widened by the time that a real program of ours trains, or is ready to. */
async function widenedIn(program, ...args) {
  const output = await new Promise((resolve, reject) => {
    void ensureNode().then((execPath) => {
      const child = fork(path.join(PROGRAMS, program), args, {
        ...{ execPath, execArgv: ['--trace-wasm-revectorize'], serialization: 'advanced' },
        ...{ cwd: ROOT, timeout: PATIENCE.testMs },
        stdio: ['ignore', 'pipe', 'inherit', 'ipc', 'pipe'],
      });
      let said = '';
      child.stdout.on('data', (data) => (said += data));
      // A trainer says that it is ready; the command line ends by itself.
      child.on('message', ({ type }) => type === 'ready' && child.kill());
      child.on('error', reject);
      child.on('close', () => resolve(said));
    }, reject);
  });
  const counts = output.matchAll(/Decide to vectorize, (\d+) revectorizable nodes/g);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

const FLOWER = 'flower, as it comes';

/** What of the widening has to hold on a machine where V8 widens; each gives the problem, or nothing. */
const WIDENING_TESTS = {
  'the loops of the kernels run 256 bits wide': async ({ hashes }) => {
    const { widened, hash, said } = await widening();
    if (said.length > 0) return said.join('; ');
    if (hash !== hashes[FLOWER]) return 'a training ends in other weights';
    const expected = JSON.parse(readFileSync(WIDENING, 'utf8'));
    return Object.keys({ ...expected, ...widened })
      .filter((name) => !(widened[name] >= (expected[name] ?? 1)))
      .map((name) => `${name}: ${widened[name] ?? 0} operations, not ${expected[name]}`)
      .join('; ');
  },
  'a loop of which V8 changes a bit is not widened, and the training goes on': async ({ hashes }) => {
    const { lanes, said, hash, isAnew } = await widening('gradientProduct');
    if (lanes !== 4) return `the tiles are ${lanes}`;
    if (!isAnew) return 'the kernels are the ones that were found wrong';
    if (said.length !== 1 || !said[0].includes('gradientProduct'))
      return `the log has ${JSON.stringify(said)}`;
    return hash === hashes[FLOWER] ? '' : 'the training ends in other weights';
  },
  'the command line and the process of a trainer set the flags, and one that is not to does not':
    async () => {
      const counts = {
        'cli.js': await widenedIn('cli.js', 'train', path.join('samples', 'flower.csv'), '--json'),
        'trainer.js': await widenedIn('trainer.js', 'with-flags'),
      };
      const none = Object.keys(counts).filter((name) => counts[name] === 0);
      if (none.length > 0) return `V8 widens nothing in ${none.join(' and ')}`;
      const plain = await widenedIn('trainer.js');
      return plain === 0 ? '' : `V8 widens ${plain} operations without having been told to`;
    },
};

/** Whether V8 still widens every loop as far as it did when widening.json was written, and is not trusted blindly. */
async function checkWidening(golden) {
  const counts = { passed: 0, failed: 0, skipped: 0, said: [] };
  const widens = process.arch === 'x64' && process.platform !== 'darwin';
  for (const [name, test] of Object.entries(WIDENING_TESTS)) {
    if (!widens) {
      counts.skipped++;
      console.log(`- ${name}: V8 widens nothing on this machine`);
      continue;
    }
    const problem = await test(golden).catch((error) =>
      error instanceof Failure ? error.message : error.stack,
    );
    counts[problem ? 'failed' : 'passed']++;
    if (problem) counts.said.push(`${name}: ${problem}`);
    console.log(problem ? `✗ ${name}: ${problem}` : `✔ ${name}`);
  }
  return counts;
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
 * Trains under the Nodes ({ version, path }), on several threads, in narrow and in wide tiles, in a process and in a
 * thread, straight on, paused and paced, and compares with golden.json: all pairs of these, or with `all` everything,
 * which is then written down in test/EXACT.md. A Node that is not there is passed over.
 */
export async function checkGolden(nodes, { all = false } = {}) {
  await bundle();
  const golden = readGolden();
  const counts = await checkWidening(golden);
  const factors = { node: nodes.map(({ version }) => version), ...FACTORS };
  const rows = all ? combinations(factors) : pairwise(factors);
  const results = [];
  for (const row of rows) {
    const node = nodes.find(({ version }) => version === row.node)?.path;
    const name = `golden weights: ${nameOf(row)}`;
    if (!node || !existsSync(node)) {
      counts.skipped++;
      console.log(`- ${name}: there is no such Node`);
      continue;
    }
    const problem = await problemOf(golden, node, row);
    results.push({ ...row, problem });
    counts[problem ? 'failed' : 'passed']++;
    if (problem) counts.said.push(`${name}: ${problem}`);
    console.log(problem ? `✗ ${name}: ${problem}` : `✔ ${name}`);
  }
  if (all) writeExact(golden, results);
  return counts;
}

/** The whole matrix as a page: a table for each way, with a column for each place and number of lanes. */
function writeExact(golden, results) {
  const differing = results.filter(({ problem }) => problem).length;
  const columns = combinations({ place: FACTORS.place, lanes: FACTORS.lanes });
  const lines = [
    '# Equal to the last bit',
    '',
    `\`npm test -- golden --all\` trains the ${Object.keys(golden.hashes).length} networks of \`test/golden/golden.ts\` ` +
      `(engine ${golden.engine}) in ${results.length} ways and compares every weight with \`golden.json\`: ` +
      `${differing === 0 ? 'all are equal' : `${differing} differ`}. \`npm test\` takes so many of the ways that each pair ` +
      'of values comes together.',
    '',
    `SHA-256 of that \`golden.json\`: \`${createHash('sha256').update(readFileSync(GOLDEN)).digest('hex')}\`.`,
  ];
  for (const way of FACTORS.way) {
    const header = ['Node', 'threads', ...columns.map(({ place, lanes }) => `${place}, ${lanes} lanes`)];
    lines.push('', `## ${way[0].toUpperCase()}${way.slice(1)}`, '');
    lines.push(`| ${header.join(' | ')} |`, `| ${header.map(() => '---').join(' | ')} |`);
    const ofWay = results.filter((each) => each.way === way);
    for (const node of new Set(ofWay.map((each) => each.node)))
      for (const threads of FACTORS.threads) {
        const cells = columns.map(({ place, lanes }) => {
          const is = (each) =>
            each.node === node && each.threads === threads && each.place === place && each.lanes === lanes;
          return ofWay.find(is)?.problem ? 'differ' : 'equal';
        });
        lines.push(`| ${[node, threads, ...cells].join(' | ')} |`);
      }
  }
  writeFileSync(EXACT, `${lines.join('\n')}\n`);
}

async function problemOf(golden, node, setup) {
  try {
    const { engine, hashes } = await train(node, setup);
    if (engine !== golden.engine)
      return `golden.json is of ${golden.engine}, this is ${engine}: run --write after raising the engine version`;
    const different = differences(hashes, golden.hashes);
    return different.length > 0 ? `other weights in ${different.join('; ')}` : undefined;
  } catch (error) {
    return error instanceof Failure ? error.message : String(error);
  }
}

/** Keeps what the trainings end in now, once they do in every way that is tried. */
async function write() {
  await bundle();
  const rows = pairwise(FACTORS);
  const results = [];
  for (const row of rows) results.push(await train(process.execPath, row));
  const [golden, ...rest] = results;
  rest.forEach(({ hashes }, k) => {
    const different = differences(hashes, golden.hashes);
    if (different.length > 0)
      throw new Failure(
        `These end in other weights than the first: ${JSON.stringify(rows[k + 1])} ${different.join('; ')}. Nothing is written.`,
      );
  });
  writeFileSync(GOLDEN, `${JSON.stringify(golden, null, 2)}\n`);
  const { lanes, widened } = await widening();
  if (lanes === 'measured') writeFileSync(WIDENING, `${JSON.stringify(widened, null, 2)}\n`);
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
