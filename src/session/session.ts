import { randomUUID } from 'node:crypto';
import { message, type WhyNotBack } from '../data/message';
import { UserError } from '../data/userError';
import type { Pictures } from '../runs/pictures';
import { labelOf, type RunLabel } from '../runs/label';
import type { RunRecord } from '../runs/record';
import type { AnswerTo, Question as AskedOfTrainer } from '../train/questions';
import { nextDrag, type HandEdit } from '../core/handEdits';
import type { SettingKey, Settings } from '../settings/settings';
import type { Disposable } from './emitter';
import type { GoOn } from './goOn';
import type { Question } from './liveEdits';
import type { SessionNotice } from './notice';
import { trainsBeside, type OnNearly } from './questions';
import type { Given } from './runSettings';
import { TrainedRun } from './trainedRun';
import { can, type Command } from './transitions';
import type { Surroundings } from './world';

/** Drives one run of one file, by what a person asks for and what its trainer says. */
export class Session extends TrainedRun implements Disposable {
  /** Notices that others have added: what could not be saved, what was set aside. */
  readonly addedNotices: SessionNotice[] = [];
  /** Counts the times that a handle was held. */
  private drag = nextDrag(this.marks);

  /** Starts a training, or takes up a kept one, which loads its data only once it goes on. */
  constructor(
    origin: { readonly uri: string; readonly startedAt: number } | RunRecord,
    given: Given,
    surroundings: Surroundings,
  ) {
    super(origin, 'id' in origin ? origin.id : randomUUID(), given, surroundings);
    if (!('id' in origin)) void this.start('resume');
  }

  get question(): Question | null {
    return this.edits.question;
  }

  /** Whether training can go on from its weights: with the same arithmetic, on the same file, read the same way. */
  get canGoOn(): boolean {
    return (
      this.parameters !== null &&
      this.status !== 'failed' &&
      this.file === 'same' &&
      !this.otherEngine &&
      !this.readsOtherwise
    );
  }

  /** Whether a command would do something now. */
  can(command: Command): boolean {
    if (command === 'stop' && this.reading !== null) return true;
    if (command === 'skipToEnd' && !this.paced) return false;
    if (command === 'pause' || command === 'stop' || command === 'skipToEnd')
      return can(this.status, command);
    return can(this.status, command) && this.canGoOn && !this.asked;
  }

  /** Whether the pace holds the training back. */
  get paced(): boolean {
    return this.pace.epochsPerSecond > 0;
  }

  /** What is said of it by those who keep it and by the world around it; all there is to say is {@link noticesOf}. */
  get outerNotices(): SessionNotice[] {
    const present = this.otherEngine;
    const { engine, addedNotices } = this;
    return [...(present ? [{ code: 'otherEngine' as const, engine, present }] : []), ...addedNotices];
  }

  pause = (): void => this.command('pause');
  stop = (): void => {
    if (this.reading !== null) this.cancelReading();
    else this.command('stop');
  };
  step = (): Promise<void> => this.goOn('step');

  /** Goes on after a pause. */
  resume = (): Promise<void> => this.goOn('resume');

  /** Trains on from the present weights, for as many epochs as the settings say. */
  continue = (): Promise<void> => this.goOn('continue');

  /** Stops pacing until the next start. */
  skipToEnd(): void {
    if (!this.can('skipToEnd')) return;
    this.skipping = true;
    this.updatePace();
    this.changed.fire('status');
  }

  /** Says something of the run besides what it says itself. */
  notice(notice: SessionNotice): void {
    this.addedNotices.push(notice);
    this.changed.fire('notices');
  }

  /** What is said does not hold any more. */
  withdraw(code: SessionNotice['code']): void {
    this.addedNotices.splice(0, Infinity, ...this.addedNotices.filter((each) => each.code !== code));
    this.changed.fire('notices');
  }

  /** What a person says to {@link question}: `end` ends the training where it is. */
  answer(choice: 'end' | 'goOn'): void {
    if (!this.question) return;
    this.edits.decline();
    if (choice === 'end') this.command('stop');
    this.changed.fire('settings');
  }

  /**
   * Asks the trainer about the run, which goes on meanwhile; its data are read first where they have to be. Resolves with
   * null once the same asker asks something else. Throws UserError where nothing can be said.
   */
  async ask<Q extends AskedOfTrainer>(
    question: Q,
    asker: string,
    onNearly: OnNearly<AnswerTo<Q>> = () => undefined,
  ): Promise<AnswerTo<Q> | null> {
    const why = this.link.isOpen ? null : this.whyNotAsked;
    if (why) throw new UserError(message('cannot-go-back', { why }));
    const isBeside = trainsBeside(question);
    try {
      const answer = this.questions.ask(question, asker, onNearly, () => this.link.load());
      // The cores are shared out anew.
      if (isBeside) this.changed.fire('status');
      return await answer;
    } finally {
      this.use();
      if (isBeside) this.changed.fire('status');
    }
  }

  /**
   * Does something to the weights while the training rests; its data are read first where they have to be.
   * @param held a weight is dragged: what is done until it is let go is one edit to a person
   * Throws UserError where it cannot be done.
   */
  async editByHand(edit: HandEdit, held = false): Promise<void> {
    const why = this.link.isOpen ? null : this.whyNotAsked;
    if (why) throw new UserError(message('cannot-go-back', { why }));
    if (this.running || this.asked) throw new UserError(message('edited-while-running', {}));
    const { drag } = this;
    if (!held) this.drag++;
    try {
      await this.questions.edit(edit, drag, () => this.link.load());
    } finally {
      this.use();
    }
  }

  /**
   * The record of a new run that goes on from an epoch of this one, the curve and the edits up to there its own. Null once
   * another epoch is asked for. Throws UserError where nothing can be said of the epoch.
   * @param anew all epochs before are trained again, on what the file holds now
   */
  async branchAt(epoch: number, startedAt: number, anew = false): Promise<RunRecord | null> {
    const state = await this.ask({ kind: 'state', epoch, anew }, 'branch');
    return state && this.recordAt(state, randomUUID(), startedAt);
  }

  /** Nobody waits for what this asker has asked. */
  unask(asker: string): void {
    this.questions.unask(asker);
  }

  /** A visible Lens paces the training, for a person to watch. */
  watch(watched: boolean): void {
    if (watched === this.watched) return;
    this.watched = watched;
    this.updatePace();
    this.use();
  }

  /** Takes what pictures are drawn from, as it was kept. */
  usePictures(pictures: Pictures): void {
    if (this.sample) return;
    this.takeUpPictures(pictures);
    this.changed.fire('pictures');
  }

  /** Reads the file for the pictures alone: nothing that comes of it changes what the run is. */
  look(): void {
    if (this.looked || !this.lacksPictures || this.file !== 'same') return;
    this.looked = true;
    void this.link.load();
  }

  /** Takes edited settings: live ones act on a training that is not over, the others wait. */
  apply(given: Given): void {
    this.take(given);
    this.drag++;
  }

  /**
   * Lets a setting act while its handle is held: nothing is written. What is tried until {@link apply} is called is one
   * edit to a person, however many epochs it takes.
   */
  try<K extends SettingKey>(key: K, value: Settings[K]): void {
    const { edited } = this.inUse;
    const given = edited.given.includes(key) ? edited.given : [...edited.given, key];
    this.take({ ...edited, given, settings: { ...edited.settings, [key]: value } }, this.drag);
  }

  /** A person says something else of it; with an empty text they do not. */
  say(change: RunLabel): void {
    this.label = labelOf({ ...this.label, ...change });
    if (this.record) this.record = { ...this.record, ...this.label };
    this.changed.fire('label');
    if (this.record) this.changed.fire('record');
  }

  /** The file has another name. */
  rename(uri: string): void {
    this.uri = uri;
    if (this.record) this.record = { ...this.record, uri };
    this.looked = false;
    this.changed.fire('file');
    if (this.record) this.changed.fire('record');
    if (this.reading === null) return;
    // What reads the old name finds nothing any more.
    const { asked } = this;
    this.link.cancel();
    if (asked) void this.start(asked.command);
    else this.look();
  }

  /** The file holds these bytes now; null: it is gone. */
  fileIs(hash: string | null): void {
    if (this.fileHash === null || this.unsavedText) return;
    this.setFile(hash === null ? 'deleted' : hash === this.fileHash ? 'same' : 'changed');
  }

  /** Another run takes its place: it pauses, and can come back. */
  retire(): void {
    this.watch(false);
    if (this.reading !== null) this.cancelReading();
    else if (this.status === 'running' || this.asked) {
      // Both are answered before the trainer turns to the next run; one that is just going on pauses too.
      this.link.send({ type: 'pause' });
      this.keep();
    }
    this.asked = null;
    this.looked = false;
  }

  dispose(): void {
    this.changed.dispose();
  }

  /** Why the data cannot be read again for a question; null: they can. */
  private get whyNotAsked(): WhyNotBack | null {
    if (this.parameters === null) return 'no weights';
    if (this.file !== 'same') return this.file === 'deleted' ? 'no file' : 'other file';
    if (this.readsOtherwise) return 'other reading';
    return this.otherEngine ? 'other engine' : null;
  }

  /** The name of today's engine, where it is another than that of the weights. */
  private get otherEngine(): string | null {
    if (this.engine === '') return null;
    const present = this.surroundings.engineOf(this.settings);
    return present === this.engine ? null : present;
  }

  private take(given: Given, drag?: number): void {
    const pace = this.pace.epochsPerSecond;
    const { 'view.epochsPerSecond': before } = this.inUse.edited.settings;
    this.edits.take(given, this.reached);
    // Who asks for a pace does not skip any more.
    if (given.settings['view.epochsPerSecond'] !== before) this.skipping = false;
    if (!this.isOver) this.sendLive(drag);
    if (this.pace.epochsPerSecond !== pace || drag === undefined) this.updatePace();
    this.changed.fire('settings');
  }

  private command(command: 'pause' | 'stop'): void {
    if (can(this.status, command)) this.link.send({ type: command });
  }

  private async goOn(command: GoOn): Promise<void> {
    if (!this.can(command)) {
      this.changed.fire('notices');
      return;
    }
    this.skipping = false;
    this.failure = null;
    await this.start(command);
  }
}
