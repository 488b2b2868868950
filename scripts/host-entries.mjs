// For "Extension Tests" in .vscode/launch.json: the entry files of the in-host tests, and a workspace for them.
import path from 'node:path';
import { ROOT, main } from './run.mjs';
import { plan } from './host-launch.mjs';
import { copySamples } from './workspace.mjs';

await main(() => {
  plan();
  copySamples(path.join(ROOT, 'out', 'workspace'));
});
