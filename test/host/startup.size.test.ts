import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { below } from '../e2e/processes';
import { loadedBytes, LIMIT, KB } from './loaded';
import { api, ended, file, lensTitles, setting, until, when } from './support';

describe('the extension at the start', () => {
  it(`has loaded at most ${LIMIT / KB} kB of scripts when the CodeLens shows`, async function () {
    assert.equal((await lensTitles(file('flower.csv')))[2], 'Target: petal');
    const { bytes, scripts } = loadedBytes();
    this.test!.title += ` (${Math.ceil(bytes / KB)} kB)`;
    assert.ok(bytes <= LIMIT, `${bytes} bytes in ${scripts}`);
  });

  it('has a process ready before anybody trains, once a table has been read', async () => {
    const trainers = () => below(process.pid).filter(({ command }) => command.includes('trainer.js'));
    await until(
      'a process that waits',
      () => Promise.resolve(trainers().length),
      (count) => count === 1,
    );
    const { sessions } = await api();
    assert.deepEqual(sessions.all, []);
  });

  it('keeps a training for the next start', async () => {
    await setting('training.epochs', 100);
    const { sessions } = await api();
    const session = sessions.start(file('flower.csv'));
    await when(session, 'the end', ended);
    await sessions.flush();
    await setting('training.epochs', undefined);
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 0, 'no tab comes back');
  });
});
