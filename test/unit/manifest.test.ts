import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { configuration, settingsTable } from '../../src/settings/manifest';
import { datasetKeys } from '../../src/settings/settings';
import { descriptions } from '../../src/settings/descriptions';
import { optionName } from '../../src/settings/commandLine';

const cells = (markdown: string) =>
  markdown
    .trim()
    .split('\n')
    .filter((line) => !/^\|[\s|-]+\|$/.test(line))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

describe('what is generated from the one table of settings', () => {
  it('the manifest: `npm run generate` would change nothing', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { configuration: unknown };
    };
    assert.deepEqual(manifest.contributes.configuration, JSON.parse(JSON.stringify(configuration())));
  });

  it('the table of docs/settings.md', () => {
    const docs = readFileSync('docs/settings.md', 'utf8');
    const table = /<!-- settings: npm run generate -->([^]*)<!-- \/settings -->/.exec(docs)?.[1] ?? '';
    assert.deepEqual(cells(table), cells(settingsTable()));
  });

  it('the help of the command line', () => {
    const help = execFileSync(process.execPath, ['out/programs/cli.js', '--help'], { encoding: 'utf8' });
    for (const key of datasetKeys) {
      assert.ok(help.includes(`--${optionName(key)} `), key);
      assert.ok(help.includes(descriptions[key]), key);
    }
  });
});

describe('the icons of the Lens', () => {
  it('are those of the SVG files: `npm run generate` would change nothing', async () => {
    const script = pathToFileURL(path.resolve('scripts/icons.mjs')).href;
    const { iconsModule } = (await import(script)) as { iconsModule(): string };
    assert.equal(readFileSync('webview/ui/icons.ts', 'utf8'), iconsModule());
  });
});
