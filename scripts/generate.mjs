// npm run generate: what follows from the table in src/settings/settings.ts: the manifest's settings and the README's
// table.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, main } from './run.mjs';
import { ensureDependencies, format } from './setup.mjs';

const MANIFEST = path.join(ROOT, 'package.json');
const README = path.join(ROOT, 'README.md');
const TABLE = /(<!-- settings -->\n)[^]*?(<!-- \/settings -->)/;

await main(async () => {
  await ensureDependencies();
  const { configuration, settingsTable } = await loadManifest();
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  manifest.contributes.configuration = configuration();
  writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  const readme = readFileSync(README, 'utf8');
  writeFileSync(
    README,
    readme.replace(TABLE, (_, open, close) => `${open}\n${settingsTable()}\n${close}`),
  );
  await format(MANIFEST, README);
});

async function loadManifest() {
  // A fresh clone has no esbuild before its dependencies are installed.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, 'src', 'settings', 'manifest.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}
