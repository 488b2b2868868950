import v8 from 'node:v8';
import { wrongLoops } from '../kernel/check';
import { compileKernels } from '../kernel/kernel';
import type { Machine } from '../kernel/passes';
import { setV8Flags, WIDENS } from './v8Flags';

const now = () => performance.now();

/** Forces the tiles, for tests and for measuring: 4 or 8. */
const FORCED = 'NEURON_LENS_LANES';

function lanes(otherwise: NonNullable<Machine['lanes']>): NonNullable<Machine['lanes']> {
  const forced = process.env[FORCED];
  return forced === '4' ? 4 : forced === '8' ? 8 : otherwise;
}

/** How the kernels may be used in a process that is not ours alone. */
export const sharedMachine: Machine = { lanes: lanes(4), now };

/**
 * Readies a process of ours for the kernels, before its first compilation of WebAssembly: V8's flags, and a look at
 * whether what it makes of the loops still has the right bits. Where it has not, they are compiled again without
 * widening, and `log` is told.
 */
export function ownMachine(log: (line: string) => void, check = wrongLoops): Machine {
  const widens = setV8Flags().includes(WIDENS);
  const module = compileKernels();
  if (!widens) return { module, lanes: lanes(4), now };
  const wrong = check(module);
  if (wrong.length === 0) return { module, lanes: lanes('measured'), now };
  log(`V8 changes bits where it widens ${wrong.join(', ')}: the kernels run 128 bits wide.`);
  v8.setFlagsFromString(WIDENS.replace('--', '--no-'));
  return { module: compileKernels({ anew: true }), lanes: lanes(4), now };
}
