// npm run build [-- --tests]: dependencies if they are missing, then dist/, and with --tests the test bundles in out/.
import { main } from './run.mjs';
import { ensureBuild } from './setup.mjs';

await main(() => ensureBuild({ tests: process.argv.includes('--tests') }));
