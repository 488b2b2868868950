import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AtomicFile, writeAtomically } from '../../src/runs/atomicFile';
import { failing } from './failingFiles';

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
