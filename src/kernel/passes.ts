import { untilDone } from '../core/trainer';
import * as at from './assembly/addresses';
import type { Helpers } from './helpers';
import { GROUP, MOST_SHARDS, operations, shards, type PartLayout } from './layout';
import type { KernelMemory } from './memory';

/** A pass with fewer operations than this is done sooner by one thread than two threads meet. */
export const WORTH_THREADS = 400_000;
/** Operations between two looks at the clock: a few milliseconds. */
const SLICE = 5e7;
const JOIN_MS = 20;

/** Sums over the examples of a pass, and whether the gradient sums in memory belong to them. */
export interface Sums {
  readonly cost: number;
  /** Right predictions, or the squared errors of a linear output. */
  readonly score: number;
  readonly gradient: boolean;
}

/** Passes over examples in the kernels' memory, one at a time, shared with the helpers where that is worth it. */
export class Passes {
  private readonly results: Float64Array;
  private readonly perExample: number;
  /** Whether X of the training part lies example by example, as mini-batches want it. */
  private byExample = false;
  /** The pass that has been begun: the shard in hand (−1: none is left), its next block, and blocks in a slice. */
  private pass: { shard: number; block: number; readonly slice: number } | null = null;

  constructor(
    private readonly memory: KernelMemory,
    private readonly helpers: Helpers | null,
  ) {
    this.results = new Float64Array(memory.memory.buffer, memory.layout.results, 2 * MOST_SHARDS);
    this.perExample = operations(memory.network);
  }

  /** Whether a pass has been begun and not ended. */
  get midPass(): boolean {
    return this.pass !== null;
  }

  /**
   * Goes on with a pass over a part, or a mini-batch of it, or begins it: forward and, with `backward`, the gradient
   * sums. `order` is the address of the examples' indices, 0 for their own order. Returns null when `shouldYield`
   * came first.
   */
  proceed(part: PartLayout, backward: boolean, shouldYield: () => boolean, order = 0): Sums | null {
    const { kernel, words } = this.memory;
    const pass = (this.pass ??= this.open(part, backward, order));
    while (pass.shard >= 0) {
      pass.block = kernel.shard(0, pass.shard, pass.block, pass.slice);
      if (pass.block < 0) {
        kernel.finish();
        pass.shard = kernel.claim();
        pass.block = 0;
      } else if (shouldYield()) return null;
    }
    while (kernel.join(JOIN_MS) === 0) {
      this.helpers?.check();
      if (shouldYield()) return null;
    }
    this.pass = null;
    if (words[at.FAILED / 4] !== 0) throw new Error('A training thread has failed.');
    const sums = { cost: 0, score: 0, gradient: backward };
    for (let s = 0; s < words[at.PASS_SHARDS / 4]; s++) {
      sums.cost += this.results[2 * s];
      sums.score += this.results[2 * s + 1];
    }
    return sums;
  }

  /** A pass forward over one part, to its end. */
  whole(part: PartLayout): Sums {
    const sums = this.proceed(part, false, untilDone);
    if (!sums) throw new Error('a pass that nobody interrupts has an end');
    return sums;
  }

  /** Gives up a pass: no thread works on after it. */
  cancel(): void {
    if (!this.pass) return;
    const { kernel } = this.memory;
    kernel.cancel();
    if (this.pass.shard >= 0) kernel.finish();
    while (kernel.join(JOIN_MS) === 0) this.helpers?.check();
    this.pass = null;
  }

  /** Puts X of the training part in the order that full or mini-batches want; says whether it had another. */
  arrange(byExample: boolean): boolean {
    if (byExample === this.byExample) return false;
    const { kernel, layout, network } = this.memory;
    const { train, scratch, gathered } = layout;
    const groups = Math.ceil(train.m / GROUP);
    kernel.regroup(train.X, groups, network.sizes[0], !byExample, scratch + gathered.X);
    this.byExample = byExample;
    return true;
  }

  private open(part: PartLayout, backward: boolean, order: number): NonNullable<Passes['pass']> {
    const { kernel, words, layout } = this.memory;
    const { m, X, Y, weights } = part;
    const { count, size } = shards(m);
    words[at.PASS_X / 4] = X;
    words[at.PASS_Y / 4] = Y;
    words[at.PASS_WEIGHTS / 4] = weights;
    words[at.PASS_COUNT / 4] = m;
    words[at.PASS_GATHERS / 4] = Number(part !== layout.test && this.byExample);
    words[at.PASS_ORDER / 4] = order;
    words[at.PASS_SHARDS / 4] = count;
    words[at.PASS_SHARD_SIZE / 4] = size;
    words[at.PASS_BACKWARD / 4] = Number(backward);
    kernel.open(this.helpers !== null && m * this.perExample >= WORTH_THREADS);
    const slice = Math.max(1, Math.round(SLICE / (layout.block * this.perExample)));
    return { shard: kernel.claim(), block: 0, slice };
  }
}
