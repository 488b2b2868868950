import * as assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { untilDone } from '../../src/core/trainer';
import { markText } from '../../src/host/trainingText';
import { type TrainingRun } from '../../src/train/run';
import { runOn } from '../unit/training';
import { readValues } from '../../src/settings/values';
import {
  api,
  ended,
  file,
  lensTitles,
  setting,
  train,
  until,
  when,
  write,
  noticesOf,
  failureOf,
} from './support';

/** The same training, run here without the extension. */
function reference(name: string, epochs: number): TrainingRun {
  const { settings } = readValues({ 'training.epochs': epochs });
  const run = runOn(readFileSync(file(name).fsPath, 'utf8'), settings);
  while (run.epoch < epochs) run.step(untilDone, () => undefined);
  return run;
}

describe('training on flower.csv', () => {
  before(() => setting('view.epochsPerSecond', 0));
  after(async () => {
    await setting('view.epochsPerSecond', undefined);
    await setting('training.epochs', undefined);
    await setting('training.learningRate', undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('goes from Train to done with the weights of a training outside, to the last bit', async () => {
    const session = await train(file('flower.csv'));
    await when(session, 'the end', ended);
    assert.equal(session.status, 'finished');
    assert.equal(session.measure?.epoch, 10_000);
    const run = reference('flower.csv', 10_000);
    assert.deepEqual(session.parameters, run.parameters());
    assert.deepEqual(session.measure, run.measure());
    assert.deepEqual(session.points, run.history.points);
    // Guessing and the straight line come a moment after the first picture.
    await when(session, 'guessing and the straight line', ({ baselines }) => baselines !== null);
    const text = (score: number | null | undefined) => String(Number(score?.toPrecision(4)));
    const { guess, line } = session.baselines ?? {};
    const { trainScore, testScore } = run.measure();
    assert.deepEqual(await lensTitles(file('flower.csv')), [
      ...['Show Lens', 'Train Again', 'Continue', 'Target: petal'],
      `accuracy ${text(trainScore)} (test ${text(testScore)}; ` +
        `guessing ${text(guess?.testScore)}, a straight line ${text(line?.testScore)})`,
    ]);
  });

  it('opens the Lens in a tab beside, the focus staying in the editor', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.window.showTextDocument(file('flower.csv'), { preview: false });
    const session = await train(file('flower.csv'));
    await when(session, 'the end', ended);
    const labels = () =>
      Promise.resolve(vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.label ?? ''));
    const shown = await until('the tab of the Lens', labels, (all) => all.length === 2);
    assert.deepEqual(shown, ['flower.csv', 'Lens: flower.csv']);
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'flower.csv');
    await train(file('flower.csv'));
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 2, 'no second tab');
  });

  it('pauses, steps one epoch, resumes and continues, without changing the result', async () => {
    const epochs = 500_000;
    await setting('training.epochs', epochs);
    const session = await train(file('flower.csv'));
    await when(session, 'epoch 1', ({ measure }) => (measure?.epoch ?? 0) > 0);
    session.pause();
    await when(session, 'the pause', ({ status }) => status === 'paused');
    const at = session.measure?.epoch ?? 0;
    assert.deepEqual((await lensTitles(file('flower.csv')))[0], 'Resume');
    await session.step();
    await when(session, 'the step', ({ measure }) => measure?.epoch === at + 1);
    assert.equal(session.status, 'paused');
    await session.resume();
    await when(session, 'the end', ended);
    assert.equal(session.measure?.epoch, epochs);
    await session.continue();
    await when(
      session,
      'the second end',
      ({ measure, status }) => status === 'finished' && measure?.epoch === 2 * epochs,
    );
    assert.deepEqual(session.parameters, reference('flower.csv', 2 * epochs).parameters());
  });

  it('stops, says so, and starts anew with the same seed', async () => {
    await setting('training.epochs', 10_000_000);
    const session = await train(file('flower.csv'));
    await when(session, 'epoch 1', ({ measure }) => (measure?.epoch ?? 0) > 0);
    const titles = await until(
      'the running CodeLens',
      () => lensTitles(file('flower.csv')),
      ([first]) => first === 'Pause',
    );
    assert.deepEqual(titles.slice(0, 2), ['Pause', 'Stop']);
    assert.match(titles[2], /^Epoch [\d,]+ of 10,000,000 — cost 0\.\d+$/);
    session.stop();
    await when(session, 'the stop', ended);
    assert.equal(session.status, 'stopped');
    const epoch = session.measure?.epoch ?? 0;
    assert.ok(epoch > 0 && epoch < 10_000_000);
    const again = await train(file('flower.csv'));
    await when(again, 'its first point', ({ points }) => points.length > 0);
    assert.deepEqual(again.points[0], session.points[0]);
    again.stop();
    await when(again, 'its stop', ended);
  });

  it('takes an edited learning rate and number of epochs while it runs, with a mark', async () => {
    await setting('training.epochs', 10_000_000);
    const session = await train(file('flower.csv'));
    await when(session, 'epoch 1', ({ measure }) => (measure?.epoch ?? 0) > 0);
    await setting('training.learningRate', 0.5);
    await when(session, 'the mark', ({ marks }) => marks.length === 1);
    assert.equal(session.learningRate, 0.5);
    assert.equal(markText(session.marks[0], session.network), 'learning rate 1.2 → 0.5');
    session.pause();
    await when(session, 'the pause', ({ status }) => status === 'paused');
    const end = (session.measure?.epoch ?? 0) + 20_000;
    await setting('training.epochs', end);
    await when(session, 'the second mark', ({ marks }) => marks.length === 2);
    await session.resume();
    await when(session, 'the end', ended);
    assert.equal(session.measure?.epoch, end);
    assert.equal(session.status, 'finished');
    assert.equal(session.marks.length, 2);
    await when(session, 'its record', ({ record }) => record?.measure.epoch === end);
    const { record } = session;
    assert.ok(record);
    await setting('training.learningRate', undefined);
    await setting('model.hiddenLayers', [3]);
    await when(session, 'the waiting setting', ({ pending }) => pending.length > 0);
    assert.deepEqual(session.pending, ['model.hiddenLayers']);
    // What is over is not edited any more: it stays what it was trained with.
    assert.equal(session.marks.length, 2);
    const { settings, given, epochs, marks } = record;
    // It may be kept once more when its network has been looked at: with what it was trained with all the same.
    assert.deepEqual({ ...session.record, settings, given, epochs, marks }, session.record);
    await setting('model.hiddenLayers', undefined);
  });

  it('says what is wrong with a setting, which never acts as an extreme', async () => {
    await setting('training.epochs', -5);
    const session = await train(file('flower.csv'));
    await when(session, 'the end', ended);
    assert.ok((session.measure?.epoch ?? 0) > 1);
    const named = noticesOf(session).find((notice) => notice.startsWith('neuronLens.training.epochs: -5'));
    assert.match(named ?? '', /is below 1/, noticesOf(session).join('\n'));
  });

  it('is the same at a walking pace', async () => {
    await setting('training.epochs', 300);
    await setting('view.epochsPerSecond', 200);
    const session = await train(file('flower.csv'));
    await when(session, 'the end', ended);
    await setting('view.epochsPerSecond', 0);
    assert.deepEqual(session.parameters, reference('flower.csv', 300).parameters());
  });

  it('leaves the event loop of the extension host free', async () => {
    await setting('training.epochs', 20_000);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const session = await train(file('spiral.csv'));
    let turns = 0;
    for (; !ended(session); turns++) await new Promise((resolve) => setImmediate(resolve));
    delay.disable();
    console.log(`longest event-loop delay while training: ${(delay.max / 1e6).toFixed(1)} ms`);
    // A training on this loop would hold it from its first epoch to its last.
    assert.ok(turns > 100, `it turned ${turns} times`);
  });

  it('outlives ten impatient clicks on Train', async () => {
    await setting('training.epochs', 500);
    const sessions = await Promise.all(Array.from({ length: 10 }, () => train(file('circles.csv'))));
    const last = sessions.at(-1);
    assert.ok(last);
    await when(last, 'the end', ended);
    assert.equal(last.status, 'finished');
    assert.deepEqual(last.parameters, reference('circles.csv', 500).parameters());
    assert.ok(sessions.every(({ failure }) => failure === null));
  });

  it('takes a file that is too large for an editor', async () => {
    await setting('training.epochs', 3);
    const row = (i: number) =>
      `${i}.123456789012345678901234,${(i * 7919) % 1000}.${'9'.repeat(25)},${i % 2}`;
    const rows = Array.from({ length: 1_000_000 }, (_, i) => row(i));
    const uri = await write('wide.csv', `a,b,label\n${rows.join('\n')}\n`);
    assert.ok((await vscode.workspace.fs.stat(uri)).size > 50 * 1024 * 1024);
    const session = await train(uri);
    await when(session, 'the end', ended);
    assert.equal(session.status, 'finished', failureOf(session));
    assert.equal(session.dataset?.rows, 1_000_000);
    assert.equal(session.sample?.count, 2000);
    await vscode.workspace.fs.delete(uri);
  });

  it('trains two files at a time', async () => {
    await setting('training.epochs', 2000);
    const [one, two] = [await train(file('moons.csv')), await train(file('circles.csv'))];
    await Promise.all([when(one, 'the first end', ended), when(two, 'the second end', ended)]);
    assert.deepEqual(one.parameters, reference('moons.csv', 2000).parameters());
    assert.deepEqual(two.parameters, reference('circles.csv', 2000).parameters());
  });

  it('keeps what the target picker writes to the very file', async () => {
    await setting('training.epochs', 10);
    const configuration = () => vscode.workspace.getConfiguration('neuronLens').get('datasets');
    const before = configuration();
    const uri = await write('two.csv', 'a,b,c\n1,2,0\n2,1,1\n3,4,0\n4,3,1\n');
    const { fileSettings } = await api();
    await fileSettings.override(uri, { 'data.target': 'b' });
    const session = await train(uri);
    await when(session, 'the end', ended);
    assert.equal(session.dataset?.target, 'b');
    assert.equal(session.dataset?.task, 'regression');
    assert.deepEqual(configuration(), { ...(before as object), 'two.csv': { 'data.target': 'b' } });
    await setting('datasets', before);
  });
});
