import * as assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What bench/editor.mjs measures, with a larger table. */
interface Walk {
  readonly runs: readonly { training: boolean; max: number; p99: number; keys: number }[];
  readonly epochs: number;
  readonly stopMs: number;
  readonly deathMs: number;
}
type Walker = (options: { rows: number; rounds: number; keys: number; vsix?: string }) => Promise<Walk>;

const ROWS = 50_000;
const KEYS = 20;

describe('typing while a training runs', () => {
  it('shows every key, and the training goes on; what it costs is printed', async () => {
    const bench = pathToFileURL(path.resolve('bench', 'editor.mjs')).href;
    const { walk } = (await import(bench)) as { walk: Walker };
    const vsix = process.env['NEURON_LENS_VSIX'];
    const options = { rows: ROWS, rounds: 1, keys: KEYS, ...(vsix && { vsix }) };
    const { runs, epochs, stopMs, deathMs } = await walk(options);
    assert.deepEqual(
      runs.map(({ training }) => training),
      [true, false],
    );
    assert.ok(epochs > 0);
    const ms = (value: number) => `${value.toFixed(1)} ms`;
    for (const { training, max, p99, keys } of runs) {
      const when = training ? `${ROWS.toLocaleString('en')} rows training` : 'paused';
      console.log(
        `      ${when}: event loop delayed by at most ${ms(max)}, 99th percentile ${ms(p99)}; from a key to the screen, 95th percentile ${ms(keys)}`,
      );
    }
    console.log(
      `      from Stop to stopped: ${ms(stopMs)}; from the trainer’s death to word of it: ${ms(deathMs)}`,
    );
  });
});
