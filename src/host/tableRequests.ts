/** One who waits for what is read of a file. */
export interface Caller {
  /** Share of the file that has been read. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Ends this one's waiting; the reading goes on as long as others wait. */
  readonly signal?: AbortSignal | undefined;
}

/** Reads the present content of a file; undefined when `signal` ended it. */
export type Read<Result> = (
  file: string,
  how: { readonly onProgress: (share: number) => void; readonly signal: AbortSignal },
) => Promise<Result | undefined>;

interface Waiter<Result> extends Caller {
  readonly resolve: (result: Result | undefined) => void;
}

interface Request<Result> {
  readonly file: string;
  /** The version of the file, and of the settings, that is asked for. */
  readonly key: string;
  readonly waiters: Set<Waiter<Result>>;
  state:
    | { readonly tag: 'reading'; readonly stop: AbortController }
    | { readonly tag: 'read'; readonly result: Result };
}

/**
 * What was read of each file, by a key that stands for its version. A version is read once for all who ask for it. Asking
 * for another one ends the reading that is under way or waits for its turn, and those who waited for it get the newer
 * result.
 */
export class TableRequests<Result> {
  private readonly requests = new Map<string, Request<Result>>();

  /** @param onRead hears of each file that has been read */
  constructor(
    private readonly read: Read<Result>,
    private readonly onRead: (file: string) => void,
  ) {}

  /** Files of which something is known or asked for, with the key of it. */
  get files(): [file: string, key: string][] {
    return [...this.requests.values()].map(({ file, key }) => [file, key]);
  }

  /** What was read of this version of a file, if it was. */
  known(file: string, key: string): Result | undefined {
    const request = this.requests.get(file);
    return request?.key === key && request.state.tag === 'read' ? request.state.result : undefined;
  }

  /** This version of a file, or a newer one that is asked for meanwhile. Undefined when the caller's signal ends it. */
  ask(file: string, key: string, caller: Caller = {}): Promise<Result | undefined> {
    const before = this.requests.get(file);
    if (before?.key === key && before.state.tag === 'read') return Promise.resolve(before.state.result);
    if (caller.signal?.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const waiter = { ...caller, resolve };
      caller.signal?.addEventListener('abort', () => this.leave(file, waiter), { once: true });
      if (before?.key === key) before.waiters.add(waiter);
      else this.begin(file, key, (before?.waiters ?? new Set<Waiter<Result>>()).add(waiter));
    });
  }

  /** What was read of a file does not hold any more; those who wait get what is read from now on, under a new key. */
  forget(file: string, key: string): void {
    const request = this.requests.get(file);
    if (!request) return;
    if (request.state.tag === 'reading') this.begin(file, key, request.waiters);
    else this.requests.delete(file);
  }

  /** Ends all reading; those who wait get nothing. */
  dispose(): void {
    const all = [...this.requests.values()];
    this.requests.clear();
    for (const request of all) {
      if (request.state.tag === 'reading') request.state.stop.abort();
      request.waiters.forEach(({ resolve }) => resolve(undefined));
    }
  }

  /** Reads a file in place of what was asked for or known of it before. */
  private begin(file: string, key: string, waiters: Set<Waiter<Result>>): void {
    const before = this.requests.get(file)?.state;
    if (before?.tag === 'reading') before.stop.abort();
    const stop = new AbortController();
    const request: Request<Result> = { file, key, waiters, state: { tag: 'reading', stop } };
    this.requests.set(file, request);
    const onProgress = (share: number) => waiters.forEach((waiter) => waiter.onProgress?.(share));
    void this.read(file, { onProgress, signal: stop.signal }).then((result) => {
      if (this.requests.get(file) !== request) return;
      if (result === undefined) this.requests.delete(file);
      else request.state = { tag: 'read', result };
      waiters.forEach(({ resolve }) => resolve(result));
      waiters.clear();
      if (result !== undefined) this.onRead(file);
    });
  }

  /** The last one who leaves takes the reading along. */
  private leave(file: string, waiter: Waiter<Result>): void {
    const request = this.requests.get(file);
    waiter.resolve(undefined);
    if (!request?.waiters.delete(waiter) || request.waiters.size > 0) return;
    this.requests.delete(file);
    if (request.state.tag === 'reading') request.state.stop.abort();
  }
}
