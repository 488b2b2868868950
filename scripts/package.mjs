// npm run package: builds, and packs neuron-lens.vsix at the root.
import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, main, must, step } from './run.mjs';
import { ensureBuild } from './setup.mjs';

export const VSIX = path.join(ROOT, 'neuron-lens.vsix');

export async function packageVsix() {
  await ensureBuild();
  await step('Packaging', () =>
    must('Packaging (vsce)', 'Mend what vsce names above and run the command again.', process.execPath, [
      path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce'),
      'package',
      // Everything the extension needs is in dist/ already.
      '--no-dependencies',
      '--allow-missing-repository',
      '--no-rewrite-relative-links',
      ...['--out', VSIX],
    ]),
  );
  return VSIX;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(async () => {
    const vsix = await packageVsix();
    console.log(`${path.relative(process.cwd(), vsix)}: ${Math.ceil(statSync(vsix).size / 1000)} kB`);
  });
