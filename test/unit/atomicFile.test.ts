import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AtomicFile, writeAtomically } from '../../src/runs/atomicFile';

type Promises = typeof import('node:fs/promises');
/** The very functions that the code calls. */
const fs = createRequire(path.resolve('package.json'))('node:fs/promises') as {
  -readonly [K in keyof Promises]: Promises[K];
};

/** Lets the k-th operation on files fail, from 1; says how many there were. */
function failing(k: number, code: string): { restore: () => number } {
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

describe('a file that is written whole or not at all', () => {
  let folder = '';
  const file = () => path.join(folder, 'model.neuron.json');

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-atomic-'));
    writeFileSync(file(), 'old');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is the old one or the new one, and nothing lies beside it, whichever operation fails', async () => {
    for (const code of ['ENOSPC', 'EIO', 'EACCES']) {
      let failed = 0;
      for (let k = 1; ; k++) {
        writeFileSync(file(), 'old');
        const faults = failing(k, code);
        const said = await writeAtomically(file(), 'new').then(
          () => '',
          (error: unknown) => String(error),
        );
        const operations = faults.restore();
        const content = readFileSync(file(), 'utf8');
        assert.ok(said === '' ? content === 'new' : content === 'old', `${k}: ${said}, ${content}`);
        assert.deepEqual(readdirSync(folder), ['model.neuron.json'], `${k}: ${said}`);
        if (said !== '') failed++;
        if (operations < k) break;
      }
      // Opening, writing twice, flushing, closing, renaming; that the folder cannot be flushed is no failure.
      assert.equal(failed, 6);
    }
  });

  it('comes in pieces, and is not there before it is committed, nor when it is abandoned', async () => {
    const written = new AtomicFile(path.join(folder, 'other'));
    await written.write(Buffer.from('a'));
    await written.write(Buffer.from('b'));
    assert.ok(!existsSync(path.join(folder, 'other')));
    await written.commit();
    assert.equal(readFileSync(path.join(folder, 'other'), 'utf8'), 'ab');

    const abandoned = new AtomicFile(file());
    await abandoned.write(Buffer.from('new'));
    await abandoned.abandon();
    assert.equal(readFileSync(file(), 'utf8'), 'old');
    assert.deepEqual(readdirSync(folder).sort(), ['model.neuron.json', 'other']);
  });
});
