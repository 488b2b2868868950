/** Something that can be let go of. */
export interface Disposable {
  dispose(): void;
}

/** Adds a listener; what it returns takes the listener away. */
export type Event<T> = (listener: (value: T) => unknown) => Disposable;

/** Tells listeners, in the order in which they came; one that throws does not keep the others from hearing. */
export class Emitter<T> implements Disposable {
  private listeners: readonly ((value: T) => unknown)[] = [];

  constructor(private readonly onError: (error: unknown) => void = rethrowLater) {}

  readonly event: Event<T> = (listener) => {
    // A wrapper of its own: the same function may listen twice.
    const own = (value: T) => listener(value);
    this.listeners = [...this.listeners, own];
    return { dispose: () => (this.listeners = this.listeners.filter((each) => each !== own)) };
  };

  fire(value: T): void {
    for (const listener of this.listeners) {
      try {
        listener(value);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  dispose(): void {
    this.listeners = [];
  }
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
