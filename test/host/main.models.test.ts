import * as assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { Predictor } from '../../src/runs/model';
import { parseModel } from '../../src/runs/modelFile';
import { weightsHash } from '../../src/runs/weightsHash';
import { api, ended, file, folder, setting, train, until, when, write } from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`neuronLens.${command}`, ...args);
const textOf = (name: string) => readFileSync(file(name).fsPath, 'utf8');
const modelIn = (name: string) => parseModel(readFileSync(file(name).fsPath));

/** What is said as errors while something is done. */
async function errorsOf(work: () => Thenable<unknown>): Promise<string[]> {
  const { window } = vscode;
  const { showErrorMessage } = window;
  const said: string[] = [];
  Object.assign(window, { showErrorMessage: (text: string) => Promise.resolve(void said.push(text)) });
  try {
    await work();
  } finally {
    Object.assign(window, { showErrorMessage });
  }
  return said;
}

describe('Save Model… and Predict CSV File…', () => {
  before(() => setting('view.epochsPerSecond', 0));
  after(async () => {
    await setting('view.epochsPerSecond', undefined);
    await setting('training.epochs', undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('keep the weights of the run, and predict another file with them as the command line would', async () => {
    await setting('training.epochs', 2000);
    const session = await train(file('flower.csv'));
    await when(session, 'the end', ended);
    await run('saveModel', file('flower.csv'), file('flower.neuron.json'));
    const model = modelIn('flower.neuron.json');
    assert.equal(model.training.epoch, 2000);
    assert.equal(model.training.trainRows, 320);
    const { parameters, engine } = session;
    assert.ok(parameters);
    assert.equal(weightsHash(Float64Array.from(model.weights), engine), weightsHash(parameters, engine));

    await write('more.csv', 'x1,x2,remark\r\n1.5,-2,a\r\n0.25,3,"b, c"\r\n');
    await run('predictFile', file('flower.neuron.json'), file('more.csv'), file('predicted.csv'));
    const [{ outputs: first }, { outputs: second }] = new Predictor(model).predict([
      [1.5, -2],
      [0.25, 3],
    ]);
    const label = (outputs: Float64Array) => (outputs[1] > 0.5 ? '1' : '0');
    assert.equal(
      textOf('predicted.csv'),
      'x1,x2,remark,prediction,probability 0,probability 1,outside,note\r\n' +
        `1.5,-2,a,${label(first)},${first.join(',')},,\r\n` +
        `0.25,3,"b, c",${label(second)},${second.join(',')},,\r\n`,
    );
  });

  it('save a training that runs as it is, and write over no table', async () => {
    await setting('training.epochs', 5_000_000);
    const session = await train(file('flower.csv'));
    await when(session, 'epoch 1', ({ measure }) => (measure?.epoch ?? 0) > 0);
    await run('saveModel', file('flower.csv'), file('running.neuron.json'));
    assert.ok(modelIn('running.neuron.json').training.epoch > 0);
    session.stop();
    await when(session, 'the end', ended);

    const before = textOf('flower.csv');
    // A message stays until somebody has seen it.
    void run('predictFile', file('running.neuron.json'), file('flower.csv'), file('flower.csv'));
    void run('saveModel', file('flower.csv'), file('flower.csv'));
    await run('predictFile', file('running.neuron.json'), file('flower.csv'), file('again.csv'));
    await until(
      'the predictions',
      () => Promise.resolve(textOf('again.csv')),
      (text) => text.split('\n').length > 400,
    );
    assert.equal(textOf('flower.csv'), before);
  });

  it('export the weights of the run in the form that is chosen, which agrees with itself', async () => {
    await setting('training.epochs', 500);
    const session = await train(file('flower.csv'));
    await when(session, 'the end', ended);
    await run('exportModel', file('flower.csv'), 'javascript', file('flower.mjs'));
    const { status, stderr } = spawnSync(process.execPath, [file('flower.mjs').fsPath], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    for (const [format, name] of [
      ['numpy', 'flower.py'],
      ['onnx', 'flower.onnx'],
    ])
      await run('exportModel', file('flower.csv'), format, file(name));
    assert.match(textOf('flower.py'), /import numpy/);
    assert.ok(readFileSync(file('flower.onnx').fsPath).length > 500);
    const before = textOf('flower.csv');
    // A message stays until somebody has seen it.
    void run('exportModel', file('flower.csv'), 'sql', file('flower.csv'));
    await run('exportModel', file('flower.csv'), 'sql', file('flower.sql'));
    assert.match(textOf('flower.sql'), /nl_prediction/);
    assert.equal(textOf('flower.csv'), before);
  });

  it('write the training of a table as a script for PyTorch, with its settings, and never over the table', async () => {
    await setting('training.epochs', 300);
    await setting('training.learningRate', 0.7);
    await run('exportJob', file('flower.csv'), file('job.py'));
    const script = textOf('job.py');
    assert.match(script, /^import torch/m);
    const job = script.slice(script.indexOf('JOB = '));
    const hash = createHash('sha256')
      .update(readFileSync(file('flower.csv').fsPath))
      .digest('hex');
    assert.ok(job.includes(hash), 'the file');
    assert.match(job, /"epochs": ?300\b/);
    assert.match(job, /"learning_?[rR]ate": ?0\.7\b/);
    const before = textOf('flower.csv');
    // A message stays until somebody has seen it.
    void run('exportJob', file('flower.csv'), file('flower.csv'));
    await run('exportJob', file('flower.csv'), file('job2.py'));
    assert.equal(textOf('job2.py').length > 1000, true);
    assert.equal(textOf('flower.csv'), before);
    await setting('training.learningRate', undefined);
  });

  it('train a saved model further, to the bits of a training that was not interrupted', async () => {
    const hashOf = ({ parameters, engine }: { parameters: Float64Array | null; engine: string }) =>
      weightsHash(parameters ?? new Float64Array(), engine);
    await setting('training.optimizer', 'adam');
    await setting('training.batchSize', 64);
    await setting('training.learningRate', 0.01);
    await setting('training.epochs', 600);
    const whole = await train(file('flower.csv'));
    await when(whole, 'the end', ended);
    await setting('training.epochs', 300);
    const half = await train(file('flower.csv'));
    await when(half, 'the end', ended);
    await run('saveModel', file('flower.csv'), file('half.neuron.json'));

    await run('continueModel', file('half.neuron.json'), file('flower.csv'));
    const { sessions } = await api();
    const further = sessions.get(file('flower.csv'));
    assert.ok(further && further !== half);
    await when(further, 'the end', ended);
    assert.equal(further.measure?.epoch, 600);
    assert.equal(hashOf(further), hashOf(whole));
    assert.notEqual(hashOf(further), hashOf(half));
    for (const key of ['optimizer', 'batchSize', 'learningRate']) await setting(`training.${key}`, undefined);
  });

  it('refuse a pipe at once, for which they would wait without end', async () => {
    const [pipe, noModel] = [file('pipe.csv'), file('pipe.neuron.json')];
    for (const { fsPath } of [pipe, noModel]) execFileSync('mkfifo', [fsPath]);
    const said = await errorsOf(async () => {
      await run('predictFile', file('flower.neuron.json'), pipe, file('of-pipe.csv'));
      await run('continueModel', file('flower.neuron.json'), pipe);
      await run('predictFile', noModel, file('flower.csv'), file('of-pipe.csv'));
      await run('predictFile', file('gone.neuron.json'), file('flower.csv'), file('of-gone.csv'));
    });
    assert.equal(said.length, 4, said.join('\n'));
    for (const text of said.slice(0, 3))
      assert.match(text, /^pipe\.(csv|neuron\.json)\b.*This is a pipe, not a regular file/);
    assert.match(said[3], /^gone\.neuron\.json cannot be opened\. There is no such file/);
    for (const uri of [pipe, noModel]) await vscode.workspace.fs.delete(uri);
  });

  it('name the file that cannot be written, and leave nothing half written', async () => {
    // There is such a name, but none that is longer, as that of a file beside it would be.
    const name = `${'n'.repeat(240)}.csv`;
    const [said] = await errorsOf(() =>
      run('predictFile', file('flower.neuron.json'), file('flower.csv'), file(name)),
    );
    assert.match(said, /n\.csv was not saved: ENAMETOOLONG|n… was not saved: ENAMETOOLONG/);
    assert.ok(!readdirSync(folder().fsPath).some((each) => each.startsWith('nnn')));
  });

  it('train a saved model further on another file, and refuse one of another class by name', async () => {
    const all = textOf('flower.csv').trimEnd().split('\n');
    const rows = all.filter((_, k) => k === 0 || k % 2 === 1);
    await write('some.csv', `${rows.join('\n')}\n`);
    await run('continueModel', file('half.neuron.json'), file('some.csv'));
    const { sessions } = await api();
    const further = sessions.get(file('some.csv'));
    assert.ok(further);
    await when(further, 'the end', ended);
    assert.deepEqual(further.transform?.columns, modelIn('half.neuron.json').transform.columns);
    assert.equal(further.measure?.epoch, 600);
    // Once it is kept, it goes on as before: with the columns of the model.
    await further.continue();
    await when(further, 'more epochs', (session) => ended(session) && (session.measure?.epoch ?? 0) > 600);

    await write(
      'other.csv',
      `${rows
        .slice(0, 200)
        .join('\n')
        .replace(/,[01]\n/, ',7\n')}\n`,
    );
    await run('continueModel', file('half.neuron.json'), file('other.csv'));
    const refused = sessions.get(file('other.csv'));
    assert.ok(refused);
    await when(refused, 'a failure', ({ failure }) => failure !== null);
    assert.deepEqual(refused.failure?.message, {
      code: 'model-class-new',
      args: { target: 'petal', text: '7', classes: ['0', '1'], more: 0 },
    });
  });
});
