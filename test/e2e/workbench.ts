// A real workbench in a real browser, with the packaged extension installed as a user would: what the end-to-end
// tests, and anyone exploring from a script, drive. Run from the root of the project.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContext, type ElementHandle } from 'playwright-core';
import type { Frame, Locator, Page } from 'playwright-core';
import { waitMs } from '../../scripts/patience.json';

const POLL_MS = 50;
const EXTENSION_ID = 'neuron-lens.neuron-lens';

type Settings = Record<string, unknown>;

export interface OpenOptions {
  /** A folder to open; without it, a scratch copy of samples/ that is removed on close. */
  folder?: string;
  /** The window has no folder open; `file` lies in `folder` all the same. */
  withoutFolder?: boolean;
  /** A file in that folder to show, such as `flower.csv`. */
  file?: string;
  /** User settings on top of the quiet ones. */
  settings?: Settings;
  /** Whether the settings that fit a table are found; else they are the course's, as far as `settings` does not say. */
  findsSettings?: boolean;
  /** The colour theme's settings id, such as `Default Dark Modern` or `Default High Contrast Light`. */
  theme?: string;
  viewport?: { width: number; height: number };
  reducedMotion?: boolean;
}

export interface LensOptions {
  /** Which of several: `panel` is the editor tab, `view` the one in a side bar or panel. Either, when left out. */
  where?: 'panel' | 'view';
  timeout?: number;
}

export interface Workbench {
  readonly page: Page;
  readonly folder: string;
  /** Console errors and uncaught exceptions that came out of the extension's webviews, oldest first. */
  readonly webviewErrors: string[];
  /** The content frame of the extension's visible webview, once it holds `#app`. */
  lens(options?: LensOptions): Promise<Frame>;
  /** Clicks the CodeLens with exactly this text, once it is there. */
  clickCodeLens(title: string): Promise<void>;
  /** Runs a command by its title in the command palette, `Category: Title`. */
  runCommand(title: string): Promise<void>;
  /** The titles the command palette lists for this text. */
  listCommands(text: string): Promise<string[]>;
  /** Opens a file of the folder, or an absolute path, in an editor. */
  openFile(name: string): Promise<void>;
  /** Merges into the folder's .vscode/settings.json on disk; `undefined` removes a key. */
  editSettings(change: Settings): void;
  /** Replaces the user settings on top of the quiet ones, while the window is open. */
  setUserSettings(settings: Settings): void;
  /** Writes test-results/`name`.png and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Waits until the workbench has saved editors in whose state `saved` stands, then does what a person's F5 does. */
  reload(saved: string | RegExp): Promise<void>;
  close(): Promise<void>;
}

/** The parts of scripts/ used here. They are run from where they lie, because they find the project by their place. */
interface Scripts {
  ensureTools(): Promise<Tools>;
  ensureBrowser(): Promise<string>;
  packageVsix(): Promise<string>;
  installVsix(tools: Tools, home: Home, vsix: string): Promise<unknown>;
  serverHome(folder: string): Home;
  startServer(tools: Tools, home: Home): Promise<Shared['server']>;
  writeUserSettings(home: Home, settings: Settings): void;
  address(port: number, folder: string | null, payload?: [string, string][]): string;
  remoteUri(port: number, file: string): string;
  temporaryFolder(): string;
  removeFolder(folder: string): void;
  copySamples(folder: string): string;
  noteSaves(): void;
  savedWith(page: Page, part: string | RegExp): Promise<void>;
  CHROMIUM_FLAGS: string[];
  QUIET_SETTINGS: Settings;
  COURSE_SETTINGS: Settings;
}
type Tools = { node: string; server: string };
type Home = { data: string; user: string; extensions: string };

interface Shared {
  scripts: Scripts;
  home: Home;
  server: { port: number; pid: number; stop(grace?: number): Promise<void> };
  browser: Browser;
  context: BrowserContext;
}

// Each test file is a bundle with its own copy of this module; what is expensive is made once for all of them: the
// server with the extension, the browser and what that keeps of the workbench's scripts.
const store = globalThis as { neuronLensShared?: Promise<Shared>; neuronLensHook?: boolean };

const shared = () => (store.neuronLensShared ??= prepare());

if (typeof after === 'function' && !store.neuronLensHook) {
  store.neuronLensHook = true;
  after(closeShared);
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await tellWhatIsShown(this.currentTest.title).catch(() => undefined);
  });
}

/** A picture of each open window, and the words in its Lens: what a failed test has looked at, where only a log is left. */
async function tellWhatIsShown(title: string): Promise<void> {
  const { context } = await shared();
  for (const [index, page] of context.pages().entries()) {
    const name = `failed-${title.replace(/\W+/g, '-').slice(0, 60)}-${index}`;
    await screenshot(page, name).catch(() => undefined);
    const tabs = await page.locator('.tab').allInnerTexts();
    console.log(`window ${index}: tabs ${tabs.map((tab) => tab.trim()).join(' | ')}`);
    for (const frame of page.frames()) {
      const text = await frame
        .evaluate(() => document.getElementById('app')?.innerText)
        .catch(() => undefined);
      if (text !== undefined) console.log(`its Lens or view: ${text.replace(/\s+/g, ' ').slice(0, 800)}`);
    }
  }
}

/** Ends the server and the browser that all workbenches share; mocha does it by itself. */
export async function closeShared(): Promise<void> {
  const made = store.neuronLensShared;
  delete store.neuronLensShared;
  if (!made) return;
  const { browser, scripts, server, home } = await made;
  await browser.close();
  await server.stop();
  scripts.removeFolder(path.dirname(home.data));
}

async function loadScripts(): Promise<Scripts> {
  const parts = ['setup', 'package', 'server', 'workspace', 'browser'].map(
    (name) => import(pathToFileURL(path.resolve('scripts', `${name}.mjs`)).href) as Promise<Partial<Scripts>>,
  );
  return Object.assign({}, ...(await Promise.all(parts))) as Scripts;
}

async function prepare(): Promise<Shared> {
  const scripts = await loadScripts();
  const tools = await scripts.ensureTools();
  const home = scripts.serverHome(scripts.temporaryFolder());
  await scripts.installVsix(tools, home, process.env['NEURON_LENS_VSIX'] ?? (await scripts.packageVsix()));
  const server = await scripts.startServer(tools, home);
  const executablePath = await scripts.ensureBrowser();
  const browser = await chromium.launch({ executablePath, headless: true, args: scripts.CHROMIUM_FLAGS });
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  return { scripts, home, server, browser, context };
}

/** A page of the tests' browser that knows of no workbench: what is not the shared server's is opened there. */
export async function newPage(): Promise<Page> {
  const { browser, scripts } = await shared();
  const page = await browser.newPage();
  page.setDefaultTimeout(waitMs);
  await page.addInitScript(scripts.noteSaves);
  return page;
}

/** Installs another extension, of which the windows know that are opened from then on. */
export async function installExtension(name: string, vsix: Uint8Array): Promise<void> {
  const { scripts, home } = await shared();
  const file = path.join(path.dirname(home.data), `${name}.vsix`);
  writeFileSync(file, vsix);
  await scripts.installVsix(await scripts.ensureTools(), home, file);
}

/** The process of the server that all workbenches share. */
export const serverPid = async (): Promise<number> => (await shared()).server.pid;

/** Waits until a workbench has saved an editor that its state names by `part`; it saves every few seconds. */
export const savedWith = async (page: Page, part: string): Promise<void> =>
  (await shared()).scripts.savedWith(page, part);

/**
 * A window with a folder of its own. Windows share the server, its user settings (those of the last one opened hold) and
 * what the workbench remembers for all windows, such as where a view has been moved to.
 */
export async function openWorkbench(options: OpenOptions = {}): Promise<Workbench> {
  const { scripts, home, server, context } = await shared();
  const root = scripts.temporaryFolder();
  const folder = options.folder ? path.resolve(options.folder) : scripts.copySamples(root);
  const setUserSettings = (settings: Settings) =>
    scripts.writeUserSettings(home, {
      ...scripts.QUIET_SETTINGS,
      ...(options.findsSettings ? {} : scripts.COURSE_SETTINGS),
      ...(options.theme && { 'workbench.colorTheme': options.theme }),
      ...settings,
    });
  setUserSettings(options.settings ?? {});
  const page = await context.newPage();
  const close = async () => {
    // Leaving the page is how a window closes: its extension host ends in order.
    await page.goto('about:blank').catch(() => undefined);
    await page.close();
    scripts.removeFolder(root);
  };
  try {
    await page.setViewportSize(options.viewport ?? { width: 1280, height: 800 });
    await page.emulateMedia({ reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference' });
    page.setDefaultTimeout(waitMs);
    await page.addInitScript(scripts.noteSaves);
    const webviewErrors = watchWebviews(page);
    const file = options.file && path.join(folder, options.file);
    const payload: [string, string][] = file ? [['openFile', scripts.remoteUri(server.port, file)]] : [];
    const opened = options.withoutFolder ? null : folder;
    await page.goto(scripts.address(server.port, opened, payload));
    await ready(page, opened, options.file);
    return {
      page,
      folder,
      webviewErrors,
      setUserSettings,
      close,
      lens: (which) => lens(page, which),
      clickCodeLens: (title) =>
        page.locator('.codelens-decoration a').getByText(title, { exact: true }).first().click(),
      runCommand: (title) => runCommand(page, title),
      listCommands: (text) => listCommands(page, text),
      openFile: (name) => openFile(page, path.resolve(folder, name)),
      editSettings: (change) => editSettings(folder, change),
      screenshot: (name) => screenshot(page, name),
      reload: async (saved) => {
        await scripts.savedWith(page, saved);
        // The address opens its file again: what is to come back must come from the workbench's own memory.
        await page.goto(scripts.address(server.port, opened));
        await ready(page, opened);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ready(page: Page, folder: string | null, file?: string): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  if (folder !== null) await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  if (!file) return;
  await page.locator('.tab.active').getByText(path.basename(file), { exact: true }).first().waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

/**
 * A line of VS Code's own page around a webview, whose address names the extension that it is for. It throws by itself
 * when the focus changes while it swaps the page within.
 */
const OF_EDITOR = /\/webview\/browser\/pre\/index\.html/;

function watchWebviews(page: Page): string[] {
  const errors: string[] = [];
  // Where it came from is a file of the extension; a breach of the content security policy names no file at all.
  const ours = (place: string) => place.includes(EXTENSION_ID);
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    if (ours(message.location().url) || /Content Security Policy/.test(message.text()))
      errors.push(message.text());
  });
  page.on('pageerror', (error) => {
    const stack = error.stack ?? error.message;
    if (stack.split('\n').some((line) => ours(line) && !OF_EDITOR.test(line))) errors.push(stack);
  });
  return errors;
}

/** Asks again until the answer is not undefined. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  timeout = waitMs,
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    // A frame or element may vanish between two looks at it: then it is simply not there yet.
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not appear within ${timeout / 1000} s`);
    await sleep(POLL_MS);
  }
}

/** VS Code nests twice: iframe.webview in its page, and in it iframe#active-frame with the extension's document. */
function lens(page: Page, { where, timeout }: LensOptions = {}): Promise<Frame> {
  return until(
    `The Lens${where ? ` (${where})` : ''}`,
    async () => {
      for (const frame of page.frames()) {
        const outer = frame.parentFrame();
        if (!outer || outer === page.mainFrame()) continue;
        // The element, not the frame's name, tells the two apart: a loading frame is renamed once it is ready.
        if ((await (await frame.frameElement()).getAttribute('id')) !== 'active-frame') continue;
        const host = await outer.frameElement();
        if (!(await host.isVisible()) || !(await frame.$('#app'))) continue;
        if (!where || (await placeOf(page, host)) === where) return frame;
      }
      return undefined;
    },
    timeout,
  );
}

/** A webview floats above the workbench: the part it belongs to is the one whose rectangle its centre lies in. */
async function placeOf(page: Page, host: ElementHandle): Promise<'panel' | 'view'> {
  const box = await host.boundingBox();
  const area = await page.locator('.part.editor').boundingBox();
  if (!box || !area) return 'view';
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const inside = x > area.x && x < area.x + area.width && y > area.y && y < area.y + area.height;
  return inside ? 'panel' : 'view';
}

/** A key or a click of which nothing comes for so long has been lost, as while a webview takes the focus: it is done again. */
const LOST_MS = 5000;

async function quickInput(page: Page, text: string) {
  const widget = page.locator('.quick-input-widget');
  const input = widget.locator('input');
  await until('the palette', async () => {
    if (!(await input.isVisible())) await page.keyboard.press('F1');
    await input.fill(text, { timeout: LOST_MS });
    return true;
  });
  return widget.locator('.monaco-list-row');
}

const labelOf = '.quick-input-list-label .label-name';

/** The palette lists the commands there are when it opens: it is opened anew until an extension's are among them. */
async function runCommand(page: Page, title: string): Promise<void> {
  const row = await until(`The command ${title}`, async () => {
    const rows = await quickInput(page, `>${title}`);
    await rows.first().waitFor({ timeout: LOST_MS });
    const found = rows.filter({ has: page.locator(labelOf).getByText(title, { exact: true }) }).first();
    if ((await found.count()) > 0) return found;
    await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    return undefined;
  });
  await pick(row);
}

/** Clicks a row, and waits until its list is gone: the next F1 would be one within it. */
async function pick(row: Locator): Promise<void> {
  await row.click();
  let isClicked = true;
  await until('the end of the list', async () => {
    if (!isClicked && (await row.isVisible())) await row.click({ timeout: LOST_MS });
    isClicked = false;
    await row.waitFor({ state: 'hidden', timeout: LOST_MS });
    return true;
  });
}

async function listCommands(page: Page, text: string): Promise<string[]> {
  const rows = await quickInput(page, `>${text}`);
  await rows.first().waitFor();
  const labels = await rows.locator(labelOf).allInnerTexts();
  await page.keyboard.press('Escape');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  return labels;
}

async function openFile(page: Page, file: string): Promise<void> {
  // In a new window a model is a text like any other, until the window knows of the extension's editor for it.
  if (file.endsWith('.neuron.json')) {
    await until('the extension', async () =>
      (await listCommands(page, 'Neuron Lens: ')).some((label) => label.startsWith('Neuron Lens: '))
        ? true
        : undefined,
    );
  }
  // An absolute path is looked up as such, without an index of the folder.
  const rows = await quickInput(page, file);
  const row = rows.filter({ hasText: path.basename(file) }).first();
  await row.waitFor();
  await pick(row);
  await page.locator('.tab.active').getByText(path.basename(file), { exact: true }).first().waitFor();
}

function editSettings(folder: string, change: Settings): void {
  const file = path.join(folder, '.vscode', 'settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
  // The samples' settings may explain themselves in comments of whole lines.
  const before = JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as Settings;
  writeFileSync(file, JSON.stringify({ ...before, ...change }, null, 2));
}

async function screenshot(page: Page, name: string): Promise<string> {
  const file = path.resolve('test-results', `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}
