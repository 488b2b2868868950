// Operations on files that fail when a test says so.
import { createRequire } from 'node:module';
import path from 'node:path';

type Promises = typeof import('node:fs/promises');
/** The very functions that the code calls. */
const fs = createRequire(path.resolve('package.json'))('node:fs/promises') as {
  -readonly [K in keyof Promises]: Promises[K];
};

/** Lets the k-th operation on files fail, from 1; says how many there were. */
export function failing(k: number, code: string): { restore: () => number } {
  let count = 0;
  const step = () => {
    if (++count === k) throw Object.assign(new Error(`${code}: made to fail`), { code });
  };
  const { open, rename } = fs;
  fs.open = async (...args) => {
    step();
    const handle = await open(...args);
    for (const name of ['writeFile', 'sync', 'close'] as const) {
      const own = handle[name].bind(handle) as (...args: unknown[]) => Promise<void>;
      Object.assign(handle, {
        [name]: async (...args: unknown[]) => {
          // What is closed is closed, whatever it says.
          if (name === 'close') await own(...args);
          step();
          if (name !== 'close') await own(...args);
        },
      });
    }
    return handle;
  };
  fs.rename = async (...args) => {
    step();
    await rename(...args);
  };
  return {
    restore: () => {
      Object.assign(fs, { open, rename });
      return count;
    },
  };
}
