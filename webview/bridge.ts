import { signal, type ReadonlySignal } from '@preact/signals';
import * as v from 'valibot';
import { together, type QuestionOfLens } from '../src/protocol/ask';
import { HELLO, toWebview, type Answer, type FromWebview, type ToWebview } from '../src/protocol/lens';
import type { Request, SavePart } from '../src/protocol/lensRequests';
import type { AnswerTo } from '../src/train/questions';
import { Parts } from './parts';

/** What VS Code gives a webview. */
export interface Host {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** A host that gives no sign of life for this long while it is asked something is said to be silent. */
export const PATIENCE_MS = 3000;
/** How often a Lens that is looked at asks whether anybody is there. */
export const PING_MS = 1000;
/** Of a message, below the promised 256 kB with its envelope. */
const MOST_BYTES = 240_000;

/** What is to be shown, and where. */
export type Shown = Exclude<ToWebview, { type: 'answer' } | OfQuestion>;
type OfQuestion = ToWebview & { type: 'part' | 'nearly' | 'answered' };
export type Runs = Extract<ToWebview, { type: 'runs' | 'curve' | 'compared' | 'comparedWeights' }>;
export type Place = Extract<ToWebview, { type: 'place' }>;
export type Rows = Extract<ToWebview, { type: 'rows' }>;
export type ToCheck = Extract<ToWebview, { type: 'check' }>;
export type OfRow = Extract<ToWebview, { type: 'cells' | 'noEditor' }>;
export type OfExercises = Extract<ToWebview, { type: 'exercises' | 'showExercise' }>;
export type OfFind = Extract<
  ToWebview,
  { type: 'search' | 'showFind' | 'comparison' | 'showCompare' | 'folds' | 'showFolds' }
>;
export type OfLab = Extract<ToWebview, { type: 'experiment' | 'tile' }>;
export type Frames = Exclude<Shown, Place | Runs | Rows | OfRow | ToCheck | OfExercises | OfFind | OfLab>;

/** A picture as a file; its parts are told what it is. */
export interface PictureFile extends Pick<SavePart, 'run' | 'picture' | 'epoch' | 'format'> {
  readonly bytes: Uint8Array;
}

export interface BridgeOptions {
  /** Takes what is to be shown, in the order it came. */
  take(message: Shown): void;
  log(message: string): void;
}

/**
 * The one way between the webview and the host. A request has an id and is answered by it, which may take its
 * time, as a person may be asked something first: half way through its patience the bridge asks whether anybody
 * is there, and where nothing is heard then either it is `silent`, until it hears of the host again.
 */
export class Bridge {
  private nextId = HELLO.id + 1;
  private nextFile = 0;
  private hasLoggedMalformed = false;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private readonly asked = new Map<number, (said: OfQuestion) => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly unanswered = signal(false);
  private readonly refused = signal('');
  private readonly met = signal(0);

  constructor(
    private readonly host: Pick<Host, 'postMessage'>,
    private readonly options: BridgeOptions,
  ) {}

  /** Whether the host has left a request unanswered for too long. */
  get silent(): ReadonlySignal<boolean> {
    return this.unanswered;
  }

  /** Why the last request was refused; empty when it was not. */
  get refusal(): ReadonlySignal<string> {
    return this.refused;
  }

  /** How often a host has said that it knows of this webview: each time it does not know yet what is wanted. */
  get greetings(): ReadonlySignal<number> {
    return this.met;
  }

  /** The page has said hello already, and gives what it has heard so far. */
  async greeted(heard: readonly unknown[]): Promise<void> {
    const answer = this.wait(HELLO.id);
    heard.forEach((raw) => this.receive(raw));
    await this.meet(answer);
  }

  /** Has the host send all that there is to show. */
  async hello(): Promise<void> {
    await this.meet(this.request(HELLO.request));
  }

  /** Resolves with the host's answer. */
  request(request: Request): Promise<Answer> {
    const id = this.nextId++;
    this.host.postMessage({ type: 'request', id, request });
    return this.wait(id);
  }

  /**
   * Asks the trainer about the run; takes the place of what the same asker waits for, whose answer is then null.
   * @param onNearly hears, while the answer is looked for, the share of the work that is done, and what can be said already
   */
  async ask<Q extends QuestionOfLens>(
    question: Q,
    asker: string,
    onNearly: (share: number, near: AnswerTo<Q> | null) => void = () => undefined,
  ): Promise<AnswerTo<Q> | { readonly err: string } | null> {
    const parts = new Parts();
    const wholeOf = (fields: (OfQuestion & { type: 'answered' })['fields']) => {
      const whole = together(fields, parts.take());
      return whole?.kind === question.kind ? (whole as AnswerTo<Q>) : null;
    };
    let found: AnswerTo<Q> | null = null;
    const id = this.nextId;
    this.asked.set(id, (said) => {
      if (said.type === 'part') parts.add(said);
      else if (said.type === 'answered') found = wholeOf(said.fields);
      else onNearly(said.share, said.fields && wholeOf(said.fields));
    });
    const answer = await this.request({ type: 'ask', asker, question });
    this.asked.delete(id);
    return 'err' in answer ? answer : found;
  }

  /** Does what a person asks for, and remembers why it was refused. Resolves to whether it was done. */
  async send(request: Request): Promise<boolean> {
    this.refused.value = '';
    const answer = await this.request(request);
    if ('err' in answer) this.refused.value = answer.err;
    return 'ok' in answer;
  }

  /** Sends what a person wants to have as a file, a part at a time. */
  async save({ bytes, ...file }: PictureFile): Promise<void> {
    const [id, total] = [this.nextFile++, bytes.length];
    for (let offset = 0; offset < total; offset += MOST_BYTES) {
      // A copy: a view would be sent with the whole of its buffer.
      const part = bytes.slice(offset, offset + MOST_BYTES);
      if (!(await this.send({ type: 'save', id, ...file, offset, total, part }))) return;
    }
  }

  /** Says why something that a person asked for could not be done here. */
  refuse(why: string): void {
    this.refused.value = why;
  }

  forgetRefusal(): void {
    this.refused.value = '';
  }

  /** What is on the screen is the last frame: the next may come. */
  drawn(): void {
    this.host.postMessage({ type: 'drawn' });
  }

  /**
   * Asks whether anybody is there. To a host that has been silent it says hello: one that has started anew
   * does not know of this webview.
   */
  ping(): void {
    if (this.unanswered.value) void this.hello();
    else void this.request({ type: 'ping' });
  }

  /** Takes what came from the host; what is no message is logged once and passed over. */
  receive(raw: unknown): void {
    const parsed = v.safeParse(toWebview, raw);
    if (!parsed.success) {
      if (!this.hasLoggedMalformed) {
        this.options.log(`A message of the host is none, and is passed over: ${v.summarize(parsed.issues)}`);
      }
      this.hasLoggedMalformed = true;
      return;
    }
    this.heard();
    const message = parsed.output;
    switch (message.type) {
      case 'answer':
        this.waiting.get(message.id)?.(message.answer);
        this.waiting.delete(message.id);
        if (this.waiting.size === 0) this.stopTimer();
        return;
      case 'part':
      case 'nearly':
      case 'answered':
        this.asked.get(message.id)?.(message);
        return;
      default:
        this.options.take(message);
    }
  }

  dispose(): void {
    this.stopTimer();
  }

  private wait(id: number): Promise<Answer> {
    this.timer ??= setTimeout(() => this.askAgain(), PATIENCE_MS / 2);
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  private async meet(answer: Promise<Answer>): Promise<void> {
    if ('ok' in (await answer)) this.met.value++;
  }

  /** Patience begins anew with each sign of life. */
  private heard(): void {
    this.unanswered.value = false;
    this.stopTimer();
    if (this.waiting.size > 0) this.timer = setTimeout(() => this.askAgain(), PATIENCE_MS / 2);
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private askAgain(): void {
    this.timer = setTimeout(() => this.losePatience(), PATIENCE_MS / 2);
    this.ping();
  }

  private losePatience(): void {
    this.timer = undefined;
    this.unanswered.value = true;
    // Whoever answers later does not know of these. The silence is what is said of them.
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    lost.forEach((resolve) => resolve({ err: '' }));
  }
}
