import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in a trusted workspace', () => {
  it('is installed, activates, and registers its command', async () => {
    const extension = vscode.extensions.getExtension('neuron-lens.neuron-lens');
    assert.ok(extension);
    await extension.activate();
    assert.ok((await vscode.commands.getCommands(true)).includes('neuronLens.train'));
    assert.equal(vscode.workspace.isTrusted, true);
  });

  it('has a scratch copy of samples/ as its workspace', async () => {
    const [folder] = vscode.workspace.workspaceFolders!;
    const names = (await vscode.workspace.fs.readDirectory(folder.uri)).map(([name]) => name);
    assert.ok(names.includes('flower.csv'));
    assert.notEqual(folder.uri.fsPath, process.cwd());
  });
});
