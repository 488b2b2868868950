import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ORPHAN_MS } from '../../src/host/lensOrphans';
import { lensTabs, PANEL } from '../../src/host/lensTabs';
import {
  api,
  closeEditors,
  csv,
  ended,
  file,
  inFolder,
  lensTitles,
  setting,
  train,
  until,
  when,
  whenever,
} from './support';
import { columns, lenses, lensesAre, pin, showFile, turnToFiles, turnToLens } from './lensTabs';

const FOLDER = 'lenses';
const table = csv(
  'a,b,label',
  ...Array.from({ length: 40 }, (_, i) => `${(i * 37) % 41}.5,${(i * 17) % 29},${i % 3 ? 'x' : 'y'}`),
);

async function rename(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(from, to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

describe('Lenses', () => {
  const writeHere = inFolder(FOLDER, { 'view.epochsPerSecond': 0, 'training.epochs': 20 });

  // Where the Lens in the side bar is visible, Train opens no tab.
  before(() => vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar'));

  /** Files that are there anew for each test. */
  const files = (...names: string[]) => Promise.all(names.map((name) => writeHere(name, table)));
  const trained = async (uri: vscode.Uri) => {
    const session = await train(uri);
    await when(session, 'the end', ended);
    return session;
  };

  it('one tab follows the file that is looked at, whether it has a run or not', async () => {
    const [one, other, bare] = await files('one.csv', 'other.csv', 'bare.csv');
    await showFile(one);
    await trained(one);
    await lensesAre('Lens: one.csv in 2');
    await showFile(other);
    await lensesAre('Lens: other.csv in 2');
    await trained(other);
    await showFile(bare);
    await lensesAre('Lens: bare.csv in 2');
    await showFile(one);
    await lensesAre('Lens: one.csv in 2');
    assert.equal(columns(), 2);
  });

  it('one that is pinned stays on its file, and follows again when it is let go', async () => {
    const [one, other] = await files('pinned.csv', 'next.csv');
    await showFile(one);
    await trained(one);
    await lensesAre('Lens: pinned.csv in 2');
    await turnToLens();
    await pin();
    await lensesAre('Lens: pinned.csv (pinned) in 2');
    await turnToFiles();
    await showFile(other);
    await trained(other);
    await lensesAre('Lens: pinned.csv (pinned) in 2', 'Lens: next.csv in 2');
    await trained(one);
    await lensesAre('Lens: pinned.csv (pinned) in 2', 'Lens: pinned.csv in 2');
    assert.equal(columns(), 2);
    const follower = lensTabs().filter(({ label }) => !label.endsWith('(pinned)'));
    await vscode.window.tabGroups.close(follower);
    await lensesAre('Lens: pinned.csv (pinned) in 2');
    await turnToLens();
    await pin();
    await lensesAre('Lens: pinned.csv in 2');
    await turnToFiles();
    await showFile(other);
    await lensesAre('Lens: next.csv in 2');
  });

  it('one that is let go beside another that follows is closed: both would show the same', async () => {
    const [one, other] = await files('first.csv', 'second.csv');
    await showFile(one);
    await trained(one);
    await lensesAre('Lens: first.csv in 2');
    await turnToLens();
    await pin();
    await turnToFiles();
    await showFile(other);
    await trained(other);
    await lensesAre('Lens: first.csv (pinned) in 2', 'Lens: second.csv in 2');
    await vscode.commands.executeCommand('workbench.action.focusSecondEditorGroup');
    await vscode.commands.executeCommand('workbench.action.openEditorAtIndex1');
    await whenever(
      vscode.window.tabGroups.onDidChangeTabs,
      'the pinned one in front',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label,
      (label) => label === 'Lens: first.csv (pinned)',
    );
    await pin();
    await lensesAre('Lens: second.csv in 2');
  });

  it('New Lens Tab opens a second one in the same column, which stays on the file', async () => {
    const [one, other] = await files('kept.csv', 'followed.csv');
    await showFile(one);
    await trained(one);
    await lensesAre('Lens: kept.csv in 2');
    await vscode.commands.executeCommand('neuronLens.newLensTab', one);
    await lensesAre('Lens: kept.csv in 2', 'Lens: kept.csv (pinned) in 2');
    await showFile(other);
    await lensesAre('Lens: followed.csv in 2', 'Lens: kept.csv (pinned) in 2');
    assert.equal(columns(), 2);
  });

  it('Train again opens neither a second tab nor a third column', async () => {
    const [one] = await files('again.csv');
    await showFile(one);
    await trained(one);
    await lensesAre('Lens: again.csv in 2');
    await trained(one);
    await turnToLens();
    await trained(one);
    assert.deepEqual(lenses(), ['Lens: again.csv in 2']);
    assert.equal(columns(), 2);
  });

  it('a new tab opens where a Lens is, however many columns there are', async () => {
    const [one, other] = await files('far.csv', 'near.csv');
    const notes = await writeHere('notes.md', '# Notes\n');
    await showFile(one);
    await trained(one);
    await lensesAre('Lens: far.csv in 2');
    await vscode.window.showTextDocument(notes, { viewColumn: vscode.ViewColumn.Two, preview: false });
    await vscode.commands.executeCommand('workbench.action.openEditorAtIndex1');
    await turnToLens();
    await pin();
    await vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup');
    await lensesAre('Lens: far.csv (pinned) in 3');
    await turnToFiles();
    await showFile(other);
    await trained(other);
    await lensesAre('Lens: far.csv (pinned) in 3', 'Lens: near.csv in 3');
    assert.equal(columns(), 3);
  });

  it('Train after the tab was closed opens one', async () => {
    const [one] = await files('closed.csv');
    await showFile(one);
    await trained(one);
    await lensesAre('Lens: closed.csv in 2');
    await vscode.window.tabGroups.close(lensTabs());
    await lensesAre();
    await trained(one);
    await lensesAre('Lens: closed.csv in 2');
  });

  for (const pin of ['', ' (pinned)'])
    it(`a tab${pin} that nobody answers, as an extension host that died leaves it, is replaced by one like it`, async () => {
      const [one] = await files('orphan.csv');
      await showFile(one);
      await trained(one);
      await lensesAre('Lens: orphan.csv in 2');
      await vscode.window.tabGroups.close(lensTabs());
      await lensesAre();
      const left = vscode.window.createWebviewPanel(PANEL, `Lens: orphan.csv${pin}`, {
        viewColumn: vscode.ViewColumn.Two,
        preserveFocus: true,
      });
      let isGone = false;
      left.onDidDispose(() => (isGone = true));
      await until('its end', async () => isGone, Boolean);
      await lensesAre(`Lens: orphan.csv${pin} in 2`);
    });

  it('one in the background that is pinned to another file stays, though nobody has answered it yet', async () => {
    const [one] = await files('trains.csv', 'elsewhere.csv');
    // As a window that was loaded again has it until somebody turns to it.
    const panel = vscode.window.createWebviewPanel(PANEL, 'Lens: elsewhere.csv (pinned)', 1, {});
    await showFile(one);
    await trained(one);
    await until(
      'a Lens for the training, beside the one that was there',
      async () => lensTabs().map(({ label }) => label),
      (labels) => labels.toSorted().join() === 'Lens: elsewhere.csv (pinned),Lens: trains.csv',
    );
    panel.dispose();
  });

  it('a tab that is answered is never replaced, however often its title changes', async () => {
    const [one] = await files('titled.csv');
    await showFile(one);
    await trained(one);
    await lensesAre('Lens: titled.csv in 2');
    await turnToLens();
    const closed: string[] = [];
    const tabs = vscode.window.tabGroups.onDidChangeTabs((event) =>
      closed.push(...event.closed.map(({ label }) => label)),
    );
    // VS Code tells of a new title late: at each look of those that search for orphans the two may differ.
    const end = Date.now() + 3 * ORPHAN_MS;
    for (let count = 0; Date.now() < end || count % 2 === 1; count++) {
      await pin();
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await lensesAre('Lens: titled.csv in 2');
    tabs.dispose();
    assert.deepEqual(closed, []);
  });

  it('has the new name of a file that is renamed, pinned or not', async () => {
    const [before] = await files('before.csv');
    const [after, last] = [file(`${FOLDER}/after.csv`), file(`${FOLDER}/last.csv`)];
    await showFile(before);
    await trained(before);
    await lensesAre('Lens: before.csv in 2');
    await rename(before, after);
    await lensesAre('Lens: after.csv in 2');
    await until(
      'what can be done above its first line',
      () => lensTitles(after),
      ([first]) => first === 'Show Lens',
    );
    await turnToLens();
    await pin();
    await lensesAre('Lens: after.csv (pinned) in 2');
    await turnToFiles();
    await rename(after, last);
    await lensesAre('Lens: last.csv (pinned) in 2');
  });

  it('in the side bar is enough for Train, and does not keep a tab from being opened', async () => {
    const [one] = await files('side.csv');
    await showFile(one);
    await trained(one);
    await vscode.window.tabGroups.close(lensTabs());
    await vscode.commands.executeCommand('neuronLens.lens.focus');
    // A training that is looked at goes at a pace: that is how it is known that the Lens is there.
    await setting('view.epochsPerSecond', 1);
    await setting('training.epochs', 1_000_000);
    const session = await until(
      'the Lens in the side bar',
      async () => {
        await vscode.window.tabGroups.close(lensTabs());
        const started = await train(one);
        await when(started, 'its table', ({ status }) => status === 'running');
        return started;
      },
      ({ paced }) => paced && lensTabs().length === 0,
    );
    await vscode.commands.executeCommand('neuronLens.openInTab', one);
    await lensesAre('Lens: side.csv in 2');
    await vscode.window.tabGroups.close(lensTabs());
    await lensesAre();
    assert.ok(session.paced, 'the side bar shows it still');
    session.stop();
    await when(session, 'the stop', ended);
    await vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar');
    await setting('view.epochsPerSecond', 0);
    await setting('training.epochs', 20);
  });
});

describe('runs of a file', () => {
  const writeHere = inFolder('runs', { 'view.epochsPerSecond': 0, 'training.epochs': 20 });
  after(() => setting('training.seed', undefined));
  afterEach(closeEditors);

  const trained = async (uri: vscode.Uri) => {
    const session = await train(uri);
    await when(session, 'the end', ended);
    return session;
  };

  it('Undo brings back the run before, as it was, and again the other one', async () => {
    const { sessions } = await api();
    const uri = await writeHere('undone.csv', table);
    await setting('training.seed', 1);
    const first = await trained(uri);
    assert.ok(!sessions.canUndo(first));
    await setting('training.seed', 2);
    const second = await trained(uri);
    assert.ok(sessions.canUndo(second));
    const kept = [first, second].map(({ id, parameters }) => ({ id, parameters: parameters?.slice() }));
    assert.notDeepEqual(kept[0].parameters, kept[1].parameters);
    const current = () => {
      const session = sessions.get(uri);
      return { id: session?.id, parameters: session?.parameters?.slice() };
    };
    await vscode.commands.executeCommand('neuronLens.undo', uri);
    assert.deepEqual(current(), kept[0]);
    await vscode.commands.executeCommand('neuronLens.undo', uri);
    assert.deepEqual(current(), kept[1]);
  });

  it('are kept, the ten newest of them', async () => {
    const { sessions } = await api();
    const uri = await writeHere('many.csv', table);
    await setting('training.epochs', 1);
    const ids: string[] = [];
    for (let k = 0; k < 12; k++) {
      const { id } = await trained(uri);
      ids.push(id);
      assert.ok(sessions.runsOf(uri).includes(id));
    }
    assert.deepEqual(
      await until(
        'ten runs',
        async () => sessions.runsOf(uri),
        ({ length }) => length === 10,
      ),
      ids.slice(2),
    );
    await vscode.commands.executeCommand('neuronLens.undo', uri);
    assert.equal(sessions.get(uri)?.id, ids[10]);
  });
});
