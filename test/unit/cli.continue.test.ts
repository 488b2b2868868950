import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isSameTransform } from '../../src/data/likeBefore';
import { parseModel, writeModel } from '../../src/runs/modelFile';
import { everyKind } from './models';

const CLI = path.resolve('out', 'programs', 'cli.js');

/** Trainings whose second half begins with what the first one kept. */
const TRAININGS: Readonly<Record<string, readonly string[]>> = {
  'gradient descent': [],
  'Adam with batches': ['--optimizer', 'adam', '--batch-size', '64', '--learning-rate', '0.01'],
  'momentum and a rate that falls in steps': [
    ...['--optimizer', 'momentum', '--learning-rate-schedule', 'step', '--learning-rate-decay', '0.5'],
    ...['--learning-rate-step', '15', '--learning-rate', '0.1'],
  ],
  'the engine in float64': ['--engine', 'reference', '--optimizer', 'adam', '--learning-rate', '0.01'],
  'early stopping by the test part': ['--early-stopping-patience', '150'],
};

/** Where all is left to be found, a training of more than a few rows is stopped by a part that it sets aside. */
const BY_VALIDATION = ['--learning-rate', '0.03', '--hidden-layers', '24'];

/** Rows of two classes that overlap, so that a network is soon at its best. */
function overlapping(rows: number): string {
  let state = 1;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const lines = Array.from({ length: rows }, () => {
    const [a, b, c] = [next(), next(), next()];
    return `${a.toFixed(4)},${b.toFixed(4)},${c.toFixed(4)},${a * b + 0.6 * next() > 0.55 ? 'yes' : 'no'}`;
  });
  return `a,b,c,answer\n${lines.join('\n')}\n`;
}

describe('train --continue', () => {
  let folder = '';
  const at = (name: string) => path.join(folder, name);
  const open = (name: string) => parseModel(readFileSync(at(name)));
  const content = (name: string) => readFileSync(at(name), 'utf8');

  function train(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'train', ...args], {
      ...{ encoding: 'utf8', cwd: folder },
    });
    return { code: status, stdout, stderr };
  }
  function trained(...args: string[]) {
    const { code, stderr, stdout } = train(...args);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'neuron-continue-'));
    cpSync('samples/flower.csv', at('flower.csv'));
    writeFileSync(at('kinds.csv'), everyKind(90));
    trained('kinds.csv', '--epochs', '20', '--target', 'kind', '--save', 'kinds.neuron.json');
    trained('kinds.csv', '--epochs', '20', '--target', 'size', '--save', 'size.neuron.json');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, options] of Object.entries(TRAININGS))
    it(`on the same file gives the file of an uninterrupted training, byte for byte: ${name}`, () => {
      const file = 'flower.csv';
      trained(file, ...options, '--epochs', '40', '--save', 'half.neuron.json', '--force');
      trained(
        ...[file, '--continue', 'half.neuron.json', '--epochs', '80'],
        ...['--save', 'goneOn.neuron.json', '--force'],
      );
      trained(file, ...options, '--epochs', '80', '--save', 'whole.neuron.json', '--force');
      assert.notEqual(content('half.neuron.json'), content('whole.neuron.json'));
      assert.equal(content('goneOn.neuron.json'), content('whole.neuron.json'));
    });

  it('goes on to the same bits from the best weights by a validation part, and from the last', () => {
    writeFileSync(at('overlapping.csv'), overlapping(1500));
    const to = (epochs: number, name: string, ...more: string[]) =>
      trained(
        'overlapping.csv',
        '--epochs',
        String(epochs),
        '--force',
        '--save',
        `${name}.neuron.json`,
        ...more,
      );
    const END = 12;
    for (const weights of ['best', 'last']) to(END, weights, ...BY_VALIDATION, '--weights', weights);
    to(END, 'end', ...BY_VALIDATION);
    // Else this shows nothing: the best epoch lies before the last, and the patience has not run out.
    assert.ok(open('best.neuron.json').training.epoch < END);
    assert.equal(open('last.neuron.json').training.epoch, END);
    to(20, 'whole', ...BY_VALIDATION);
    for (const name of ['best', 'last', 'end']) {
      to(20, `from-${name}`, '--continue', `${name}.neuron.json`);
      assert.equal(content(`from-${name}.neuron.json`), content('whole.neuron.json'), name);
    }
  });

  it('says of a model of an earlier engine that its weights end in other bits', () => {
    const model = open('kinds.neuron.json');
    const training = { ...model.training, engine: 'simd-1' };
    writeFileSync(at('earlier.neuron.json'), writeModel({ ...model, training }));
    const further = (from: string) => {
      const { code, stderr } = train('kinds.csv', '--continue', from, '--epochs', '21');
      assert.equal(code, 0, stderr);
      return stderr;
    };
    assert.match(
      further('earlier.neuron.json'),
      /The model was trained by the engine simd-1: by simd-2 its weights end in other bits/,
    );
    assert.doesNotMatch(further('kinds.neuron.json'), /engine/);
  });

  it('trains as many epochs again where no end is said', () => {
    const stdout = trained('kinds.csv', '--continue', 'kinds.neuron.json', '--save', 'more.neuron.json');
    assert.match(stdout, /Goes on from epoch 20 of the model\n/);
    assert.equal(open('more.neuron.json').training.epoch, 40);
  });

  it('keeps that the model was chosen by looking at test scores, on its own file alone', () => {
    const model = open('kinds.neuron.json');
    writeFileSync(
      at('chosen.neuron.json'),
      writeModel({ ...model, training: { ...model.training, chosenByTest: true } }),
    );
    const mark = (table: string, from: string) => {
      trained(table, '--continue', from, '--save', 'on.neuron.json', '--force');
      return open('on.neuron.json').training.chosenByTest;
    };
    writeFileSync(at('less.csv'), everyKind(150));
    assert.equal(mark('kinds.csv', 'chosen.neuron.json'), true);
    assert.equal(mark('less.csv', 'chosen.neuron.json'), undefined);
    assert.equal(mark('kinds.csv', 'kinds.neuron.json'), undefined);
  });

  it('keeps transform and classes on another file, and reads its columns as those of the first', () => {
    const rows = everyKind(180).trimEnd().split('\n');
    // Other means, fewer classes, an unknown category.
    const table = rows.slice(0, 1).concat(rows.slice(100).filter((row) => !row.endsWith(',c')));
    writeFileSync(at('other.csv'), `${table.join('\n').replaceAll(',red,', ',violet,')}\n`);
    const stdout = trained('other.csv', '--continue', 'kinds.neuron.json', '--save', 'further.neuron.json');
    assert.match(stdout, /Goes on from epoch 20 of the model, on another file than it was trained on\n/);
    const [model, further] = [open('kinds.neuron.json'), open('further.neuron.json')];
    assert.ok(isSameTransform(model.transform, further.transform));
    assert.deepEqual(further.labels, ['a', 'b', 'c']);
    assert.notEqual(further.training.tableHash, model.training.tableHash);
    assert.notDeepEqual(further.weights, model.weights);
    // Once more on that other file, and it is the same as in one go.
    trained(
      'other.csv',
      '--continue',
      'further.neuron.json',
      '--epochs',
      '60',
      '--save',
      'twice.neuron.json',
    );
    trained('other.csv', '--continue', 'kinds.neuron.json', '--epochs', '60', '--save', 'once.neuron.json');
    assert.equal(content('twice.neuron.json'), content('once.neuron.json'));
  });

  it('says how far the numbers of both files reached', () => {
    const lines = content('kinds.csv').trimEnd().split('\n');
    writeFileSync(at('wider.csv'), `${lines.join('\n').replaceAll(/\n(9\d),/g, '\n7$1,')}\n`);
    trained('wider.csv', '--continue', 'kinds.neuron.json', '--save', 'wider.neuron.json');
    const [before, after] = ['kinds.neuron.json', 'wider.neuron.json'].map(
      (name) => open(name).transform.reading?.columns[0].range ?? [NaN, NaN],
    );
    assert.equal(after[0], before[0]);
    assert.ok(before[1] <= 100 && after[1] > 700);
  });

  describe('refuses by name', () => {
    const refused = (file: string, model: string, sentence: RegExp, ...more: string[]) => {
      const { code, stderr } = train(file, '--continue', model, ...more);
      assert.equal(code, 2);
      assert.match(stderr, sentence);
    };
    const changed = (name: string, change: (content: string) => string) => {
      writeFileSync(at(name), change(content('kinds.csv')));
      return name;
    };

    it('a new class, with its line', () => {
      const file = changed('class.csv', (text) => text.replace(/,b\n/, ',d\n'));
      refused(
        file,
        'kinds.neuron.json',
        /class\.csv:3: “kind” is “d” here, which is no class of the model: it knows “a”, “b”, “c”\./,
      );
    });
    it('a target of numbers that are classes no more', () => {
      let k = 0;
      const file = changed('numbers.csv', (text) =>
        text.replaceAll(/,[abc]\n/g, () => `,${(k++ % 9) / 4}\n`),
      );
      refused(file, 'kinds.neuron.json', /“kind” is “0” here, which is no class of the model/);
    });
    it('words where the model predicts a number', () => {
      const file = changed('words.csv', (text) => text.replaceAll(/^\d+,/gm, 'large,'));
      refused(file, 'size.neuron.json', /“size”/);
    });
    it('columns that are not there', () => {
      const file = changed('columns.csv', (text) => text.replace('colour', 'hue').replace('price', 'cost'));
      refused(file, 'kinds.neuron.json', /does not have 2 columns that the model takes: “colour”, “price”\./);
      refused(
        changed('target.csv', (text) => text.replace('kind', 'sort')),
        'kinds.neuron.json',
        /no column “kind”/,
      );
    });
    it('settings that the model has, and an end that it is past', () => {
      refused(
        'kinds.csv',
        'kinds.neuron.json',
        /--hidden-layers is settled by the model/,
        '--hidden-layers',
        '3',
      );
      refused(
        'kinds.csv',
        'kinds.neuron.json',
        /--epochs: the model is of epoch 20 already/,
        '--epochs',
        '20',
      );
      refused('kinds.csv', 'kinds.neuron.json', /--folds: leave it out with --continue/, '--folds', '3');
      refused('kinds.csv', 'kinds.csv', /kinds\.csv: It is no JSON/);
    });
    it('to write over the model that it reads', () => {
      const before = content('kinds.neuron.json');
      refused(
        ...(['kinds.csv', 'kinds.neuron.json', /It is a file that is read here/] as const),
        ...['--save', 'kinds.neuron.json', '--force'],
      );
      assert.equal(content('kinds.neuron.json'), before);
    });
  });
});
