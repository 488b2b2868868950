// npm run pictures: takes the pictures of the README anew, in a real workbench.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, main } from './run.mjs';
import { ensureBrowser, ensureBuild, ensureTools } from './setup.mjs';

await main(async () => {
  await ensureBuild();
  await ensureTools();
  await ensureBrowser();
  // A fresh clone has no esbuild before its dependencies are installed.
  const { build } = await import('esbuild');
  const outfile = path.join(ROOT, 'out', 'pictures.cjs');
  await build({
    entryPoints: [path.join(ROOT, 'test', 'e2e', 'pictures.ts')],
    outfile,
    ...{ bundle: true, platform: 'node', format: 'cjs', packages: 'external', loader: { '.wasm': 'binary' } },
  });
  const { takePictures } = await import(pathToFileURL(outfile).href);
  await takePictures();
  console.log('They are in media/pictures.');
});
