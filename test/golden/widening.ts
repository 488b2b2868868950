// node --trace-wasm-revectorize widening.js [LOOP]: compiles and checks the kernels as a process of ours does, and trains;
// with LOOP, as if V8 had a fault in it. V8 says on the way what it makes of each function, but not of what it compiles
// during the check: what it has widened, it had before. The last line says which function is which loop, which tiles may
// be used, what the log has, whether the kernels were compiled anew, and what the training ends in.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import { untilDone } from '../../src/core/trainer';
import { loopNames, wrongLoops } from '../../src/kernel/check';
import bytes from '../../src/kernel/kernel.wasm';
import { weightsHash } from '../../src/runs/weightsHash';

import { ownMachine } from '../../src/threads/machine';
import { runOn } from '../unit/training';
import { course } from '../unit/course';

const EXPORT_SECTION = 7;
const FUNCTION = 0;
const HEADER_BYTES = 8;

/** The number of each exported function, from the export section of a module. */
function functionNumbers(module: Uint8Array): Map<string, number> {
  let at = HEADER_BYTES;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const found = new Map<string, number>();
  while (at < module.length) {
    const section = module[at++];
    const size = number();
    const end = at + size;
    if (section === EXPORT_SECTION) {
      for (let left = number(); left > 0; left--) {
        const length = number();
        const name = new TextDecoder().decode(module.subarray(at, at + length));
        at += length;
        const kind = module[at++];
        const index = number();
        if (kind === FUNCTION) found.set(name, index);
      }
    }
    at = end;
  }
  return found;
}

/** One bit of what this loop leaves is flipped, as a fault of V8's would. */
const [tampered] = process.argv.slice(2);
const said: string[] = [];
const machine = ownMachine(
  (line) => said.push(line),
  (module) => {
    v8.setFlagsFromString('--no-trace-wasm-revectorize');
    const wrong = wrongLoops(module, (name, words) => {
      if (name === tampered) words[words.length - 1] ^= 1;
    });
    v8.setFlagsFromString('--trace-wasm-revectorize');
    return wrong;
  },
);
// V8 takes what it has compiled before for the same bytes: these have to be others.
const isAnew =
  machine.module !== undefined && WebAssembly.Module.customSections(machine.module, ' ').length > 0;

/** A training goes on in every case: the first of the golden ones. */
function trainedHash(): string {
  const run = runOn(
    readFileSync(path.join('samples', 'flower.csv'), 'utf8'),
    { ...course, 'training.epochs': 500 },
    undefined,
    { count: 1, machine },
  );
  while (run.epoch < run.epochs) run.step(untilDone);
  return weightsHash(run.parameters(), run.trainer.engine);
}

const numbers = functionNumbers(bytes);
// Those that have copies of loops, and are checked with them; the last is for measuring alone.
const names = [...loopNames, 'block', 'update', 'step', 'peakPairs'];
const loops = Object.fromEntries(names.map((name) => [name, numbers.get(name)]));
console.log(`\n${JSON.stringify({ lanes: machine.lanes, said, isAnew, loops, hash: trainedHash() })}`);
