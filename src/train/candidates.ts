import type { HiddenActivation } from '../core/activations';
import { random, shuffle } from '../core/random';
import { resolveLearningRate } from '../core/trainer';
import type { OutputKind } from '../core/network';
import type { NumberTransform } from '../settings/data';
import type { Automatic, AutomaticKey } from '../settings/automatic';
import type { SettingKey, Settings } from '../settings/settings';
import { scheduleFor, type Schedule } from './automatic';

/** What is varied of a network and its training. */
export interface Candidate {
  readonly hiddenLayers: readonly number[];
  readonly activation: HiddenActivation;
  /** L2 times the examples that are trained on: the same for few of them and for many. */
  readonly l2Strength: number;
  /** Times the rate that `auto` stands for. */
  readonly rateFactor: number;
  readonly transform: NumberTransform;
}

/** What the candidates depend on besides the seed. */
export interface Space {
  /** Keys that a person has set: they stay as they are. */
  readonly fixed: ReadonlySet<SettingKey>;
  readonly settings: Settings;
  /** Whether there are features that a transform reshapes. */
  readonly hasNumbers: boolean;
}

/** What a straight line is as a network: that of scikit-learn has this penalty. */
const LINE: Candidate = {
  ...{ hiddenLayers: [], activation: 'tanh', l2Strength: 1, rateFactor: 1, transform: 'none' },
};
const NETWORK: Candidate = { ...LINE, hiddenLayers: [32], l2Strength: 2 };

/** What is tried first, before chance has its turn: the line, the network that `auto` stands for on most tables, and its neighbours. */
const FIRST: readonly Candidate[] = [
  LINE,
  { ...LINE, l2Strength: 10 },
  { ...LINE, l2Strength: 100 },
  NETWORK,
  { ...NETWORK, activation: 'relu' },
  { ...NETWORK, hiddenLayers: [8], l2Strength: 10 },
  { ...NETWORK, hiddenLayers: [64], l2Strength: 10 },
  { ...NETWORK, hiddenLayers: [32, 32], activation: 'relu', l2Strength: 10 },
  { ...NETWORK, transform: 'rank' },
  { ...NETWORK, l2Strength: 50, rateFactor: 1 / 3 },
  { ...NETWORK, transform: 'log' },
];

const LAYERS = [[4], [8], [16], [32], [64], [128], [16, 16], [32, 32], [64, 32], [64, 64]] as const;
const ACTIVATIONS = ['tanh', 'relu', 'leakyRelu'] as const;
const STRENGTHS = [0.1, 2, 10, 50] as const;
const LINE_STRENGTHS = [0.1, 10, 100, 300] as const;
const RATE_FACTORS = [1 / 3, 1, 3] as const;
const TRANSFORMS = ['none', 'none', 'rank', 'log'] as const;

/** All candidates there are, each once, in the order in which they are tried: the first ones, then the seed's. */
export function candidatesOf(space: Space, seed: number): Candidate[] {
  const all: Candidate[] = TRANSFORMS.flatMap((transform) => [
    ...LINE_STRENGTHS.map((l2Strength) => ({ ...LINE, l2Strength, transform })),
    ...LAYERS.flatMap((hiddenLayers) =>
      ACTIVATIONS.flatMap((activation) =>
        STRENGTHS.flatMap((l2Strength) =>
          RATE_FACTORS.map((rateFactor) => ({
            ...{ hiddenLayers, activation, l2Strength, rateFactor, transform },
          })),
        ),
      ),
    ),
  ]);
  const drawn = shuffle([...all.keys()], random(seed, 'search')).map((k) => all[k]);
  const byText = new Map<string, Candidate>();
  for (const candidate of [...FIRST, ...drawn]) {
    const held = heldTo(candidate, space);
    const text = JSON.stringify(held);
    if (!byText.has(text)) byText.set(text, held);
  }
  return [...byText.values()];
}

/** A candidate with what a person has set, and without what makes no difference. */
function heldTo(candidate: Candidate, { fixed, settings, hasNumbers }: Space): Candidate {
  const { 'model.hiddenLayers': layers, 'data.transform': transform } = settings;
  const hiddenLayers = fixed.has('model.hiddenLayers') && layers !== 'auto' ? layers : candidate.hiddenLayers;
  const isFixed = fixed.has('data.transform') || !hasNumbers;
  return {
    hiddenLayers,
    activation:
      fixed.has('model.hiddenActivation') || hiddenLayers.length === 0
        ? settings['model.hiddenActivation']
        : candidate.activation,
    l2Strength: fixed.has('training.l2') ? 0 : candidate.l2Strength,
    rateFactor: fixed.has('training.learningRate') ? 1 : candidate.rateFactor,
    transform: isFixed ? transform : candidate.transform,
  };
}

/**
 * What a candidate has of what may be at the edge. A straight line has penalties of its own, and those of a network say nothing
 * of it; a rate is a share of the one that `auto` stands for, which differs from network to network.
 */
export function edgeValues(
  { hiddenLayers, l2Strength, rateFactor }: Candidate,
  best: Candidate,
): Readonly<Record<string, unknown>> {
  const isAlike = (hiddenLayers.length === 0) === (best.hiddenLayers.length === 0);
  return {
    'model.hiddenLayers': hiddenLayers,
    ...(isAlike && { 'training.l2': l2Strength, 'training.learningRate': rateFactor }),
  };
}

/** A network without hidden units on so few numbers is soon found on all rows at once. */
const FEW_NUMBERS = 2e5;

/** How a candidate is trained on so many examples, where a person has not said so. */
export function scheduleOf(
  { hiddenLayers }: Candidate,
  { fixed, settings }: Pick<Space, 'fixed' | 'settings'>,
  { nx, examples }: { nx: number; examples: number },
): Schedule {
  const usual = scheduleFor(examples);
  const isSmallLine = hiddenLayers.length === 0 && examples * nx <= FEW_NUMBERS;
  /** What a person has set, where it is to stay. */
  const set = <K extends AutomaticKey>(key: K): Automatic[K] | null => {
    const value = fixed.has(key) ? settings[key] : 'auto';
    return value === 'auto' ? null : (value as Automatic[K]);
  };
  return {
    optimizer: set('training.optimizer') ?? usual.optimizer,
    batchSize: set('training.batchSize') ?? (isSmallLine ? 0 : usual.batchSize),
    epochs: set('training.epochs') ?? usual.epochs,
    // A number of epochs that is set is held to; a line is fitted to the end: its penalty is what holds it back.
    patience:
      set('training.epochs') === null
        ? set('training.earlyStopping.patience') || (isSmallLine ? 0 : usual.patience)
        : 0,
  };
}

/** What a candidate is as settings, for a training on so many examples. */
export function settingsOf(
  { hiddenLayers, activation, l2Strength, rateFactor, transform }: Candidate,
  { optimizer, batchSize, epochs }: Omit<Schedule, 'patience'>,
  { fixed, settings }: Pick<Space, 'fixed' | 'settings'>,
  { nx, ny, output, examples }: { nx: number; ny: number; output: OutputKind; examples: number },
): Partial<Settings> {
  const network = { sizes: [nx, ...hiddenLayers, ny], hidden: activation, output };
  const conditions = { optimizer, momentum: settings['training.momentum'], batchSize, examples };
  const rate = resolveLearningRate('auto', network, conditions) * rateFactor;
  const found: Partial<Settings> = {
    'model.hiddenLayers': [...hiddenLayers],
    ...(hiddenLayers.length > 0 && { 'model.hiddenActivation': activation }),
    'training.optimizer': optimizer,
    'training.batchSize': batchSize,
    'training.learningRate': Number(rate.toPrecision(2)),
    'training.epochs': epochs,
    'training.l2': Number((l2Strength / examples).toPrecision(2)),
    'data.transform': transform,
  };
  const free = Object.entries(found).filter(([key]) => !fixed.has(key as SettingKey));
  // How long it trains has been found: no part need be watched.
  return { ...(Object.fromEntries(free) as Partial<Settings>), 'training.earlyStopping.patience': 0 };
}
