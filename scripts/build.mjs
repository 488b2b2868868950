// npm run build [-- --tests], npm run watch: dependencies if they are missing, then dist/; with --tests out/ as well, with
// --watch dist/ again whenever a source changes.
import path from 'node:path';
import { ROOT, main, run } from './run.mjs';
import { ensureBuild, ensureDependencies, ensureTestBundles } from './setup.mjs';

await main(async () => {
  if (process.argv.includes('--watch')) {
    await ensureDependencies();
    const { code } = await run(process.execPath, [path.join(ROOT, 'esbuild.mjs'), '--watch'], { show: true });
    process.exitCode = code;
    return;
  }
  await ensureBuild();
  if (process.argv.includes('--tests')) await ensureTestBundles();
});
