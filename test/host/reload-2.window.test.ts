import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('after a restart', () => {
  it('has the same workspace, and the editor that was open', async () => {
    const folder = vscode.workspace.workspaceFolders![0].uri;
    const mark = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, 'mark.txt'));
    assert.equal(Buffer.from(mark).toString(), 'first');
    const labels = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
    assert.deepEqual(labels, ['flower.csv']);
  });
});
