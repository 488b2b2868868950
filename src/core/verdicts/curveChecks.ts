import type { CurvePoint } from '../history';
import { resolveInitialization } from '../initialization';
import type { Network } from '../network';
import { resolveLearningRate } from '../trainer';
import type { Remedy } from './remedy';
import type { Divergence, RunCheck, RunFacts } from './runFacts';

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
/** A cost that falls by so much of the first in the last tenth of the epochs is not at its end. */
const STILL_FALLING = 0.01;
/** Where nearly all are right there is nothing to gain. */
const ALL_RIGHT = 0.995;
/** A training of fewer epochs has hardly begun. */
const FEWEST_TO_FALL = 20;
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

export interface ImprovingArgs {
  /** When it was so high, and how low it is at the end. */
  readonly from: number;
  readonly before: number;
  readonly epochs: number;
  readonly now: number;
}

/** What the checks of the curve find. */
export interface CurveArgs {
  readonly diverged: Divergence;
  readonly 'cost-above-start': WorseArgs;
  readonly 'cost-swings': SwingsArgs;
  readonly 'cost-stuck': StuckArgs;
  readonly 'test-cost-rising': RisingArgs;
  readonly 'still-improving': ImprovingArgs;
}

/** What the curve shows. */
export const curveChecks: { readonly [C in keyof CurveArgs]: RunCheck<CurveArgs[C]> } = {
  diverged: {
    severity: () => 'error',
    rule: ({ diverged }) => diverged,
    remedy: divergedRemedy,
  },
  'cost-above-start': {
    severity: () => 'warning',
    rule: worseCost,
    remedy: (_, facts) => lowerRate(facts),
  },
  'cost-swings': {
    severity: () => 'warning',
    rule: swingingCost,
    remedy: (_, facts) => lowerRate(facts),
  },
  'cost-stuck': {
    severity: () => 'warning',
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
  'test-cost-rising': {
    severity: () => 'warning',
    rule: risingTestCost,
    remedy: ({ wait }, facts) => stopEarly(facts, wait),
  },
  'still-improving': {
    severity: () => 'information',
    rule: improvingCost,
    remedy: ({ epochs }) => ({ code: 'more-epochs', changes: { 'training.epochs': twice(epochs) } }),
  },
};

/** The rate that was found stable, if one was. */
export function divergedRemedy({ suggestedRate }: Divergence): Remedy | null {
  return suggestedRate === null ? null : restartWith(suggestedRate);
}

/** As far as epochs go. */
export const twice = (epochs: number): number => Math.min(2 * epochs, 10_000_000);

/** Stops by a validation part; where there can be none by the test cost, after so many epochs as it needs. */
export function stopEarly({ patience, patienceFound = 0 }: RunFacts, wait: number): Remedy | null {
  if (patience > 0) return null;
  return patienceFound > 0
    ? { code: 'stop-by-validation', changes: { 'training.earlyStopping.patience': 'auto' } }
    : { code: 'stop-by-test', changes: { 'training.earlyStopping.patience': patienceFor(wait) } };
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

function improvingCost({ curve, over }: RunFacts): ImprovingArgs | null {
  const last = curve.at(-1);
  if (!last || !over?.isAtEnd || last.epoch < FEWEST_TO_FALL) return null;
  if ((last.testScore ?? last.trainScore) >= ALL_RIGHT) return null;
  const before = curve.findLast(({ epoch }) => epoch <= 0.9 * last.epoch);
  if (!before || lowestOf([before]) - last.trainCost < STILL_FALLING * curve[0].trainCost) return null;
  // What is learnt by heart does not improve.
  if (last.testCost !== null && before.testCost !== null && last.testCost >= before.testCost) return null;
  return { from: before.epoch, before: before.trainCost, epochs: last.epoch, now: last.trainCost };
}
