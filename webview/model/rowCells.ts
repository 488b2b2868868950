import { batch, signal, type ReadonlySignal } from '@preact/signals';
import type { NoEditor } from '../../src/protocol/lens';
import type { Bridge, OfRow } from '../bridge';

/** A row as it stands in the file. */
export type Cells = Extract<OfRow, { type: 'cells' }>;

/** The chosen row as it stands in the file: shown once somebody wants it, or where no editor can show it. */
export class RowCells {
  private readonly opened = signal<boolean | null>(null);
  private readonly reason = signal<NoEditor | null>(null);
  private readonly found = signal<Cells | null>(null);
  private readonly refused = signal('');
  private asked = 0;

  constructor(private readonly bridge: Pick<Bridge, 'request'>) {}

  /** Whether it is shown. */
  get isOpen(): boolean {
    return this.opened.value ?? this.reason.value !== null;
  }

  /** Why no editor shows it; null where one does. */
  get why(): ReadonlySignal<NoEditor | null> {
    return this.reason;
  }

  get cells(): ReadonlySignal<Cells | null> {
    return this.found;
  }

  /** Why it cannot be read; empty where it can. */
  get problem(): ReadonlySignal<string> {
    return this.refused;
  }

  take(message: OfRow): void {
    if (message.type === 'cells') this.found.value = message;
    else this.reason.value = message.why;
  }

  toggle(): void {
    this.opened.value = !this.isOpen;
  }

  /** Another run is another file, maybe. */
  forget(): void {
    batch(() => {
      this.reason.value = null;
      this.found.value = null;
      this.refused.value = '';
    });
  }

  /** Reads the row on a line, unless it is there. */
  async read(line: number): Promise<void> {
    if (this.found.peek()?.line === line) return;
    const asked = ++this.asked;
    const answer = await this.bridge.request({ type: 'cells', line });
    if (asked === this.asked) this.refused.value = 'err' in answer ? answer.err : '';
  }
}
