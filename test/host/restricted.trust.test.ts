import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in Restricted Mode', () => {
  it('activates although the workspace is not trusted', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const extension = vscode.extensions.getExtension('neuron-lens.neuron-lens');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
