import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, ended, file, setting, train, until, when, write } from './support';

describe('before a restart', () => {
  // Where the Lens in the side bar is visible, Train opens no tab.
  before(() => vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar'));

  it('one training is done, one is paused and another runs', async () => {
    await setting('view.epochsPerSecond', 0);
    await setting('training.epochs', 500);
    const done = await train(file('cars.csv'));
    await when(done, 'the end', ended);
    await setting('training.epochs', 10_000_000);
    await vscode.window.showTextDocument(file('flower.csv'), { preview: false });
    const paused = await train(file('flower.csv'));
    await when(paused, 'epoch 100', ({ measure }) => (measure?.epoch ?? 0) > 100);
    paused.pause();
    await when(paused, 'the pause', ({ status }) => status === 'paused');
    const running = await train(file('moons.csv'));
    await when(running, 'epoch 100', ({ measure }) => (measure?.epoch ?? 0) > 100);
    // The training is quicker than its tab, which has to be there before the restart to be there after it.
    const labels = () =>
      Promise.resolve(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)));
    await until('a Lens among the tabs', labels, (all) => all.some((label) => label.startsWith('Lens: ')));
    await write('before.json', JSON.stringify({ paused: paused.measure, running: running.measure }));
    // A training that runs is kept by itself; the window may be closed once that is on the disk.
    await when(running, 'its first record', ({ record }) => record !== null);
    await (await api()).sessions.flush();
    assert.equal(running.status, 'running');
  });
});
