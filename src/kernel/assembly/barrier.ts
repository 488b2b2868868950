/** How threads meet: the leader opens a pass, all take shards, the leader waits until the helpers are done. */
import * as at from './addresses';

/** Opens a pass for `helpers` helpers. */
export function open(helpers: i32): void {
  atomic.store<i32>(at.NEXT_SHARD, 0);
  atomic.store<i32>(at.CANCELLED, 0);
  if (helpers == 0) return;
  atomic.store<i32>(at.PENDING, helpers);
  atomic.add<i32>(at.GENERATION, 1);
  if (atomic.load<i32>(at.SLEEPERS) > 0) atomic.notify(at.GENERATION, -1);
}

/** The next shard that nobody has taken, or −1. */
export function take(): i32 {
  if (atomic.load<i32>(at.CANCELLED)) return -1;
  const index = atomic.add<i32>(at.NEXT_SHARD, 1);
  return index < load<i32>(at.PASS_SHARDS) ? index : -1;
}

/** A helper is done with the present pass. */
export function done(): void {
  if (atomic.sub<i32>(at.PENDING, 1) == 1 && atomic.load<i32>(at.LEADER_SLEEPS)) atomic.notify(at.PENDING, 1);
}

/** A helper waits for the pass after `generation` and returns its number: spins a little, then sleeps. */
export function next(generation: i32): i32 {
  let turns = load<i32>(at.SPIN_LIMIT);
  while (turns > 0) {
    if (atomic.load<i32>(at.GENERATION) != generation) return atomic.load<i32>(at.GENERATION);
    turns--;
  }
  atomic.add<i32>(at.SLEEPERS, 1);
  while (atomic.load<i32>(at.GENERATION) == generation) atomic.wait<i32>(at.GENERATION, generation, -1);
  atomic.sub<i32>(at.SLEEPERS, 1);
  return atomic.load<i32>(at.GENERATION);
}

/** The leader waits for the helpers: true when all are done, false after `milliseconds`. */
export function join(milliseconds: i32): bool {
  let turns = load<i32>(at.SPIN_LIMIT);
  while (turns > 0) {
    if (atomic.load<i32>(at.PENDING) == 0) return true;
    turns--;
  }
  atomic.store<i32>(at.LEADER_SLEEPS, 1);
  let pending = atomic.load<i32>(at.PENDING);
  let outcome = 0;
  while (pending != 0 && outcome != 2) {
    outcome = atomic.wait<i32>(at.PENDING, pending, <i64>milliseconds * 1_000_000);
    pending = atomic.load<i32>(at.PENDING);
  }
  atomic.store<i32>(at.LEADER_SLEEPS, 0);
  return pending == 0;
}

/** `turns` of a spinning wait, to be timed. */
export function spin(turns: i32): i32 {
  let seen = 0;
  while (turns > 0) {
    seen += atomic.load<i32>(at.GENERATION);
    turns--;
  }
  return seen;
}
