import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// How the benchmark counts and writes; what it measures is nothing for a test.
interface Bench {
  quiet(times: readonly number[]): number;
  met(ratio: number, goal: { must: number; aim: number }): string;
  productOperations(work: { rows: number; nx: number; hidden: number[]; ny: number }): number;
  withSection(text: string, title: string, lines: readonly string[]): string;
  readonly SECTIONS: readonly string[];
}

describe('the benchmark', () => {
  let bench: Bench;
  before(async () => {
    const modules = ['timing', 'works', 'results'].map(
      (name) => import(pathToFileURL(path.resolve('bench', `${name}.mjs`)).href) as Promise<Partial<Bench>>,
    );
    bench = Object.assign({}, ...(await Promise.all(modules))) as Bench;
  });

  it('takes the median of the quietest third of the times', () => {
    assert.equal(bench.quiet([9, 1, 8, 2, 7, 3, 9, 9, 9, 4, 9, 5, 9, 9, 9]), 3);
    assert.equal(bench.quiet([3, 1, 2]), 1);
    assert.equal(bench.quiet([4]), 4);
  });

  it('says whether the aim was reached, what must be, or neither', () => {
    const goal = { must: 5, aim: 7 };
    assert.deepEqual(
      [7, 6.9, 5, 4.9].map((ratio) => bench.met(ratio, goal)),
      ['aim', 'yes', 'yes', '**no**'],
    );
  });

  it('counts products alone: 2 m (2 nx nh + 3 nh ny) operations for one hidden layer', () => {
    const [m, nx, nh, ny] = [1000, 20, 32, 1];
    const work = { rows: m, nx, hidden: [nh], ny };
    assert.equal(bench.productOperations(work), 2 * m * (2 * nx * nh + 3 * nh * ny));
  });

  it('writes one section of the results and keeps all others, in their order', () => {
    const before = bench.withSection(bench.withSection('', 'Reading', ['- fast']), 'Beside the peers', [
      '- ahead',
    ]);
    const after = bench.withSection(before, 'Reading', ['- faster', '', '### More', '', '- and more']);
    assert.match(after, /^# Speed\n/);
    assert.match(
      after,
      /## Beside the peers\n\n- ahead\n\n## Reading\n\n- faster\n\n### More\n\n- and more$/,
    );
    assert.doesNotMatch(after, /- fast\n/);
  });

  it('has written a file of known sections alone', () => {
    const titles = [...readFileSync('bench/RESULTS.md', 'utf8').matchAll(/^## (.*)$/gm)].map(
      ([, title]) => title,
    );
    assert.deepEqual(
      titles,
      bench.SECTIONS.filter((title) => titles.includes(title)),
    );
  });
});
