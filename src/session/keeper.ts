import { picturesKey } from '../runs/picturesKey';
import type { RunRecord } from '../runs/record';
import type { Disposable } from './emitter';
import type { Session } from './session';
import type { Timers } from './timers';
import type { Store } from './world';

/** What runs is kept this often. */
const EVERY_MS = 2000;
/** How long a window that closes waits for the last state of what runs. */
const LAST_STATE_MS = 2000;

/**
 * Keeps sessions on the disk: every two seconds while they run, and at once when they pause or end. Of several states of
 * one run that wait, only the last is written. What cannot be saved is told once, in the Lens.
 */
export class Keeper implements Disposable {
  private readonly followed = new Map<Session, () => number>();
  private readonly waiting = new Map<string, { session: Session; record: RunRecord }>();
  private readonly picturesKept = new Set<string>();
  private writing: Promise<void> | undefined;
  private timer: Disposable | undefined;
  private disposed = false;

  constructor(
    private readonly store: Store,
    private readonly timers: Timers,
  ) {}

  /** @param shownAt when it last became current */
  follow(session: Session, shownAt: () => number): void {
    this.followed.set(session, shownAt);
    session.onDidChange((change) => {
      if (change === 'record' && session.record) this.put(session, session.record);
      if (change === 'pictures') void this.keepPictures(session);
      if (change === 'status' && session.status === 'running') this.tick();
    });
  }

  /** It is to be kept no more: what waits of it is not written. */
  forget(session: Session): void {
    this.followed.delete(session);
    this.waiting.delete(session.id);
  }

  /** It has become current again: that is kept too. */
  shown(session: Session): void {
    if (session.record) this.put(session, session.record);
  }

  /** Says once that something could not be saved. */
  failed(session: Session, error: unknown): void {
    if (session.addedNotices.some(({ code }) => code === 'saveFailed')) return;
    session.notice({ code: 'saveFailed', reason: error instanceof Error ? error.message : String(error) });
  }

  /** Keeps the last state of all that runs; resolves when it is on the disk. */
  async flush(): Promise<void> {
    const running = [...this.followed.keys()].filter(({ status }) => status === 'running');
    await Promise.all(
      running.map(
        (session) =>
          new Promise<void>((resolve) => {
            const done = () => {
              subscription.dispose();
              late.dispose();
              resolve();
            };
            const subscription = session.onDidChange((change) => {
              if (change === 'record') done();
            });
            const late = this.timers.after(LAST_STATE_MS, done);
            session.keep();
          }),
      ),
    );
    while (this.writing) await this.writing;
  }

  /** The last that is kept, and then the runs are free for another window. */
  async close(): Promise<void> {
    await this.flush();
    this.dispose();
    await this.store.close();
  }

  dispose(): void {
    this.disposed = true;
    this.timer?.dispose();
  }

  private tick(): void {
    if (this.disposed) return;
    this.timer ??= this.timers.after(EVERY_MS, () => {
      this.timer = undefined;
      const running = [...this.followed.keys()].filter(({ status }) => status === 'running');
      running.forEach((session) => session.keep());
      if (running.length > 0) this.tick();
    });
  }

  private put(session: Session, record: RunRecord): void {
    this.waiting.set(record.id, { session, record });
    this.writing ??= this.writeAll();
  }

  private async writeAll(): Promise<void> {
    for (;;) {
      const [first] = this.waiting;
      if (!first) {
        // At once: what comes from now on begins anew.
        this.writing = undefined;
        return;
      }
      const [id, { session, record }] = first;
      this.waiting.delete(id);
      try {
        await this.store.write({ ...record, shownAt: this.followed.get(session)?.() ?? record.startedAt });
        const told = session.addedNotices.findIndex(({ code }) => code === 'saveFailed');
        if (told >= 0) session.withdraw('saveFailed');
      } catch (error) {
        this.failed(session, error);
      }
    }
  }

  private async keepPictures({ dataset, sample, settings }: Session): Promise<void> {
    if (!dataset || !sample) return;
    const key = picturesKey(dataset.hash, settings);
    if (this.picturesKept.has(key)) return;
    this.picturesKept.add(key);
    // Without them the file is read again: nothing is lost.
    await this.store.writePictures(key, { dataset, sample }).catch(() => this.picturesKept.delete(key));
  }
}
