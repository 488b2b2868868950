/**
 * Passes and updates one after the other, as many in a call as the leader's budget of blocks allows: between two calls
 * more time is lost than a small epoch takes. All of these go on, when called again, where they left off.
 */
import * as at from './addresses';
import { claim, finish, join, next, open } from './barrier';
import { DIVERGED, DONE, MORE, STAGE_BEGIN, STAGE_PASS, STAGE_TEST, WAITING } from './codes';
import { shard } from './pass';
import { snapshot, update } from './update';

/** The longest that a call waits for helpers: in a longer one the host could not see that a helper has died. */
const JOIN_MILLISECONDS: i32 = 20;

/** Begins a pass over the examples that the words from PASS_X on name; {@link proceed} works on it. */
function begin(order: usize, backward: bool): void {
  store<i32>(at.PASS_ORDER, <i32>order);
  store<i32>(at.PASS_BACKWARD, backward);
  store<i32>(at.PASSES, load<i32>(at.PASSES) + 1);
  open(load<i32>(at.PASS_CALLS) != 0);
  store<i32>(at.SHARD_IN_HAND, claim());
  store<i32>(at.BLOCK_IN_HAND, 0);
}

/** Begins a pass over a part, at.TRAIN_PART or at.TEST_PART, in its own order. */
export function openPart(part: usize, backward: bool): void {
  memory.copy(at.PASS_X, part, 4 * at.PART_WORDS);
  begin(0, backward);
}

/** Goes on with a pass: DONE, with its sums, or MORE, or WAITING. */
export function proceed(): i32 {
  let index = load<i32>(at.SHARD_IN_HAND);
  while (index >= 0) {
    const budget = load<i32>(at.BUDGET);
    if (budget <= 0) return MORE;
    const block = load<i32>(at.BLOCK_IN_HAND);
    const reached = shard(0, index, block, budget);
    store<i32>(at.BUDGET, budget - ((reached < 0 ? blocksOf(index) : reached) - block));
    store<i32>(at.BLOCK_IN_HAND, reached < 0 ? 0 : reached);
    if (reached >= 0) return MORE;
    finish();
    index = claim();
    store<i32>(at.SHARD_IN_HAND, index);
  }
  if (!join(JOIN_MILLISECONDS) || load<i32>(at.FAILED) != 0) return WAITING;
  addResults();
  return DONE;
}

/** How many blocks a shard has. */
function blocksOf(index: i32): i32 {
  const size = load<i32>(at.PASS_SHARD_SIZE);
  const block = load<i32>(at.BLOCK);
  return (min(size, load<i32>(at.PASS_COUNT) - index * size) + block - 1) / block;
}

/** The sums of the pass: those of the shards in their order. */
function addResults(): void {
  let cost: f64 = 0;
  let score: f64 = 0;
  let result = <usize>load<i32>(at.RESULTS);
  let left = load<i32>(at.PASS_SHARDS);
  do {
    cost += load<f64>(result);
    score += load<f64>(result, 8);
    result += 16;
  } while (--left);
  store<f64>(at.SUM_COST, cost);
  store<f64>(at.SUM_SCORE, score);
}

@inline
function spend(blocks: i32): void {
  store<i32>(at.BUDGET, load<i32>(at.BUDGET) - blocks);
}

/** One update by the gradient of the examples of the pass; returns whether all is finite, else BAD_LAYER says what is not. */
function takeStep(): bool {
  store<f32>(at.UPDATE_SCALE, <f32>(1 / <f64>load<i32>(at.PASS_COUNT)));
  const bad = update();
  store<i32>(at.BAD_LAYER, bad);
  spend(load<i32>(at.UPDATE_BLOCKS));
  return bad == 0;
}

/** Whether the cost of the last pass is finite; else the output layer is the bad one. */
function costIsFinite(): bool {
  const cost = load<f64>(at.SUM_COST);
  if (cost - cost == 0) return true;
  store<i32>(at.BAD_LAYER, load<i32>(at.LAYER_COUNT));
  return false;
}

/** Full-batch epochs, as the records ask for them: a step by the gradient that is known, and the pass at where it leads. */
export function epochs(): i32 {
  while (true) {
    const done = load<i32>(at.EPOCHS_DONE);
    const record = <usize>(load<i32>(at.RECORDS) + done * at.RECORD_SIZE);
    if (load<i32>(at.STAGE) == STAGE_BEGIN) {
      if (done == load<i32>(at.EPOCHS_WANTED)) return DONE;
      if (load<i32>(at.BUDGET) <= 0) return MORE;
      snapshot();
      store<f32>(at.UPDATE_RATE, load<f32>(record, at.RECORD_RATE));
      // A pass over the test part may have come between.
      memory.copy(at.PASS_X, at.TRAIN_PART, 4 * at.PART_WORDS);
      if (!takeStep()) return DIVERGED;
      openPart(at.TRAIN_PART, true);
      store<i32>(at.STAGE, STAGE_PASS);
    }
    if (load<i32>(at.STAGE) == STAGE_PASS) {
      const outcome = proceed();
      if (outcome != DONE) return outcome;
      if (!costIsFinite()) return DIVERGED;
      store<f64>(record, load<f64>(at.SUM_COST), at.RECORD_COST);
      store<f64>(record, load<f64>(at.SUM_SCORE), at.RECORD_SCORE);
      if (load<i32>(record, at.RECORD_TESTS)) {
        openPart(at.TEST_PART, false);
        store<i32>(at.STAGE, STAGE_TEST);
      }
    }
    if (load<i32>(at.STAGE) == STAGE_TEST) {
      const outcome = proceed();
      if (outcome != DONE) return outcome;
      store<f64>(record, load<f64>(at.SUM_COST), at.RECORD_TEST_COST);
      store<f64>(record, load<f64>(at.SUM_SCORE), at.RECORD_TEST_SCORE);
    }
    store<i32>(at.STAGE, STAGE_BEGIN);
    store<i32>(at.EPOCHS_DONE, done + 1);
  }
}

/** The mini-batches of an epoch from BATCH_FROM on: for each a pass, and a step by its gradient. */
export function batches(): i32 {
  while (true) {
    const from = load<i32>(at.BATCH_FROM);
    const size = min(load<i32>(at.BATCH_SIZE), load<i32>(at.TRAIN_PART + at.PASS_COUNT - at.PASS_X) - from);
    if (load<i32>(at.STAGE) == STAGE_BEGIN) {
      if (size == 0) return DONE;
      if (load<i32>(at.BUDGET) <= 0) return MORE;
      openBatch(from, size);
      store<i32>(at.STAGE, STAGE_PASS);
    }
    const outcome = proceed();
    if (outcome != DONE) return outcome;
    if (!costIsFinite() || !takeStep()) return DIVERGED;
    store<i32>(at.STAGE, STAGE_BEGIN);
    store<i32>(at.BATCH_FROM, from + size);
  }
}

function openBatch(from: i32, size: i32): void {
  memory.copy(at.PASS_X, at.TRAIN_PART, 4 * at.PART_WORDS);
  const isWhole = size == load<i32>(at.BATCH_SIZE);
  store<i32>(at.PASS_COUNT, size);
  store<i32>(at.PASS_SHARDS, load<i32>(isWhole ? at.BATCH_SHARDS : at.LAST_SHARDS));
  store<i32>(at.PASS_SHARD_SIZE, load<i32>(isWhole ? at.BATCH_SHARD_SIZE : at.LAST_SHARD_SIZE));
  begin(<usize>load<i32>(at.ORDER) + (<usize>from << 2), true);
}

/** What a helper does until it is closed: waits for a pass after `generation`, and takes shards of it. */
export function help(thread: i32, generation: i32): void {
  for (;;) {
    generation = next(generation);
    if (atomic.load<i32>(at.CLOSED)) return;
    for (let index = claim(); index >= 0; index = claim()) {
      let block = 0;
      while (block >= 0 && !atomic.load<i32>(at.CANCELLED)) {
        block = shard(thread, index, block, load<i32>(at.HELPER_BLOCKS));
      }
      finish();
    }
  }
}
