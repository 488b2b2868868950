// npm run format: Prettier on everything.
import { main } from './run.mjs';
import { format } from './setup.mjs';

await main(() => format('.'));
