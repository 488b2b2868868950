import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { Action, FromWebview, NumbersKey, RunView, ToWebview } from '../protocol/lens';
import type { Session } from './session';
import { failureText, fileName } from './text';

/** 240 kB of float64 in a message, below the promised 256 kB with its envelope. */
const MOST_NUMBERS = 30_000;
/** Names of up to 400 bytes, with their scale. */
const MOST_FEATURES = 500;

const actions = [
  'train',
  'pause',
  'resume',
  'stop',
  'step',
  'restart',
  'continue',
  'skipToEnd',
  'openSettings',
  'showFile',
  'showLog',
] as const satisfies readonly Action[];

const fromWebview = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('drawn') }),
  v.object({ type: v.literal('action'), action: v.picklist(actions) }),
  v.object({ type: v.literal('showLine'), line: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
]);

/** What a Lens may ask for beyond its own drawing. */
export type Asked = Exclude<FromWebview, { type: 'ready' } | { type: 'drawn' }>;

/**
 * One webview that shows a session. It gets a snapshot when it says it is ready, then what is new, one
 * frame at a time: the next is sent when the last has been drawn, so a slow webview skips frames.
 */
export class Lens implements vscode.Disposable {
  private ready = false;
  private inFlight = false;
  private stale = false;
  /** What the webview already has of the session it shows. */
  private sent = { run: '', sample: false, interval: 0, lastEpoch: -1 };
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly webview: vscode.Webview,
    private session: Session | undefined,
    private readonly isVisible: () => boolean,
    ask: (asked: Asked, session: Session | undefined) => void,
  ) {
    this.subscription = webview.onDidReceiveMessage((raw: unknown) => {
      const message = v.parse(fromWebview, raw);
      switch (message.type) {
        case 'ready':
          this.ready = true;
          this.inFlight = false;
          this.sent = { run: '', sample: false, interval: 0, lastEpoch: -1 };
          this.update();
          return;
        case 'drawn':
          this.inFlight = false;
          if (this.stale) this.update();
          return;
        case 'action':
        case 'showLine':
          ask(message, this.session);
          return;
        default:
          message satisfies never;
      }
    });
  }

  get shown(): Session | undefined {
    return this.session;
  }

  get visible(): boolean {
    return this.isVisible();
  }

  show(session: Session | undefined): void {
    this.session = session;
    this.update();
  }

  /** Sends what is new; keeps it for later while a frame is on its way or nobody looks. */
  update(): void {
    this.stale = true;
    if (!this.ready || this.inFlight || !this.isVisible()) return;
    this.stale = false;
    const { session } = this;
    if (!session) {
      this.sent = { run: '', sample: false, interval: 0, lastEpoch: -1 };
      this.post({ type: 'run', run: null });
      return;
    }
    const first = this.sent.run !== session.id;
    if (first) this.sent = { run: session.id, sample: false, interval: 0, lastEpoch: -1 };
    this.post({ type: 'run', run: runView(session) });
    if (session.dataset && session.sample && !this.sent.sample) {
      const { features } = session.dataset;
      for (let offset = 0; offset < features.length; offset += MOST_FEATURES) {
        const part = features.slice(offset, offset + MOST_FEATURES);
        this.post({ type: 'features', run: session.id, offset, features: part });
      }
      const { X, y, test, lines } = session.sample;
      this.numbers('X', X);
      this.numbers('y', y);
      this.numbers('test', Float64Array.from(test));
      this.numbers('lines', Float64Array.from(lines));
      this.sent.sample = true;
    }
    // A curve that has been thinned is sent whole, so that it is the same however often it was sent before.
    const thinned = session.interval !== this.sent.interval;
    const points = session.points.filter(({ epoch }) => thinned || epoch > this.sent.lastEpoch);
    if (points.length > 0) {
      this.sent.lastEpoch = points[points.length - 1].epoch;
      this.sent.interval = session.interval;
      this.numbers(
        thinned ? 'history' : 'points',
        Float64Array.from(
          points.flatMap((m) => [m.epoch, m.trainCost, m.testCost ?? NaN, m.trainScore, m.testScore ?? NaN]),
        ),
      );
    }
    if (session.parameters && session.network) this.numbers('parameters', session.parameters);
    this.inFlight = true;
    this.post({ type: 'frame', run: session.id });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private numbers(key: NumbersKey, values: Float64Array): void {
    const run = this.sent.run;
    for (let offset = 0; offset < values.length; offset += MOST_NUMBERS) {
      // A copy: a view would be sent with the whole of its buffer.
      const part = values.slice(offset, offset + MOST_NUMBERS);
      this.post({ type: 'numbers', run, key, offset, total: values.length, values: part });
    }
  }

  private post(message: ToWebview): void {
    void this.webview.postMessage(message);
  }
}

function runView(session: Session): RunView {
  const { dataset, failure } = session;
  return {
    id: session.id,
    uri: session.uri.toString(),
    file: fileName(session),
    status: session.status,
    reading: session.reading,
    epochs: session.epochs,
    learningRate: session.learningRate,
    learningRateIsAuto: session.learningRateIsAuto,
    ways: session.ways,
    measure: session.measure,
    penalty: session.penalty,
    marks: session.marks,
    dataset:
      dataset &&
      (({ features, notices: _notices, ...rest }) => ({ ...rest, featureCount: features.length }))(dataset),
    network: session.network,
    sampleCount: session.sample?.count ?? 0,
    notices: session.notices,
    failure: failure && {
      text: failureText(session),
      line: failure.place?.line ?? null,
      bug: failure.bug,
    },
    pending: session.pending,
    canGoOn: session.canGoOn,
    seed: session.settings['training.seed'],
    paced: session.paced,
    framesPerSecond: session.framesPerSecond,
  };
}
