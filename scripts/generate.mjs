// Writes what follows from the table in src/settings/settings.ts: the manifest's settings and the README's table.
import { build } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';

const bundle = await build({
  entryPoints: ['src/settings/manifest.ts'],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const { configuration, settingsTable } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].text).toString('base64')}`
);

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
manifest.contributes.configuration = configuration();
writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`);

const between = /(<!-- settings -->\n)[^]*?(<!-- \/settings -->)/;
const readme = readFileSync('README.md', 'utf8');
writeFileSync(
  'README.md',
  readme.replace(between, (_, open, close) => `${open}\n${settingsTable()}\n${close}`),
);
