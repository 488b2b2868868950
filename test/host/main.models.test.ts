import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { Predictor } from '../../src/runs/model';
import { parseModel } from '../../src/runs/modelFile';
import { weightsHash } from '../../src/runs/weightsHash';
import { ended, file, setting, train, until, when, write } from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`neuronLens.${command}`, ...args);
const textOf = (name: string) => readFileSync(file(name).fsPath, 'utf8');
const modelIn = (name: string) => parseModel(readFileSync(file(name).fsPath));

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
});
