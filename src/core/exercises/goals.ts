import { count, layers, short, whole } from '../format';
import type { CurvePoint } from '../history';
import type { ExerciseFacts, Judgement, Kept } from './exercise';

export const met = (says: string, keeps?: Kept): Judgement => ({
  ...{ kind: 'met', says },
  ...(keeps && { keeps }),
});
const near = (says: string): Judgement => ({ kind: 'near', says });
const away = (says: string): Judgement => ({ kind: 'away', says });

/** Before so many epochs a score or a verdict says little. */
const SETTLED = 100;
/** No better than this is no better than a coin. */
const COIN = 0.55;
const FOUR_UNITS_REACH = 0.89;
/** A rate at least this share of one that diverges is close below it. */
const CLOSE = 0.4;
/** It learns: R², or accuracy, after {@link LEARNT_AFTER} epochs. */
const LEARNT = 0.3;
const LEARNT_AFTER = 500;
/** A test cost that is this many times the training cost shows what was learnt by heart. */
const BY_HEART = 2;
const FEWEST_TEST_ROWS = 50;
/** Units are judged on every example, each beside every other, several times a second while a run goes on. */
const MOST_UNITS = 64;
/** Three guesses in a row are right by chance once in eight. */
export const IN_A_ROW = 3;

const last = ({ curve }: ExerciseFacts): CurvePoint => curve[curve.length - 1];
const hiddenSizes = ({ network }: ExerciseFacts) => network.sizes.slice(1, -1);
const isFlower = ({ file, network }: ExerciseFacts) =>
  /flower/i.test(file) && network.sizes[0] === 2 && network.output === 'sigmoid';
/** What is said where that would take too long; null where it does not. */
function tooLarge(facts: ExerciseFacts): Judgement | null {
  const units = hiddenSizes(facts).reduce((sum, n) => sum + n, 0);
  if (units <= MOST_UNITS) return null;
  return away(
    `A network of at most ${whole(MOST_UNITS)} hidden units: larger ones are not judged while they train.`,
  );
}
const waitFor = (epochs: number, now: number) => near(`${whole(now)} of ${whole(epochs)} epochs so far.`);

export function lineFails(facts: ExerciseFacts): Judgement {
  const { epoch, trainScore } = last(facts);
  if (!isFlower(facts)) return away('This is about flower.csv.');
  const hidden = hiddenSizes(facts);
  if (hidden.length > 0) return away(`This run has ${count(hidden.length, 'hidden layer')}; take it away.`);
  if (epoch < SETTLED) return waitFor(SETTLED, epoch);
  if (trainScore > COIN) return near(`Accuracy ${short(trainScore)}: better than a coin.`);
  return met(
    `Accuracy ${short(trainScore)} at epoch ${whole(epoch)}: no better than a coin, which is right on half.`,
  );
}

export function fourUnitsBend(facts: ExerciseFacts): Judgement {
  if (!isFlower(facts)) return away('This is about flower.csv.');
  const [units, ...others] = hiddenSizes(facts);
  if (units === undefined || others.length > 0 || units > 4) {
    return away(`One hidden layer of at most 4 units; this run has layers ${layers(facts.network.sizes)}.`);
  }
  if (facts.network.hidden !== 'tanh')
    return away(`tanh units; those of this run are ${facts.network.hidden}.`);
  if (facts.testRows > 0) return away('Without a test part: all 400 rows are for training here.');
  const best = facts.curve.reduce((most, point) => (point.trainScore > most.trainScore ? point : most));
  if (best.trainScore < FOUR_UNITS_REACH) {
    return near(`Accuracy ${short(best.trainScore)} at best so far; ${FOUR_UNITS_REACH} is the goal.`);
  }
  return met(
    `Accuracy ${short(best.trainScore)} at epoch ${whole(best.epoch)} with ${count(units, 'tanh unit')}.`,
  );
}

export function zerosStayTheSame(facts: ExerciseFacts): Judgement {
  if (!isFlower(facts)) return away('This is about flower.csv.');
  if (facts.initialization !== 'zeros') {
    return away(`Initial weights of zero; this run has initialization ${facts.initialization}.`);
  }
  if (!hiddenSizes(facts).some((units) => units > 1)) return away('A hidden layer of two units or more.');
  const { epoch } = last(facts);
  if (epoch < SETTLED) return waitFor(SETTLED, epoch);
  const large = tooLarge(facts);
  if (large) return large;
  const verdicts = facts.verdicts();
  if (!verdicts) return near('Its examples are not there yet.');
  const units = verdicts.filter((layer) => layer.length > 1).flat();
  const same = units.filter(({ codes }) => codes.includes('same')).length;
  return same === units.length
    ? met(`All ${whole(same)} units are the same at epoch ${whole(epoch)}.`)
    : near(`${whole(same)} of ${count(units.length, 'unit')} are the same.`);
}

/** The rates are looked for on one table with one network: what is said of runs that are not; null for those that are. */
function otherThanOnSine({ file, network, initialization, testRows }: ExerciseFacts): Judgement | null {
  if (!/sine/i.test(file) || network.sizes[0] !== 1 || network.output !== 'linear')
    return away('This is about sine.csv.');
  const [units, ...others] = network.sizes.slice(1, -1);
  if (units !== 4 || others.length > 0)
    return away(`One hidden layer of 4 units; this run has layers ${layers(network.sizes)}.`);
  if (network.hidden !== 'tanh') return away(`tanh units; those of this run are ${network.hidden}.`);
  if (initialization !== 'auto')
    return away(`Initial weights as auto draws them; this run has initialization ${initialization}.`);
  if (testRows > 0) return away('Without a test part: all rows are for training here.');
  return null;
}

export function diverges(facts: ExerciseFacts): Judgement {
  const { diverged, curve, learningRate } = facts;
  const other = otherThanOnSine(facts);
  if (other) return other;
  if (!diverged) {
    return near(
      `Rate ${short(learningRate)}: the cost is finite after ${count(curve[curve.length - 1].epoch, 'epoch')}. Go higher.`,
    );
  }
  const { learningRate: rate, epoch } = diverged;
  return met(`With rate ${short(rate)} the cost was no longer finite in epoch ${whole(epoch)}.`, {
    rate,
  });
}

export function highestThatLearns(facts: ExerciseFacts, kept: Kept): Judgement {
  const { rate = Infinity } = kept;
  const { learningRate, diverged } = facts;
  const other = otherThanOnSine(facts);
  if (other) return other;
  if (diverged) return near(`Rate ${short(diverged.learningRate)} diverges.`);
  if (learningRate < CLOSE * rate) {
    return near(`Rate ${short(learningRate)} is far below ${short(rate)}, which diverged. Go higher.`);
  }
  const { epoch, trainScore } = last(facts);
  if (epoch < LEARNT_AFTER) return waitFor(LEARNT_AFTER, epoch);
  if (trainScore < LEARNT) {
    return near(`Rate ${short(learningRate)} stays finite, but the score is ${short(trainScore)} only.`);
  }
  return met(
    `Rate ${short(learningRate)} learns (${short(trainScore)} at epoch ${whole(epoch)}), ${short(rate)} diverges.`,
  );
}

export function overfits(facts: ExerciseFacts): Judgement {
  if (!isFlower(facts)) return away('This is about flower.csv.');
  const { trainCost, testCost } = last(facts);
  if (testCost === null || facts.testRows < FEWEST_TEST_ROWS) {
    return away(`A test part of at least ${FEWEST_TEST_ROWS} rows; this run has ${whole(facts.testRows)}.`);
  }
  const times = testCost / trainCost;
  const is = `The test cost is ${short(testCost)}, ${short(Number(times.toFixed(1)))} times the training cost`;
  if (times < BY_HEART) return near(`${is}; ${BY_HEART} times is the goal.`);
  if (!facts.codes().includes('test-cost-rising')) return near(`${is}, but it is not rising.`);
  return met(`${is}, and rising, with layers ${layers(facts.network.sizes)}.`);
}

export function unitDies(facts: ExerciseFacts): Judgement {
  if (!isFlower(facts)) return away('This is about flower.csv.');
  if (hiddenSizes(facts).length === 0) return away('A hidden layer of ReLU units; this run has none.');
  if (facts.network.hidden !== 'relu')
    return away(`ReLU units; those of this run are ${facts.network.hidden}.`);
  const large = tooLarge(facts);
  if (large) return large;
  const verdicts = facts.verdicts();
  if (!verdicts) return away('A hidden layer whose examples are there.');
  const dead = verdicts.flat().find(({ codes }) => codes.includes('dead'));
  if (!dead) return near(`Rate ${short(facts.learningRate)}: no unit has died yet.`);
  const { layer, unit } = dead.facts;
  return met(
    `${nameOfUnit(facts, layer, unit)} is dead: z ≤ 0 on every row, ${count(last(facts).epoch, 'epoch')} in.`,
    { layer, unit, layers: layers(facts.network.sizes) },
  );
}

export function unitLives(facts: ExerciseFacts, { layer = 1, unit = 0, layers: of = '' }: Kept): Judgement {
  if (!isFlower(facts)) return away('This is about flower.csv.');
  if (layers(facts.network.sizes) !== of) return away(`A run with layers ${of}, as that of the dead unit.`);
  const name = nameOfUnit(facts, layer, unit);
  const verdict = facts
    .verdicts()
    ?.at(layer - 1)
    ?.at(unit);
  if (!verdict) return near('Its examples are not there yet.');
  const { epoch } = last(facts);
  if (verdict.code !== 'healthy') {
    return near(
      `${name} is ${verdict.code === 'dead' ? 'dead' : 'not healthy yet'} at epoch ${whole(epoch)}.`,
    );
  }
  const trained = epoch - facts.since;
  if (trained < SETTLED) {
    const since = facts.since > 0 ? ` since epoch ${whole(facts.since)}` : '';
    return near(`${name} is healthy: ${whole(trained)} of ${whole(SETTLED)} epochs so far${since}.`);
  }
  return met(`${name} is healthy at epoch ${whole(epoch)} (${facts.network.hidden}).`);
}

export function signsPredicted(_: ExerciseFacts, { inARow = 0 }: Kept): Judgement {
  return inARow >= IN_A_ROW
    ? met(`${IN_A_ROW} signs predicted in a row.`)
    : near(`${inARow} right in a row; ${IN_A_ROW} is the goal.`);
}

const nameOfUnit = (facts: ExerciseFacts, layer: number, unit: number) =>
  `Unit ${whole(unit + 1)}${hiddenSizes(facts).length > 1 ? ` of layer ${whole(layer)}` : ''}`;
