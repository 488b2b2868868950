// npm test [-- unit|golden|host|e2e] [--grep pattern] [--all]: all suites, and as the last line what they came to.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Failure, PATIENCE, ROOT, main, run } from './run.mjs';
import { checkGolden } from './golden.mjs';
import { ensureBrowser, ensureBuild, ensureNodes, ensureTestBundles, ensureTools } from './setup.mjs';
import { packageVsix } from './package.mjs';

const USAGE = 'Usage: npm test [-- unit|golden|host|e2e] [--grep pattern], npm test -- golden --all';

/** In the order they run: the quick ones first. */
const SUITES = {
  // A process does one test at a time: two at once, as machines that run tests have two cores, each with a few of the files.
  unit: (options) => mocha('unit', options.grep ? options : { ...options, shares: 12, atOnce: 2 }),
  // The same weights under each Node and in every way to train; with --all all of them together.
  golden: async ({ grep, all }) => (grep ? add([]) : checkGolden(await ensureNodes(), { all })),
  host: async (options) => {
    await ensureBuild();
    const tools = await ensureTools();
    const chrome = await ensureBrowser();
    const { runInBrowser } = await import('./host-launch.mjs');
    return add(await runInBrowser({ tools, chrome, ...options }));
  },
  e2e: async (options) => {
    await ensureTools();
    const env = { CHROME_PATH: await ensureBrowser(), NEURON_LENS_VSIX: await packageVsix() };
    return mocha('e2e', { ...options, env });
  },
};

function parse(args) {
  const rest = [...args];
  let suite;
  let grep;
  let all = false;
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--grep' || word === '-g') {
      grep = rest.shift();
      if (!grep) throw new Failure(`--grep needs a pattern. ${USAGE}`);
    } else if (word === '--all' && suite === 'golden') all = true;
    else if (word in SUITES && !suite) suite = word;
    else if (suite && grep === undefined && !word.startsWith('-')) grep = word;
    else throw new Failure(`"${word}" is none of ${Object.keys(SUITES).join(', ')}. ${USAGE}`);
  }
  return { suite, grep, all };
}

const add = (counts) =>
  counts.reduce(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped,
      said: [...sum.said, ...(each.said ?? [])],
    }),
    { passed: 0, failed: 0, skipped: 0, said: [] },
  );

/** Mocha in processes of its own, each with its share of the files, ended when they take too long. */
async function mocha(folder, { grep, env, shares: count = 1, atOnce = 1 } = {}) {
  const bundles = path.join(ROOT, 'out', folder);
  const files = existsSync(bundles) ? readdirSync(bundles).filter((name) => name.endsWith('.test.js')) : [];
  if (files.length === 0) throw new Failure(`There are no tests in test/${folder}.`);
  mkdirSync(bundles, { recursive: true });
  const shares = Array.from({ length: count }, (_, share) => ({
    files: files.filter((_, index) => index % count === share).map((name) => path.join(bundles, name)),
    counts: path.join(bundles, `counts-${share}.json`),
  }));
  const results = [];
  const work = async () => {
    for (let share = shares.shift(); share; share = shares.shift()) {
      // Where two write at once, each is told at its end, whole.
      const { counts, output, failure } = await mochaOn(share, { grep, env, show: atOnce === 1 });
      if (atOnce > 1) console.log(output);
      const said = [`${share.files.map((file) => path.basename(file)).join(', ')}: ${failure}`];
      results.push(failure ? { passed: 0, failed: 1, skipped: 0, said } : counts);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return add(results);
}

async function mochaOn({ files, counts }, { grep, env, show }) {
  rmSync(counts, { force: true });
  const { code, timedOut, output } = await run(
    process.execPath,
    [
      path.join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js'),
      ...['--reporter', path.join(ROOT, 'scripts', 'count-reporter.cjs')],
      ...['--reporter-option', `counts=${counts}`],
      // Without it a handle left open by a test would hang the run after its last line.
      '--exit',
      ...(grep ? ['--grep', grep] : []),
      ...files,
    ],
    { show, timeout: PATIENCE.suiteMs, env: { ...process.env, ...env } },
  );
  if (timedOut) return { output, failure: `no result after ${PATIENCE.suiteMs / 60_000} minutes` };
  if (!existsSync(counts)) return { output, failure: `mocha ended with code ${code} before it had counted` };
  return { output, counts: JSON.parse(readFileSync(counts, 'utf8')) };
}

await main(async () => {
  const { suite, grep, all } = parse(process.argv.slice(2));
  const total = [];
  const attempt = async (what, body) => {
    try {
      total.push(await body());
    } catch (error) {
      // A suite that cannot run is a failure like any other, and does not keep the rest from running.
      const said = `${what} could not run: ${error instanceof Failure ? error.message : error.stack}`;
      console.error(`\n${said}`);
      total.push({ passed: 0, failed: 1, skipped: 0, said: [said] });
    }
  };
  await attempt('The set-up', async () => {
    await ensureTestBundles();
    return add([]);
  });
  if (add(total).failed === 0)
    for (const each of suite ? [suite] : Object.keys(SUITES)) {
      console.log(`\n=== ${each} tests ===`);
      const from = Date.now();
      await attempt(`The ${each} tests`, () => SUITES[each]({ grep, all }));
      console.log(`${each} tests: ${Math.round((Date.now() - from) / 1000)} s`);
    }
  const { passed, failed, skipped, said } = add(total);
  if (failed > 0) process.exitCode = 1;
  if (said.length > 0) console.log(`\nWhat failed:\n${said.map((each) => `\n- ${each}`).join('\n')}`);
  if (failed === 0 && passed === 0 && grep) console.log(`\nNo test matches "${grep}".`);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
});
