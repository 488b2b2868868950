// node --trace-wasm-revectorize widening.js: compiles and checks the kernels as a process of ours does. V8 says on the way
// what it makes of each function; the last line says which function is which loop, and which tiles may be used.
import { loopNames } from '../../src/kernel/check';
import bytes from '../../src/kernel/kernel.wasm';
import { ownMachine } from '../../src/threads/machine';

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

const numbers = functionNumbers(bytes);
const { lanes } = ownMachine((line) => console.log(line));
console.log(
  `\n${JSON.stringify({ lanes, loops: Object.fromEntries(loopNames.map((name) => [name, numbers.get(name)])) })}`,
);
