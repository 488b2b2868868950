// When something was painted after a key or a click, whichever frames of a page the two are in.
/* global Document, MessageChannel, MutationObserver, requestAnimationFrame */
import { until } from './workbench.mjs';

/**
 * An init script for each frame: notes when a person did something, and when the pictures that we wait for had been
 * painted, in ms by one clock of all frames: a `point` is the first of a cost curve, an `epoch` another that the curve
 * marks as shown, a `row` another line of the cursor.
 */
export function watchPaints() {
  const now = () => performance.timeOrigin + performance.now();
  const inputs = [];
  const seen = [];
  const listen = () => {
    for (const type of ['pointerup', 'keydown'])
      globalThis.addEventListener(type, () => inputs.push(now()), true);
  };
  globalThis.paints = { inputs, seen };
  const attribute = (selector, name) => document.querySelector(selector)?.getAttribute(name) ?? '';
  const looks = {
    point: () => (Number(attribute('.cost canvas', 'data-points')) > 0 ? 'some' : ''),
    epoch: () => attribute('.cost canvas', 'data-shown'),
    row: () => document.querySelector('.line-numbers.active-line-number')?.textContent ?? '',
  };
  const last = { point: '', epoch: '', row: '' };
  const observer = new MutationObserver(() => {
    for (const [kind, look] of Object.entries(looks)) {
      const found = look();
      if (found === last[kind]) continue;
      last[kind] = found;
      if (found === '') continue;
      // What a task changes is painted with the next frame, before the task after that.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          seen.push({ kind, at: now() });
          port1.close();
        };
        port2.postMessage(null);
      });
    }
  });
  const watch = () => {
    listen();
    observer.observe(document, {
      ...{ subtree: true, childList: true, characterData: true },
      ...{ attributes: true, attributeFilter: ['data-points', 'data-shown', 'class'] },
    });
  };
  watch();
  // A webview's document is another than the first of its window, and is written anew: nobody listens there yet.
  const { open } = Document.prototype;
  Document.prototype.open = function (...how) {
    const opened = open.apply(this, how);
    watch();
    return opened;
  };
}

/** Milliseconds from the last click or key to the first picture of this kind that was painted after it. */
export async function paintedAfter(page, kind) {
  let ms;
  await until(`A painted ${kind}`, async () => {
    const all = await Promise.all(
      page.frames().map((frame) => frame.evaluate(() => globalThis.paints ?? null).catch(() => null)),
    );
    const frames = all.filter(Boolean);
    const input = Math.max(...frames.flatMap(({ inputs }) => inputs));
    const after = frames.flatMap(({ seen }) =>
      seen.filter((each) => each.kind === kind && each.at > input).map(({ at }) => at - input),
    );
    ms = Math.min(...after);
    return after.length > 0;
  });
  return ms;
}

/** The frame of the Lens, once it has drawn a curve. */
export async function lensFrame(page) {
  let found;
  await until('The Lens', async () => {
    for (const frame of page.frames()) {
      if (await frame.$('#app .cost canvas').catch(() => null)) found = frame;
    }
    return found;
  });
  return found;
}
