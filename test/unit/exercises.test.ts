import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { forward, forwardPass } from '../../src/core/equations';
import {
  advance,
  isDone,
  UNTRIED,
  type ExerciseFacts,
  type Progress,
} from '../../src/core/exercises/exercise';
import { exerciseIds, exerciseOf, type ExerciseId } from '../../src/core/exercises/exercises';
import { signQuestion } from '../../src/core/exercises/signQuestion';
import { matrix } from '../../src/core/matrix';
import { copyParameters, unflatten, zeroParameters } from '../../src/core/network';
import { traceNeuron } from '../../src/core/trace';
import { untilDone } from '../../src/core/trainer';
import { runFindings } from '../../src/core/verdicts/runChecks';
import { unitVerdicts } from '../../src/core/verdicts/unitVerdicts';
import type { SettingKey } from '../../src/settings/settings';
import { readValues } from '../../src/settings/values';
import type { TrainingRun } from '../../src/train/run';
import { runOn } from './training';
import { course } from './course';

const SEEDS = [1, 2, 3, 4, 5];
type Raw = Partial<Record<SettingKey, unknown>>;

/** Trains with the engine until it is done or diverges. */
function train(file: string, raw: Raw): TrainingRun {
  const { settings, problems } = readValues(raw);
  assert.deepEqual(problems, []);
  const run = runOn(readFileSync(`samples/${file}`, 'utf8'), settings);
  while (run.epoch < run.epochs) {
    if (run.step(untilDone, () => undefined, run.epochs - run.epoch) === 'diverged') break;
  }
  return run;
}

function factsOf(file: string, run: TrainingRun): ExerciseFacts {
  const { network, dataset, settings, diverged } = run;
  const curve = run.history.points;
  const initialization = settings['model.initialization'];
  const { rows, cols, data } = dataset.X;
  const all = forwardPass(network, matrix(rows, cols, Float64Array.from(data)));
  const parameters = unflatten(network, run.parameters());
  forward(all, parameters);
  return {
    ...{ file, trainRows: dataset.train.length, testRows: dataset.test.length, network, initialization },
    ...{ learningRate: run.learningRate, curve, diverged, since: 0 },
    codes: () =>
      runFindings({
        ...{ curve, diverged, network, initialization, learningRate: run.learningRate, patience: 0 },
      }).map(({ code }) => code),
    verdicts: () => unitVerdicts(network, parameters, all),
  };
}

/** The run that an exercise's own settings and its solution make, or others on top of them. */
function judge(id: ExerciseId, progress: Progress, raw: Raw, file = exerciseOf(id).file) {
  return advance(exerciseOf(id), progress, factsOf(file, train(file, raw)));
}

/** One that nothing is known of but the guess. */
const guessed = (id: ExerciseId): Progress => (exerciseOf(id).guess ? { ...UNTRIED, guess: 1 } : UNTRIED);

const settled = (id: ExerciseId, step: number): Raw => {
  const before = exerciseOf(id).steps.slice(0, step + 1);
  return Object.assign({}, ...before.map(({ settings }) => settings)) as Raw;
};

describe('the exercises', () => {
  it('name settings that there are', () => {
    for (const id of exerciseIds) {
      for (const { settings, solution } of exerciseOf(id).steps) {
        const { problems } = readValues({ ...settings, ...solution });
        assert.deepEqual(problems, [], id);
      }
    }
  });

  it('are the steps of the walkthrough, which their goals tick, with tables that are packaged', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { walkthroughs: { steps: Record<string, unknown>[] }[] };
    };
    const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    const packaged = readFileSync('.vscodeignore', 'utf8');
    const [{ steps }] = contributes.walkthroughs;
    assert.deepEqual(
      steps.map(({ id }) => id),
      exerciseIds,
    );
    for (const [k, id] of exerciseIds.entries()) {
      const { media, completionEvents } = steps[k] as {
        media: { markdown: string };
        completionEvents: string[];
      };
      assert.equal(texts[`walkthrough.${id}.title`], exerciseOf(id).title);
      assert.ok(
        texts[`walkthrough.${id}.description`].includes(`(command:neuronLens.startExercise?%22${id}%22)`),
      );
      assert.deepEqual(completionEvents, [`onContext:neuronLens.exercise.${id}`]);
      assert.ok(readFileSync(media.markdown, 'utf8').startsWith(`# ${exerciseOf(id).title}\n`));
      assert.ok(packaged.includes(`!samples/${exerciseOf(id).file}\n`));
    }
  });

  for (const id of exerciseIds) {
    const exercise = exerciseOf(id);
    if (id === 'gradient-sign') continue;
    it(`“${exercise.title}” is solved by its settings, with seeds 1 to 5`, () => {
      for (const seed of SEEDS) {
        let progress = guessed(id);
        exercise.steps.forEach(({ solution }, step) => {
          const raw = { ...settled(id, step), ...solution, 'training.seed': seed };
          const outcome = judge(id, progress, raw);
          assert.equal(
            outcome.judgement?.kind,
            'met',
            `seed ${seed}, step ${step}: ${outcome.judgement?.says}`,
          );
          progress = outcome.progress;
          assert.equal(progress.steps, step + 1);
        });
        assert.ok(isDone(exercise, progress));
      }
    });
  }

  it('stay open until the guess is made, and say nothing of what is right', () => {
    for (const id of ['straight-line', 'four-units'] as const) {
      const { progress, judgement } = judge(id, UNTRIED, settled(id, 0));
      assert.equal(progress, UNTRIED);
      assert.deepEqual(judgement, {
        kind: 'near',
        says: 'It reaches the goal. Make your guess: then it counts.',
      });
      assert.equal(judge(id, { ...progress, guess: 0 }, settled(id, 0)).progress.steps, 1);
    }
    // What the last exercise is set up with is what the second one asks for.
    assert.equal(judge('four-units', UNTRIED, settled('gradient-sign', 0)).progress, UNTRIED);
  });

  it('say of logistic regression that it has no hidden layer, not what units it has', () => {
    const { judgement } = judge('dead-unit', guessed('dead-unit'), {
      ...{ 'model.hiddenLayers': [], 'training.epochs': 10 },
    });
    assert.deepEqual(judgement, { kind: 'away', says: 'A hidden layer of ReLU units; this run has none.' });
  });

  it('count the epochs of a revived unit from the edit that revived it, or the epoch that was branched at', () => {
    const id = 'dead-unit';
    const raw = { ...settled(id, 0), 'training.learningRate': 10 };
    const { progress } = judge(id, guessed(id), raw);
    assert.equal(progress.steps, 1);
    const lives = train('flower.csv', { ...raw, 'training.learningRate': 0.25, 'training.epochs': 550 });
    const facts = factsOf('flower.csv', lives);
    for (const [since, says] of [
      [550, /^Unit \d is healthy: 0 of 100 epochs so far since epoch 550\.$/],
      [451, /: 99 of 100 epochs so far since epoch 451\.$/],
    ] as const) {
      const { judgement, progress: after } = advance(exerciseOf(id), progress, { ...facts, since });
      assert.equal(after.steps, 1);
      assert.match(judgement?.says ?? '', says);
    }
    assert.equal(advance(exerciseOf(id), progress, { ...facts, since: 450 }).progress.steps, 2);
  });

  it('do not judge the units of a large network: that would hold the host for longer than it may', () => {
    const run = train('flower.csv', { ...settled('zeros', 0), 'training.epochs': 100 });
    const facts: ExerciseFacts = {
      ...factsOf('flower.csv', run),
      verdicts: () => assert.fail('they are judged'),
    };
    for (const sizes of [
      [2, 65, 1],
      [2, 33, 32, 1],
    ]) {
      const zeros = { ...facts, network: { ...run.network, sizes } };
      const relus = { ...facts, network: { ...run.network, sizes, hidden: 'relu' as const } };
      for (const [id, of] of [
        ['zeros', zeros],
        ['dead-unit', relus],
      ] as const) {
        const { judgement } = advance(exerciseOf(id), UNTRIED, of) ?? {};
        assert.equal(judgement?.kind, 'away');
        assert.match(judgement?.says ?? '', /^A network of at most 64 hidden units: larger/);
      }
    }
  });

  /** An exercise is not solved by what it begins with where something is to be found, nor by the runs of others. */
  const unsolved: [ExerciseId, string, Raw, string?][] = [
    ['straight-line', 'a hidden layer', { 'model.hiddenLayers': [4], 'training.epochs': 200 }],
    ['straight-line', 'ten epochs', { 'training.epochs': 10 }],
    ['straight-line', 'another file', { 'training.epochs': 200 }, 'moons.csv'],
    ['four-units', 'two units', { 'model.hiddenLayers': [2] }],
    ['four-units', 'five units', { 'model.hiddenLayers': [5], 'training.epochs': 20 }],
    ['four-units', 'two layers', { 'model.hiddenLayers': [4, 4], 'training.epochs': 20 }],
    ['four-units', 'ReLUs', { 'model.hiddenActivation': 'relu', 'training.epochs': 20 }],
    ['four-units', 'a test part', { 'training.testFraction': 0.2, 'training.epochs': 20 }],
    ['four-units', 'a hundred epochs', { 'training.epochs': 100 }],
    ['zeros', 'random weights', { 'model.initialization': 'auto' }],
    ['zeros', 'another file', { 'training.epochs': 200 }, 'moons.csv'],
    ['zeros', 'one unit', { 'model.hiddenLayers': [1] }],
    ['zeros', 'fifty epochs', { 'training.epochs': 50 }],
    ['rate-that-diverges', 'the rate it begins with', {}],
    ['size-that-overfits', 'the size it begins with', {}],
    [
      'size-that-overfits',
      'no test part',
      { 'model.hiddenLayers': [50], 'training.testFraction': 0, 'training.epochs': 100 },
    ],
    ['dead-unit', 'another file', { 'training.learningRate': 10 }, 'moons.csv'],
    ['dead-unit', 'the rate it begins with', {}],
    ['dead-unit', 'leaky ReLUs', { 'model.hiddenActivation': 'leakyRelu', 'training.learningRate': 10 }],
    ['gradient-sign', 'training alone', { 'training.epochs': 10 }],
  ];
  for (const [id, name, raw, file] of unsolved) {
    it(`“${exerciseOf(id).title}” is not solved by ${name}`, () => {
      const before = guessed(id);
      for (const seed of SEEDS) {
        const { judgement, progress } = judge(
          id,
          before,
          { ...settled(id, 0), ...raw, 'training.seed': seed },
          file,
        );
        assert.notEqual(judgement?.kind, 'met', `seed ${seed}: ${judgement?.says}`);
        assert.equal(progress, before);
      }
    });
  }

  it('do not take the rate that diverges for one that learns, nor one far below it', () => {
    const id = 'rate-that-diverges';
    const raw = settled(id, 0);
    const { progress } = judge(id, guessed(id), { ...raw, 'training.learningRate': 2 });
    assert.equal(progress.kept.rate, 2);
    for (const [rate, says] of [
      [2, /diverges/],
      [0.5, /far below 2/],
    ] as const) {
      const { judgement } = judge(id, progress, { ...raw, 'training.learningRate': rate });
      assert.equal(judgement?.kind, 'near');
      assert.match(judgement?.says ?? '', says);
    }
    const other = judge(id, progress, { ...raw, 'model.hiddenLayers': [3], 'training.learningRate': 1 });
    assert.equal(other.judgement?.kind, 'away');
  });

  it('count a divergence for nothing that is not on their table with their network', () => {
    const id = 'rate-that-diverges';
    const raw = { ...settled(id, 0), 'training.learningRate': 2 };
    const others: [Raw, RegExp, string?][] = [
      [
        { ...course, 'data.target': 'Miles_per_Gallon', 'training.learningRate': 20 },
        /^This is about sine\.csv/,
        'cars.csv',
      ],
      [{ 'model.hiddenLayers': [8] }, /^One hidden layer of 4 units/],
      [{ 'model.hiddenLayers': [4, 4] }, /^One hidden layer of 4 units/],
      [{ 'model.hiddenActivation': 'relu', 'training.learningRate': 20 }, /^tanh units/],
      [{ 'model.initialization': 'he' }, /^Initial weights as auto/],
      [{ 'training.testFraction': 0.2 }, /^Without a test part/],
    ];
    for (const [change, says, file = 'sine.csv'] of others) {
      const run = train(file, { ...raw, ...change });
      assert.ok(run.diverged, JSON.stringify(change));
      const before = guessed(id);
      const { judgement, progress } = advance(exerciseOf(id), before, factsOf(file, run));
      assert.equal(judgement?.kind, 'away');
      assert.match(judgement?.says ?? '', says);
      assert.equal(progress, before);
    }
  });

  it('do not take a unit that is still dead, or another network’s, for the one that was to be revived', () => {
    const id = 'dead-unit';
    const raw = { ...settled(id, 0), 'training.learningRate': 10 };
    const { progress } = judge(id, guessed(id), raw);
    assert.equal(progress.steps, 1);
    assert.match(judge(id, progress, raw).judgement?.says ?? '', /is dead at epoch 500/);
    const other = judge(id, progress, { ...raw, 'model.hiddenLayers': [7], 'training.learningRate': 0.25 });
    assert.equal(other.judgement?.kind, 'away');
    assert.equal(
      judge(id, progress, { ...raw, 'training.learningRate': 0.25, 'training.epochs': 200 }).progress.steps,
      2,
    );
  });

  it('count what comes once they are done for nothing', () => {
    const done = { ...UNTRIED, steps: 1, says: 'so it was' };
    const { judgement, progress } = judge('straight-line', done, { 'training.epochs': 1 });
    assert.equal(judgement, null);
    assert.equal(progress, done);
  });
});

describe('the questions for the sign of a gradient', () => {
  for (const file of ['flower.csv', 'iris.csv', 'sine.csv']) {
    it(`have the sign that finite differences have, on ${file}, with seeds 1 to 5`, () => {
      for (const seed of SEEDS) {
        const raw = { ...settled('gradient-sign', 0), 'training.seed': seed, 'training.epochs': 30 };
        const run = train(file, { ...raw, 'training.learningRate': 'auto' });
        const { network, dataset } = run;
        const parameters = unflatten(network, run.parameters());
        const X = matrix(dataset.X.rows, dataset.X.cols, Float64Array.from(dataset.X.data));
        const y = Float64Array.from({ length: X.cols }, (_, j) => dataset.classOf?.[j] ?? dataset.Y.data[j]);
        const layers = new Set<number>();
        for (let n = 0; n < 12; n++) {
          const question = signQuestion(network, parameters, X, y, n);
          if (!question) continue;
          const { layer, unit, input, example, dw, dz, a, hidden } = question;
          layers.add(layer);
          // As a person works it out.
          assert.equal(Math.sign(dw), Math.sign(hidden ? hidden.da * hidden.slope * a : dz * a));
          const through = hidden?.through ?? null;
          if (hidden && through !== null) {
            assert.ok(Math.abs(hidden.da - through * (question.answer - question.y)) < 1e-12);
          }
          if (!hidden) assert.ok(Math.abs(dz - (question.answer - question.y)) < 1e-12);
          const lossWith = (by: number) => {
            const changed = zeroParameters(network);
            copyParameters(parameters, changed);
            changed[layer - 1].W.data[unit * network.sizes[layer - 1] + input] += by;
            const x = Float64Array.from({ length: X.rows }, (_, i) => X.data[i * X.cols + example]);
            const ny = network.sizes[network.sizes.length - 1];
            const target =
              network.output === 'softmax'
                ? Float64Array.from({ length: ny }, (_, c) => Number(c === y[example]))
                : Float64Array.of(y[example]);
            return traceNeuron(network, changed, x, target, layer, unit).loss;
          };
          const slope = (lossWith(1e-6) - lossWith(-1e-6)) / 2e-6;
          assert.ok(Math.abs(slope - dw) <= 1e-5 * Math.max(1, Math.abs(dw)), `${slope} is not ${dw}`);
        }
        assert.equal(layers.size, 2, 'both layers are asked about');
      }
    });
  }

  it('are not there where no gradient can be seen', () => {
    const run = train('flower.csv', { 'model.initialization': 'zeros', 'training.epochs': 1 });
    const parameters = zeroParameters(run.network);
    const X = matrix(2, run.dataset.X.cols, Float64Array.from(run.dataset.X.data));
    assert.equal(signQuestion(run.network, parameters, X, new Float64Array(X.cols), 1), null);
  });

  it('complete the exercise once three in a row were right', () => {
    const facts = factsOf('flower.csv', train('flower.csv', { 'training.epochs': 1 }));
    const exercise = exerciseOf('gradient-sign');
    for (const inARow of [0, 1, 2]) {
      assert.equal(advance(exercise, { ...UNTRIED, kept: { inARow } }, facts).judgement?.kind, 'near');
    }
    assert.ok(isDone(exercise, advance(exercise, { ...UNTRIED, kept: { inARow: 3 } }, facts).progress));
  });
});
