import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { failureOf } from '../../src/data/failure';
import type { FromTrainer } from '../../src/protocol/trainer';
import type { Failure } from '../../src/data/failure';
import { defaults } from '../../src/settings/settings';
import { WorkerClient } from '../../src/threads/channel';
import { textOf } from '../../src/host/text';

describe('a worker thread that dies', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-worker-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const failure = (name: string, code: string, limits = {}): Promise<Failure> => {
    const script = path.join(folder, `${name}.js`);
    writeFileSync(script, code);
    return new Promise((resolve) => new WorkerClient(script, () => undefined, resolve, limits));
  };

  it('by an error gives one failure that is marked as a bug', async () => {
    const { message, bug, detail } = await failure('throws', 'throw new Error("broken pipe");');
    assert.equal(textOf(message), 'A bug in Neuron Lens: broken pipe');
    assert.equal(bug, true);
    assert.match(detail, /throws\.js/);
  });

  it('by process.exit gives one failure with the exit code', async () => {
    const { message } = await failure('exits', 'process.exit(3);');
    assert.match(textOf(message), /ended unexpectedly \(exit code 3\)/);
  });

  it('for want of memory gives a sentence about memory', async () => {
    const hog = 'const all = []; for (;;) all.push(new Array(1e5).fill(1.5));';
    const { message, bug } = await failure('hog', hog, { maxOldGenerationSizeMb: 32 });
    assert.match(textOf(message), /not enough memory/);
    assert.equal(bug, false);
  });

  it('is told apart from a file that may not be read', () => {
    const { message, bug } = failureOf(Object.assign(new Error('EACCES: /secret.csv'), { code: 'EACCES' }));
    assert.equal(textOf(message), 'There is no permission to read the file.');
    assert.equal(bug, false);
  });

  it('is followed by a training that works', async () => {
    await failure('again', 'process.exit(1);');
    const messages: FromTrainer[] = [];
    const status = await new Promise<string>((resolve) => {
      const client = new WorkerClient(
        path.resolve('out', 'programs', 'trainer.js'),
        (message) => {
          messages.push(message);
          if (message.type === 'progress') {
            client.post({ type: 'taken' });
            if (message.progress.status === 'finished') {
              client.dispose();
              resolve(message.progress.status);
            }
          }
        },
        (failed) => resolve(textOf(failed.message)),
      );
      client.post({
        type: 'load',
        run: 'one',
        source: { kind: 'file', path: path.resolve('samples', 'iris.csv') },
        settings: { ...defaults, 'training.epochs': 200 },
        threads: 1,
        resumption: null,
        hash: null,
      });
      client.post({ type: 'resume' });
    });
    assert.equal(status, 'finished');
    assert.deepEqual(
      messages
        .map(({ type }) => type)
        .filter((type) => type !== 'reading')
        .slice(0, 2),
      ['checked', 'loaded'],
    );
  });
});
