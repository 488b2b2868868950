import { batch, computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { whole } from '../../src/core/format';
import { measuresOf } from '../../src/core/measures';
import { parameterCount } from '../../src/core/network';
import type { StateAt } from '../../src/train/questions';
import type { Bridge } from '../bridge';
import type { Choices } from '../choices';
import { parametersOver, type RunSignals } from '../store';

export const FRAMES_PER_SECOND = 20;
/** A run is played from its first epoch to its last in this time, at speed 1. */
const PLAY_MS = 12_000;
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;
const ASKER = 'timeline';

interface World {
  readonly ask: Bridge['ask'];
  unask(asker: string): void;
  /** Does something again and again, until what it returns is called. */
  every(work: () => void): () => void;
  /** Milliseconds. */
  now(): number;
}

/**
 * Which epoch of a run is shown: the present one, or an earlier one that somebody has chosen. The trainer is asked for one
 * epoch at a time; while an answer takes its time, something near is shown, and another choice takes its place.
 */
export class Time {
  readonly speed = signal<number>(1);
  private readonly wanted = signal<number | null>(null);
  private readonly searching = signal<number | null>(null);
  private readonly refused = signal('');
  private readonly playedFrom = signal<{ readonly epoch: number; readonly time: number } | null>(null);
  /** What was asked for and is not answered; `isLong`: it has been said that it takes longer. */
  private asked: { readonly epoch: number; isLong: boolean } | null = null;
  private stopTicking: (() => void) | undefined;
  private isDisposed = false;
  private readonly unfollow: () => void;

  constructor(
    private readonly run: RunSignals,
    private readonly choices: Pick<Choices, 'moment'>,
    private readonly world: World,
  ) {
    const restored = choices.moment.peek();
    if (restored?.run !== run.id) choices.moment.value = null;
    let toRestore = restored?.run === run.id ? restored.epoch : null;
    this.unfollow = effect(() => {
      const last = run.measureNow.value?.epoch;
      if (last === undefined || !run.view.value.network) return;
      const [again, chosen] = [toRestore, this.wanted.peek()];
      toRestore = null;
      if (again !== null) this.show(again);
      // A training that went back has not come to what was chosen.
      else if (chosen !== null && chosen >= last) this.live();
    });
  }

  /** The epoch that was chosen; null: the present one. */
  get chosen(): ReadonlySignal<number | null> {
    return this.wanted;
  }

  /** How much of the way to the exact state is done, where it takes longer; else null. */
  get found(): ReadonlySignal<number | null> {
    return this.searching;
  }

  /** Why an epoch cannot be shown; empty when it can. */
  get refusal(): ReadonlySignal<string> {
    return this.refused;
  }

  readonly isPlaying = computed(() => this.playedFrom.value !== null);

  /** The last epoch that can be shown. */
  get last(): number {
    return this.run.measureNow.peek()?.epoch ?? 0;
  }

  /** Shows an epoch; the last one is the present. */
  go(epoch: number): void {
    this.pause();
    this.show(epoch);
  }

  /** Shows the present again. */
  live(): void {
    this.pause();
    this.leave();
  }

  /** Shows one epoch after the other, from the one that is shown, or from the first where that is the present. */
  play(): void {
    if (this.last === 0) return;
    this.playedFrom.value = { epoch: this.wanted.peek() ?? 0, time: this.world.now() };
    this.stopTicking ??= this.world.every(() => this.tick());
    this.tick();
  }

  /** Stops playing. */
  pause(): void {
    this.playedFrom.value = null;
    this.stopTicking?.();
    this.stopTicking = undefined;
  }

  setSpeed(speed: number): void {
    this.speed.value = speed;
    // It goes on from where it is.
    if (this.isPlaying.peek()) this.play();
  }

  /** Looks no further for the exact state: what is near stays. */
  cancel(): void {
    if (this.searching.peek() === null) return;
    this.asked = null;
    this.world.unask(ASKER);
    const near = this.run.moment.peek();
    if (!near) {
      this.leave();
      return;
    }
    this.choose(near.measure.epoch);
    this.run.moment.value = { ...near, exact: true };
  }

  dispose(): void {
    this.isDisposed = true;
    this.pause();
    this.unfollow();
  }

  private tick(): void {
    const from = this.playedFrom.peek();
    if (!from) return;
    const { last } = this;
    const epoch = Math.floor(
      from.epoch + ((this.world.now() - from.time) * last * this.speed.peek()) / PLAY_MS,
    );
    if (epoch >= last) this.live();
    else this.show(epoch);
  }

  private show(epoch: number): void {
    const wanted = Math.max(0, Math.round(epoch));
    if (wanted >= this.last) {
      this.leave();
      return;
    }
    this.refused.value = '';
    if (wanted === this.wanted.peek() && !this.asked && this.run.moment.peek()?.exact) return;
    this.choose(wanted);
    // An answer that comes soon is waited for, so that whoever drags sees something at every step.
    if (!this.asked || (this.asked.isLong && this.asked.epoch !== wanted)) void this.ask(wanted);
  }

  private choose(epoch: number): void {
    batch(() => {
      this.wanted.value = epoch;
      this.searching.value = null;
      this.choices.moment.value = { run: this.run.id, epoch };
    });
  }

  private leave(): void {
    if (this.asked) this.world.unask(ASKER);
    this.asked = null;
    batch(() => {
      this.wanted.value = null;
      this.searching.value = null;
      this.run.moment.value = null;
      this.choices.moment.value = null;
    });
  }

  private async ask(epoch: number): Promise<void> {
    const asked = { epoch, isLong: false };
    this.asked = asked;
    const answer = await this.world.ask({ kind: 'at', epoch }, ASKER, (share, near) => {
      if (this.asked !== asked || this.isDisposed) return;
      asked.isLong = true;
      if (near) this.put(near);
      const { value: wanted } = this.wanted;
      if (wanted !== null && wanted !== epoch) void this.ask(wanted);
      else this.searching.value = share;
    });
    if (this.asked !== asked || this.isDisposed) return;
    this.asked = null;
    if (answer && 'err' in answer) {
      this.pause();
      this.leave();
      this.refused.value = answer.err;
      return;
    }
    if (answer) this.put(answer);
    const wanted = this.wanted.peek();
    if (wanted !== null && wanted !== epoch) void this.ask(wanted);
    else this.searching.value = null;
  }

  private put({ measure, parameters, learningRate, penalty, exact, frozen }: StateAt): void {
    const [measured] = measuresOf(measure);
    const { network } = this.run.view.peek();
    if (!measured || !network || parameters.length !== parameterCount(network)) return;
    this.run.moment.value = {
      ...{ measure: measured, parameters: parametersOver(network, parameters) },
      ...{ learningRate, penalty, exact, frozen: new Set(frozen) },
    };
  }
}

/** Which epoch is shown, in words: `≈` is one near it. */
export function whenText({ time, run }: { readonly time: Time; readonly run: RunSignals }): string {
  const last = run.measureNow.value?.epoch ?? 0;
  const chosen = time.chosen.value;
  if (chosen === null) return `live: epoch ${whole(last)}`;
  const moment = run.moment.value;
  const found = time.found.value;
  if (found !== null) {
    const near = moment ? `≈ epoch ${whole(moment.measure.epoch)}, ` : '';
    return `${near}${Math.round(100 * found)} % of the way to ${whole(chosen)}`;
  }
  const shown = moment?.measure.epoch ?? chosen;
  return `${shown === chosen ? '' : '≈ '}epoch ${whole(shown)} (live: ${whole(last)})`;
}
