import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type * as vscode from 'vscode';
import { cut } from '../core/format';
import { encodePoints } from '../core/history';
import { encodeLayerPoints, type LayerPoint } from '../core/layerCurve';
import { numbersOf } from '../core/measures';
import type { Measure } from '../core/trainer';
import {
  fromWebview,
  type Answer,
  type FromWebview,
  type NumbersKey,
  type Request,
  type SavePart,
  type ToWebview,
} from '../protocol/lens';
import type { ExerciseRow, HandlesView } from '../protocol/lensViews';
import { apart, type AnswerToLens, type QuestionOfLens } from '../protocol/ask';
import type { Sample } from '../train/sample';
import type { Experiment } from '../session/lab';
import { experimentView, liveView, runRows, runView, type Shown } from '../session/view';
import { UserError } from '../data/userError';
import { message } from '../data/message';
import { PictureParts, type WholePicture } from './pictureParts';
import { textOf } from './text';

/** 240 kB of float64 in a message, below the promised 256 kB with its envelope. */
const MOST_NUMBERS = 30_000;
/** Names of 200 characters, which are 1200 bytes each where all of them have to be escaped. */
const MOST_NAMES = 200;

/** What a Lens may ask for beyond its own drawing. */
export type Asked =
  | Exclude<Request, { type: 'hello' | 'ping' | 'exercises' | 'lab' | 'ask' | 'unask' } | SavePart>
  | WholePicture;

/** Answers questions about a run. */
export interface Answering {
  ask(
    question: QuestionOfLens,
    asker: string,
    onNearly: (share: number, answer: AnswerToLens | null) => void,
  ): Promise<AnswerToLens | null>;
  unask(asker: string): void;
}

export interface Place {
  readonly uri: string | null;
  readonly pinned: boolean;
  /** The name of the file with a run that it can go back to. */
  readonly back: string | null;
}

export interface LensOptions<S extends Shown> {
  readonly webview: vscode.Webview;
  readonly session: S | undefined;
  /** Which file it is on, and whether it stays there: the webview keeps it for the tab that comes back after a reload. */
  place(): Place;
  isVisible(): boolean;
  /** Does what is asked for; what it throws is said in the Lens. */
  ask(asked: Asked, session: S | undefined): Promise<unknown>;
  /** Who knows more of a session than is shown. */
  answering(session: S): Answering;
  log(message: string): void;
}

/** What the webview already has. */
interface Sent {
  readonly place: string;
  readonly run: string;
  /** What the run's view and its arrays were made from. */
  readonly still: readonly unknown[];
  readonly points: number;
  readonly lastPoint: Measure | undefined;
  readonly ghost: readonly Measure[] | null;
  readonly layers: number;
  readonly lastLayers: LayerPoint | undefined;
  /** The list of runs, and of the curves the last point each. */
  readonly runs: string;
  readonly curves: ReadonlyMap<string, Measure | undefined>;
  readonly handles: HandlesView | undefined;
  readonly frozen: ReadonlySet<number> | undefined;
  readonly exercises: readonly ExerciseRow[] | undefined;
  readonly experiments: readonly Experiment[];
}

const NOTHING_FROZEN: ReadonlySet<number> = new Set();

const NOTHING: Sent = {
  place: '',
  run: '',
  still: [],
  points: 0,
  lastPoint: undefined,
  ghost: null,
  layers: 0,
  lastLayers: undefined,
  runs: '',
  curves: new Map(),
  handles: undefined,
  frozen: undefined,
  exercises: undefined,
  experiments: [],
};

const WANTS_NOTHING = { runs: false, overlaid: [], exercises: false } as const;

/**
 * One webview that shows a session. It gets a snapshot when it says hello, then what is new, one frame at a
 * time: the next is sent when the last has been drawn, so a slow webview skips frames.
 */
export class Lens<S extends Shown = Shown> implements vscode.Disposable {
  /** Those who ask in another Lens are others, whatever they are called. */
  private readonly id = randomUUID();
  private ready = false;
  private inFlight = false;
  private stale = false;
  private sent = NOTHING;
  private version = 0;
  private hasLoggedMalformed = false;
  /** What the Lens wants of the other runs of the file, and whether it wants the exercises. */
  private wants: {
    readonly runs: boolean;
    readonly overlaid: readonly string[];
    readonly exercises: boolean;
  } = WANTS_NOTHING;
  private wantsLab = false;
  private session: S | undefined;
  private readonly pictures = new PictureParts();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly options: LensOptions<S>) {
    this.session = options.session;
    this.subscription = options.webview.onDidReceiveMessage((raw: unknown) => {
      const parsed = v.safeParse(fromWebview, raw);
      if (parsed.success) this.receive(parsed.output);
      else this.logMalformed(v.summarize(parsed.issues));
    });
  }

  get shown(): S | undefined {
    return this.session;
  }

  get visible(): boolean {
    return this.options.isVisible();
  }

  show(session: S | undefined): void {
    this.session = session;
    this.update();
  }

  /** The editor's cursor is on a line of the file, from 1. */
  showRow(line: number): void {
    if (!this.ready || !this.session || !this.options.isVisible()) return;
    this.post({ type: 'row', uri: this.session.uri, line });
  }

  /** Sends what is new; keeps it for later while a frame is on its way or nobody looks. */
  update(): void {
    this.stale = true;
    if (!this.ready || this.inFlight || !this.options.isVisible()) return;
    this.stale = false;
    const { session } = this;
    this.sendPlace();
    const { place } = this.sent;
    if (!session) {
      this.sent = { ...NOTHING, place };
      this.post({ type: 'run', run: null });
      return;
    }
    if (this.sent.run !== session.id) this.sent = { ...NOTHING, place, run: session.id };
    this.sendStill(session);
    this.post({ type: 'live', ...this.address, live: liveView(session, textOf) });
    this.sendHandles(session);
    this.sendCurves(session);
    if (session.parameters && session.network) this.sendNumbers('parameters', session.parameters);
    this.sendFrozen(session);
    this.sendRuns(session);
    this.sendExercises(session);
    this.sendExperiments(session);
    this.inFlight = true;
    this.post({ type: 'frame', run: session.id });
  }

  dispose(): void {
    this.pictures.clear();
    this.subscription.dispose();
  }

  private receive(message: FromWebview): void {
    switch (message.type) {
      case 'drawn':
        this.inFlight = false;
        if (this.stale) this.update();
        return;
      case 'request':
        void this.answer(message.id, message.request);
        return;
      default:
        message satisfies never;
    }
  }

  private async answer(id: number, request: Request): Promise<void> {
    let answer: Answer = { ok: true };
    switch (request.type) {
      case 'ping':
        break;
      case 'hello':
        this.ready = true;
        this.inFlight = false;
        this.sent = NOTHING;
        this.pictures.clear();
        this.wants = WANTS_NOTHING;
        this.wantsLab = false;
        this.update();
        break;
      case 'runs':
        this.wants = { ...this.wants, runs: request.wanted, overlaid: request.overlaid };
        answer = await this.said(() => this.options.ask(request, this.session));
        this.update();
        break;
      case 'exercises':
        this.wants = { ...this.wants, exercises: request.wanted };
        this.update();
        break;
      case 'lab':
        this.wantsLab = request.wanted;
        this.update();
        break;
      case 'exercise':
      case 'guess':
      case 'predicted':
      case 'experiment':
      case 'endExperiment':
      case 'adopt':
      case 'action':
      case 'showLine':
      case 'remedy':
      case 'showRun':
      case 'nameRun':
      case 'deleteRun':
      case 'undeleteRun':
      case 'answer':
      case 'try':
      case 'set':
      case 'reset':
      case 'branch':
      case 'editByHand':
        answer = await this.said(() => this.options.ask(request, this.session));
        break;
      case 'ask':
        answer = await this.said(() => this.askTrainer(id, request));
        break;
      case 'unask':
        if (this.session) this.options.answering(this.session).unask(this.askerOf(request));
        break;
      case 'save':
        answer = await this.said(async () => {
          const picture = this.pictures.take(request);
          if (picture) await this.options.ask(picture, this.session);
        });
        break;
      default:
        request satisfies never;
    }
    this.post({ type: 'answer', id, answer });
  }

  /** What comes of it: what it throws is a sentence. */
  private async said(what: () => Promise<unknown>): Promise<Answer> {
    try {
      await what();
      return { ok: true };
    } catch (error) {
      this.options.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { err: this.whyOf(error) };
    }
  }

  private whyOf(error: unknown): string {
    const why =
      error instanceof UserError
        ? textOf(error.said)
        : String(error instanceof Error ? error.message : error);
    return cut(why, 1000);
  }

  /** A question that another has taken the place of is not answered. */
  private async askTrainer(id: number, request: Request & { type: 'ask' }): Promise<void> {
    if (!this.session) throw new UserError(message('cannot-go-back', { why: 'no weights' }));
    const answering = this.options.answering(this.session);
    const answer = await answering.ask(request.question, this.askerOf(request), (share, near) =>
      this.post({ type: 'nearly', id, share, fields: near && this.sendParts(id, near) }),
    );
    if (answer) this.post({ type: 'answered', id, fields: this.sendParts(id, answer) });
  }

  private askerOf({ asker }: { readonly asker: string }): string {
    return `${this.id} ${asker}`;
  }

  /** Sends the arrays of an answer; returns what is left of it. */
  private sendParts(id: number, answer: AnswerToLens): ReturnType<typeof apart>['fields'] {
    const { fields, arrays } = apart(answer);
    for (const [name, values] of arrays) {
      for (const part of partsOf(values)) this.post({ type: 'part', id, name, ...part });
    }
    return fields;
  }

  private sendPlace(): void {
    const { uri, pinned, back } = this.options.place();
    const place = JSON.stringify([uri, pinned, back]);
    if (place === this.sent.place) return;
    this.sent = { ...this.sent, place };
    this.post({ type: 'place', uri, pinned, back });
  }

  private sendHandles({ handles }: S): void {
    if (!handles || handles === this.sent.handles) return;
    this.sent = { ...this.sent, handles };
    this.post({ type: 'handles', ...this.address, handles });
  }

  /** The run and the arrays that belong to it, when one of them has changed. */
  private sendStill(session: S): void {
    const { uri, dataset, network, sample } = session;
    const still = [uri.toString(), dataset, network, sample];
    if (this.sent.still.length > 0 && still.every((part, k) => part === this.sent.still[k])) return;
    this.sent = { ...this.sent, still };
    this.version++;
    const { version } = this;
    this.post({ type: 'run', run: runView(session, version, textOf) });
    if (!dataset || !sample) return;
    const { features } = dataset;
    for (let offset = 0; offset < features.length; offset += MOST_NAMES) {
      const names = features.slice(offset, offset + MOST_NAMES).map(({ name }) => cut(name));
      this.post({ type: 'features', ...this.address, offset, names });
    }
    this.sendNumbers(
      'scales',
      Float64Array.from(features.flatMap(({ mean, deviation }) => [mean, deviation])),
    );
    this.sendSample(sample);
  }

  private sendSample({ X, y, test, lines }: Sample): void {
    this.sendNumbers('X', X);
    this.sendNumbers('y', y);
    this.sendNumbers('test', Float64Array.from(test));
    this.sendNumbers('lines', Float64Array.from(lines));
  }

  private sendCurves({ points, ghost = null, layers = [] }: S): void {
    const ofRun = freshOf(points, this.sent.points, this.sent.lastPoint);
    if (ofRun.changed) this.sendNumbers(ofRun.goesOn ? 'points' : 'history', encodePoints(ofRun.fresh));
    const ofLayers = freshOf(layers, this.sent.layers, this.sent.lastLayers);
    if (ofLayers.changed) {
      this.sendNumbers(ofLayers.goesOn ? 'layerPoints' : 'layerHistory', encodeLayerPoints(ofLayers.fresh));
    }
    if (ghost !== this.sent.ghost) this.sendNumbers('ghost', numbersOf(ghost ?? []));
    this.sent = { ...this.sent, points: points.length, lastPoint: points.at(-1), ghost };
    this.sent = { ...this.sent, layers: layers.length, lastLayers: layers.at(-1) };
  }

  private sendFrozen({ frozen = NOTHING_FROZEN }: S): void {
    if (frozen === this.sent.frozen) return;
    this.sent = { ...this.sent, frozen };
    this.sendNumbers('frozen', Float64Array.from(frozen));
  }

  /** The other runs of the file, where they are wanted and have changed. */
  private sendRuns(session: S): void {
    // Nearly always nobody looks at them, and this is asked with every frame.
    if (!this.wants.runs && this.wants.overlaid.length === 0) {
      this.sent = { ...this.sent, runs: '', curves: NOTHING.curves };
      return;
    }
    const rows = this.wants.runs ? runRows(session) : [];
    const canUndelete = session.canUndelete ?? false;
    const text = JSON.stringify([
      rows.map((row) => ({ ...row, measure: [...(row.measure ?? [])] })),
      canUndelete,
    ]);
    if (this.wants.runs && text !== this.sent.runs) this.post({ type: 'runs', rows, canUndelete });
    const overlaid = (session.runs ?? []).filter(({ id }) => this.wants.overlaid.includes(id));
    for (const { id, points } of overlaid) {
      if (this.sent.curves.has(id) && this.sent.curves.get(id) === points.at(-1)) continue;
      this.post({ type: 'curve', of: id, points: encodePoints(points) });
    }
    const curves = new Map(overlaid.map(({ id, points }) => [id, points.at(-1)]));
    this.sent = { ...this.sent, runs: this.wants.runs ? text : '', curves };
  }

  private sendExercises(session: S): void {
    const exercises = this.wants.exercises ? session.exercises : undefined;
    if (exercises && exercises !== this.sent.exercises) this.post({ type: 'exercises', rows: exercises });
    this.sent = { ...this.sent, exercises };
  }

  /** The experiments of the Lab, where they are wanted: of each that has moved how it stands, and what has moved in it. */
  private sendExperiments(session: S): void {
    const sent = (this.wantsLab && session.experiments) || [];
    for (const experiment of sent) {
      const before = this.sent.experiments.find(({ kind }) => kind === experiment.kind);
      if (before === experiment) continue;
      const { run } = this.address;
      const { kind, tiles } = experiment;
      this.post({
        type: 'experiment',
        run,
        experiment: experimentView(experiment, (error) => this.whyOf(error)),
      });
      tiles.forEach(({ trained }, tile) => {
        if (!trained?.state || trained === before?.tiles[tile]?.trained) return;
        for (const key of ['points', 'parameters'] as const) {
          for (const part of partsOf(trained.state[key]))
            this.post({ type: 'tile', run, kind, tile, key, ...part });
        }
      });
    }
    this.sent = { ...this.sent, experiments: sent };
  }

  private sendNumbers(key: NumbersKey, values: Float64Array): void {
    for (const part of partsOf(values)) this.post({ type: 'numbers', ...this.address, key, ...part });
  }

  private get address(): { readonly run: string; readonly version: number } {
    return { run: this.sent.run, version: this.version };
  }

  private logMalformed(why: string): void {
    if (this.hasLoggedMalformed) return;
    this.hasLoggedMalformed = true;
    this.options.log(`A message of the Lens is none; others like it are passed over too. ${cut(why, 1000)}`);
  }

  private post(message: ToWebview): void {
    void this.options.webview.postMessage(message);
  }
}

/** The new points alone; all of the curve where those sent before no longer stand in it. */
function freshOf<P>(points: readonly P[], sent: number, last: unknown) {
  const goesOn = sent > 0 && points[sent - 1] === last;
  const fresh = goesOn ? points.slice(sent) : points;
  return { goesOn, fresh, changed: fresh.length > 0 || (sent > 0 && !goesOn) };
}

/** At least one part, so that an empty array arrives too. */
function* partsOf(values: Float64Array) {
  const total = values.length;
  for (let offset = 0; offset === 0 || offset < total; offset += MOST_NUMBERS) {
    // A copy: a view would be sent with the whole of its buffer.
    yield { offset, total, values: values.slice(offset, offset + MOST_NUMBERS) };
  }
}
