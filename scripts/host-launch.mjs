// The in-host tests as launches of a real VS Code. A test bundle belongs to the launch its name begins with:
//   main.*        trusted, on a scratch copy of samples/
//   startup.*     in a new profile and workspace, and then, in the same ones after a full stop each time,
//   reload-1.*    and
//   reload-2.*  and
//   disk.*        where the extension's storage is no folder any more, and nothing below it can be looked at or written
//   restricted.*  in Restricted Mode
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { format } from 'node:util';
import { Failure, PATIENCE, ROOT, tail } from './run.mjs';
import { QUIET_SETTINGS, address, remoteUri, serverHome, startServer, writeUserSettings } from './server.mjs';
import { CHROMIUM_FLAGS, noteSaves, savedWith } from './browser.mjs';
import { copySamples, temporaryFolder } from './workspace.mjs';

const OUT = path.join(ROOT, 'out', 'host');
const POLL_MS = 100;
// Before each line of the tests' own output; invisible where it is printed all the same.
const MARK = '\u2063';

const TRUSTED = QUIET_SETTINGS;
const RESTRICTED = {
  ...QUIET_SETTINGS,
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

/**
 * Launches that share a home run in this order in one profile and workspace. One with `hold` has its window closed
 * from outside while the extension is still running, as a person does it, so that what is restored is real; `hold` is
 * what the workbench has to have saved of its editors by then. `prepare` is done to the home before.
 */
export const LAUNCHES = [
  { name: 'startup', home: 'reload', settings: TRUSTED },
  { name: 'main', home: 'main', settings: TRUSTED },
  { name: 'reload-1', home: 'reload', settings: TRUSTED, hold: 'neuronLens.lensPanel' },
  { name: 'reload-2', home: 'reload', settings: TRUSTED },
  { name: 'disk', home: 'reload', settings: TRUSTED, prepare: spoilStorage },
  { name: 'restricted', home: 'restricted', settings: RESTRICTED },
];

/** Puts a file where the extension's storage of a workspace is: whoever asks for anything in it fails, root too. */
function spoilStorage({ folder }) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isDirectory() || path.basename(entry.parentPath) !== 'workspaceStorage') continue;
    const storage = path.join(entry.parentPath, entry.name, 'neuron-lens.neuron-lens');
    rmSync(storage, { recursive: true, force: true });
    writeFileSync(storage, '');
  }
}

/** The launches that have tests, each with its entry file for VS Code and the file its counts will be in. */
export function plan({ grep, browser = false } = {}) {
  const bundles = readdirSync(OUT).filter((name) => name.endsWith('.test.js'));
  const launchOf = (bundle) => LAUNCHES.find(({ name }) => bundle.startsWith(`${name}.`));
  const stray = bundles.find((bundle) => !launchOf(bundle));
  if (stray)
    throw new Failure(
      `test/host/${stray.replace(/\.js$/, '.ts')} belongs to no launch: begin its name with ` +
        `${LAUNCHES.map(({ name }) => `${name}.`).join(', ')}.`,
    );
  return LAUNCHES.flatMap((launch) => {
    const files = bundles.filter((bundle) => launchOf(bundle) === launch).map((name) => path.join(OUT, name));
    if (files.length === 0) return [];
    const counts = path.join(OUT, `counts-${launch.name}.json`);
    const entry = path.join(OUT, `entry-${launch.name}.js`);
    rmSync(counts, { force: true });
    const suite = JSON.stringify(path.join(ROOT, 'scripts', 'host-suite.cjs'));
    const task = JSON.stringify({ files, counts, grep, ...(browser && { mark: MARK, hold: launch.hold }) });
    writeFileSync(entry, `exports.run = () => require(${suite}).runSuite(${task});\n`);
    return [{ ...launch, entry, counts }];
  });
}

/** What the launch's mocha counted, or one failure with its reason when it never got to count. */
export function countsOf(launch, reason) {
  if (existsSync(launch.counts)) return JSON.parse(readFileSync(launch.counts, 'utf8'));
  const said = `In-host launch "${launch.name}" did not finish: ${reason}`;
  console.log(said);
  return { passed: 0, failed: 1, skipped: 0, said: [said] };
}

/** Runs every launch in the server's VS Code and a headless browser; returns the counts of each. */
export async function runInBrowser({ tools, chrome, grep }) {
  const { chromium } = await import('playwright-core');
  const homes = new Map();
  const results = [];
  for (const launch of plan({ grep, browser: true })) {
    console.log(`\nIn-host tests: ${launch.name}`);
    const home = homes.get(launch.home) ?? newHome();
    homes.set(launch.home, home);
    writeUserSettings(home, launch.settings);
    launch.prepare?.(home);
    const reason = await launchOnce({ chromium, tools, chrome, home, launch }).catch(
      (error) => error.message,
    );
    results.push(countsOf(launch, reason));
  }
  return results;
}

function newHome() {
  const folder = temporaryFolder();
  const browser = path.join(folder, 'browser');
  mkdirSync(browser);
  return { ...serverHome(folder), folder, browser, workspace: copySamples(folder), port: 0 };
}

async function launchOnce({ chromium, tools, chrome, home, launch }) {
  const server = await startServer(tools, home, { port: home.port, testDriver: true });
  // The browser keeps a page's storage per address: a restart has to come back on the same port.
  home.port = server.port;
  let browser;
  const noise = [];
  let logs = [];
  try {
    browser = await chromium.launchPersistentContext(home.browser, {
      executablePath: chrome,
      headless: true,
      args: CHROMIUM_FLAGS,
      viewport: { width: 1280, height: 800 },
    });
    const page = browser.pages()[0] ?? (await browser.newPage());
    const exit = new Promise((resolve) =>
      page.exposeFunction('codeAutomationExit', (code, files) => {
        logs = files ?? [];
        // Killed, it ends with code 0 as well: only the counts say that the tests came to their end.
        const good = code === 0 && existsSync(launch.counts);
        resolve(good ? undefined : `the extension host ended with code ${code}`);
      }),
    );
    await page.exposeFunction('codeAutomationLog', (type, args) => {
      const text = format(...args);
      if (text.startsWith(MARK)) console.log(text.slice(MARK.length));
      else noise.push(`[${type}] ${text.split('\n', 1)[0]}`); // its stacks are all in one minified file
    });
    await page.addInitScript(noteSaves);
    const crash = new Promise((resolve) => page.once('crash', () => resolve('the browser page crashed')));
    const ended = server.ended.then(() => 'the VS Code server ended');
    const timer = new AbortController();
    const late = sleep(PATIENCE.suiteMs, `no result after ${PATIENCE.suiteMs / 1000} s`, {
      signal: timer.signal,
    });
    const held = launch.hold ? written(launch.counts, timer.signal) : late;
    await page.goto(
      address(server.port, home.workspace, [
        ['extensionDevelopmentPath', remoteUri(server.port, ROOT)],
        ['extensionTestsPath', remoteUri(server.port, launch.entry)],
      ]),
    );
    const reason = await Promise.race([exit, crash, late, ended, held]);
    timer.abort();
    late.catch(() => undefined);
    if (reason) showLogs(noise, logs);
    else if (launch.hold) await savedWith(page, launch.hold);
    // Leaving the page is how a window closes.
    if (!reason) await page.goto('about:blank').catch(() => undefined);
    return reason;
  } finally {
    await browser?.close().catch(() => undefined);
    await server.stop();
  }
}

/** Resolves once `file` is there. */
async function written(file, signal) {
  while (!existsSync(file) && !signal.aborted) await sleep(POLL_MS);
}

/** The end of what the workbench and the extension host of a failed launch have said. */
function showLogs(noise, logs) {
  console.log(`--- the last lines of the workbench\n${tail(noise.join('\n'), 30)}`);
  for (const { relativePath, contents } of logs)
    if (/exthost/.test(relativePath) && contents.trim())
      console.log(`--- ${relativePath}\n${tail(contents, 20)}`);
  console.log('---');
}
