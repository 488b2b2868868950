import assert from 'node:assert/strict';
import { candidatesOf, scheduleOf, settingsOf, type Space } from '../../src/train/candidates';
import { deviation, lossesOf, median, search, simplestOfBest, type FoldTask } from '../../src/train/halving';
import type { FoldResult } from '../../src/train/trainFold';
import { defaults, type SettingKey } from '../../src/settings/settings';

const result = (loss: number, epoch = 10): FoldResult => ({ loss, epoch, score: 1 - loss });

/** Candidate k has a loss that follows from k and the fold. */
const lossOf = ({ candidate, fold }: FoldTask) => ((candidate * 37) % 23) / 23 + fold / 100;

describe('successive halving', () => {
  const run = async (candidates: number, options: { folds?: number; stopsAfter?: number } = {}) => {
    const seen: FoldTask[] = [];
    const tried: number[] = [];
    let rounds = 0;
    const found = await search(
      (tasks) => {
        rounds++;
        if (options.stopsAfter !== undefined && rounds > options.stopsAfter) return Promise.resolve(null);
        seen.push(...tasks);
        return Promise.resolve(tasks.map((task) => result(lossOf(task))));
      },
      {
        ...{ candidates, folds: options.folds ?? 5, isOver: () => false },
        tried: ({ candidate }) => tried.push(candidate),
      },
    );
    return { ...found, seen, tried };
  };

  it('trains the first alone, on all folds: there is soon something to choose', async () => {
    const { seen } = await run(30);
    assert.deepEqual(
      seen.slice(0, 5).map(({ candidate }) => candidate),
      [0, 0, 0, 0, 0],
    );
    assert.deepEqual(
      seen.slice(0, 5).map(({ fold }) => fold),
      [0, 1, 2, 3, 4],
    );
  });

  it('trains two more straight lines next, before any network', async () => {
    const { seen } = await run(30);
    const next = new Set(seen.slice(5, 11).map(({ candidate }) => candidate));
    assert.deepEqual([...next].sort(), [1, 2]);
    const space = { fixed: new Set<SettingKey>(), settings: defaults, hasNumbers: true };
    const first = candidatesOf(space, 1).slice(0, 4);
    assert.deepEqual(
      first.map(({ hiddenLayers }) => hiddenLayers.length),
      [0, 0, 0, 1],
    );
  });

  it('trains the better half of a heat on more folds, and the better half of these on all', async () => {
    const { seen, finalists } = await run(12);
    const foldsOf = (candidate: number) => seen.filter((task) => task.candidate === candidate).length;
    const heat = [6, 7, 8, 9, 10, 11].sort(
      (a, b) => lossOf({ candidate: a, fold: 0 }) - lossOf({ candidate: b, fold: 0 }),
    );
    assert.deepEqual(heat.map(foldsOf), [5, 5, 3, 1, 1, 1]);
    assert.ok(finalists.every(({ results }) => results.length === 5));
    assert.deepEqual(
      finalists.map(({ candidate }) => candidate).filter((candidate) => candidate >= 6),
      [...heat.slice(0, 2)].sort((a, b) => a - b),
    );
  });

  it('tells of each candidate once', async () => {
    const { tried, compared } = await run(23);
    assert.equal(compared, 23);
    assert.deepEqual(
      [...tried].sort((a, b) => a - b),
      Array.from({ length: 23 }, (_, k) => k),
    );
  });

  it('finds of as many candidates as were compared when time was up what it finds of so many', async () => {
    for (const stopsAfter of [1, 2, 3, 5, 7, 8]) {
      const cut = await run(40, { stopsAfter });
      const exact = await run(cut.compared);
      assert.deepEqual(cut.finalists, exact.finalists);
    }
  });

  it('goes through with two folds, and with one', async () => {
    for (const folds of [1, 2]) {
      const { finalists, seen } = await run(10, { folds });
      assert.ok(finalists.length > 0);
      assert.ok(seen.every(({ fold }) => fold < folds));
    }
  });

  it('finds nothing where it is stopped before the first candidate is done', async () => {
    const { finalists, compared } = await run(5, { stopsAfter: 0 });
    assert.deepEqual({ finalists, compared }, { finalists: [], compared: 0 });
  });
});

describe('the one-standard-error rule', () => {
  const tried = (candidate: number, losses: number[]) => ({
    candidate,
    results: losses.map((loss) => result(loss)),
  });
  const parameters = (candidate: number) => [100, 10, 1][candidate];

  it('takes the simplest whose mean loss is within the standard error of the best', () => {
    // The best has a mean of .3 and a standard error of .1 / √4.
    const best = tried(0, [0.2, 0.3, 0.3, 0.4]);
    const error = deviation([0.2, 0.3, 0.3, 0.4]) / 2;
    assert.equal(simplestOfBest([best, tried(1, [0.3 + 0.99 * error])], parameters)?.candidate, 1);
    assert.equal(simplestOfBest([best, tried(1, [0.3 + 1.01 * error])], parameters)?.candidate, 0);
  });

  it('goes by the loss at the median of the best epochs, not at each fold’s own', () => {
    // The best at each fold's own epoch: 0.1, 0.1 and 0.2; at epoch 2, the median: 0.1, 0.4 and 0.3.
    const ofFold = (epoch: number, losses: number[]) => ({ ...result(losses[epoch - 1], epoch), losses });
    const one = [ofFold(2, [0.5, 0.1, 0.3]), ofFold(3, [0.6, 0.4, 0.1]), ofFold(1, [0.2, 0.3])];
    assert.deepEqual(lossesOf({ candidate: 0, results: one }), [0.1, 0.4, 0.3]);
    // A fold that ended before has what it had in the end.
    const other = [ofFold(3, [0.5, 0.4, 0.3]), ofFold(3, [0.5, 0.4, 0.3]), ofFold(1, [0.2, 0.6])];
    assert.deepEqual(lossesOf({ candidate: 0, results: other }), [0.3, 0.3, 0.6]);
    const plain = { candidate: 1, results: [result(0.2), result(0.3), result(0.28)] };
    assert.equal(simplestOfBest([{ candidate: 0, results: one }, plain], () => 5)?.candidate, 1);
  });

  it('takes the better of two that are as simple, and the earlier of two alike', () => {
    const same = () => 5;
    assert.equal(simplestOfBest([tried(1, [0.3, 0.4]), tried(2, [0.3, 0.38])], same)?.candidate, 2);
    assert.equal(simplestOfBest([tried(2, [0.3, 0.4]), tried(1, [0.3, 0.4])], same)?.candidate, 1);
  });

  it('passes over what could not be trained, and finds none where nothing could', () => {
    assert.equal(simplestOfBest([tried(0, [0.5]), tried(2, [Infinity])], parameters)?.candidate, 0);
    assert.equal(simplestOfBest([tried(2, [Infinity])], parameters), undefined);
  });

  it('goes by the standard deviation over n − 1, and trains for the median of the epochs', () => {
    assert.equal(deviation([1, 2, 3, 4]), Math.sqrt(5 / 3));
    assert.equal(deviation([7]), 0);
    assert.deepEqual([median([9, 1, 5]), median([1, 2, 5, 9])], [5, 4]);
  });
});

describe('the candidates of a search', () => {
  const space = (fixed: SettingKey[] = [], settings = defaults, hasNumbers = true): Space => ({
    ...{ fixed: new Set(fixed), settings, hasNumbers },
  });
  const shape = { nx: 8, ny: 1, output: 'sigmoid', examples: 500 } as const;

  it('begin with the straight line, come each once, and in an order that the seed gives', () => {
    const all = candidatesOf(space(), 1);
    assert.deepEqual(all[0].hiddenLayers, []);
    assert.equal(new Set(all.map((each) => JSON.stringify(each))).size, all.length);
    assert.deepEqual(all, candidatesOf(space(), 1));
    assert.notDeepEqual(all, candidatesOf(space(), 2));
    assert.deepEqual(all.slice(0, 10), candidatesOf(space(), 2).slice(0, 10));
  });

  it('leave what a person has set as it is', () => {
    const settings = {
      ...defaults,
      'model.hiddenLayers': [7],
      'training.l2': 0.5,
      'training.learningRate': 0.02,
    };
    const fixed: SettingKey[] = ['model.hiddenLayers', 'training.l2', 'training.learningRate'];
    const all = candidatesOf(space(fixed, settings), 1);
    assert.ok(all.length > 1);
    for (const candidate of all) {
      const found = settingsOf(
        candidate,
        scheduleOf(candidate, space(fixed, settings), shape),
        space(fixed, settings),
        shape,
      );
      assert.ok(fixed.every((key) => !(key in found)));
      assert.deepEqual(candidate.hiddenLayers, [7]);
    }
  });

  it('are one alone where all that is varied is set', () => {
    const settings = { ...defaults, 'model.hiddenLayers': [7] };
    const fixed: SettingKey[] = [
      ...(['model.hiddenLayers', 'model.hiddenActivation', 'training.l2'] as const),
      ...(['training.learningRate', 'data.transform'] as const),
    ];
    assert.equal(candidatesOf(space(fixed, settings), 1).length, 1);
  });

  it('have no transform of numbers where there are no numbers, and no activation without hidden units', () => {
    assert.ok(
      candidatesOf(space([], defaults, false), 1).every(
        ({ transform }) => transform === defaults['data.transform'],
      ),
    );
    for (const candidate of candidatesOf(space(), 1).filter(({ hiddenLayers }) => hiddenLayers.length === 0))
      assert.ok(
        !(
          'model.hiddenActivation' in
          settingsOf(candidate, scheduleOf(candidate, space(), shape), space(), shape)
        ),
      );
  });

  it('never watch a part in the end: how long they train has been found', () => {
    const settings = { ...defaults, 'training.earlyStopping.patience': 30 };
    const fixed: SettingKey[] = ['training.earlyStopping.patience'];
    const [candidate] = candidatesOf(space(fixed, settings), 1);
    const schedule = scheduleOf(candidate, space(fixed, settings), shape);
    assert.equal(schedule.patience, 30);
    const found = settingsOf(candidate, schedule, space(fixed, settings), shape);
    assert.equal(found['training.earlyStopping.patience'], 0);
  });
});
