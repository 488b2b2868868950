import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Measure } from '../../src/core/trainer';

import { untilDone } from '../../src/core/trainer';
import { runOn } from '../unit/training';
import { api, ended, file, lensTitles, setting, until, when } from './support';
import { course } from '../unit/course';

describe('after a restart', () => {
  let before: { paused: Measure; running: Measure };
  // `before` of mocha is shadowed by the record of the window before.
  beforeEach(() => {
    before = JSON.parse(readFileSync(file('before.json').fsPath, 'utf8')) as typeof before;
  });

  it('the paused training is paused at its epoch, with its numbers and its curve', async () => {
    const { sessions } = await api();
    await sessions.restore();
    const session = sessions.get(file('flower.csv'));
    assert.ok(session);
    assert.equal(session.status, 'paused');
    assert.deepEqual(session.measure, before.paused);
    assert.ok(session.points.length > 50);
    assert.match(
      (await lensTitles(file('flower.csv'))).at(-1) ?? '',
      /^Paused at epoch [\d,]+ of 10,000,000/,
    );
  });

  it('the one that was done is done, its target and R² above the file before it is read again', async () => {
    const titles = await lensTitles(file('cars.csv'));
    assert.deepEqual(titles.slice(0, 4), [
      'Show Lens',
      'Train Again',
      'Continue',
      'Target: Miles_per_Gallon',
    ]);
    assert.match(titles[4], /^R² 0\.\d+ \(test 0\.\d+(; guessing [−\d.]+, a straight line 0\.\d+)?\)$/);
  });

  it('the running one is paused, at most the last seconds lost', async () => {
    const session = (await api()).sessions.get(file('moons.csv'));
    assert.ok(session);
    assert.equal(session.status, 'paused');
    assert.ok((session.measure?.epoch ?? 0) > 0);
  });

  it('its tab is there again', async () => {
    const labels = () =>
      Promise.resolve(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)));
    await until('a Lens among the tabs', labels, (all) => all.some((label) => label.startsWith('Lens: ')));
  });

  it('goes on to the very weights of a training that was never interrupted', async () => {
    const session = (await api()).sessions.get(file('flower.csv'));
    assert.ok(session);
    const end = before.paused.epoch + 500;
    await session.step();
    await when(session, 'the step', ({ measure }) => measure?.epoch === before.paused.epoch + 1);
    await setting('training.epochs', end);
    await when(session, 'the new end', ({ epochs }) => epochs === end);
    await session.resume();
    await when(session, 'the end', ended);
    assert.equal(session.measure?.epoch, end);
    const run = runOn(readFileSync(file('flower.csv').fsPath, 'utf8'), course);
    while (run.epoch < end) run.step(untilDone);
    assert.deepEqual(session.parameters, run.parameters());
  });

  it('a file that has changed since is not trained on with the old weights', async () => {
    const session = (await api()).sessions.get(file('moons.csv'));
    assert.ok(session);
    await vscode.workspace.fs.writeFile(file('moons.csv'), Buffer.from('x1,x2,moon\n1,2,a\n2,1,b\n'));
    const { measure, parameters } = session;
    await session.resume();
    await when(session, 'the notice', ({ file }) => file === 'changed');
    assert.equal(session.status, 'paused');
    assert.equal(session.canGoOn, false);
    assert.deepEqual([session.measure, session.parameters], [measure, parameters]);
  });
});
