import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { HELLO, type FromWebview } from '../../src/protocol/lens';
import { Bridge, PATIENCE_MS, type Shown } from '../../webview/bridge';

describe('the bridge of the webview', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  function bridge() {
    const posted: FromWebview[] = [];
    const taken: Shown[] = [];
    const logged: string[] = [];
    const made = new Bridge(
      { postMessage: (message) => void posted.push(message) },
      { take: (message) => void taken.push(message), log: (message) => void logged.push(message) },
    );
    const asked = () => posted.flatMap((message) => (message.type === 'request' ? [message] : []));
    const answer = (id: number, what: object = { ok: true }) =>
      made.receive({ type: 'answer', id, answer: what });
    return { bridge: made, asked, taken, logged, answer };
  }

  it('gives each request an id, and its answer to whoever asked', async () => {
    const { bridge: made, asked, answer } = bridge();
    const first = made.request({ type: 'action', action: 'pause' });
    const second = made.request({ type: 'action', action: 'undo' });
    assert.deepEqual(
      asked().map(({ id }) => id),
      [1, 2],
    );
    answer(2, { err: 'There is nothing to bring back.' });
    answer(1);
    assert.deepEqual(await first, { ok: true });
    assert.deepEqual(await second, { err: 'There is nothing to bring back.' });
  });

  it('says why what a person asked for was refused, until they ask for something else', async () => {
    const { bridge: made, answer } = bridge();
    const refused = made.send({ type: 'action', action: 'undo' });
    answer(1, { err: 'There is nothing to bring back.' });
    await refused;
    assert.equal(made.refusal.value, 'There is nothing to bring back.');
    void made.send({ type: 'action', action: 'pause' });
    assert.equal(made.refusal.value, '');
  });

  it('says within 3 s that nobody answers, and stops when somebody does', () => {
    const { bridge: made, asked } = bridge();
    void made.request({ type: 'action', action: 'pause' });
    mock.timers.tick(PATIENCE_MS / 2);
    mock.timers.tick(PATIENCE_MS / 2 - 1);
    assert.equal(made.silent.value, false);
    mock.timers.tick(1);
    assert.equal(PATIENCE_MS, 3000);
    assert.equal(made.silent.value, true);
    made.ping();
    assert.deepEqual(
      asked().at(-1)?.request,
      { type: 'hello' },
      'a host that has started anew knows nothing',
    );
    made.receive({ type: 'run', run: null });
    assert.equal(made.silent.value, false);
  });

  it('counts the hosts that have met it: one that has started anew has to be told what is wanted', async () => {
    const { bridge: made, answer } = bridge();
    const first = made.hello();
    assert.equal(made.greetings.value, 0);
    answer(1);
    await first;
    assert.equal(made.greetings.value, 1);
    const again = made.hello();
    answer(2);
    await again;
    assert.equal(made.greetings.value, 2);
  });

  it('takes what the page has heard before it, and has been met once that is answered', async () => {
    const { bridge: made, asked, taken } = bridge();
    await made.greeted([
      { type: 'run', run: null },
      { type: 'answer', id: HELLO.id, answer: { ok: true } },
    ]);
    assert.deepEqual(taken, [{ type: 'run', run: null }]);
    assert.equal(made.greetings.value, 1);
    assert.deepEqual(asked(), [], 'the page has said it already');
    mock.timers.tick(10 * PATIENCE_MS);
    assert.equal(made.silent.value, false);
  });

  it('says that nobody answers where the page has asked in vain', () => {
    const { bridge: made } = bridge();
    void made.greeted([]);
    mock.timers.tick(PATIENCE_MS / 2);
    mock.timers.tick(PATIENCE_MS / 2);
    assert.equal(made.silent.value, true);
  });

  it('is patient with a host that takes its time but is there', () => {
    const { bridge: made, asked, answer } = bridge();
    void made.request({ type: 'action', action: 'train' });
    for (let waited = 0; waited < 20; waited++) {
      mock.timers.tick(PATIENCE_MS / 2);
      const last = asked().at(-1);
      assert.deepEqual(last?.request, { type: 'ping' });
      answer(last?.id ?? -1);
      assert.equal(made.silent.value, false);
    }
  });

  it('waits for nothing once all is answered', () => {
    const { bridge: made, asked, answer } = bridge();
    void made.request({ type: 'ping' });
    answer(1);
    mock.timers.tick(10 * PATIENCE_MS);
    assert.equal(made.silent.value, false);
    assert.equal(asked().length, 1);
  });

  it('logs a message that is none once, and goes on', () => {
    const { bridge: made, taken, logged } = bridge();
    for (const raw of [
      null,
      7,
      { type: 'run' },
      { type: 'numbers', run: 'a', values: [1] },
      { type: 'dance' },
    ]) {
      made.receive(raw);
    }
    made.receive({ type: 'run', run: null });
    assert.equal(logged.length, 1);
    assert.deepEqual(taken, [{ type: 'run', run: null }]);
  });
});
