import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ended, file, lensTitles, setting, train, when } from './support';

describe('the extension in Restricted Mode', () => {
  it('activates although the workspace is not trusted', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const extension = vscode.extensions.getExtension('neuron-lens.neuron-lens');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('has its CodeLens and trains', async () => {
    assert.equal((await lensTitles(file('iris.csv')))[0], 'Train Neural Network');
    await setting('view.epochsPerSecond', 0);
    const session = await train(file('iris.csv'));
    await when(session, 'the end', ended);
    assert.equal(session.status, 'finished');
    assert.ok((session.measure?.trainScore ?? 0) > 0.95);
  });
});
