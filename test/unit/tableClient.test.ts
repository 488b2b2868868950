import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CheckRequest } from '../../src/protocol/reader';

import { TableClient, type Checked } from '../../src/threads/tableClient';
import { textOf } from '../../src/host/text';
import { course } from './course';

const READER = path.resolve('out', 'programs', 'tableReader.js');

const asked = (file: string, wantsHash = false): CheckRequest => ({
  source: { kind: 'file', path: path.resolve(file) },
  settings: course,
  wantsHash,
});

/** The target of a table that was checked. */
function targetOf(checked: Checked | undefined): string {
  assert.ok(checked && 'table' in checked, JSON.stringify(checked));
  return checked.table.target;
}

describe('a table that is checked on the thread for reading', () => {
  let folder: string;
  let client: TableClient;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'neuron-lens-reading-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => client.dispose());

  /** A reader that answers with the id as the target, but for "hang" only once the file `go` is there. */
  function standIn(): string {
    const script = path.join(folder, 'standIn.js');
    writeFileSync(
      script,
      `const { parentPort, threadId } = require('node:worker_threads');
      parentPort.on('message', ({ id, settings }) => {
        const target = settings['data.target'];
        if (target === 'die') process.exit(3);
        if (target === 'hang') while (!require('node:fs').existsSync(__dirname + '/go'));
        parentPort.postMessage({ type: 'checked', id, table: { target: target + ' on ' + threadId }, hash: '' });
      });`,
    );
    return script;
  }
  const named = (name: string): CheckRequest => ({
    ...asked('any'),
    settings: { ...course, 'data.target': name },
  });
  const [nameOf, threadOf] = [0, 1].map(
    (part) => (checked: Checked | undefined) => targetOf(checked).split(' on ')[part],
  );

  it('comes with what it is, and with its hash where that is wanted', async () => {
    client = new TableClient(READER);
    const [iris, moons] = await Promise.all([
      client.check(asked('samples/iris.csv')),
      client.check(asked('samples/moons.csv', true)),
    ]);
    assert.equal(targetOf(iris), 'species');
    assert.equal(targetOf(moons), 'moon');
    assert.ok(iris && 'hash' in iris && moons && 'hash' in moons);
    assert.equal(iris.hash, '');
    assert.equal(moons.hash, createHash('sha256').update(readFileSync('samples/moons.csv')).digest('hex'));
  });

  it('does not load what trains', () => {
    assert.doesNotMatch(readFileSync(READER, 'latin1'), /WebAssembly/);
  });

  it('that cannot be read gives a failure, and the next one is read', async () => {
    client = new TableClient(READER);
    const [none, iris] = await Promise.all([
      client.check(asked('no/such.csv')),
      client.check(asked('samples/iris.csv')),
    ]);
    assert.ok(none && 'failure' in none);
    assert.match(textOf(none.failure.message), /no such file/);
    assert.equal(targetOf(iris), 'species');
  });

  it('is not read once it is aborted: before its turn, in it, or before it was asked for', async () => {
    client = new TableClient(standIn(), 1e9);
    const [first, second] = [new AbortController(), new AbortController()];
    const hanging = client.check(named('hang'), { signal: first.signal });
    const waiting = client.check(named('hang'), { signal: second.signal });
    const after = client.check(named('after'));
    second.abort();
    assert.equal(await waiting, undefined);
    first.abort();
    assert.equal(await hanging, undefined);
    assert.equal(nameOf(await after), 'after');
    assert.equal(await client.check(named('hang'), { signal: AbortSignal.abort() }), undefined);
  });

  it('that hangs holds up no other, and is still the answer when it comes', async () => {
    client = new TableClient(standIn(), 50);
    let answered = false;
    const hanging = client.check(named('hang')).finally(() => (answered = true));
    const others = await Promise.all([client.check(named('a')), client.check(named('b'))]);
    assert.deepEqual(others.map(nameOf), ['a', 'b']);
    assert.equal(answered, false);
    writeFileSync(path.join(folder, 'go'), '');
    assert.equal(nameOf(await hanging), 'hang');
    rmSync(path.join(folder, 'go'));
  });

  it('is undefined when the client is disposed of', async () => {
    client = new TableClient(standIn());
    const hanging = client.check(named('hang'));
    client.dispose();
    assert.equal(await hanging, undefined);
  });

  it('is read on the thread that read the one before', async () => {
    client = new TableClient(standIn());
    const first = await client.check(named('first'));
    assert.equal(threadOf(await client.check(named('second'))), threadOf(first));
  });

  it('is read on a new thread where the one before had nothing to do for long', async () => {
    client = new TableClient(standIn(), undefined, 1);
    const thread = async () => threadOf(await client.check(named('again')));
    const first = await thread();
    for (let last = first; last === first; last = await thread())
      await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('whose thread dies gives one failure, and the next one is read on another', async () => {
    client = new TableClient(standIn());
    const [dead, next] = await Promise.all([client.check(named('die')), client.check(named('next'))]);
    assert.ok(dead && 'failure' in dead);
    assert.match(textOf(dead.failure.message), /ended unexpectedly \(exit code 3\)/);
    assert.equal(nameOf(next), 'next');
  });
});
