// npm run build: dependencies if they are missing, then dist/.
import { main } from './run.mjs';
import { ensureBuild } from './setup.mjs';

await main(ensureBuild);
