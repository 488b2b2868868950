import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { api, ended, file, lensTitles, setting, train, when } from './support';

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

  it('keeps no training in a folder that the settings of the workspace name', async () => {
    await setting('runs.location', 'kept');
    const { fileSettings } = await api();
    // VS Code itself hides it from the extension.
    assert.match(
      readFileSync(file('.vscode/settings.json').fsPath, 'utf8'),
      /"neuronLens\.runs\.location": "kept"/,
    );
    assert.equal(fileSettings.read(file('iris.csv')).settings['runs.location'], '');
    const session = await train(file('iris.csv'));
    await when(session, 'the end', ended);
    await (await api()).sessions.flush();
    assert.ok(!existsSync(file('kept').fsPath));
    await setting('runs.location', undefined);
  });
});
