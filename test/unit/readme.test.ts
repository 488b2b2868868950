import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const README = readFileSync('README.md', 'utf8');
/** The blocks of code, as they are written. */
const BLOCKS = [...README.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block]) =>
  block.trimEnd().split('\n'),
);

describe('the README', () => {
  it('is read in a few minutes, and leaves the table of settings to docs/', () => {
    assert.ok(README.length <= 9000, `${README.length} characters`);
    assert.ok(!README.includes('<!-- settings'));
  });

  it('has in its first example what the command prints, but for the seconds', () => {
    const [command] = BLOCKS.flat().filter((line) => line.startsWith('node dist/cli.js train '));
    const printed = BLOCKS.find(([first]) => first.startsWith('samples/flower.csv: '));
    assert.ok(printed);
    const { stdout, status } = spawnSync(
      process.execPath,
      [path.join('out', 'programs', 'cli.js'), ...command.split(' ').slice(2)],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0);
    const withoutTime = (line: string) => line.replace(/[\d.]+ s,/, 's,');
    const lines = stdout.trimEnd().split('\n').map(withoutTime);
    const wanted = printed.map(withoutTime);
    const hash = /weights ([\da-f]+)…$/.exec(wanted.at(-1) ?? '')?.[1];
    assert.ok(hash);
    for (const line of wanted.filter((each) => each !== '…')) {
      const start = line.replace(/…$/, '');
      assert.ok(
        lines.some((each) => each.startsWith(start)),
        `${line}, of\n${stdout}`,
      );
    }
  });
});
