// What a person at the editor feels of a training: a real workbench in which a table is trained on while somebody types.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { COURSE_SETTINGS, QUIET_SETTINGS } from '../scripts/server.mjs';
import { numbers } from './files.mjs';
import { machine } from './results.mjs';
import { median } from './timing.mjs';
import { openProbed, reaches, until } from './workbench.mjs';

const ROWS = 1_000_000;
/** Keys of a run, and milliseconds from one to the next: as somebody types who is quick. */
const KEYS = 80;
const KEY_MS = 100;
const MOST = { max: 50, p99: 10, keys: 100, stop: 250, death: 2_000 };

const SETTINGS = {
  ...QUIET_SETTINGS,
  ...COURSE_SETTINGS,
  'neuronLens.model.hiddenLayers': [32],
  'neuronLens.training.epochs': 10_000_000,
  'neuronLens.view.epochsPerSecond': 0,
  // A key is to show as itself.
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.wordWrap': 'off',
};

/** Prints the figures of runs with and without training, in turns. */
export async function editor(_node, _folder, { rounds }, print) {
  const { runs, stopMs, deathMs, epochs } = await walk({ rows: ROWS, rounds, keys: KEYS });
  const worst = (runs, what) => Math.max(...runs.map((run) => run[what]));
  const [on, off] = [true, false].map((training) => runs.filter((run) => run.training === training));
  const p95 = (runs) => median(runs.map(({ keys }) => keys));
  const good = (is) => (is ? 'yes' : '**no**');
  const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  const more = p95(on) - p95(off);
  const [max, p99] = [worst(on, 'max'), median(on.map((run) => run.p99))];
  print(`- ${machine()}`);
  print(
    `- A window with a text file and the Lens, ${ROWS.toLocaleString('en')} rows × 20 columns being trained on (20-32-1, all threads, ${epochs} epochs), ${KEYS} keys typed in ${(KEYS * KEY_MS) / 1000} s; ${rounds} runs so and ${rounds} with the training paused, in turns.`,
  );
  print(
    `- Event loop of the extension host while it trains: delayed by at most ${ms(max)} in any run (must be < ${MOST.max}; met: ${good(max < MOST.max)}), 99th percentile ${ms(p99)}, the median of the runs (must be < ${MOST.p99}; met: ${good(p99 < MOST.p99)}). Paused: ${ms(worst(off, 'max'))} and ${ms(median(off.map((run) => run.p99)))}.`,
  );
  print(
    `- From a key to the screen, 95th percentile, the median of the runs: ${ms(p95(on))} while it trains, ${ms(p95(off))} paused: ${ms(more)} more (must be < ${MOST.keys}; met: ${good(more < MOST.keys)}).`,
  );
  print(
    `- From _Stop_ to a training that is stopped: ${ms(stopMs)} (at most ${MOST.stop}; met: ${good(stopMs <= MOST.stop)}).`,
  );
  print(
    `- From the end of the trainer’s process by \`kill -9\` to the sentence that says so: ${ms(deathMs)} (at most ${MOST.death.toLocaleString('en')}; met: ${good(deathMs <= MOST.death)}).`,
  );
}

/**
 * Opens a workbench, has a table of `rows` trained on in it, and types `keys` keys into a text file, `rounds` times with
 * and without the training. Resolves with the runs, { training, max, p99, keys }, all in ms: the delay of the extension
 * host's event loop, and the 95th percentile of the time from a key to the screen; with the epochs that were trained, and
 * with how long a stop took, and how long it took to learn of the death of the trainer's process.
 */
export async function walk({ rows, rounds, keys, vsix }) {
  const workbench = await openProbed(SETTINGS, vsix);
  try {
    const workspace = workbench.workspace('typing');
    const table = path.join(workspace, 'rows.csv');
    const notes = path.join(workspace, 'notes.txt');
    numbers(table, rows);
    writeFileSync(notes, '');
    const { page, probe } = await workbench.open(notes);
    await probe('run', { command: 'neuronLens.train', file: table });
    await reaches(probe, table, ({ epoch }) => epoch > 0);
    const runs = [];
    for (let round = 0; round < rounds; round++) {
      runs.push({ training: true, ...(await type(page, probe, keys)) });
      await probe('run', { command: 'neuronLens.pause', file: table });
      await reaches(probe, table, ({ status }) => status === 'paused');
      runs.push({ training: false, ...(await type(page, probe, keys)) });
      await probe('run', { command: 'neuronLens.resume', file: table });
      const { epoch } = await probe('session', { file: table });
      await reaches(probe, table, (session) => session.epoch > epoch);
    }
    const from = performance.now();
    await probe('run', { command: 'neuronLens.stop', file: table });
    const { epoch } = await reaches(probe, table, ({ status }) => status === 'stopped', 1);
    const stopMs = performance.now() - from;
    await probe('run', { command: 'neuronLens.train', file: table });
    await reaches(probe, table, (session) => session.status === 'running' && session.epoch > 0);
    const killed = performance.now();
    await probe('killTrainers');
    await until(
      'Word of the death of the trainer',
      async () => (await probe('session', { file: table })).failure,
      1,
    );
    return { runs, epochs: epoch, stopMs, deathMs: performance.now() - killed };
  } finally {
    await workbench.close();
  }
}

const LETTERS = 'the quick brown fox jumps over the lazy dog ';
/** What shows the lines of the one text editor. */
const LINES = '.editor-instance .view-lines';

/** One run: types on a new line, at the pace of a person, while the delay of the event loop is noted. */
async function type(page, probe, keys) {
  await page.locator(LINES).first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.evaluate(watchKeys, LINES);
  await probe('reset');
  const from = performance.now();
  for (let key = 0; key < keys; key++) {
    await page.keyboard.press(
      LETTERS[key % LETTERS.length] === ' ' ? 'Space' : LETTERS[key % LETTERS.length],
    );
    await sleep(Math.max(0, from + (key + 1) * KEY_MS - performance.now()));
  }
  const { max, p99 } = await probe('delay');
  let seen = [];
  await until('The last key on the screen', async () => {
    seen = await page.evaluate(() => globalThis.keyTimes);
    return seen.length >= keys;
  });
  const sorted = seen.toSorted((a, b) => a - b);
  return { max, p99, keys: sorted[Math.ceil(0.95 * sorted.length) - 1] };
}

/**
 * Runs in the page: notes in `keyTimes` how long after its key was pressed each character was painted. A character is
 * shown when the lines have become longer by it; what a frame changes is painted before the next task.
 */
function watchKeys(selector) {
  const lines = document.querySelector(selector);
  const length = () => lines.textContent.length;
  globalThis.stopKeyTimes?.();
  const times = (globalThis.keyTimes = []);
  const waiting = [];
  let expected = length();
  const pressed = (event) => {
    if (event.key.length === 1) waiting.push({ at: event.timeStamp, length: ++expected });
  };
  const observer = new globalThis.MutationObserver(() => {
    const shown = length();
    const painted = [];
    while (waiting.length > 0 && waiting[0].length <= shown) painted.push(waiting.shift());
    if (painted.length === 0) return;
    const { port1, port2 } = new globalThis.MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      for (const { at } of painted) times.push(now - at);
      port1.close();
    };
    port2.postMessage(null);
  });
  document.addEventListener('keydown', pressed, true);
  observer.observe(lines, { subtree: true, childList: true, characterData: true });
  globalThis.stopKeyTimes = () => {
    document.removeEventListener('keydown', pressed, true);
    observer.disconnect();
  };
}
