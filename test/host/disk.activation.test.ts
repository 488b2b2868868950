import * as assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import * as vscode from 'vscode';
import { api, ended, file, lensTitles, noticesOf, setting, train, until, when } from './support';

describe('the extension where its storage cannot be looked at', () => {
  it('activates, and has every command of its manifest', async () => {
    const extension = vscode.extensions.getExtension('neuron-lens.neuron-lens');
    assert.ok(extension);
    await extension.activate();
    const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const present = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      manifest.contributes.commands.filter(({ command }) => !present.has(command)),
      [],
    );
  });

  it('knows no training of earlier windows, and nothing rejects', async () => {
    const { sessions } = await api();
    await sessions.restore();
    assert.deepEqual(sessions.all, []);
    assert.equal((await lensTitles(file('flower.csv')))[0], 'Train Neural Network');
  });

  it('trains, and its Lens says that nothing can be kept', async () => {
    await setting('training.epochs', 100);
    const session = await train(file('flower.csv'));
    await when(session, 'the end', ended);
    assert.equal(session.status, 'finished');
    const said = await until(
      'the notice',
      async () => noticesOf(session),
      (notices) => notices.some((each) => /ENOTDIR|EEXIST/.test(each)),
    );
    assert.equal(said.filter((each) => /ENOTDIR|EEXIST/.test(each)).length, 1, said.join('\n'));
    // What is in the way is still there: nothing of a person's is removed to make room.
    const [, place] = /'(.+?neuron-lens\.neuron-lens)/.exec(said.join('\n')) ?? [];
    assert.ok(place && statSync(place).isFile(), said.join('\n'));
  });
});
