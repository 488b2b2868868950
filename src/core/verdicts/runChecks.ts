import type { CurvePoint } from '../history';
import { resolveInitialization, type Initialization } from '../initialization';
import type { Network } from '../network';
import { resolveLearningRate } from '../trainer';
import type { Remedy } from './remedy';

/** How a training became infinite: the epoch that did it and the first layer it showed in, both from 1. */
export interface Divergence {
  readonly epoch: number;
  readonly layer: number;
  readonly learningRate: number;
  /** The largest rate that a short probe found stable, if it found one. */
  readonly suggestedRate: number | null;
}

/** What the checks of a run go by. */
export interface RunFacts {
  /** The whole curve, the state of now at its end. */
  readonly curve: readonly CurvePoint[];
  readonly diverged: Divergence | null;
  readonly network: Network;
  readonly initialization: Initialization;
  /** The rate of the next epoch. */
  readonly learningRate: number;
  /** Epochs without gain after which it stops; 0: it never stops early. */
  readonly patience: number;
  /** What it would be if it were found for the table, by a part of the training part; 0: nothing is set aside. */
  readonly patienceFound?: number | undefined;
}

/** One check of runs: what it finds, and what can be done; how it is said stands in sentences/runs.ts. */
export interface RunCheck<Args> {
  rule(facts: RunFacts): Args | null;
  remedy(
    args: Args,
    facts: Pick<RunFacts, 'network' | 'initialization' | 'learningRate' | 'patience' | 'patienceFound'>,
  ): Remedy | null;
}

/** A test cost this much above its lowest has risen. */
export const RISEN = 0.05;
/** So many epochs have to follow the lowest test cost, or a tenth of all: before that it may still fall again. */
const FEWEST_SINCE = 20;
/** A training cost whose lowest of late is this much above the first has got worse. */
const WORSE = 0.05;
/** What is of late: the last tenth of all epochs, or so many. */
const FEWEST_OF_LATE = 20;
/** A cost may be above the first for so many epochs, as with the first steps of momentum. */
const FEWEST_ABOVE = 50;
/** A rise by this share of the low before it, and by this share of the first cost, is no noise of mini-batches. */
const RISE = { ofLow: 0.25, ofFirst: 0.05 };
/** A cost swings that rises so in at least this share of the points of the later half, and in so many. */
const SWINGING = 0.04;
const FEWEST_RISES = 5;
/** Swings that stay below this share of the first cost do not keep a network from learning. */
const HIGH_SWING = 0.5;
/** A cost that moves by less than this, of the cost at the beginning, has not moved. */
export const MOVED = 0.001;
/** So many epochs without a movement, or half of all: on the samples no training waits longer than 70. */
const FEWEST_STILL = 200;
/** A cost above this share of that at the beginning has got nowhere: below, a cost that stays has been learnt. */
const NOWHERE = 0.8;
/** `auto` is hardly ever as low. */
const LOW_RATE = 1e-4;

export interface RisingArgs {
  readonly epoch: number;
  readonly lowest: number;
  readonly now: number;
  /** The longest wait for a new lowest test cost before that. */
  readonly wait: number;
}

export interface WorseArgs {
  readonly first: number;
  readonly highest: number;
  readonly now: number;
}

export interface SwingsArgs {
  readonly low: number;
  readonly high: number;
  readonly rises: number;
}

export interface StuckArgs {
  readonly epochs: number;
  readonly cost: number;
}

/** What each check finds. */
export interface RunArgs {
  readonly diverged: Divergence;
  readonly 'cost-above-start': WorseArgs;
  readonly 'cost-swings': SwingsArgs;
  readonly 'test-cost-rising': RisingArgs;
  readonly 'cost-stuck': StuckArgs;
}

/** The table of checks, what weighs more first. */
export const runChecks: { readonly [C in keyof RunArgs]: RunCheck<RunArgs[C]> } = {
  diverged: {
    rule: ({ diverged }) => diverged,
    remedy: ({ suggestedRate }) => (suggestedRate === null ? null : restartWith(suggestedRate)),
  },
  'cost-above-start': {
    rule: worseCost,
    remedy: (_, facts) => lowerRate(facts),
  },
  'cost-swings': {
    rule: swingingCost,
    remedy: (_, facts) => lowerRate(facts),
  },
  'test-cost-rising': {
    rule: risingTestCost,
    remedy: ({ wait }, { patience, patienceFound = 0 }) => {
      if (patience > 0) return null;
      return patienceFound > 0
        ? { code: 'stop-by-validation', changes: { 'training.earlyStopping.patience': 'auto' } }
        : { code: 'stop-by-test', changes: { 'training.earlyStopping.patience': patienceFor(wait) } };
    },
  },
  'cost-stuck': {
    rule: stuckCost,
    remedy: (_, { network, initialization, learningRate }) => {
      const hiddenLayers = network.sizes.length - 2;
      if (hiddenLayers === 0) return { code: 'add-hidden-layer', changes: { 'model.hiddenLayers': [4] } };
      const method = resolveInitialization(initialization, network.sizes.slice(1, -1), network.hidden);
      if (method === 'smallRandom' || method === 'zeros')
        return { code: 'xavier-weights', changes: { 'model.initialization': 'xavier' } };
      return learningRate < LOW_RATE
        ? { code: 'automatic-rate', changes: { 'training.learningRate': 'auto' } }
        : null;
    },
  },
};

export type RunCode = keyof RunArgs;

type FindingOf<C extends RunCode> = {
  [K in C]: { readonly code: K; readonly args: RunArgs[K]; readonly remedy: Remedy | null };
}[C];
/** What a check has found of a run: one code, one sentence. */
export type RunFinding = FindingOf<RunCode>;

export function runFindings(facts: RunFacts): RunFinding[] {
  const finding = <C extends RunCode>(code: C): FindingOf<C>[] => {
    const check = runChecks[code];
    const args = check.rule(facts);
    return args ? [{ code, args, remedy: check.remedy(args, facts) }] : [];
  };
  return [
    ...finding('diverged'),
    ...finding('cost-above-start'),
    ...finding('cost-swings'),
    ...finding('test-cost-rising'),
    ...finding('cost-stuck'),
  ];
}

/** The rate that `auto` is for gradient descent on all rows at once. */
const automaticRate = (network: Network): number =>
  resolveLearningRate('auto', network, {
    ...{ optimizer: 'gradientDescent', momentum: 0, batchSize: 0, examples: 0 },
  });

const restartWith = (rate: number): Remedy => ({
  code: 'restart-with-rate',
  changes: { 'training.learningRate': rate },
});

/** A tenth of the rate, at most the one that `auto` is for all rows at once, in two digits. */
function lowerRate({ learningRate, network }: Pick<RunFacts, 'learningRate' | 'network'>): Remedy {
  const rate = Number(Math.min(learningRate / 10, automaticRate(network)).toPrecision(2));
  return restartWith(rate);
}

const lowestOf = (points: readonly CurvePoint[]) =>
  points.reduce((lowest, { lowestTrainCost }) => Math.min(lowest, lowestTrainCost), Infinity);
const highestOf = (points: readonly CurvePoint[]) =>
  points.reduce((highest, { highestTrainCost }) => Math.max(highest, highestTrainCost), -Infinity);

function worseCost({ curve }: RunFacts): WorseArgs | null {
  const last = curve.at(-1);
  if (!last || last.epoch < FEWEST_ABOVE) return null;
  const { trainCost: first } = curve[0];
  const since = last.epoch - Math.max(FEWEST_OF_LATE, last.epoch / 10);
  const lowest = lowestOf(curve.filter(({ epoch }) => epoch > since));
  return lowest > (1 + WORSE) * first ? { first, highest: highestOf(curve), now: last.trainCost } : null;
}

function swingingCost({ curve }: RunFacts): SwingsArgs | null {
  const last = curve.at(-1);
  if (!last) return null;
  const { trainCost: first } = curve[0];
  const later = curve.filter(({ epoch }) => epoch > last.epoch / 2);
  const [low, high] = [lowestOf(later), highestOf(later)];
  if (high < HIGH_SWING * first) return null;
  const rises = risesOf(later, first);
  return rises >= Math.max(FEWEST_RISES, SWINGING * later.length) ? { low, high, rises } : null;
}

/** How often the cost rises as {@link RISE} says, after it had fallen by as much. */
function risesOf(points: readonly CurvePoint[], first: number): number {
  const above = (low: number) => (1 + RISE.ofLow) * low + RISE.ofFirst * first;
  let [rises, isUp, low, high] = [0, false, Infinity, -Infinity];
  // Which of its extremes came first is not known of a point: one that spans a rise is one.
  for (const cost of points.flatMap((point) => [point.highestTrainCost, point.lowestTrainCost])) {
    if (isUp) {
      high = Math.max(high, cost);
      if (high > above(cost)) [isUp, low] = [false, cost];
    } else {
      low = Math.min(low, cost);
      if (cost > above(low)) [isUp, high, rises] = [true, cost, rises + 1];
    }
  }
  return rises;
}

function risingTestCost({ curve }: RunFacts): RisingArgs | null {
  const last = curve.at(-1);
  if (!last || last.testCost === null) return null;
  let [lowest, epoch, wait, trainCost] = [Infinity, 0, 0, Infinity];
  for (const { lowestTestCost, epoch: at, highestTrainCost } of curve) {
    if (lowestTestCost === null || lowestTestCost >= lowest) continue;
    wait = Math.max(wait, at - epoch);
    [lowest, epoch, trainCost] = [lowestTestCost, at, highestTrainCost];
  }
  const since = last.epoch - epoch;
  if (since < Math.max(FEWEST_SINCE, last.epoch / 10)) return null;
  // Its lowest in the later half is above, too: a noisy curve comes back.
  const later = curve.filter((point) => point.epoch > epoch + since / 2);
  // A training cost that has risen with it was not learnt by heart.
  if (lowestOf(later) > (1 + RISEN) * trainCost) return null;
  const floor = Math.min(...later.map(({ lowestTestCost }) => lowestTestCost ?? Infinity));
  const limit = (1 + RISEN) * lowest;
  return floor >= limit && last.testCost >= limit ? { epoch, lowest, now: last.testCost, wait } : null;
}

/** Twice the longest wait for a new lowest cost, rounded up to one digit: a restart then comes as far as this training. */
function patienceFor(wait: number): number {
  let digit = 10;
  while (10 * digit <= 2 * wait) digit *= 10;
  return Math.max(FEWEST_SINCE, Math.ceil((2 * wait) / digit) * digit);
}

function stuckCost({ curve }: RunFacts): StuckArgs | null {
  const [first] = curve;
  const last = curve.at(-1);
  if (!first || !last || last.trainCost < NOWHERE * first.trainCost) return null;
  let [low, high, since] = [Infinity, -Infinity, last.epoch];
  for (let k = curve.length - 1; k >= 0; k--) {
    const { epoch, lowestTrainCost, highestTrainCost, trainCost } = curve[k];
    if (Math.max(high, trainCost) - Math.min(low, trainCost) > MOVED * first.trainCost) break;
    since = epoch;
    low = Math.min(low, lowestTrainCost);
    high = Math.max(high, highestTrainCost);
    if (high - low > MOVED * first.trainCost) break;
  }
  const epochs = last.epoch - since;
  return epochs >= Math.max(FEWEST_STILL, last.epoch / 2) ? { epochs, cost: last.trainCost } : null;
}
