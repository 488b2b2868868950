// How long the extension takes to activate, as VS Code reports it: loading the code and activate(), in new windows.
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { CHROMIUM_FLAGS } from '../scripts/browser.mjs';
import { packageVsix } from '../scripts/package.mjs';
import {
  QUIET_SETTINGS,
  address,
  installVsix,
  serverHome,
  startServer,
  writeUserSettings,
} from '../scripts/server.mjs';
import { ensureBrowser, ensureTools } from '../scripts/setup.mjs';
import { copySamples, temporaryFolder } from '../scripts/workspace.mjs';
import { machine } from './results.mjs';
import { median } from './timing.mjs';

const MOST_MS = 50;
// The most that a core may have to do in a second that counts as quiet.
const QUIET_SHARE = 0.15;
const WAIT_MS = 120_000;
const ROW = '.runtime-extensions-editor .extension';
const EXTENSION = 'Neuron Lens';
// The page lists all extensions, and only those rows exist that there is room for.
const TALL = { width: 1280, height: 8000 };

/** Prints the median of some windows, each with an extension host of its own. */
export async function activation(_node, _folder, { rounds }, print) {
  const tools = await ensureTools();
  const executablePath = await ensureBrowser();
  const folder = temporaryFolder();
  const home = serverHome(folder);
  await installVsix(tools, home, await packageVsix());
  writeUserSettings(home, QUIET_SETTINGS);
  const { chromium } = await import('playwright-core');
  const server = await startServer(tools, home);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  try {
    const samples = copySamples(folder);
    const context = await browser.newContext({ viewport: TALL });
    const times = [];
    // The first window fills the caches of the server and the browser.
    for (let round = 0; round <= rounds; round++) {
      const page = await context.newPage();
      page.setDefaultTimeout(WAIT_MS);
      await page.goto(address(server.port, samples));
      const ms = await activationTime(page);
      if (round > 0) times.push(ms);
      await page.goto('about:blank');
      await page.close();
    }
    print(`- ${machine()}`);
    print(
      `- Loading the extension and activate(), as _Show Running Extensions_ has it: ${median(times)} ms, the median of ${times.join(', ')} (at most ${MOST_MS}).`,
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Milliseconds, from the page that VS Code's own command opens. */
async function activationTime(page) {
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  // Whatever is done in the window before it has started takes a core from the extension host.
  await quiet();
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill('>Developer: Show Running Extensions');
  await page.locator('.quick-input-widget .monaco-list-row').first().click();
  const row = page.locator(ROW).filter({ hasText: EXTENSION }).locator('.activation-time');
  const shown = row.filter({ hasText: /Activation: \d+ms/ }).first();
  await shown.waitFor();
  return Number(/(\d+)ms/.exec(await shown.innerText())[1]);
}

/** Waits until the machine has had nothing to do for a second. */
async function quiet() {
  for (;;) {
    const before = cpus();
    await sleep(1000);
    const spent = cpus().map(({ times }, core) => {
      const each = Object.entries(times).map(([kind, ms]) => [kind, ms - before[core].times[kind]]);
      const all = each.reduce((sum, [, ms]) => sum + ms, 0);
      return 1 - each.find(([kind]) => kind === 'idle')[1] / all;
    });
    if (Math.max(...spent) < QUIET_SHARE) return;
  }
}
