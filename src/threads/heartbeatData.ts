/** What the main thread of a process shares with its heartbeat: how often it has moved, and whether an inspector is open. */
export interface HeartbeatData {
  readonly shared: Int32Array;
}
export const MOVES = 0;
export const INSPECTOR = 1;
