import type { ToTrainer } from '../protocol/trainer';
import type { Given, RunSettings } from './runSettings';

/** A question to the person; until it is answered the training goes on as before. */
export interface Question {
  readonly code: 'fewerEpochs';
  /** What the settings ask for, fewer than are done. */
  readonly epochs: number;
}

/** How far a training is. */
export interface Reached {
  readonly done: number;
  /** The epoch at which it is done. */
  readonly epochs: number;
  readonly isOver: boolean;
}

/**
 * The settings that are edited while a run trains: which of them its trainer is told, and when a person is asked first.
 * Fewer epochs than are done are asked about once; until the answer, and after a no, the training keeps its epochs.
 */
export class LiveEdits {
  question: Question | null = null;
  /** A number of epochs below those done that a person has said no to. */
  private declined: number | null = null;

  constructor(private readonly settings: RunSettings) {}

  /** Takes edited settings, and asks where they ask for fewer epochs than are done. */
  take(given: Given, reached: Reached): void {
    this.settings.edited = given;
    if (this.wanted !== this.declined) this.declined = null;
    this.reached(reached);
  }

  /** The question is answered: it is not asked again about these epochs. */
  decline(): void {
    this.declined = this.question?.epochs ?? null;
    this.question = null;
  }

  /**
   * The training has come further or back: asks, or not any more. It may have passed the epochs that are asked for before
   * it was told of them, and keeps its end then.
   */
  reached({ done, epochs, isOver }: Reached): void {
    const { wanted } = this;
    const isEdited = wanted !== this.acting && wanted !== epochs;
    const asks = isEdited && wanted < done && this.declined === null && !isOver;
    this.question = asks ? { code: 'fewerEpochs', epochs: wanted } : null;
  }

  /**
   * What the trainer is told of the live settings that differ from those that act; null: there are none.
   * @param epochs the epoch at which it is done now
   */
  message(epochs: number): Extract<ToTrainer, { type: 'apply' }> | null {
    const { effective, liveEdited } = this.settings;
    if (liveEdited.length === 0) return null;
    const { wanted } = this;
    const isAsIs = [this.acting, this.question?.epochs, this.declined].includes(wanted);
    if (!isAsIs) return { type: 'apply', settings: effective, epochs: wanted };
    const kept = { 'training.epochs': this.settings.acting['training.epochs'] };
    return { type: 'apply', settings: { ...effective, ...kept }, epochs };
  }

  private get wanted(): number {
    return this.settings.plain(this.settings.effective)['training.epochs'];
  }

  private get acting(): number {
    return this.settings.plain(this.settings.acting)['training.epochs'];
  }
}
