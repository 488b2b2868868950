import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type * as vscode from 'vscode';
import { cut } from '../core/format';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import type { AnswerToLens, QuestionOfLens } from '../protocol/ask';
import {
  fromWebview,
  noEditorReasons,
  type Answer,
  type FromWebview,
  type NoEditor,
  type ToWebview,
} from '../protocol/lens';
import type { Request, SavePart } from '../protocol/lensRequests';
import { MOST_LINES } from '../protocol/lensViews';
import type { Shown } from '../session/shown';
import { LensSender, whyOf, type Place, type ToShow } from './lensSender';
import { PictureParts, type WholePicture } from './pictureParts';

/** What a Lens may ask for beyond its own drawing. */
export type Asked =
  | Exclude<Request, { type: 'hello' | 'ping' | 'exercises' | 'lab' | 'ask' | 'unask' | 'cells' } | SavePart>
  | WholePicture;

/** Lines of a file, from 1: that of the main cursor, and the first and last of each selection. */
export interface LinesAt {
  readonly line: number;
  readonly ranges: [first: number, last: number][];
}

/** A row as it stands in the file. */
export type RowAt = Pick<Extract<ToWebview, { type: 'cells' }>, 'cells' | 'more'>;

const isNoEditor = (why: unknown): why is NoEditor => noEditorReasons.some((each) => each === why);

/** Answers questions about a run. */
export interface Answering {
  ask(
    question: QuestionOfLens,
    asker: string,
    onNearly: (share: number, answer: AnswerToLens | null) => void,
  ): Promise<AnswerToLens | null>;
  unask(asker: string): void;
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
  /** A row as it stands in the file; null once it is not wanted any more. */
  rowAt(session: S, line: number, isWanted: () => boolean): Promise<RowAt | null>;
  log(message: string): void;
}

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
  private hasLoggedMalformed = false;
  private session: S | undefined;
  private toCheck: string | null = null;
  /** The line whose cells are wanted. */
  private row = 0;
  private readonly pictures = new PictureParts();
  private readonly sender: LensSender<S>;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly options: LensOptions<S>) {
    this.session = options.session;
    this.sender = new LensSender((said) => this.post(said), options.place);
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

  /** The cursors and selections of an editor are on these lines of the file. */
  showRows({ line, ranges }: LinesAt): void {
    if (!this.ready || !this.session || !this.options.isVisible()) return;
    this.post({ type: 'rows', uri: this.session.uri, line, ranges: ranges.slice(0, MOST_LINES) });
  }

  /** Has numbers checked, once the webview is there. */
  check(text: string): void {
    this.toCheck = text;
    this.sendToCheck();
  }

  /** Opens the page that a person has come for, as soon as the webview can. */
  open(toShow: ToShow): void {
    this.sender.toShow = toShow;
    this.update();
  }

  /** Sends what is new; keeps it for later while a frame is on its way or nobody looks. */
  update(): void {
    this.stale = true;
    if (!this.ready || this.inFlight || !this.options.isVisible()) return;
    this.stale = false;
    this.inFlight = this.sender.send(this.session);
  }

  dispose(): void {
    this.pictures.clear();
    this.subscription.dispose();
  }

  private sendToCheck(): void {
    if (this.toCheck === null || !this.ready || !this.session || !this.options.isVisible()) return;
    this.post({ type: 'check', text: this.toCheck });
    this.toCheck = null;
  }

  private receive(message: FromWebview): void {
    switch (message.type) {
      case 'drawn':
        this.inFlight = false;
        this.sender.drawn();
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
        this.sender.forget();
        this.pictures.clear();
        this.update();
        this.sendToCheck();
        break;
      case 'runs':
        this.sender.runs.wants = { runs: request.wanted, overlaid: request.overlaid };
        answer = await this.said(() => this.options.ask(request, this.session));
        this.update();
        break;
      case 'exercises':
        this.sender.wantsExercises = request.wanted;
        this.update();
        break;
      case 'lab':
        this.sender.wantsLab = request.wanted;
        this.update();
        break;
      case 'exercise':
      case 'guess':
      case 'predicted':
      case 'experiment':
      case 'endExperiment':
      case 'adopt':
      case 'find':
      case 'endFind':
      case 'adoptFound':
      case 'compare':
      case 'endCompare':
      case 'adoptCompared':
      case 'crossValidate':
      case 'endCrossValidation':
      case 'action':
      case 'remedy':
      case 'mute':
      case 'showRun':
      case 'labelRun':
      case 'applyRun':
      case 'runAgain':
      case 'endRunAgain':
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
      case 'showLines':
        answer = await this.said(async () => {
          const why = await this.options.ask(request, this.session);
          if (this.session && isNoEditor(why)) this.post({ type: 'noEditor', run: this.session.id, why });
        });
        break;
      case 'cells': {
        const { session } = this;
        this.row = request.line;
        answer = await this.said(async () => {
          const row =
            session && (await this.options.rowAt(session, request.line, () => this.row === request.line));
          if (row) this.post({ type: 'cells', run: session.id, line: request.line, ...row });
        });
        break;
      }
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
      return { err: whyOf(error) };
    }
  }

  /** A question that another has taken the place of is not answered. */
  private async askTrainer(id: number, request: Request & { type: 'ask' }): Promise<void> {
    if (!this.session) throw new UserError(message('cannot-go-back', { why: 'no weights' }));
    const answering = this.options.answering(this.session);
    const answer = await answering.ask(request.question, this.askerOf(request), (share, near) =>
      this.post({ type: 'nearly', id, share, fields: near && this.sender.sendParts(id, near) }),
    );
    if (answer) this.post({ type: 'answered', id, fields: this.sender.sendParts(id, answer) });
  }

  private askerOf({ asker }: { readonly asker: string }): string {
    return `${this.id} ${asker}`;
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
