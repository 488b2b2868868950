import * as assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What bench/lens.mjs measures, with larger tables and for longer. */
interface Walk {
  readonly empty: readonly number[];
  readonly first: readonly number[];
  readonly again: readonly number[];
  readonly frames: readonly { what: string; script: number; each: number; frames: number }[];
  readonly scrubs: readonly { what: string; times: readonly number[] }[];
  readonly rows: readonly number[];
  readonly history: { epochs: number; trainer: number; host: number; webview: number };
  readonly scriptBytes: number;
  readonly breaches: number;
}
type Walker = (options: {
  rounds: number;
  seconds: number;
  millions: number;
  epochs: number;
  vsix?: string;
}) => Promise<Walk>;

const MOST_FIRST_BYTES = 130_000;

describe('the paths through the Lens that the benchmark measures', () => {
  it('lead to their pictures, within the content security policy; the times are printed', async () => {
    const bench = pathToFileURL(path.resolve('bench', 'lens.mjs')).href;
    const { walk } = (await import(bench)) as { walk: Walker };
    const vsix = process.env['NEURON_LENS_VSIX'];
    const small = { rounds: 1, seconds: 1, millions: 5_000, epochs: 2_000 };
    const found = await walk({ ...small, ...(vsix && { vsix }) });
    const ms = (values: readonly number[]) => values.map((value) => value.toFixed(0)).join(', ');
    console.log(
      `      ms to the first script of an empty webview ${ms(found.empty)}, to the first point ${ms(found.first)}, with a Lens open ${ms(found.again)}`,
    );
    for (const { what, script, each, frames } of found.frames) {
      console.log(
        `      ${what}: script in a frame of the screen ${script.toFixed(1)} ms (95th percentile), for a frame of the host ${each.toFixed(1)} ms, ${frames.toFixed(1)} of these a second`,
      );
    }
    for (const { what, times } of found.scrubs)
      console.log(`      ms to the epoch before, ${what}: ${ms(times)}`);
    const { epochs, trainer, host, webview } = found.history;
    const megabytes = ((trainer + host + webview) / 2 ** 20).toFixed(1);
    console.log(`      ms to a row: ${ms(found.rows)}; ${epochs} epochs leave ${megabytes} MB`);
    assert.equal(found.breaches, 0);
    assert.ok(found.scriptBytes <= MOST_FIRST_BYTES, `${found.scriptBytes} bytes are loaded first`);
    assert.equal(found.frames.length, 5);
    assert.ok(found.frames.every(({ frames }) => frames > 0));
    assert.deepEqual([found.first.length, found.again.length, found.rows.length], [1, 1, 1]);
    assert.ok(found.scrubs.every(({ times }) => times.length === 20));
  });
});
