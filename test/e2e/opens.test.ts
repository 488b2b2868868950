import * as assert from 'node:assert/strict';
import { openWorkbench, until, type Workbench } from './workbench';

describe('a workbench with the extension installed', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ file: 'flower.csv' });
  });
  after(() => workbench?.close());

  it('shows the CSV, and no dialog, welcome page or chat', async () => {
    const { page } = workbench;
    await workbench.screenshot('opens');
    // The name and its extension are elements of their own.
    const tabs = (await page.locator('.tab').allInnerTexts()).map((text) => text.replace(/\s/g, ''));
    assert.deepEqual(tabs, ['flower.csv']);
    assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
    assert.equal(await page.locator('.part.auxiliarybar').isVisible(), false);
  });

  it('lists its command in the command palette', async () => {
    // The palette holds what is there when it opens, and the extensions come last.
    await until('the command', async () => {
      const titles = await workbench.listCommands('Neuron Lens: Train');
      return titles.includes('Neuron Lens: Train Neural Network') || undefined;
    });
  });
});
