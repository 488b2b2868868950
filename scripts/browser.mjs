// The tests' browser: quiet, off the network, the same pixels everywhere; and when its workbench has saved its state.
import { PATIENCE } from './run.mjs';

export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-device-scale-factor=1',
];

// A workbench in a browser saves its state when idle, every 5 s, and no longer at the moment it is closed. When nothing
// has changed it saves nothing, and nothing tells that from a save that is late: who cannot say what is to be saved sleeps
// through this. It is no limit that a test fails at, so it is not one of patience.json.
const SAVED_MS = 20_000;

/** An init script for a page: notes what the workbench has saved of the state of its editors, and how often. */
export function noteSaves() {
  globalThis.editorSaves = 0;
  globalThis.savedEditors = '';
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, name) {
    // A page that is closed takes with it what has been put and not yet committed.
    if (name === 'memento/workbench.parts.editor')
      this.transaction.addEventListener('complete', () => {
        globalThis.editorSaves++;
        globalThis.savedEditors = String(value);
      });
    return put.call(this, value, name);
  };
}

/** Waits until the workbench has saved an editor that its state names by `part`. */
export async function savedWith(page, part) {
  await page.waitForFunction((text) => globalThis.savedEditors.includes(text), part, {
    timeout: PATIENCE.waitMs,
  });
}

/** Waits until the workbench has saved its editors once more, or had the time to and found nothing new. */
export async function saved(page) {
  const before = await page.evaluate(() => globalThis.editorSaves);
  await page
    .waitForFunction((count) => globalThis.editorSaves > count, before, { timeout: SAVED_MS })
    .catch(() => undefined);
}
