import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('before a restart', () => {
  it('opens a file and leaves a mark in the workspace', async () => {
    const folder = vscode.workspace.workspaceFolders![0].uri;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'flower.csv'));
    await vscode.window.showTextDocument(document, { preview: false });
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'mark.txt'), Buffer.from('first'));
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'flower.csv');
  });
});
