// npm run generate: what follows from the table of settings in src/settings/, the manifest's settings and the table in
// docs/settings.md; and the icons of the Lens.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { iconsModule } from './icons.mjs';
import { ROOT, main } from './run.mjs';
import { ensureDependencies, format } from './setup.mjs';

const MANIFEST = path.join(ROOT, 'package.json');
const DOCS = path.join(ROOT, 'docs', 'settings.md');
const ICONS = path.join(ROOT, 'webview', 'ui', 'icons.ts');
const TABLE = /(<!-- settings: npm run generate -->\n)[^]*?(<!-- \/settings -->)/;

await main(async () => {
  await ensureDependencies();
  const { configuration, settingsTable } = await loadManifest();
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  manifest.contributes.configuration = configuration();
  writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  const docs = readFileSync(DOCS, 'utf8');
  if (!TABLE.test(docs)) throw new Error(`${DOCS} has no place for the table.`);
  writeFileSync(
    DOCS,
    docs.replace(TABLE, (_, open, close) => `${open}\n${settingsTable()}\n\n${close}`),
  );
  writeFileSync(ICONS, iconsModule());
  await format(MANIFEST, DOCS);
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
