import * as assert from 'node:assert/strict';
import { serialize } from 'node:v8';
import type * as vscode from 'vscode';
import type { ToWebview } from '../../src/protocol/lens';
import type { Session } from '../../src/host/session';
import { Lens } from '../../src/host/lens';
import { parameterCount, type Network } from '../../src/core/network';
import { MOST_POINTS } from '../../src/core/history';

const MOST_BYTES = 256_000;

/** The part of a webview that a Lens uses, which keeps what is posted. */
function fakeWebview() {
  const posted: ToWebview[] = [];
  let listener: (message: unknown) => void = () => undefined;
  const webview = {
    postMessage: (message: ToWebview) => Promise.resolve(posted.push(message) > 0),
    onDidReceiveMessage: (listen: typeof listener) => {
      listener = listen;
      return { dispose: () => undefined };
    },
  } as unknown as vscode.Webview;
  return { webview, posted, say: (message: unknown) => listener(message) };
}

/** A session on a table as wide and long as any. */
function wideSession(): Session {
  const network: Network = { sizes: [10_000, 16, 3], hidden: 'tanh', output: 'softmax' };
  const count = 50;
  const point = (epoch: number) => ({ epoch, trainCost: 1, testCost: 1, trainScore: 0.5, testScore: 0.5 });
  return {
    id: 'one',
    uri: { path: '/wide.csv', toString: () => 'file:///wide.csv' },
    status: 'running',
    epochs: 10,
    learningRate: 0.3,
    marks: [],
    measure: point(MOST_POINTS),
    points: Array.from({ length: MOST_POINTS }, (_, epoch) => point(epoch)),
    interval: 1,
    network,
    parameters: new Float64Array(parameterCount(network)).fill(0.1),
    sample: {
      count,
      X: new Float64Array(network.sizes[0] * count),
      y: new Float64Array(count),
      test: new Uint8Array(count),
      lines: new Int32Array(count),
    },
    dataset: {
      features: Array.from({ length: 10_000 }, (_, i) => ({
        name: `a rather long name of a column, number ${i} `.padEnd(300, 'x'),
        mean: 0.1,
        deviation: 1.1,
      })),
      classes: Array.from({ length: 100 }, (_, k) => `class ${k}`),
      notices: Array.from({ length: 10_000 }, (_, k) => `column ${k} is left out`),
    },
    notices: [],
    failure: null,
    pending: [],
    settings: { 'training.seed': 1 },
    ways: [],
  } as unknown as Session;
}

describe('what a Lens sends', () => {
  it('is never more than 256 kB in one message, and all of it arrives', () => {
    const { webview, posted, say } = fakeWebview();
    const session = wideSession();
    new Lens(
      webview,
      session,
      () => true,
      () => undefined,
    );
    say({ type: 'ready' });
    const sizes = posted.map((message) => serialize(message).length);
    assert.ok(Math.max(...sizes) <= MOST_BYTES, `${Math.max(...sizes)} bytes`);
    for (const [key, length] of [
      ['X', session.sample?.X.length],
      ['parameters', session.parameters?.length],
      ['history', MOST_POINTS * 5],
    ] as const) {
      const parts = posted.filter((m) => m.type === 'numbers' && m.key === key);
      assert.equal(
        parts.reduce((sum, m) => sum + (m.type === 'numbers' ? m.values.length : 0), 0),
        length,
        key,
      );
    }
    assert.equal(posted.at(-1)?.type, 'frame');
  });

  it('waits until the last frame is drawn: one is on its way at a time', () => {
    const { webview, posted, say } = fakeWebview();
    const lens = new Lens(
      webview,
      wideSession(),
      () => true,
      () => undefined,
    );
    const frames = () => posted.filter(({ type }) => type === 'frame').length;
    say({ type: 'ready' });
    lens.update();
    lens.update();
    assert.equal(frames(), 1);
    say({ type: 'drawn' });
    assert.equal(frames(), 2, 'what changed meanwhile comes as one frame');
    say({ type: 'drawn' });
    assert.equal(frames(), 2, 'nothing is sent when nothing changed');
  });

  it('sends the new points alone, and the whole curve once it has been thinned', () => {
    const { webview, posted, say } = fakeWebview();
    const session = wideSession() as { interval: number; points: Session['points'] };
    const lens = new Lens(
      webview,
      session as Session,
      () => true,
      () => undefined,
    );
    const curves = () =>
      posted.flatMap((m) =>
        m.type === 'numbers' && (m.key === 'points' || m.key === 'history')
          ? [[m.key, m.values.length / 5]]
          : [],
      );
    say({ type: 'ready' });
    const [first] = session.points;
    session.points = [...session.points, { ...first, epoch: MOST_POINTS }];
    say({ type: 'drawn' });
    lens.update();
    say({ type: 'drawn' });
    session.interval = 2;
    session.points = session.points.filter(({ epoch }) => epoch % 2 === 0);
    lens.update();
    assert.deepEqual(curves(), [
      ['history', MOST_POINTS],
      ['points', 1],
      ['history', MOST_POINTS / 2 + 1],
    ]);
  });

  it('is nothing while nobody looks, and a whole picture afterwards', () => {
    const { webview, posted, say } = fakeWebview();
    let visible = false;
    const lens = new Lens(
      webview,
      wideSession(),
      () => visible,
      () => undefined,
    );
    say({ type: 'ready' });
    assert.equal(posted.length, 0);
    visible = true;
    lens.update();
    assert.ok(posted.some((m) => m.type === 'numbers' && m.key === 'X'));
  });

  it('does not take messages that are none', () => {
    const { webview, say } = fakeWebview();
    new Lens(
      webview,
      undefined,
      () => true,
      () => undefined,
    );
    assert.throws(() => say({ type: 'action', action: 'format the disk' }));
    assert.throws(() => say({ type: 'showLine', line: -1 }));
  });
});
