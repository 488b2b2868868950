import type { Failure } from '../data/failure';
import { message, type WhyNotBack } from '../data/message';
import { UserError } from '../data/userError';
import type { FromTrainer, ToTrainer } from '../protocol/trainer';
import type { HandEdit } from '../core/handEdits';
import type { Answer, AnswerTo, BesideQuestion, Question } from '../train/questions';

/** Hears, while an answer is looked for, how much of the work is done, and once what can be said already. */
export type OnNearly<A extends Answer = Answer> = (share: number, answer: A | null) => void;

interface Waiting {
  readonly asker: string;
  readonly onNearly: OnNearly;
  resolve(answer: Answer | null): void;
  reject(error: Error): void;
}

/** Questions to a trainer that wait for their answers: one of each asker at most. */
export class Questions {
  private nextId = 0;
  /** How many experiments and searches are under way: one, and one that has just been replaced. */
  private experiments = 0;
  private readonly waiting = new Map<number, Waiting>();

  /** @param send says something to the trainer */
  constructor(private readonly send: (message: ToTrainer) => void) {}

  /** Resolves with the answer, with null once the same asker asks something else. Throws UserError where there is none. */
  async ask<Q extends Question>(
    question: Q,
    asker: string,
    onNearly: OnNearly<AnswerTo<Q>>,
    load: () => Promise<boolean>,
  ): Promise<AnswerTo<Q> | null> {
    this.drop(asker);
    const weight = trainsBeside(question) ? 1 : 0;
    this.experiments += weight;
    const found = await this.wait(
      asker,
      (id) => ({ type: 'ask', id, asker, question }),
      (share, near) => onNearly(share, isTo(question, near) ? near : null),
      load,
    ).finally(() => (this.experiments -= weight));
    if (found === null || isTo(question, found)) return found;
    throw new Error(`${found.kind} answers no ${question.kind}`);
  }

  /** Resolves once it is done. Throws UserError where it cannot be. */
  async edit(edit: HandEdit, drag: number, load: () => Promise<boolean>): Promise<void> {
    // Each is done, whatever comes after it.
    const asker = `edit ${this.nextId}`;
    await this.wait(
      asker,
      (id) => ({ type: 'edit', id, edit, drag }),
      () => undefined,
      load,
    );
  }

  /** Whether an experiment is under way. */
  get isExperimenting(): boolean {
    return this.experiments > 0;
  }

  /** Whether somebody waits for an answer. */
  get isWaiting(): boolean {
    return this.waiting.size > 0;
  }

  /** The asker waits for nothing any more. */
  unask(asker: string): void {
    if (this.drop(asker)) this.send({ type: 'unask', asker });
  }

  receive(said: FromTrainer & { type: 'answered' | 'nearly' | 'refused' }): void {
    const asked = this.waiting.get(said.id);
    if (!asked) return;
    if (said.type === 'nearly') {
      asked.onNearly(said.share, said.answer);
      return;
    }
    this.waiting.delete(said.id);
    if (said.type === 'answered') asked.resolve(said.answer);
    else asked.reject(errorOf(said.failure));
  }

  /** The trainer is gone, or cannot answer any more. */
  refuseAll(why: WhyNotBack | Failure): void {
    const error = typeof why === 'string' ? new UserError(message('cannot-go-back', { why })) : errorOf(why);
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of lost) reject(error);
  }

  private wait(
    asker: string,
    messageOf: (id: number) => ToTrainer,
    onNearly: OnNearly,
    load: () => Promise<boolean>,
  ): Promise<Answer | null> {
    const id = this.nextId++;
    const answer = new Promise<Answer | null>((resolve, reject) =>
      this.waiting.set(id, { asker, onNearly, resolve, reject }),
    );
    // What goes wrong with the file is heard of as the session is.
    void load().then((isThere) => {
      if (!this.waiting.has(id)) return;
      if (isThere) this.send(messageOf(id));
      else this.refuseAll('no trainer');
    });
    return answer;
  }

  private drop(asker: string): boolean {
    const before = [...this.waiting].filter(([, each]) => each.asker === asker);
    for (const [id, { resolve }] of before) {
      this.waiting.delete(id);
      resolve(null);
    }
    return before.length > 0;
  }
}

/** What is trained beside the run; an object, so that none is left out. */
const besideKinds: Readonly<Record<BesideQuestion['kind'], true>> = {
  ...{ experiment: true, find: true, compare: true, folds: true },
};
export const trainsBeside = (question: Question): question is BesideQuestion => question.kind in besideKinds;

const isTo = <Q extends Question>(question: Q, answer: Answer | null): answer is AnswerTo<Q> =>
  answer?.kind === question.kind;

/** What a failure is where it is thrown. */
export const errorOf = (failure: Failure): Error =>
  failure.bug ? new Error(failure.detail) : new UserError(failure.message);
