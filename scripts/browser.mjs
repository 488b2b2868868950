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

/**
 * An init script for a page: notes what the workbench has saved of the state of its editors. In a browser it saves when
 * idle, every 5 s, and no longer at the moment it is closed.
 */
export function noteSaves() {
  globalThis.savedEditors = '';
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, name) {
    // A page that is closed takes with it what has been put and not yet committed.
    if (name === 'memento/workbench.parts.editor')
      this.transaction.addEventListener('complete', () => {
        // JSON in JSON in JSON: without what escapes the quotes.
        globalThis.savedEditors = String(value).replaceAll('\\', '');
      });
    return put.call(this, value, name);
  };
}

/** Waits until the workbench has saved editors in whose state `part` stands, or which a pattern fits. */
export async function savedWith(page, part) {
  await page.waitForFunction(
    (wanted) => {
      const { savedEditors } = globalThis;
      return typeof wanted === 'string' ? savedEditors.includes(wanted) : wanted.test(savedEditors);
    },
    part,
    { timeout: PATIENCE.waitMs },
  );
}
