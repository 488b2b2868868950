import { signal, type ReadonlySignal } from '@preact/signals';
import type { Request } from '../../src/protocol/lensRequests';
import type { LiveView } from '../../src/protocol/lensViews';
import { TRY_MS } from './handles';

/** The way to the host; `send` says whether it did what it was asked for. */
interface Way {
  send(request: Request): Promise<boolean>;
}

interface Draft {
  readonly index: number;
  readonly value: number;
}

/** Why weights cannot be changed now; empty where they can. */
export function whyNotEdited({ status, canGoOn }: LiveView, isEarlier: boolean): string {
  if (isEarlier) return 'An earlier epoch is shown: go back to live to change its weights.';
  if (status === 'running' || status === 'loading') return 'Pause the training to change its weights.';
  return canGoOn ? '' : 'This training cannot go on, so that its weights stay as they are.';
}

/**
 * What a person does to the weights. A weight that is dragged acts at once, and the latest of what it is dragged to is
 * never left out; once it is let go, the whole drag is one edit.
 */
export class WeightEdits {
  private readonly draft = signal<Draft | null>(null);
  private next: (Draft & { readonly held: boolean }) | null = null;
  private sending = false;

  constructor(
    private readonly way: Way,
    private readonly after: (ms: number) => Promise<void> = (ms) =>
      new Promise((resolve) => setTimeout(resolve, ms)),
  ) {}

  /** What is held or on its way; null: nothing is. */
  get held(): ReadonlySignal<Draft | null> {
    return this.draft;
  }

  /** A parameter is dragged. */
  hold(index: number, value: number): void {
    this.put({ index, value, held: true });
  }

  /** It is let go, or typed. */
  set(index: number, value: number): void {
    this.put({ index, value, held: false });
  }

  async freeze(indices: readonly number[], frozen: boolean): Promise<void> {
    await this.way.send({
      type: 'editByHand',
      edit: { kind: 'freeze', indices: [...indices], frozen },
      held: false,
    });
  }

  async undo(): Promise<void> {
    await this.way.send({ type: 'editByHand', edit: { kind: 'undo' }, held: false });
  }

  private put(next: NonNullable<typeof this.next>): void {
    this.draft.value = { index: next.index, value: next.value };
    this.next = next;
    void this.sendNext();
  }

  private async sendNext(): Promise<void> {
    if (this.sending || !this.next) return;
    this.sending = true;
    const { index, value, held } = this.next;
    this.next = null;
    const sent = this.way.send({ type: 'editByHand', edit: { kind: 'set', index, value }, held });
    await Promise.all(held ? [sent, this.after(TRY_MS)] : [sent]);
    this.sending = false;
    const next: unknown = this.next;
    if (!held && next === null) this.draft.value = null;
    void this.sendNext();
  }
}

/**
 * How far a slider goes on both sides: at first as far as the largest of its kind goes twice. It stays when a drag ends, so
 * that nothing moves under the pointer, and grows for what lies beyond it.
 * @param before null: nothing has been shown yet
 */
export const sliderLimit = (before: number | null, value: number, largest: number): number =>
  before !== null && !(Math.abs(value) > before)
    ? before
    : roundUp(Math.max(1, 2 * largest, 2 * (Math.abs(value) || 0)));

/** The next of 1, 2, 5, 10, 20, … */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((each) => each * decade >= value) ?? 10) * decade;
}

/** `1e-3`, `−0,5`; null for what is no number. */
export function numberOf(text: string): number | null {
  const plain = text
    .trim()
    .replace('−', '-')
    .replace(/^(-?\d*),(\d+)$/, '$1.$2');
  const value = Number(plain);
  return plain === '' || !Number.isFinite(value) ? null : value;
}
