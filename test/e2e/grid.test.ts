import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { GRID, gridExtension, KNOWN } from './grid';
import { waitForState } from './support';
import { installExtension, openWorkbench, until, type Workbench } from './workbench';

describe('a CSV that a grid editor of another extension shows', () => {
  let workbench: Workbench;
  let lens: Frame;
  let lines: string[];
  const map = () => lens.locator('.output canvas.map');
  const tabs = () => workbench.page.locator('.tab', { hasText: 'penguins.csv' });

  before(async () => {
    await installExtension('grid', gridExtension());
    workbench = await openWorkbench({
      settings: {
        'workbench.editorAssociations': { '*.csv': GRID },
        'neuronLens.view.epochsPerSecond': 0,
        'neuronLens.training.epochs': 20,
      },
      viewport: { width: 1500, height: 1000 },
    });
    lines = readFileSync(path.join(workbench.folder, 'penguins.csv'), 'utf8').split(/\r?\n/);
    await workbench.runCommand(KNOWN);
    await workbench.openFile('penguins.csv');
    await until('the grid', async () => {
      for (const frame of workbench.page.frames())
        if (await frame.getByRole('heading', { name: 'Grid of penguins.csv' }).isVisible()) return true;
      return undefined;
    });
  });
  after(() => workbench?.close());

  /** Chooses another example by the keys: the Lens shows its row as the file has it, and no text editor comes. */
  async function anotherStandsInTheLens() {
    const before = await map().getAttribute('data-row');
    await map().focus();
    // The first key points at the row that is chosen, where the focus has just come.
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.page.keyboard.press('ArrowRight');
    const line = await until('another row', async () => {
      const now = await map().getAttribute('data-row');
      return now === before ? undefined : Number(now);
    });
    const values = lens.locator(`.output .rowValues[data-line="${line}"]`);
    await values.getByText('The editor that shows the file is none for text.').waitFor();
    const cells = await values
      .locator('tr[data-cell]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-cell')));
    assert.deepEqual(cells, lines[line - 1].split(','));
    assert.equal(await lens.evaluate(() => document.activeElement?.tagName), 'CANVAS');
  }

  it('is trained on from the title bar of the grid', async () => {
    await workbench.page
      .locator('.editor-actions')
      .getByRole('button', { name: 'Train Neural Network' })
      .first()
      .click();
    lens = await workbench.lens({ where: 'panel' });
    await lens.locator('h1', { hasText: 'penguins.csv' }).waitFor();
    await waitForState(lens, 'Done');
  });

  it('has its rows in the Lens, as they are written', async () => {
    await anotherStandsInTheLens();
    await anotherStandsInTheLens();
    assert.equal(await workbench.page.locator('.monaco-editor .view-line').count(), 0);
    await workbench.screenshot('rows-grid');
  });

  it('has them there as well where another file covers the grid', async () => {
    await workbench.openFile('README.md');
    await anotherStandsInTheLens();
    await anotherStandsInTheLens();
    await workbench.page.locator('.tab.active', { hasText: 'README.md' }).waitFor();
    assert.equal(await tabs().count(), 2, 'that of the grid, and the Lens');
    assert.deepEqual(workbench.webviewErrors, []);
  });
});
