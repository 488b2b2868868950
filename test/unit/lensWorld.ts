import { serialize } from 'node:v8';
import type * as vscode from 'vscode';
import { curvePoint, MOST_POINTS } from '../../src/core/history';
import { parameterCount, type Network } from '../../src/core/network';
import type { Measure } from '../../src/core/trainer';
import { Lens, type Asked } from '../../src/host/lens';
import type { ToWebview } from '../../src/protocol/lens';
import type { Request } from '../../src/protocol/lensRequests';
import type { Shown } from '../../src/session/shown';
import { plainSettings } from '../../src/settings/automatic';
import { course } from './course';

export const MOST_BYTES = 256_000;

/** A Lens on a webview that keeps what is posted. */
export function lensOn(
  session: Shown | undefined,
  more: Partial<ConstructorParameters<typeof Lens>[0]> = {},
) {
  const posted: ToWebview[] = [];
  const logged: string[] = [];
  const asked: Asked[] = [];
  let listener: (message: unknown) => void = () => undefined;
  const webview = {
    postMessage: (message: ToWebview) => Promise.resolve(posted.push(message) > 0),
    onDidReceiveMessage: (listen: typeof listener) => {
      listener = listen;
      return { dispose: () => undefined };
    },
  } as unknown as vscode.Webview;
  const lens = new Lens({
    webview,
    session,
    place: () => ({ uri: session?.uri ?? null, pinned: false, back: null }),
    isVisible: () => true,
    ask: (request) => Promise.resolve(asked.push(request)),
    rowAt: () => Promise.resolve(null),
    answering: () => ({ ask: () => Promise.resolve(null), unask: () => undefined }),
    log: (message) => logged.push(message),
    ...more,
  });
  let id = 0;
  const request = (asks: Request) => say({ type: 'request', id: id++, request: asks });
  const say = (message: unknown) => listener(message);
  const of = <T extends ToWebview['type']>(type: T) =>
    posted.filter((message): message is Extract<ToWebview, { type: T }> => message.type === type);
  return { lens, posted, logged, asked, say, request, of, hello: () => request({ type: 'hello' }) };
}

export const point = (epoch: number): Measure => ({
  epoch,
  trainCost: 1,
  testCost: 1,
  trainScore: 0.5,
  testScore: 0.5,
});

export type Changing = { -readonly [K in keyof Shown]: Shown[K] };

export function session(change: Partial<Shown> = {}): Changing {
  return {
    id: 'one',
    uri: 'file:///folder/small.csv',
    status: 'running',
    reading: null,
    epochs: 10,
    continueEpochs: 10,
    learningRate: 0.3,
    learningRateIsAuto: false,
    ways: [],
    measure: point(3),
    penalty: 0,
    baselines: null,
    marks: [],
    notices: [],
    failure: null,
    pending: [],
    canGoOn: true,
    paced: true,
    settings: plainSettings(course, {}),
    diverged: null,
    dataset: null,
    network: null,
    sample: null,
    parameters: null,
    points: [],
    ...change,
  };
}

/** A session on a table as wide and long as any, of names, classes and notices as long as any. */
export function wideSession(): Changing {
  const network: Network = { sizes: [10_000, 16, 3], hidden: 'tanh', output: 'softmax' };
  const count = 50;
  // What takes most room on the way: each of them is escaped.
  const long = (n: number) => `${n}`.padEnd(5000, '\u0001');
  return session({
    measure: point(MOST_POINTS),
    points: Array.from({ length: MOST_POINTS }, (_, epoch) => curvePoint(point(epoch))),
    network,
    parameters: new Float64Array(parameterCount(network)).fill(0.1),
    notices: Array.from({ length: 31 }, (_, k) => long(k)),
    marks: Array.from({ length: 1000 }, (_, epoch) => ({ epoch, text: long(epoch) })),
    sample: {
      count,
      X: new Float64Array(network.sizes[0] * count),
      y: new Float64Array(count),
      test: new Uint8Array(count),
      lines: new Int32Array(count),
    },
    dataset: {
      features: Array.from({ length: 10_000 }, (_, i) => ({ name: long(i), mean: 0.1, deviation: 1.1 })),
      target: long(1),
      targetReason: { code: 'usual-name', args: { name: long(2) } },
      task: 'multiclass',
      targetScale: { mean: 0, deviation: 1 },
      dialect: null,
      rows: 100,
      columns: 10_001,
      trainRows: 80,
      testRows: 20,
      skippedRows: 0,
      hash: '',
      classes: Array.from({ length: 100 }, (_, k) => long(k)),
      notices: [],
    },
  });
}

/** The bytes of a message: as text, for numbers go beside it as they are. */
export const sizeOf = (message: ToWebview): number =>
  Math.max(serialize(message).length, JSON.stringify({ ...message, values: [] }).length);
