import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { LogOutputChannel } from 'vscode';
import { LaterTrainers } from '../../src/host/laterTrainers';
import { textOf } from '../../src/host/text';

import { until } from './sessionWorld';
import { course } from './course';

const PROGRAMS = path.resolve('out', 'programs');

describe('the cores that trainings of a window share', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-later-'));
    // The real trainer, but for processes, in which it ends at once.
    const real = JSON.stringify(path.join(PROGRAMS, 'trainer.js'));
    const script = `if (require('node:worker_threads').isMainThread) process.exit(7);\nrequire(${real});`;
    writeFileSync(path.join(folder, 'trainer.js'), script);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The cores once a trainer works, and what the log has by then. */
  async function coresIn(place: string) {
    const logged: string[] = [];
    const trainers = new LaterTrainers(place, {
      info: (text: string) => logged.push(text),
    } as unknown as LogOutputChannel);
    const said: string[] = [];
    const trainer = trainers.start(
      ({ type }) => said.push(type),
      ({ message }) => said.push(textOf(message)),
    );
    try {
      const source = { kind: 'file', path: path.resolve('samples', 'xor.csv') } as const;
      trainer.post({
        ...{ type: 'load', run: 'one', source, settings: course, threads: trainers.cores },
        ...{ resumption: null, hash: null },
      });
      await until(() => said.length > 0);
      assert.ok(['reading', 'checked', 'loaded'].includes(said[0]), said[0]);
      return { cores: trainers.cores, logged: logged.join('\n') };
    } finally {
      trainer.dispose();
      trainers.dispose();
    }
  }

  it('are all of them where training runs in a process', async () => {
    const { cores, logged } = await coresIn(PROGRAMS);
    assert.match(logged, /ready in a process with flags/);
    assert.equal(cores, availableParallelism());
  });

  it('are all but one where it runs in a thread of the editor', async () => {
    const { cores, logged } = await coresIn(folder);
    assert.match(logged, /ready in a thread/);
    assert.equal(cores, Math.max(1, availableParallelism() - 1));
  });
});
