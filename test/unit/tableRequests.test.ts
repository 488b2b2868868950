import * as assert from 'node:assert/strict';
import { TableRequests, type Read } from '../../src/host/tableRequests';

interface Reading {
  readonly file: string;
  readonly how: Parameters<Read<string>>[1];
  done(result: string | undefined): void;
}

/** Requests whose readings end when the test says so. */
function requestsOf() {
  const readings: Reading[] = [];
  const told: string[] = [];
  const requests = new TableRequests<string>(
    (file, how) => new Promise((resolve) => readings.push({ file, how, done: resolve })),
    (file) => told.push(file),
  );
  return { requests, readings, told };
}

describe('what is asked of tables', () => {
  it('is read once for all who ask for the same version, then and later', async () => {
    const { requests, readings, told } = requestsOf();
    const asked = [requests.ask('a', '1'), requests.ask('a', '1')];
    assert.equal(requests.known('a', '1'), undefined);
    readings[0].done('table');
    assert.deepEqual(await Promise.all(asked), ['table', 'table']);
    assert.equal(await requests.ask('a', '1'), 'table');
    assert.equal(requests.known('a', '1'), 'table');
    assert.equal(requests.known('a', '2'), undefined);
    assert.equal(readings.length, 1);
    assert.deepEqual(told, ['a']);
    assert.deepEqual(requests.files, [['a', '1']]);
  });

  it('is superseded by a newer version, whose table all who wait get', async () => {
    const { requests, readings, told } = requestsOf();
    const asked = ['1', '2', '3'].map((version) => requests.ask('a', version));
    assert.deepEqual(
      readings.map(({ how }) => how.signal.aborted),
      [true, true, false],
    );
    readings[0].done('too late');
    readings[1].done(undefined);
    readings[2].done('new');
    assert.deepEqual(await Promise.all(asked), ['new', 'new', 'new']);
    assert.equal(requests.known('a', '1'), undefined);
    assert.deepEqual(told, ['a']);
  });

  it('leaves other files alone', () => {
    const { requests, readings } = requestsOf();
    void requests.ask('a', '1');
    void requests.ask('b', '1');
    void requests.ask('b', '2');
    assert.deepEqual(
      readings.map(({ file, how }) => [file, how.signal.aborted]),
      [
        ['a', false],
        ['b', true],
        ['b', false],
      ],
    );
  });

  it('lets each caller stop waiting on its own, and ends when nobody waits any more', async () => {
    const { requests, readings } = requestsOf();
    const [one, other] = [new AbortController(), new AbortController()];
    const shares: number[] = [];
    const first = requests.ask('a', '1', { signal: one.signal });
    const second = requests.ask('a', '1', {
      signal: other.signal,
      onProgress: (share) => shares.push(share),
    });
    one.abort();
    assert.equal(await first, undefined);
    assert.ok(!readings[0].how.signal.aborted);
    readings[0].how.onProgress(0.5);
    other.abort();
    assert.equal(await second, undefined);
    assert.ok(readings[0].how.signal.aborted);
    assert.deepEqual(shares, [0.5]);
    const third = requests.ask('a', '1');
    readings[1].done('table');
    assert.equal(await third, 'table');
  });

  it('begins nothing for a caller that was cancelled before', async () => {
    const { requests, readings } = requestsOf();
    assert.equal(await requests.ask('a', '1', { signal: AbortSignal.abort() }), undefined);
    assert.equal(readings.length, 0);
  });

  it('is read anew when it is forgotten, for those who wait as well', async () => {
    const { requests, readings } = requestsOf();
    const asked = requests.ask('a', '1');
    requests.forget('a', '2');
    assert.ok(readings[0].how.signal.aborted);
    readings[1].done('new');
    assert.equal(await asked, 'new');
    assert.equal(requests.known('a', '2'), 'new');
    requests.forget('a', '2');
    assert.equal(requests.known('a', '2'), undefined);
    void requests.ask('a', '2');
    assert.equal(readings.length, 3);
  });

  it('comes to nothing when all is disposed of', async () => {
    const { requests, readings } = requestsOf();
    const asked = ['a', 'b'].map((file) => requests.ask(file, '1'));
    requests.dispose();
    assert.deepEqual(await Promise.all(asked), [undefined, undefined]);
    assert.ok(readings.every(({ how }) => how.signal.aborted));
  });
});
