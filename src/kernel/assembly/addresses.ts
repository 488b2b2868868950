/**
 * Where things are in the kernels' memory, in bytes. TypeScript writes them (layout.ts), the kernels read
 * them; this one file is compiled for both.
 */

// ------------------------------------------------------------------------------------- the barrier
// Each word that threads write stands on a cache line of its own.
/** Counts the passes. */
export const GENERATION = 64;
/** Counts the calls that wake helpers. */
export const WAKE = 640;
/** Helpers that wait on WAKE asleep. */
export const SLEEPERS = 128;
/** Shards of the present pass that are finished. */
export const FINISHED = 192;
/** 1 while the leader waits on FINISHED asleep. */
export const LEADER_SLEEPS = 256;
/** How many shards nobody has claimed. */
export const NEXT_SHARD = 320;
/** 1: shards are left where they are, the pass will be thrown away. */
export const CANCELLED = 384;
/** Turns of a spinning wait before it sleeps. */
export const SPIN_LIMIT = 448;
/** 1: helpers return for good. */
export const CLOSED = 512;
/** 1: a helper has failed in the middle of a shard. */
export const FAILED = 704;
/** Helpers that are ready to serve. */
export const READY = 576;

// ------------------------------------------------------------------------------------- constants
/** Polynomial coefficients and other constants, each four times (one v128), in the order of codes.ts. */
export const CONSTANTS = 1024;

// ------------------------------------------------------------------------------------- the network
export const NETWORK = 2048;
/** L: layers with weights. */
export const LAYER_COUNT = 2048;
/** The hidden activation and the output, as codes.ts numbers them. */
export const HIDDEN = 2052;
export const OUTPUT = 2056;
/** Examples in a block, a multiple of 8. */
export const BLOCK = 2060;
/** Numbers in the parameters, padding included. */
export const PARAMETER_COUNT = 2064;
export const PARAMETERS = 2068;
/** Parameters and moments at the start of the epoch. */
export const PREVIOUS = 2072;
/** First and second moments of the optimizers; they follow the parameters. */
export const MOMENT_1 = 2076;
export const MOMENT_2 = 2080;
/** Gradient sums, one after the other, a shard each. */
export const GRADIENTS = 2084;
/** Cost and score sums of a shard: two f64. */
export const RESULTS = 2088;
/** Scratch of thread 0; the next thread's is SCRATCH_SIZE further on. */
export const SCRATCH = 2092;
export const SCRATCH_SIZE = 2096;
/** In a thread's scratch: gathered X, Y and weights of a block. */
export const GATHERED_X = 2100;
export const GATHERED_Y = 2104;
export const GATHERED_WEIGHTS = 2108;
/** In a thread's scratch: the losses and the scores of a block's examples. */
export const LOSSES = 2112;
export const SCORES = 2116;
/** In a thread's scratch: 512 bytes for sums whose lanes are still apart. */
export const LANES = 2120;
/** 1: tiles of two groups, for machines on which V8 widens the loops. */
export const WIDE = 2124;
/** How many parameters are frozen, and their offsets in the parameters, in bytes: an i32 each. */
export const FROZEN_COUNT = 2128;
export const FROZEN = 2132;

/** One record a layer, from l = 1. */
export const LAYERS = 2176;
export const LAYER_SIZE = 64;
export const N_IN = 0;
export const N_OUT = 4;
/** Offsets in the parameters (and in gradients and moments), in bytes. */
export const W = 8;
export const B = 12;
/** W transposed, for backward; its own array. */
export const W_TRANSPOSED = 16;
/** Offset of A[l], later dZ[l], in a thread's scratch. */
export const A = 20;
/** Bytes from one group of 8 examples to the next: of A[l−1] and of A[l]. */
export const STRIDE_IN = 24;
export const STRIDE_OUT = 28;
/** Numbers in W and in b, rounded up to multiples of 8. */
export const W_COUNT = 32;
export const B_COUNT = 36;

// ------------------------------------------------------------------------------------- the pass
/** What the shards of a pass are worked on by, on all threads; of a part of the examples from PASS_X to PASS_SHARD_SIZE. */
export const PASS_X = 2688;
export const PASS_Y = 2692;
export const PASS_WEIGHTS = 2696;
export const PASS_COUNT = 2700;
/** 0: X lies in groups of 8 examples; 1: example by example, to be gathered. */
export const PASS_GATHERS = 2704;
export const PASS_SHARDS = 2708;
export const PASS_SHARD_SIZE = 2712;
/** Indices of the examples, or 0 for their own order. */
export const PASS_ORDER = 2716;
/** 1: gradients too. */
export const PASS_BACKWARD = 2720;
/** 1: the helpers are woken for it. */
export const PASS_CALLS = 2724;
/** The leader's shard, −1 when none is left, and its next block. */
export const SHARD_IN_HAND = 2728;
export const BLOCK_IN_HAND = 2732;
/** Sums over the examples of the last pass: f64. */
export const SUM_COST = 2736;
export const SUM_SCORE = 2744;

// ------------------------------------------------------------------------------------- the update
/** As codes.ts numbers them. */
export const UPDATE_OPTIMIZER = 2752;
/** f32 from here on. */
export const UPDATE_SCALE = 2756;
export const UPDATE_RATE = 2760;
export const UPDATE_MOMENTUM = 2764;
export const UPDATE_L1 = 2768;
export const UPDATE_L2 = 2772;
/** 1 / (1 − β₁ᵗ) and 1 / √(1 − β₂ᵗ). */
export const UPDATE_CORRECTION_1 = 2776;
export const UPDATE_CORRECTION_2 = 2780;
/** Adam's β₁, 1 − β₁, β₂, 1 − β₂ and ε. */
export const UPDATE_BETA_1 = 2784;
export const UPDATE_REST_1 = 2788;
export const UPDATE_BETA_2 = 2792;
export const UPDATE_REST_2 = 2796;
export const UPDATE_EPSILON = 2800;
/** Eight f32 that are 0 where all numbers of an update are finite. */
export const FINITE = 2816;
/** f64: t, the updates so far; as it was at the start of the epoch; β₁ and β₂. */
export const STEPS = 2848;
export const STEPS_BEFORE = 2856;
export const BETA_1 = 2864;
export const BETA_2 = 2872;

// ------------------------------------------------------------------------------------- training
/** Blocks that the leader may still work on in this call; an update counts as UPDATE_BLOCKS. */
export const BUDGET = 2880;
export const UPDATE_BLOCKS = 2884;
/** Blocks of a helper between two looks at whether the pass has been cancelled, at least 1. */
export const HELPER_BLOCKS = 2940;
/** What of an epoch or batch comes next: one of codes.STAGE_…. */
export const STAGE = 2888;
/** Counts the passes that have been begun. */
export const PASSES = 2892;
/** The layer, from 1, with a number that is not finite. */
export const BAD_LAYER = 2936;
/** Epochs that records ask for, and how many of them are whole. */
export const EPOCHS_WANTED = 2896;
export const EPOCHS_DONE = 2900;
/** The first record, of RECORD_SIZE bytes each. */
export const RECORDS = 2904;
/** The shuffled indices of the training part, and where in them the next mini-batch begins. */
export const ORDER = 2908;
export const BATCH_FROM = 2912;
/** Examples in a mini-batch, and how they are divided; the last batch may be smaller. */
export const BATCH_SIZE = 2916;
export const BATCH_SHARDS = 2920;
export const BATCH_SHARD_SIZE = 2924;
export const LAST_SHARDS = 2928;
export const LAST_SHARD_SIZE = 2932;
/** The training part and the test part: seven words each, like those from PASS_X on. */
export const TRAIN_PART = 2944;
export const TEST_PART = 2976;
export const PART_WORDS = 7;

/** An epoch's record: its learning rate (f32), whether the test part is measured (i32), and the sums that it led to. */
export const RECORD_SIZE = 40;
export const RECORD_RATE = 0;
export const RECORD_TESTS = 4;
/** f64 */
export const RECORD_COST = 8;
export const RECORD_SCORE = 16;
export const RECORD_TEST_COST = 24;
export const RECORD_TEST_SCORE = 32;

/** The first free byte. */
export const FREE = 4096;
