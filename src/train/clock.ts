/** Time, as the loop needs it: the real one, or a test's. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Does something once the messages that wait have been looked at. */
  soon(task: () => void): void;
  later(task: () => void, ms: number): void;
}
