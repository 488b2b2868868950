import * as assert from 'node:assert/strict';
import {
  refusalLenses,
  refusalOf,
  tableLenses,
  trainingLenses,
  type TrainingState,
} from '../../src/host/codeLensText';
import { textOf } from '../../src/host/text';
import type { Status } from '../../src/protocol/trainer';
import { viewOf, type TableView } from '../../src/data/table/tableView';
import { failureOf } from '../../src/data/failure';
import { checked, fieldFile } from '../field/reading';

const training = (changes: Partial<TrainingState>): TrainingState => ({
  status: 'finished',
  canGoOn: true,
  progress: 'Epoch 10 of 10 — cost 0.25',
  score: 'accuracy 0.91',
  target: 'petal',
  nextTarget: 'petal',
  pending: [],
  ...changes,
});
const titles = (changes: Partial<TrainingState>) =>
  trainingLenses(training(changes)).map(({ title }) => title);

describe('what stands above a CSV file', () => {
  it('is a training with what can be done about it', () => {
    assert.deepEqual(titles({}), ['Show Lens', 'Train Again', 'Continue', 'Target: petal', 'accuracy 0.91']);
    assert.deepEqual(titles({ status: 'running' }), ['Pause', 'Stop', 'Epoch 10 of 10 — cost 0.25']);
    assert.deepEqual(titles({ status: 'diverged' }).at(-1), 'Diverged, accuracy 0.91');
    assert.deepEqual(titles({ status: 'paused' }).at(-1), 'Paused at epoch 10 of 10 — cost 0.25');
  });

  it('is Train Again first, and nothing that goes on, where a training cannot', () => {
    const paused = titles({ status: 'paused', canGoOn: false });
    assert.deepEqual(paused, ['Train Again', 'Show Lens', 'Paused at epoch 10 of 10 — cost 0.25']);
    assert.equal(titles({ status: 'paused' })[0], 'Resume');
    for (const status of ['finished', 'stopped', 'diverged'] satisfies Status[]) {
      const shown = titles({ status, canGoOn: false });
      assert.ok(shown.includes('Train Again') && !shown.includes('Continue'), status);
    }
  });

  it('is the new target as soon as one is chosen, and that it takes another training', () => {
    const chosen = { nextTarget: 'x1', pending: ['data.target'] };
    assert.deepEqual(titles(chosen), [
      'Show Lens',
      'Train Again to apply',
      'Continue',
      'Target: x1',
      'accuracy 0.91',
    ]);
    for (const status of ['loading', 'running', 'paused', 'stopped', 'diverged'] satisfies Status[]) {
      const shown = titles({ ...chosen, status });
      assert.ok(shown.includes('Target: x1') && shown.includes('Train Again to apply'), status);
    }
    const lens = trainingLenses(training(chosen)).find(({ title }) => title === 'Target: x1');
    assert.equal(lens?.tooltip, 'This training predicts petal; click to choose another');
  });

  it('names the settings that wait for another training', () => {
    const lens = trainingLenses(training({ pending: ['model.hiddenLayers', 'training.seed'] }))[1];
    assert.equal(lens.title, 'Train Again to apply');
    assert.equal(lens.tooltip, 'Edited since it was started: model.hiddenLayers, training.seed');
  });

  it('says behind the target as what it would be predicted, and why', () => {
    const table = viewOf(checked(fieldFile('T3-24-integer-classes.csv')));
    const lens = tableLenses(table).find(({ title }) => title === 'Target: label');
    assert.equal(
      lens?.tooltip,
      '“label” is a usual name for a target; predicted as one of 24 classes, because its whole numbers repeat, ' +
        'and it is named like classes; click to choose another',
    );
  });

  it('has the thousands of its counts apart', () => {
    const table = {
      ...{ target: 'y', targetReason: null, rows: 1_234_567, names: new Array<string>(1200).fill('x') },
      ...{ dialect: null, error: null, problemCount: 1500 },
    } as unknown as TableView;
    const titles = tableLenses(table).map(({ title }) => title);
    assert.deepEqual(titles.slice(3), ['1,234,567 rows × 1,200 columns, ', '1,500 notes']);
  });

  it('is Train alone while nothing is known, and why a file cannot be read', () => {
    assert.deepEqual(
      tableLenses(null).map(({ title }) => title),
      ['Train Neural Network'],
    );
    const failure = failureOf(Object.assign(new Error(), { code: 'ENOENT' }));
    const sentence = 'There is no such file. It may have been moved or deleted.';
    const refusal = refusalOf({ failure });
    assert.ok(refusal);
    assert.deepEqual(
      refusalLenses(refusal, textOf, false).map(({ title, command }) => [title, command]),
      [
        ['Train Neural Network', 'train'],
        [sentence, 'showProblem'],
      ],
    );
    const [, said] = refusalLenses(refusal, textOf, true);
    assert.deepEqual([said.title, said.tooltip], ['Cannot train', sentence]);
  });

  it('names the line that keeps a table from being trained on, once all of it was read', () => {
    const table = viewOf(checked('a,b\n1,2\n3\n'));
    const refusal = refusalOf({ table });
    assert.equal(refusal?.line, 3);
    assert.match(refusalLenses(refusal, textOf, false)[1].title, /^Line 3: /);
    assert.match(refusalLenses(refusal, textOf, true)[1].tooltip, /^Line 3: /);
    assert.equal(refusalOf({ table: { ...table, rows: null } }), null);
    assert.equal(refusalOf(null), null);
  });
});
