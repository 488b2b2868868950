// A real workbench in a browser for the benchmark, with our extension in it and one beside ours that looks into their
// extension host.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CHROMIUM_FLAGS } from '../scripts/browser.mjs';
import { packageVsix } from '../scripts/package.mjs';
import { Failure, PATIENCE, ROOT, must } from '../scripts/run.mjs';
import {
  address,
  installVsix,
  remoteUri,
  serverHome,
  startServer,
  writeUserSettings,
} from '../scripts/server.mjs';
import { ensureBrowser, ensureTools } from '../scripts/setup.mjs';
import { temporaryFolder } from '../scripts/workspace.mjs';

const POLL_MS = 50;

/**
 * A server with both extensions and the user's settings, a browser, and an empty folder to put workspaces into.
 * `open(file)` shows a file in a new window of the folder it is in, and asks the extension host of that window by `probe`.
 */
export async function openProbed(settings, vsix) {
  const tools = await ensureTools();
  const executablePath = await ensureBrowser();
  const folder = temporaryFolder();
  const home = serverHome(folder);
  await installVsix(tools, home, vsix ?? (await packageVsix()));
  await installVsix(tools, home, await packageProbe(folder));
  writeUserSettings(home, settings);
  const { chromium } = await import('playwright-core');
  const server = await startServer(tools, home);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  const context = await browser.newContext({ viewport: { width: 1500, height: 900 } });
  return {
    browser,
    context,
    workspace: (name) => {
      const workspace = path.join(folder, name);
      mkdirSync(workspace);
      return workspace;
    },
    open: async (file) => {
      const port = portFile(home);
      rmSync(port, { force: true });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE.waitMs);
      await page.goto(address(server.port, path.dirname(file), [['openFile', remoteUri(server.port, file)]]));
      await page.locator('.editor-instance .view-line').first().waitFor();
      return { page, probe: await findProbe(port) };
    },
    close: async () => {
      await browser.close();
      await server.stop();
    },
  };
}

/** The extension that looks into the extension host for us, as a package. */
async function packageProbe(folder) {
  const vsix = path.join(folder, 'probe.vsix');
  await must(
    'Packaging the probe (vsce)',
    'Mend what vsce names above.',
    process.execPath,
    [
      path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce'),
      ...['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix],
    ],
    { cwd: path.join(ROOT, 'bench', 'probe') },
  );
  return vsix;
}

/** The file in which the probe of the window that was opened last says where it listens. */
function portFile({ extensions }) {
  const installed = readdirSync(extensions).find((name) => name.startsWith('neuron-lens.bench-probe'));
  if (!installed) throw new Failure('The probe of the benchmark was not installed.');
  return path.join(extensions, installed, 'port');
}

/** Resolves, once the probe answers, with a function that asks it. */
async function findProbe(file) {
  await until('The probe in the extension host', () => existsSync(file) && readFileSync(file, 'utf8') !== '');
  const port = readFileSync(file, 'utf8');
  return async (what, parameters = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/${what}?${new URLSearchParams(parameters)}`);
    if (!response.ok) throw new Failure(`The extension host could not ${what}: ${await response.text()}`);
    return response.json();
  };
}

export async function until(what, holds, every = POLL_MS) {
  const end = Date.now() + PATIENCE.waitMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Failure(`${what} has not come within ${PATIENCE.waitMs / 1000} s.`);
    await sleep(every);
  }
}

/** Waits for a state of the training; resolves with it. */
export async function reaches(probe, file, holds, every) {
  let session;
  await until(
    'What the training was to reach',
    async () => {
      session = await probe('session', { file });
      if (session.failure) throw new Failure(`The training failed: ${JSON.stringify(session.failure)}`);
      return holds(session);
    },
    every,
  );
  return session;
}
