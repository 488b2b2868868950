import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lensTabs } from '../../src/host/lensTabs';
import { columns, lensesAre, showFile, turnToFiles, turnToLens } from './lensTabs';
import { csv, ended, inFolder, setting, show, train, until, when } from './support';

const table = csv(
  'a,b,label',
  ...Array.from({ length: 40 }, (_, i) => `${(i * 37) % 41}.5,${(i * 17) % 29},${i % 3 ? 'x' : 'y'}`),
);
const { executeCommand } = vscode.commands;

describe('the places of Lenses', () => {
  const writeHere = inFolder('places', { 'view.epochsPerSecond': 0, 'training.epochs': 20 });
  before(() => executeCommand('workbench.action.closeAuxiliaryBar'));

  const files = (...names: string[]) => Promise.all(names.map((name) => writeHere(name, table)));
  const trained = async (uri: vscode.Uri) => {
    const session = await train(uri);
    await when(session, 'the end', ended);
    return session;
  };
  const showLens = (uri: vscode.Uri) => executeCommand('neuronLens.showLens', uri);
  /** Resolves once these Lenses, and no others, are in front in their columns. */
  const inFront = (...labels: string[]) =>
    until(
      `${labels.join(', ')} in front`,
      async () =>
        lensTabs()
          .filter(({ isActive }) => isActive)
          .map(({ label }) => label),
      (seen) => seen.join() === labels.join(),
    );
  /** A document in the second column, in front of what is there. */
  const cover = async () => {
    const notes = await writeHere('notes.md', '# Notes\n');
    await show(notes, vscode.ViewColumn.Two);
    await inFront();
  };

  describe('beside split editors', () => {
    it('is one tab, which shows the file of the editor that is turned to', async () => {
      const [one, other] = await files('left.csv', 'right.csv');
      await showFile(one);
      await executeCommand('workbench.action.splitEditor');
      await until(
        'two columns',
        async () => columns(),
        (count) => count === 2,
      );
      await trained(one);
      await lensesAre('Lens: left.csv in 3');
      await show(other, vscode.ViewColumn.Two);
      await lensesAre('Lens: right.csv in 3');
      await trained(other);
      await turnToFiles();
      await lensesAre('Lens: left.csv in 3');
      await trained(one);
      await executeCommand('workbench.action.focusSecondEditorGroup');
      await lensesAre('Lens: right.csv in 3');
      assert.equal(columns(), 3);
    });
  });

  describe('a following tab that is moved to another column', () => {
    it('follows there, is the one that Train uses, and can be closed and opened anew', async () => {
      const [one, other] = await files('moved.csv', 'beside.csv');
      await showFile(one);
      await trained(one);
      await lensesAre('Lens: moved.csv in 2');
      await cover();
      await executeCommand('workbench.action.openEditorAtIndex1');
      await turnToLens();
      await executeCommand('workbench.action.moveEditorToNextGroup');
      await lensesAre('Lens: moved.csv in 3');
      await turnToFiles();
      await showFile(other);
      await lensesAre('Lens: beside.csv in 3');
      await trained(other);
      await trained(one);
      await lensesAre('Lens: moved.csv in 3');
      await vscode.window.tabGroups.close(lensTabs());
      await lensesAre();
      const again = await trained(other);
      await until(
        'one Lens',
        async () => lensTabs().map(({ label }) => label),
        (all) => all.length > 0,
      );
      assert.deepEqual(
        lensTabs().map(({ label }) => label),
        ['Lens: beside.csv'],
      );
      assert.equal(again.status, 'finished');
    });
  });

  describe('Show Lens', () => {
    it('brings a tab to the front that another one hides', async () => {
      const [one] = await files('hidden.csv');
      await showFile(one);
      await trained(one);
      await lensesAre('Lens: hidden.csv in 2');
      await cover();
      await turnToFiles();
      await showLens(one);
      await inFront('Lens: hidden.csv');
      await lensesAre('Lens: hidden.csv in 2');
    });

    it('brings the tab to the front that is pinned to the file, and opens none', async () => {
      const [one, other] = await files('kept.csv', 'other.csv');
      await showFile(one);
      await trained(one);
      await lensesAre('Lens: kept.csv in 2');
      await executeCommand('neuronLens.newLensTab', one);
      await lensesAre('Lens: kept.csv in 2', 'Lens: kept.csv (pinned) in 2');
      await vscode.window.tabGroups.close(lensTabs().filter(({ label }) => !label.endsWith('(pinned)')));
      await lensesAre('Lens: kept.csv (pinned) in 2');
      await cover();
      await turnToFiles();
      await showLens(one);
      await inFront('Lens: kept.csv (pinned)');
      // Of another file it is no Lens: that gets a tab of its own.
      await showFile(other);
      await trained(other);
      await showLens(other);
      await inFront('Lens: other.csv');
      // The one that follows is on the screen, and shows what is looked at: no other has to come.
      await showLens(one);
      await inFront('Lens: kept.csv');
      await lensesAre('Lens: kept.csv (pinned) in 2', 'Lens: kept.csv in 2');
    });

    it('opens no tab where the Lens in the side bar shows the file, and one where that is closed', async () => {
      const [one] = await files('side.csv');
      await showFile(one);
      await setting('view.epochsPerSecond', 1);
      await setting('training.epochs', 1_000_000);
      try {
        await executeCommand('neuronLens.lens.focus');
        const session = await train(one);
        await when(session, 'its table', ({ status }) => status === 'running');
        // A training that is looked at goes at a pace: that is how it is known that the Lens is there.
        await until(
          'the Lens in the side bar alone',
          async () => {
            await vscode.window.tabGroups.close(lensTabs());
            await executeCommand('neuronLens.lens.focus');
            return session.paced && lensTabs().length === 0;
          },
          Boolean,
        );
        await showLens(one);
        await showLens(one);
        await lensesAre();
        assert.ok(session.paced, 'the side bar shows it');
        await executeCommand('workbench.action.closeAuxiliaryBar');
        await until(
          'the end of the side bar',
          async () => session.paced,
          (paced) => !paced,
        );
        await showLens(one);
        await until(
          'a tab',
          async () => lensTabs().map(({ label }) => label),
          (all) => all.join() === 'Lens: side.csv',
        );
        session.stop();
        await when(session, 'the stop', ended);
      } finally {
        await executeCommand('workbench.action.closeAuxiliaryBar');
        await setting('view.epochsPerSecond', 0);
        await setting('training.epochs', 20);
      }
    });
  });
});
