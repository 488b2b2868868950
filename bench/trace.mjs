// What the frames of the Lens cost, from the trace of the browser.
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from './timing.mjs';

const MARK = 'neuron-lens-frame';
/** What runs our scripts, as the trace names it; within one another they count once. */
const SCRIPTS = new Set([
  'FunctionCall',
  'EvaluateScript',
  'RunMicrotasks',
  'FireAnimationFrame',
  'TimerFire',
  'EventDispatch',
  'HandlePostMessage',
]);

/** So many frames tell something, and are waited for so many seconds longer. */
const FEWEST = 3;
const PATIENCE = 45;

/** Microseconds of a frame of the screen. */
const SCREEN = 1e6 / 60;
const OURS = /neuron-lens/;

/**
 * Looks at a Lens for some seconds while frames come from the host: { script, each, frames }, the 95th percentile of the ms
 * of script in a frame of the screen in which the Lens does something, all scripts of its thread together; the median of
 * those from one frame of the host to the next; and how many of these came in a second.
 */
export async function scriptOfFrames(browser, view, seconds) {
  await view.evaluate((mark) => {
    globalThis.addEventListener('message', ({ data }) => {
      if (data?.type === 'frame') performance.mark(mark);
    });
  }, MARK);
  const client = await browser.newBrowserCDPSession();
  const events = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'blink.user_timing'] },
  });
  const come = () => view.evaluate((mark) => performance.getEntriesByName(mark).length, MARK);
  // Those that came before the trace began are not in it.
  const before = await come();
  await sleep(1000 * seconds);
  // On a machine that is busy they are few; what they cost is to be seen all the same.
  for (let waited = 0; waited < PATIENCE && (await come()) - before < FEWEST; waited++) await sleep(1000);
  await client.send('Tracing.end');
  await complete;
  await client.detach();
  return figures(events);
}

function figures(events) {
  const marks = events.filter(({ name }) => name === MARK);
  if (marks.length < FEWEST) throw new Error(`Only ${marks.length} frames of the Lens came.`);
  const [{ pid, tid }] = marks;
  const scripts = events
    .filter((each) => each.pid === pid && each.tid === tid && each.ph === 'X' && SCRIPTS.has(each.name))
    .toSorted((a, b) => a.ts - b.ts);
  const tasks = [];
  for (const { ts, dur = 0, args } of scripts) {
    const last = tasks.at(-1);
    const isOurs = OURS.test(args?.data?.url ?? '');
    if (!last || ts >= last.to) tasks.push({ from: ts, to: ts + dur, isOurs });
    else last.isOurs ||= isOurs;
  }
  const times = marks.map(({ ts }) => ts).toSorted((a, b) => a - b);
  const [from, to] = [times[0], times.at(-1)];
  const within = (start, end) =>
    tasks.reduce((sum, task) => sum + Math.max(0, Math.min(task.to, end) - Math.max(task.from, start)), 0) /
    1000;
  const ofScreen = new Set();
  for (const task of tasks.filter(({ isOurs }) => isOurs)) {
    for (let k = Math.floor(task.from / SCREEN); k * SCREEN < task.to; k++) ofScreen.add(k);
  }
  const perScreen = [...ofScreen].map((k) => within(k * SCREEN, (k + 1) * SCREEN)).sort((a, b) => a - b);
  const perHost = times.slice(1).map((end, k) => within(times[k], end));
  return {
    script: perScreen[Math.ceil(0.95 * perScreen.length) - 1],
    each: median(perHost),
    frames: perHost.length / ((to - from) / 1e6),
  };
}
