import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { failureOf, type Failure } from '../../src/data/failure';
import type { FromTrainer, OfTrainer, ToTrainer } from '../../src/protocol/trainer';

import { ThreadChannel, type Channel } from '../../src/threads/channel';
import { ownEnvironment, ProcessChannel } from '../../src/threads/processChannel';
import { textOf } from '../../src/host/text';
import { until } from './sessionWorld';
import { course } from './course';

const MEGABYTES = 32;

/** Both kinds, so that whatever holds of one is asked of the other. `port` is what a script says and hears through. */
const kinds = {
  thread: {
    port: `const { parentPort } = require('node:worker_threads');
      const say = (message) => parentPort.postMessage(message);
      const hear = (listener) => parentPort.on('message', listener);`,
    open: <To, From>(
      script: string,
      onMessage: (message: From) => void,
      onFailure: (failure: Failure) => void,
    ): Channel<To> =>
      new ThreadChannel<To, From>(script, onMessage, onFailure, { maxOldGenerationSizeMb: MEGABYTES }),
  },
  process: {
    port: `const say = (message) => process.send(message);
      const hear = (listener) => process.on('message', listener);`,
    open: <To, From>(
      script: string,
      onMessage: (message: From) => void,
      onFailure: (failure: Failure) => void,
    ): Channel<To> =>
      new ProcessChannel<To, From>(script, onMessage, onFailure, {
        execArgv: [`--max-old-space-size=${MEGABYTES}`],
      }),
  },
} as const;

let folder: string;
before(() => (folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-channel-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

const scriptOf = (code: string): string => {
  const file = path.join(mkdtempSync(path.join(folder, 'script-')), 'script.js');
  writeFileSync(file, code);
  return file;
};

for (const [kind, { open, port }] of Object.entries(kinds)) {
  describe(`a ${kind} that dies`, () => {
    const deathOf = (code: string): Promise<Failure> =>
      new Promise((resolve) => open(scriptOf(code), () => undefined, resolve));

    it('by an error gives one failure that is marked as a bug', async () => {
      const { message, bug, detail } = await deathOf('throw new Error("broken pipe");');
      assert.equal(textOf(message), 'A bug in Neuron Lens: broken pipe');
      assert.equal(bug, true);
      assert.match(detail, /script\.js/);
    });

    it('by process.exit gives one failure with the exit code', async () => {
      const { message, bug } = await deathOf('process.exit(3);');
      assert.match(textOf(message), /ended unexpectedly \(exit code 3\)/);
      assert.equal(bug, true);
    });

    it('for want of memory gives a sentence about memory', async () => {
      const { message, bug } = await deathOf('const all = []; for (;;) all.push(new Array(1e5).fill(1.5));');
      assert.match(textOf(message), /not enough memory/);
      assert.equal(bug, false);
    });

    it('is followed by a training that works', async () => {
      await deathOf('process.exit(1);');
      const messages: (FromTrainer | OfTrainer)[] = [];
      const status = await new Promise<string>((resolve) => {
        const channel = open<ToTrainer, FromTrainer | OfTrainer>(
          path.resolve('out', 'programs', 'trainer.js'),
          (message) => {
            messages.push(message);
            if (message.type === 'progress') {
              channel.post({ type: 'taken' });
              if (message.progress.status === 'finished') {
                channel.dispose();
                resolve(message.progress.status);
              }
            }
          },
          (failed) => resolve(textOf(failed.message)),
        );
        channel.post({
          type: 'load',
          run: 'one',
          source: { kind: 'file', path: path.resolve('samples', 'iris.csv') },
          settings: { ...course, 'training.epochs': 200 },
          threads: 1,
          resumption: null,
          hash: null,
        });
        channel.post({ type: 'resume' });
      });
      assert.equal(status, 'finished');
      assert.deepEqual(
        messages
          .map(({ type }) => type)
          .filter((type) => type !== 'reading')
          .slice(0, 3),
        ['ready', 'checked', 'loaded'],
      );
    });
  });

  describe(`a channel to a ${kind}`, () => {
    it('carries an array of numbers without the buffer that it is a view into', async () => {
      const heard: { readonly part: Float64Array; readonly heard: Uint8Array }[] = [];
      const failures: Failure[] = [];
      const echo = `${port}
        hear(({ part }) => say({ part, heard: new Uint8Array(part.buffer.byteLength) }));`;
      const channel = open<{ readonly part: Float64Array }, (typeof heard)[0]>(
        scriptOf(echo),
        (message) => heard.push(message),
        (failure) => failures.push(failure),
      );
      const whole = new Float64Array(1000).fill(0.1);
      // A thread gets the whole buffer: there, who sends cuts the part out.
      channel.post({ part: kind === 'thread' ? whole.slice(1, 4) : whole.subarray(1, 4) });
      await until(() => heard.length + failures.length > 0);
      channel.dispose();
      assert.deepEqual(failures, []);
      assert.deepEqual([...heard[0].part], [0.1, 0.1, 0.1]);
      assert.equal(heard[0].part.buffer.byteLength, 24);
      assert.equal(heard[0].heard.buffer.byteLength, heard[0].heard.length);
    });

    it('says nothing more once it is disposed of', async () => {
      const heard: unknown[] = [];
      const failures: Failure[] = [];
      const channel = open(
        scriptOf(`${port} hear(() => undefined); for (let k = 0; k < 100; k++) say(k);`),
        (message) => {
          heard.push(message);
          channel.dispose();
        },
        (failure) => failures.push(failure),
      );
      await until(() => heard.length > 0);
      // What it had said already arrives before the answer of one that starts later.
      const later: unknown[] = [];
      const next = open(
        scriptOf(`${port} say('later'); hear(() => undefined);`),
        (message) => later.push(message),
        (failure) => later.push(failure),
      );
      await until(() => later.length > 0);
      next.dispose();
      assert.deepEqual(later, ['later']);
      assert.deepEqual([heard, failures], [[0], []]);
    });
  });
}

describe('a process of our own', () => {
  const told = (code: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const channel = new ProcessChannel<unknown, unknown>(
        scriptOf(code),
        (message) => {
          channel.dispose();
          resolve(message);
        },
        (failure) => reject(new Error(failure.detail)),
      );
    });

  it('inherits neither an inspector nor what Node is told by the environment', async () => {
    const given = {
      NODE_OPTIONS: '--title=other',
      VSCODE_IPC_HOOK: 'x',
      ELECTRON_NO_ASAR: '1',
      HOME: '/home/x',
    };
    assert.deepEqual(ownEnvironment(given), { HOME: '/home/x', ELECTRON_RUN_AS_NODE: '1' });
    const { execArgv } = process;
    process.execArgv = ['--inspect=0'];
    try {
      const said = await told(
        'process.send([process.execArgv, require("node:inspector").url() ?? null, process.env.ELECTRON_RUN_AS_NODE])',
      );
      assert.deepEqual(said, [[], null, '1']);
    } finally {
      process.execArgv = execArgv;
    }
  });

  it('that is killed gives one sentence that names the signal', async () => {
    const failure = await new Promise<Failure>((resolve) => {
      const channel = new ProcessChannel(
        scriptOf('process.send("here"); setInterval(() => undefined, 1000);'),
        () => process.kill(channel.pid!, 'SIGKILL'),
        resolve,
      );
    });
    assert.match(textOf(failure.message), /^The process that trains was ended from outside \(SIGKILL\)/);
    assert.equal(failure.bug, false);
  });

  it('that crashes is a bug, with what it said last in the log', async () => {
    const { message, bug, detail } = await new Promise<Failure>((resolve) => {
      new ProcessChannel(scriptOf('console.error("last words"); process.abort();'), () => undefined, resolve);
    });
    assert.equal(textOf(message), 'A bug in Neuron Lens: The training process crashed (SIGABRT).');
    assert.equal(bug, true);
    assert.match(detail, /last words/);
  });
});

describe('a failure', () => {
  it('of a bug is told apart from a file that may not be read', () => {
    const { message, bug } = failureOf(Object.assign(new Error('EACCES: /secret.csv'), { code: 'EACCES' }));
    assert.equal(textOf(message), 'There is no permission to read the file.');
    assert.equal(bug, false);
  });
});
