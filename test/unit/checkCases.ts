import type { Network, Parameters } from '../../src/core/network';
import type { CheckCode } from '../../src/core/verdicts/checkCodes';
import type { Severity } from '../../src/core/verdicts/runFacts';
import type { RawSettings } from '../../src/settings/values';
import { imbalancedTable, line, tableOf, type Chance } from './checkTables';

/** A small network that is trained quickly. */
export const QUICK: RawSettings = {
  'model.hiddenLayers': [4],
  'training.optimizer': 'adam',
  'training.learningRate': 0.02,
  'training.batchSize': 0,
  'training.epochs': 300,
  'training.l2': 0,
  'training.earlyStopping.patience': 0,
};
export const xor = ({ normal }: Chance) => {
  const [a, b] = [normal(), normal()];
  return { a, b, y: a * b > 0 ? 'yes' : 'no' };
};
/** `a` is the answer, but for so large a share of the rows. */
export const nearlyAnswer = (wrong: number) => (chance: Chance) => {
  const isYes = chance.uniform() < 0.5;
  const seemsYes = chance.uniform() < wrong ? !isYes : isYes;
  return { a: chance.normal() / 9 + (seemsYes ? 1 : 0), b: chance.normal(), y: isYes ? 'yes' : 'no' };
};
const many = (count: number, chance: Chance) =>
  Object.fromEntries(Array.from({ length: count }, (_, k) => [`x${k + 1}`, chance.normal()]));
export const ORDERED: RawSettings = { 'data.splitColumn': 'day', 'data.splitBy': 'order' };

/** Weights of four hidden units on two numbers, by which they are given. */
const units =
  (unit: (k: number) => { readonly w: number; readonly b: number }) =>
  ({ sizes }: Network): Parameters => {
    const [nx, nh] = sizes;
    const of = Array.from({ length: nh }, (_, k) => unit(k));
    const spread = (k: number, i: number) => of[k].w * Math.cos(1 + 2 * k + i);
    return [
      {
        W: {
          rows: nh,
          cols: nx,
          data: Float64Array.from({ length: nh * nx }, (_, at) => spread(Math.floor(at / nx), at % nx)),
        },
        b: Float64Array.from(of, ({ b }) => b),
      },
      {
        W: { rows: 1, cols: nh, data: Float64Array.from({ length: nh }, (_, k) => 0.5 + k / 4) },
        b: new Float64Array(1),
      },
    ];
  };
const BRIEFLY: RawSettings = { ...QUICK, 'training.epochs': 2, 'training.learningRate': 1e-4 };
const RELUS: RawSettings = { ...BRIEFLY, 'model.hiddenActivation': 'relu' };

export interface Case {
  readonly code: CheckCode;
  readonly severity: Severity;
  /** What the sentence names. */
  readonly says: RegExp;
  readonly raises: readonly [table: string, settings?: RawSettings, start?: (network: Network) => Parameters];
  /** A table, or a training on it, that is nearly such a one. */
  readonly nearly: readonly [table: string, settings?: RawSettings, start?: (network: Network) => Parameters];
}

/** Before the test cost rises far. */
const SHORT: RawSettings = {
  ...QUICK,
  ...{ 'model.hiddenLayers': [], 'training.epochs': 15, 'training.testFraction': 0.5 },
};
const SLOW: RawSettings = {
  ...QUICK,
  ...{
    'training.optimizer': 'gradientDescent',
    'training.learningRate': 0.1,
    'model.initialization': 'xavier',
  },
};

const XOR = tableOf(400, xor);
const LINE = tableOf(1000, line(1));
export const cases: readonly Case[] = [
  {
    ...{ code: 'diverged', severity: 'error', says: /^Diverged in epoch \d+, layer \d/ },
    raises: [
      tableOf(100, ({ normal }) => ({ a: normal(), y: 100 * normal() })),
      { ...QUICK, 'training.optimizer': 'gradientDescent', 'training.learningRate': 50 },
    ],
    nearly: [
      tableOf(100, ({ normal }) => ({ a: normal(), y: 100 * normal() })),
      { ...QUICK, 'training.optimizer': 'gradientDescent', 'training.learningRate': 0.05 },
    ],
  },
  {
    ...{ code: 'cost-stuck', severity: 'warning', says: /has not moved for \d+ epochs/ },
    raises: [XOR, { ...QUICK, 'model.initialization': 'zeros' }],
    nearly: [XOR],
  },
  {
    ...{
      code: 'cost-above-start',
      severity: 'warning',
      says: /^The training cost is above where it began: .* The rate is too high\.$/,
    },
    raises: [XOR, { ...SLOW, 'training.learningRate': 100, 'training.epochs': 100 }],
    nearly: [XOR, { ...SLOW, 'training.learningRate': 3, 'training.epochs': 100 }],
  },
  {
    ...{
      code: 'cost-swings',
      severity: 'warning',
      says: /^The training cost swings: in the later half it rises \d+ times by a quarter or more/,
    },
    raises: [XOR, { ...SLOW, 'training.learningRate': 20 }],
    // It rises often here as well, and by less.
    nearly: [XOR, { ...SLOW, 'training.learningRate': 7 }],
  },
  {
    ...{ code: 'test-cost-rising', severity: 'warning', says: /was lowest at epoch \d+/ },
    raises: [
      tableOf(120, (chance) => ({ ...many(10, chance), ...line(3)(chance) })),
      // The lowest comes at epoch 15, and 20 epochs have to follow.
      { ...QUICK, 'model.hiddenLayers': [32], 'training.epochs': 35 },
    ],
    nearly: [
      tableOf(120, (chance) => ({ ...many(10, chance), ...line(3)(chance) })),
      { ...QUICK, 'model.hiddenLayers': [32], 'training.epochs': 34 },
    ],
  },
  {
    ...{
      code: 'still-improving',
      severity: 'information',
      says: /^The cost still falls: from 0\.\d+ at epoch 36 to 0\.\d+ at the last one, 40\./,
    },
    raises: [XOR, { ...QUICK, 'training.epochs': 40 }],
    nearly: [XOR, { ...QUICK, 'training.epochs': 1500 }],
  },
  {
    ...{
      code: 'no-better-than-guessing',
      severity: 'warning',
      says: /^Test accuracy 0\.\d+ is no better than guessing, which gives 0\.\d+\.$/,
    },
    raises: [
      tableOf(500, ({ normal, uniform }) => ({
        a: normal(),
        b: normal(),
        y: uniform() < 0.7 ? 'yes' : 'no',
      })),
      { ...QUICK, 'training.epochs': 50 },
    ],
    nearly: [tableOf(500, line(3))],
  },
  {
    ...{
      code: 'rare-class-missed',
      severity: 'warning',
      says: /^Accuracy 0\.97\d+, but guessing gives 0\.95\d*: half of the rare class “yes” is missed, 1\d of \d\d rows of the test part\.$/,
    },
    raises: [imbalancedTable(2500, 0.5)],
    nearly: [imbalancedTable(2500, 0.8)],
  },
  {
    ...{
      code: 'overfitting',
      severity: 'warning',
      says: /accuracy 0\.\d+ in training, 0\.\d+ on rows that it has not seen\.$/,
    },
    raises: [tableOf(300, (chance) => ({ ...many(30, chance), ...line(2)(chance) })), SHORT],
    nearly: [tableOf(3000, (chance) => ({ ...many(30, chance), ...line(2)(chance) })), SHORT],
  },
  {
    ...{
      code: 'underfitting',
      severity: 'warning',
      says: /accuracy 0\.\d+ in training, a straight line 0\.\d+\.$/,
    },
    raises: [LINE, { ...SLOW, 'training.epochs': 2 }],
    nearly: [LINE, { ...SLOW, 'training.epochs': 20 }],
  },
  {
    ...{
      code: 'no-better-than-line',
      severity: 'information',
      says: /^The hidden layers gain nothing: test accuracy 0\.\d+, a straight line 0\.\d+\.$/,
    },
    raises: [LINE],
    nearly: [tableOf(400, (chance) => ({ ...xor(chance) }))],
  },
  {
    ...{
      code: 'test-too-small',
      severity: 'information',
      says: /with 16 rows the score may lie anywhere from 0\.\d+ to (0|1)\.\d+\.$/,
    },
    raises: [tableOf(80, line(1))],
    nearly: [LINE],
  },
  {
    ...{
      code: 'golden-feature',
      severity: 'warning',
      says: /^“a” alone gives accuracy 0\.99\d*, all columns together (0|1)\.\d+: it may say the answer\.$/,
    },
    raises: [tableOf(1000, nearlyAnswer(0.005))],
    nearly: [tableOf(1000, nearlyAnswer(0.1))],
  },
  {
    ...{
      code: 'beyond-training',
      severity: 'warning',
      says: /^“level” goes far beyond what was trained on in \d+ of \d+ test rows, the first on line \d+\.$/,
    },
    raises: [
      tableOf(300, (chance, day) => ({ day, level: day / 10 + chance.normal(), ...line(1)(chance) })),
      { ...QUICK, ...ORDERED },
    ],
    // Three rows go as far beyond.
    nearly: [
      tableOf(300, (chance, day) => ({ day, level: day / 35 + chance.normal(), ...line(1)(chance) })),
      { ...QUICK, ...ORDERED },
    ],
  },
  {
    ...{
      code: 'correlated-features',
      severity: 'information',
      says: /^“a” and “copy” say nearly the same: their correlation is 0\.99\d+\.$/,
    },
    raises: [
      tableOf(300, (chance) => {
        const row = line(1)(chance);
        return { ...row, copy: row.a + 0.05 * chance.normal(), y: row.y };
      }),
      { ...QUICK, 'data.target': 'y' },
    ],
    nearly: [
      tableOf(300, (chance) => {
        const row = line(1)(chance);
        return { ...row, copy: row.a + 0.4 * chance.normal(), y: row.y };
      }),
      { ...QUICK, 'data.target': 'y' },
    ],
  },
  {
    ...{
      code: 'useless-features',
      severity: 'information',
      says: /^“c” adds nothing: .* It has 3 columns in all\.$/,
    },
    raises: [tableOf(2000, (chance) => ({ c: chance.normal(), ...line(0.3)(chance) }))],
    nearly: [
      tableOf(2000, (chance) => {
        const c = chance.normal();
        const { a, b } = line(0)(chance);
        return { c, a, b, y: a + b + c / 3 > 0 ? 'yes' : 'no' };
      }),
    ],
  },
  {
    ...{
      code: 'same',
      severity: 'warning',
      says: /^Units 1, 2, 3 and 4 are the same: on every row, and in their weights/,
    },
    raises: [XOR, { ...QUICK, 'model.initialization': 'zeros' }],
    nearly: [XOR],
  },
  {
    ...{ code: 'dead', severity: 'warning', says: /^Units 1, 2 and 3 are dead: z ≤ 0 on every row/ },
    raises: [XOR, RELUS, units((k) => ({ w: 1, b: k < 3 ? -100 : 0 }))],
    nearly: [XOR, RELUS, units((k) => ({ w: 1, b: k < 1 ? -100 : 0 }))],
  },
  {
    ...{
      code: 'constant',
      severity: 'warning',
      says: /^Units 1 and 2 give the same number for every row\.$/,
    },
    raises: [
      XOR,
      { ...BRIEFLY, 'training.learningRate': 1e-8 },
      units((k) => ({ w: k < 2 ? 0 : 1, b: (k + 1) / 5 })),
    ],
    nearly: [
      XOR,
      { ...BRIEFLY, 'training.learningRate': 1e-8 },
      units((k) => ({ w: k < 1 ? 0 : 1, b: (k + 1) / 5 })),
    ],
  },
  {
    ...{
      code: 'saturated',
      severity: 'information',
      says: /^Units 1, 2, 3 and 4 are saturated on 9\d(\.\d)? % to 9\d(\.\d)? % of the rows\.$/,
    },
    raises: [XOR, BRIEFLY, units(() => ({ w: 100, b: 0 }))],
    nearly: [XOR, BRIEFLY, units((k) => ({ w: k < 3 ? 100 : 1, b: 0 }))],
  },
];

/** What is found of what a search has compared: `find` on such tables, so many candidates. */
export const searched = {
  ...({ code: 'best-at-the-edge', severity: 'information', candidates: 3 } as const),
  says: / at the edge of what was compared: --l2 0\.0042 is the lowest, /,
  raises: tableOf(300, line(0.3)),
  /** The least L2 is best there as well, by no more than chance. */
  nearly: tableOf(300, line(3)),
};
