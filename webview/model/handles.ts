import { signal } from '@preact/signals';
import type { Request } from '../../src/protocol/lensRequests';
import type { HandleKey, HandlesView, HandleValue } from '../../src/protocol/handlesView';

/** Between two values that are tried: so often a training can take one up, and an epoch may be done between them. */
export const TRY_MS = 50;

/** The way to the host; `send` says whether it did what it was asked for. */
interface Way {
  send(request: Request): Promise<boolean>;
}

interface Draft {
  readonly value: HandleValue;
  /** `held`: not let go yet; `sent`: on its way; `written`: the host has written it, and will say so. */
  readonly state: 'held' | 'sent' | 'written';
}

/**
 * What a person does to the handles. A value that is held acts at once and is shown as it is; once it is let go it is
 * written, and shown until the host says what the settings are.
 */
export class Handles {
  private readonly drafts = signal<ReadonlyMap<HandleKey, Draft>>(new Map());
  private next: { readonly key: HandleKey; readonly value: HandleValue } | null = null;
  private isTrying = false;

  constructor(
    private readonly way: Way,
    private readonly after: (ms: number) => Promise<void> = (ms) =>
      new Promise((resolve) => setTimeout(resolve, ms)),
  ) {}

  /** What is held or on its way; undefined: the handle shows what the settings say. */
  draftOf(key: HandleKey): HandleValue | undefined {
    return this.drafts.value.get(key)?.value;
  }

  /** The handle is held at a value. */
  try(key: HandleKey, value: HandleValue): void {
    this.draft(key, { value, state: 'held' });
    this.next = { key, value };
    void this.tryNext();
  }

  /** The handle is let go. */
  async set(key: HandleKey, value: HandleValue): Promise<void> {
    await this.write(key, { type: 'set', key, value }, value);
  }

  /** Back to the default. */
  async reset(key: HandleKey): Promise<void> {
    this.draft(key, null);
    if (this.next?.key === key) this.next = null;
    await this.way.send({ type: 'reset', key });
  }

  async undo(): Promise<void> {
    await this.way.send({ type: 'action', action: 'undoSetting' });
  }

  /** The host has said what the settings are. */
  told({ handles }: HandlesView): void {
    for (const { key, value } of handles) {
      const draft = this.drafts.peek().get(key);
      if (!draft || draft.state === 'held') continue;
      if (draft.state === 'written' || same(draft.value, value)) this.draft(key, null);
    }
  }

  private async write(key: HandleKey, request: Request, value: HandleValue): Promise<void> {
    if (this.next?.key === key) this.next = null;
    const draft: Draft = { value, state: 'sent' };
    this.draft(key, draft);
    const isWritten = await this.way.send(request);
    // Held again, or told already.
    if (this.drafts.peek().get(key) !== draft) return;
    this.draft(key, isWritten ? { value, state: 'written' } : null);
  }

  private async tryNext(): Promise<void> {
    if (this.isTrying || !this.next) return;
    this.isTrying = true;
    const { key, value } = this.next;
    this.next = null;
    await Promise.all([this.way.send({ type: 'try', key, value }), this.after(TRY_MS)]);
    this.isTrying = false;
    void this.tryNext();
  }

  private draft(key: HandleKey, draft: Draft | null): void {
    const drafts = new Map(this.drafts.peek());
    if (draft) drafts.set(key, draft);
    else drafts.delete(key);
    this.drafts.value = drafts;
  }
}

const same = (a: HandleValue, b: HandleValue): boolean => JSON.stringify(a) === JSON.stringify(b);
