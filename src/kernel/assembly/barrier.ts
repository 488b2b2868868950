/**
 * How threads share a pass: whoever is awake claims shards, the leader among them, and the leader goes on when
 * all claimed shards are finished. It never waits for a helper that has not woken up: two threads that each
 * waited for the other to wake would do so in every pass, as waking takes longer than a small pass.
 */
import * as at from './addresses';

/** NEXT_SHARD counts down the shards that nobody has claimed; from 0 on there are none. */
const NOTHING: i32 = 0;

/**
 * One turn of a spinning wait: arithmetic that takes the processor the same time however well the loop around it
 * has been compiled so far, so that turns measure time. Returns 1.
 */
@inline
function turn(one: f64): f64 {
  return sqrt(sqrt(sqrt(sqrt(one))));
}

/** Wakes the helpers that sleep. */
function wake(): void {
  if (atomic.load<i32>(at.SLEEPERS) == 0) return;
  atomic.add<i32>(at.WAKE, 1);
  atomic.notify(at.WAKE, -1);
}

/**
 * Opens a pass, and with `calls` lets the helpers know. Those that sleep are woken before there is anything to
 * do: waking takes the leader as long as them, so all begin together, and end so that nobody falls asleep again.
 */
export function open(calls: bool): void {
  if (calls) wake();
  atomic.store<i32>(at.FINISHED, 0);
  atomic.store<i32>(at.CANCELLED, 0);
  // From here on the pass can be worked on: all of it has been written.
  atomic.store<i32>(at.NEXT_SHARD, load<i32>(at.PASS_SHARDS));
  if (!calls) return;
  atomic.add<i32>(at.GENERATION, 1);
  // One may have gone to sleep meanwhile.
  wake();
}

/**
 * Claims a shard that nobody has, or returns −1. One operation decides: were the number of shards read after it,
 * a thread that was held up between the two could claim a shard of the next pass a second time.
 */
export function claim(): i32 {
  const left = atomic.sub<i32>(at.NEXT_SHARD, 1);
  return left > 0 ? left - 1 : -1;
}

/** A claimed shard is finished, or given up because the pass is. */
export function finish(): void {
  atomic.add<i32>(at.FINISHED, 1);
  if (atomic.load<i32>(at.LEADER_SLEEPS)) atomic.notify(at.FINISHED, 1);
}

/**
 * The leader, with nothing left to claim, waits until all that was claimed is finished: true then, and the pass
 * is closed; false after `milliseconds`.
 */
export function join(milliseconds: i32): bool {
  const shards = load<i32>(at.PASS_SHARDS);
  let turns = load<i32>(at.SPIN_LIMIT);
  let one: f64 = 1;
  while (atomic.load<i32>(at.FINISHED) < shards && turns > 0) {
    one = turn(one);
    turns -= <i32>one;
  }
  let finished = atomic.load<i32>(at.FINISHED);
  if (finished < shards) {
    atomic.store<i32>(at.LEADER_SLEEPS, 1);
    let outcome = 0;
    finished = atomic.load<i32>(at.FINISHED);
    while (finished < shards && outcome != 2) {
      outcome = atomic.wait<i32>(at.FINISHED, finished, <i64>milliseconds * 1_000_000);
      finished = atomic.load<i32>(at.FINISHED);
    }
    atomic.store<i32>(at.LEADER_SLEEPS, 0);
    if (finished < shards) return false;
  }
  atomic.store<i32>(at.NEXT_SHARD, NOTHING);
  return true;
}

/** Gives up the pass: what nobody has claimed counts as finished, what is being worked on is cut short. */
export function cancel(): void {
  atomic.store<i32>(at.CANCELLED, 1);
  atomic.add<i32>(at.FINISHED, max(atomic.xchg<i32>(at.NEXT_SHARD, NOTHING), 0));
}

/** A helper waits for the pass after `generation` and returns its number: spins a little, then sleeps. */
export function next(generation: i32): i32 {
  let now = atomic.load<i32>(at.GENERATION);
  let one: f64 = 1;
  while (now == generation) {
    let turns = load<i32>(at.SPIN_LIMIT);
    while (now == generation && turns > 0) {
      one = turn(one);
      turns -= <i32>one;
      now = atomic.load<i32>(at.GENERATION);
    }
    if (now != generation) break;
    const woken = atomic.load<i32>(at.WAKE);
    atomic.add<i32>(at.SLEEPERS, 1);
    if (atomic.load<i32>(at.GENERATION) == generation) atomic.wait<i32>(at.WAKE, woken, -1);
    atomic.sub<i32>(at.SLEEPERS, 1);
    now = atomic.load<i32>(at.GENERATION);
  }
  return now;
}

/** `turns` of a spinning wait, to be timed. */
export function spin(turns: i32): void {
  let one: f64 = 1;
  while (turns > 0) {
    one = turn(one);
    turns -= <i32>one;
  }
}
