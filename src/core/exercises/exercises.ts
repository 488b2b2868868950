import type { Exercise } from './exercise';
import * as goals from './goals';

/** The flower as the course trains it: all rows, the features as they are. */
const FLOWER = {
  'training.learningRate': 1.2,
  'training.testFraction': 0,
  'data.standardize': false,
} as const;

/** Its network. */
const FOUR_TANH_UNITS = {
  'model.hiddenLayers': [4],
  'model.hiddenActivation': 'tanh',
  'model.initialization': 'auto',
} as const;

/** The week of the course as exercises, in its order. */
export const exercises = {
  'straight-line': {
    title: 'A straight line fails on the flower',
    file: 'flower.csv',
    guess: {
      question: 'How many of the 400 rows will logistic regression get right?',
      choices: ['about 47 %', 'about 70 %', 'about 90 %'],
      right: 0,
    },
    steps: [
      {
        task: 'Train logistic regression, a network without a hidden layer, for 100 epochs or more.',
        settings: { ...FLOWER, 'model.hiddenLayers': [], 'training.epochs': 1000 },
        solution: null,
        goal: goals.lineFails,
      },
    ],
    shows:
      'Without a hidden layer the boundary is a straight line, and no line parts the petals. Neither more epochs nor another rate helps: the cost is already as low as a line can bring it.',
  },
  'four-units': {
    title: 'Four tanh units bend the boundary',
    file: 'flower.csv',
    guess: {
      question: 'How far does a hidden layer of four units get?',
      choices: ['about 60 %', 'about 75 %', 'about 90 %'],
      right: 2,
    },
    steps: [
      {
        task: 'Reach an accuracy of 0.89 on the flower with one hidden layer of at most four tanh units.',
        settings: { ...FLOWER, ...FOUR_TANH_UNITS, 'training.epochs': 5000 },
        solution: null,
        goal: goals.fourUnitsBend,
      },
    ],
    shows:
      'Each hidden unit draws one soft line, and the output weighs the four together: that is enough to bend the boundary round the petals. The page of the neurons shows the four lines.',
  },
  zeros: {
    title: 'Zeros stay the same',
    file: 'flower.csv',
    guess: {
      question:
        'Four units begin with all weights at zero. How many different ones are there 1,000 epochs later?',
      choices: ['one', 'two', 'four'],
      right: 0,
    },
    steps: [
      {
        task: 'Begin with all weights at zero, and train for 100 epochs or more.',
        settings: {
          ...FLOWER,
          ...FOUR_TANH_UNITS,
          'model.initialization': 'zeros',
          'training.epochs': 1000,
        },
        solution: null,
        goal: goals.zerosStayTheSame,
      },
    ],
    shows:
      'Units with the same weights get the same gradient, so gradient descent never parts them. Random initial weights break that symmetry; it does not matter which ones, only that they differ.',
  },
  'rate-that-diverges': {
    title: 'Find a rate that diverges',
    file: 'sine.csv',
    guess: {
      question: 'What happens with a rate that is a little too high?',
      choices: [
        'it learns a little slower',
        'it stays at its first cost',
        'the cost grows until it is no number any more',
      ],
      right: 2,
    },
    steps: [
      {
        task: 'Raise the learning rate until the cost is no longer finite.',
        settings: {
          ...FOUR_TANH_UNITS,
          'training.learningRate': 0.1,
          'training.epochs': 1000,
          'training.testFraction': 0,
        },
        solution: { 'training.learningRate': 2 },
        goal: goals.diverges,
      },
      {
        task: 'Now find a rate close below it, at least two fifths of it, that still learns for 500 epochs.',
        settings: {},
        solution: { 'training.learningRate': 1 },
        goal: goals.highestThatLearns,
      },
    ],
    shows:
      'Too long a step ends higher on the other side of the valley than it began, and the next one higher still. The best rates lie not far below those that diverge, which is why one looks for them by factors of two or three.',
  },
  'size-that-overfits': {
    title: 'Find the size that overfits',
    file: 'flower.csv',
    guess: {
      question: 'More hidden units make the training cost lower. What do they do to the test cost?',
      choices: ['it falls as well', 'it falls, then rises', 'it stays where it was'],
      right: 1,
    },
    steps: [
      {
        task: 'Hold half of the rows back, and add hidden units until the test cost rises and ends at twice the training cost.',
        settings: {
          ...FLOWER,
          ...FOUR_TANH_UNITS,
          'training.epochs': 10_000,
          'training.testFraction': 0.5,
        },
        solution: { 'model.hiddenLayers': [50] },
        goal: goals.overfits,
      },
    ],
    shows:
      'With units to spare the boundary bends round single rows: what it learns of those is of no use on rows it has not seen. Fewer units, L2, or stopping where the test cost is lowest keep it from that.',
  },
  'dead-unit': {
    title: 'Make a unit die, and revive it',
    file: 'flower.csv',
    guess: {
      question: 'A ReLU has z ≤ 0 on every row. Does a lower rate bring it back?',
      choices: ['yes', 'only if the rate was too high', 'no'],
      right: 2,
    },
    steps: [
      {
        task: 'Raise the learning rate until a ReLU unit dies: its z is 0 or below on every row.',
        settings: {
          ...FLOWER,
          'data.standardize': true,
          'model.hiddenLayers': [8],
          'model.hiddenActivation': 'relu',
          'model.initialization': 'auto',
          'training.learningRate': 0.25,
          'training.epochs': 500,
        },
        solution: { 'training.learningRate': 10 },
        goal: goals.unitDies,
      },
      {
        task: 'Revive it: the same unit is to be healthy after 100 epochs or more. Restart with a lower rate or with leaky ReLUs, branch from before it died, or edit its bias.',
        settings: {},
        solution: { 'model.hiddenActivation': 'leakyRelu', 'training.learningRate': 1 },
        goal: goals.unitLives,
      },
    ],
    shows:
      'One step that is too long can put a ReLU’s kink beyond all rows. Its slope is 0 there, so no gradient reaches its weights any more, whatever the rate. A leaky ReLU keeps a little slope, and a lower rate keeps units from dying in the first place.',
  },
  'gradient-sign': {
    title: 'Predict the sign of a gradient',
    file: 'flower.csv',
    guess: null,
    steps: [
      {
        task: 'Say which sign dw has before you see it, three times in a row. Everything that it follows from is there.',
        settings: { ...FLOWER, ...FOUR_TANH_UNITS, 'training.epochs': 5000 },
        solution: null,
        goal: goals.signsPredicted,
      },
    ],
    shows:
      'The sign of dw is that of dz times what comes in, and dz = a − y at the output: where the answer a is too low, dz is negative. Gradient descent moves the weight the other way.',
  },
} as const satisfies Readonly<Record<string, Exercise>>;

export type ExerciseId = keyof typeof exercises;
export const exerciseIds = Object.keys(exercises) as readonly ExerciseId[];
/** An exercise by its id. */
export const exerciseOf = (id: ExerciseId): Exercise => exercises[id];
