import { untilDone } from '../core/trainer';
import * as at from './assembly/addresses';
import { DONE, MORE, WAITING } from './assembly/codes';
import type { Helpers } from './helpers';
import { GROUP, operations } from './layout';
import type { KernelMemory, Sums } from './memory';
import { Trials } from './trials';

/** Numbers that a loop takes at a time: the machine's own 128 bits, or the 256 that V8 makes of them. */
export type Lanes = 4 | 8;

/** How the kernels may be used; nothing of it changes a bit. */
export interface Machine {
  /** The compiled kernels; those of kernel.ts when left out. */
  readonly module?: WebAssembly.Module;
  /** `measured`: what is faster; only where V8 has been told to widen loops can 8 be. */
  readonly lanes?: Lanes | 'measured';
  /** A clock in milliseconds; without it nothing is measured. */
  readonly now?: () => number;
  /** Operations between two looks at whether to yield; a few milliseconds' worth when left out. */
  readonly slice?: number;
}

const SLICE = 5e7;
/** Passes with more operations are shared among the threads without a trial, which would take too long. */
const SURELY_SHARED = 2e7;
/** An update's work for a parameter, in operations. */
const UPDATE_OPERATIONS = 20;
/** Moving a number of X to another place, in operations; more than it is, as the memory makes it wait. */
const MOVE_OPERATIONS = 50;
const JOIN_MS = 20;
/** Blocks of a helper between two looks at whether a pass has been cancelled: in small ones a look costs more than it saves. */
const MOST_HELPER_BLOCKS = 16;
/** The choices are looked at again after this, as what kept a core busy may be over. */
const LOOK_AGAIN_MS = 1000;
/** The share of the time that looks may take: after a long one the next is later. */
const MOST_LOOKING = 0.01;

/**
 * Calls into the kernels, in slices, and the choices that their speed depends on: narrow or wide tiles, and whether the
 * helpers are woken.
 */
export class Passes {
  private readonly blocks: number;
  /** Groups of the training part's X below this one lie example by example, as mini-batches want them. */
  private border = 0;
  /** Which order X was last put in, or is on its way to. */
  private byExample = false;
  private readonly lanes: Trials;
  private readonly sharing: Trials;
  private readonly firstLanes: Lanes;
  /** When the last look was over, and how long it took. */
  private since = 0;
  private looking = 0;
  /** Whether the tiles are looked at again, and the sharing afterwards. */
  private looksAgain = false;
  private settledLanes: Lanes;

  constructor(
    private readonly memory: KernelMemory,
    private readonly helpers: Helpers | null,
    private readonly machine: Machine,
  ) {
    const { network, layout, words } = memory;
    const block = layout.block * operations(network);
    this.blocks = Math.max(1, Math.round((machine.slice ?? SLICE) / block));
    // Whoever cancels a pass waits for all who work on it.
    words[at.HELPER_BLOCKS / 4] = Math.min(MOST_HELPER_BLOCKS, this.blocks);
    words[at.UPDATE_BLOCKS / 4] = Math.ceil((layout.count * UPDATE_OPERATIONS) / block);
    const { lanes = 4, now } = machine;
    this.firstLanes = lanes === 'measured' ? 8 : lanes;
    this.lanes = new Trials(lanes === 'measured' && now ? 2 : 1);
    this.sharing = new Trials(helpers && now ? 2 : 1);
    this.settledLanes = this.firstLanes;
  }

  /** The tiles in use, but for those that are only tried. */
  get lanesInUse(): Lanes {
    return this.settledLanes;
  }

  private get lanesNow(): Lanes {
    return this.lanes.now === 0 ? this.firstLanes : 4;
  }

  /** Epochs that fit into one call, at least 1. */
  get epochsInCall(): number {
    const { words } = this.memory;
    const blocks = this.blocksOf(at.TRAIN_PART) + this.blocksOf(at.TEST_PART);
    return Math.max(1, Math.floor(this.blocks / (blocks + words[at.UPDATE_BLOCKS / 4])));
  }

  /** Makes a call again until it is done, or `shouldYield` says so: returns the call's outcome. */
  run(call: () => number, shouldYield: () => boolean): number {
    const { words } = this.memory;
    for (;;) {
      const outcome = this.timed(call);
      if (words[at.FAILED / 4] !== 0) throw new Error('A training thread has failed.');
      if (outcome === WAITING) this.helpers?.check();
      else if (outcome !== MORE) return outcome;
      if (shouldYield()) return MORE;
    }
  }

  /** A pass over a part, at.TRAIN_PART or at.TEST_PART, to its end. */
  whole(part: number, backward = false): Sums {
    if (part === at.TRAIN_PART) this.arrange(this.byExample, untilDone);
    this.open(part, backward);
    if (this.run(() => this.memory.kernel.proceed(), untilDone) !== DONE) {
      throw new Error('a pass that nobody interrupts has an end');
    }
    return this.memory.sums();
  }

  /** Begins a pass over a part; `proceed` of the kernels works on it. */
  open(part: number, backward: boolean): void {
    this.choose();
    this.memory.kernel.openPart(part, backward);
  }

  /** Gives up the pass in hand: no thread works on after it. */
  cancel(): void {
    const { kernel, words } = this.memory;
    kernel.cancel();
    if (words[at.SHARD_IN_HAND / 4] >= 0) kernel.finish();
    words[at.SHARD_IN_HAND / 4] = -1;
    while (kernel.join(JOIN_MS) === 0) this.helpers?.check();
  }

  /** Whether X of the training part is in the order that full or mini-batches want. */
  isArranged(byExample: boolean): boolean {
    return this.border === (byExample ? this.groups : 0);
  }

  /**
   * Puts X of the training part in the order that full or mini-batches want: says whether it is, or `shouldYield` has said
   * so before. It may be called with the other order then.
   */
  arrange(byExample: boolean, shouldYield: () => boolean): boolean {
    const { kernel, layout, network, words } = this.memory;
    const { train, scratch, gathered } = layout;
    const [nx] = network.sizes;
    const most = Math.max(1, Math.floor((this.machine.slice ?? SLICE) / (GROUP * nx * MOVE_OPERATIONS)));
    this.byExample = byExample;
    while (!this.isArranged(byExample)) {
      const count = Math.min(most, byExample ? this.groups - this.border : this.border);
      const from = byExample ? this.border : this.border - count;
      kernel.regroup(train.X + from * 4 * GROUP * nx, count, nx, !byExample, scratch + gathered.X);
      this.border = byExample ? from + count : from;
      if (shouldYield() && !this.isArranged(byExample)) return false;
    }
    words[(at.TRAIN_PART + at.PASS_GATHERS - at.PASS_X) / 4] = Number(byExample);
    return true;
  }

  /** One call, which the trials learn from. */
  private timed(call: () => number): number {
    const { words } = this.memory;
    const { now } = this.machine;
    this.choose();
    words[at.BUDGET / 4] = this.blocks;
    if (!now) return call();
    const from = now();
    const passes = words[at.PASSES / 4];
    const outcome = call();
    const to = now();
    // Whether a helper helps is told with the tiles that stay, and once it is there.
    const ofLanes = !this.lanes.settled;
    const ofSharing = !ofLanes && !this.sharing.settled && this.canShare() && this.areReady();
    if (ofLanes) this.lanes.report(this.blocks - words[at.BUDGET / 4], to - from);
    if (ofSharing) this.sharing.report(words[at.PASSES / 4] - passes, to - from);
    if (ofLanes || ofSharing) {
      this.looking += to - from;
      this.since = to;
    } else this.lookAgain(to);
    if (this.lanes.settled) this.settledLanes = this.lanesNow;
    return outcome;
  }

  /** Begins with another look, at the tiles and then at the sharing, once the last one is long enough ago. */
  private lookAgain(now: number): void {
    if (this.looksAgain) {
      this.looksAgain = false;
      this.sharing.restart();
    } else if (now - this.since >= Math.max(LOOK_AGAIN_MS, this.looking / MOST_LOOKING)) {
      this.looking = 0;
      this.since = now;
      this.looksAgain = true;
      this.lanes.restart();
    }
  }

  private choose(): void {
    const { words } = this.memory;
    words[at.WIDE / 4] = Number(this.lanesNow === 8);
    const shares = this.helpers !== null && (this.sharing.now === 0 || !this.canShare());
    words[at.PASS_CALLS / 4] = Number(shares);
  }

  /** Groups of the training part. */
  private get groups(): number {
    return Math.ceil(this.memory.layout.train.m / GROUP);
  }

  /** Whether it is open if the last pass is better shared: not when it is so large that it surely is. */
  private canShare(): boolean {
    const { words, network } = this.memory;
    return words[at.PASS_COUNT / 4] * operations(network) < SURELY_SHARED;
  }

  /** Whether all helpers have begun to serve. */
  private areReady(): boolean {
    return this.helpers !== null && this.memory.words[at.READY / 4] >= this.helpers.count;
  }

  private blocksOf(part: number): number {
    return Math.ceil(this.memory.words[(part + at.PASS_COUNT - at.PASS_X) / 4] / this.memory.layout.block);
  }
}
