// The tests' browser: quiet, off the network, the same pixels everywhere; and when its workbench has saved its state.
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
// has changed it saves nothing, and nothing tells that from a save that is late: then this is all slept through. It is
// no limit that a test fails at, so it is not one of patience.json.
const SAVED_MS = 20_000;

/** An init script for a page: counts how often the workbench has saved the state of its editors. */
export function noteSaves() {
  globalThis.editorSaves = 0;
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, name) {
    if (name === 'memento/workbench.parts.editor') globalThis.editorSaves++;
    return put.call(this, value, name);
  };
}

/** Waits until the workbench has saved its editors once more, or had the time to and found nothing new. */
export async function saved(page) {
  const before = await page.evaluate(() => globalThis.editorSaves);
  await page
    .waitForFunction((count) => globalThis.editorSaves > count, before, { timeout: SAVED_MS })
    .catch(() => undefined);
}
